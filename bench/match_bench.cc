// The steps of bench/run that are ours: makes the world, asks our engines, and reports.
#include <CLI/CLI.hpp>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

#include "bench/answers.h"
#include "bench/engines.h"
#include "bench/fill.h"
#include "bench/floors.h"
#include "bench/memory.h"
#include "bench/report.h"
#include "bench/scene.h"
#include "bench/sql.h"
#include "bench/tables.h"

namespace {

using namespace brokerage::bench;

constexpr std::size_t kMemoryBytes = std::size_t{512} << 20;

struct Options {
  std::string scene;
  std::string folder;
  int64_t questions = 10;
  int repetitions = 5;
  std::string json;
  std::string micro;
  std::vector<std::string> parts;
  std::vector<std::string> folders;
};

int Fail(const std::string& why) {
  std::fprintf(stderr, "match_bench: %s\n", why.c_str());
  return 1;
}

template <typename Lines>
bool WriteLines(const std::string& path, const Lines& lines) {
  std::ofstream file(path);
  for (const auto& line : lines) file << LineOf(line) << '\n';
  return file.flush().good();
}

int Prepare(const Options& options, const Scene& scene) {
  const std::string records = absl::StrCat(options.folder, "/records.tsv");
  const std::string asked = absl::StrCat(options.folder, "/questions.tsv");
  std::FILE* file = std::fopen(records.c_str(), "w");
  if (file == nullptr) return Fail(absl::StrCat("cannot write ", records));
  WriteRecords(scene, file);
  if (std::fclose(file) != 0) return Fail(absl::StrCat("cannot write ", records));

  const std::vector<Question> questions = QuestionsOf(scene, options.questions);
  file = std::fopen(asked.c_str(), "w");
  if (file == nullptr) return Fail(absl::StrCat("cannot write ", asked));
  WriteQuestions(questions, file);
  if (std::fclose(file) != 0) return Fail(absl::StrCat("cannot write ", asked));

  const auto world = DryWorld();
  std::ofstream sql(absl::StrCat(options.folder, "/questions.sql.tsv"));
  for (const Question& question : questions) {
    if (question.for_peers) sql << question.name << '\t' << SqlOf(question, world->taxonomies) << '\n';
  }
  return sql.flush().good() ? 0 : Fail(absl::StrCat("cannot write in ", options.folder));
}

int AskEngines(const Options& options, const Scene& scene) {
  const std::vector<Question> questions = QuestionsOf(scene, options.questions);
  for (const Engine& engine : Engines()) {
    if (engine.most_records != 0 && scene.size > engine.most_records) {
      std::ofstream(absl::StrCat(options.folder, "/absent.", engine.name))
          << "not measured beyond " << engine.most_records << " records: they do not fit a usual memory\n";
      continue;
    }
    const auto index = engine.make(DryWorld());
    Fill(*index, scene.world, scene.volunteers(), scene.opportunities());
    if (!WriteLines(absl::StrCat(options.folder, "/answers.", engine.name, ".tsv"),
                    Ask(*index, questions, options.repetitions))) {
      return Fail(absl::StrCat("cannot write in ", options.folder));
    }
  }
  const MemorySpeed speed = MeasureMemory(kMemoryBytes);
  std::printf("%s: memory, one core: %.1f GB/s in sequence, %.1f ns a scattered line\n", scene.name.c_str(),
              speed.sequential_gb_per_s, speed.random_line_ns);
  return WriteLines(absl::StrCat(options.folder, "/floors.tsv"), FloorsOf(scene, questions, speed))
             ? 0
             : Fail(absl::StrCat("cannot write in ", options.folder));
}

int Tell(const Options& options) {
  auto report = ReportOf(options.folders);
  if (!report.ok()) return Fail(std::string(report.status().message()));
  if (!options.micro.empty()) {
    if (const auto status = AddInnerParts(options.micro, *report); !status.ok())
      return Fail(std::string(status.message()));
  }
  for (const std::string& folder : options.parts) {
    if (const auto status = AddPart(folder, *report); !status.ok())
      return Fail(std::string(status.message()));
  }
  std::cout << report->table;
  if (!options.json.empty() && !(std::ofstream(options.json) << JsonOf(*report) << '\n').flush())
    return Fail(absl::StrCat("cannot write ", options.json));
  if (report->contradictions > 0)
    return Fail(absl::StrCat(report->contradictions, " answers contradict the service's engine"));
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Measures matching beside its peers; bench/run runs this.");
  app.require_subcommand(1);
  Options options;
  const auto of_scene = [&](CLI::App* command) {
    command->add_option("scene", options.scene, "top20.20k, roles.100k, ...")->required();
    command->add_option("folder", options.folder, "where its files lie")->required();
    command->add_option("--questions", options.questions, "of each class");
    return command;
  };
  auto* prepare = of_scene(app.add_subcommand("prepare", "Writes the records and questions for peers"));
  auto* ask = of_scene(app.add_subcommand("ask", "Asks our engines, and measures the memory"));
  ask->add_option("--repetitions", options.repetitions, "of each question")->check(CLI::Range(1, 1'000));
  auto* report = app.add_subcommand("report", "Compares answers and prints ratios");
  report->add_option("folders", options.folders, "one for each scene");
  report->add_option("--micro", options.micro, "what micro_bench found");
  report->add_option("--part", options.parts, "folder with figures.tsv and table.txt of another program");
  report->add_option("--json", options.json, "file for the figures");
  CLI11_PARSE(app, argc, argv);

  if (*report) return Tell(options);
  const auto scene = SceneOf(options.scene);
  if (!scene.ok()) return Fail(std::string(scene.status().message()));
  return *prepare ? Prepare(options, *scene) : AskEngines(options, *scene);
}
