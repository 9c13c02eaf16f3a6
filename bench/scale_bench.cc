// How questions, memory and the start grow with the number of volunteers, at a constant density.
#include <CLI/CLI.hpp>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <map>
#include <string>
#include <unistd.h>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

#include "bench/answers.h"
#include "bench/engines.h"
#include "bench/fill.h"
#include "bench/part.h"
#include "bench/scene.h"
#include "bench/world.h"
#include "matcher/columnar/columnar_index.h"

namespace {

using namespace brokerage::bench;
using Clock = std::chrono::steady_clock;

constexpr double kMillion = 1e6;

struct Options {
  std::string folder;
  std::vector<int64_t> millions = {1, 2, 4, 8, 16};
  int64_t questions = 200;
  int repetitions = 5;
};

int64_t ResidentBytes() {
  std::ifstream statm("/proc/self/statm");
  int64_t pages = 0;
  statm >> pages >> pages;
  return pages * sysconf(_SC_PAGESIZE);
}

// The power of the size that the means grow with: the slope of a line through their logarithms.
double GrowthOf(const std::vector<std::pair<double, double>>& means) {
  double x = 0;
  double y = 0;
  double xx = 0;
  double xy = 0;
  for (const auto& [size, mean] : means) {
    x += std::log(size);
    y += std::log(mean);
    xx += std::log(size) * std::log(size);
    xy += std::log(size) * std::log(mean);
  }
  const auto count = static_cast<double>(means.size());
  return (count * xy - x * y) / (count * xx - x * x);
}

// Every time of every question of a class.
std::map<std::string, std::vector<double>> TimesOf(const std::vector<Answer>& answers) {
  std::map<std::string, std::vector<double>> times;
  for (const Answer& answer : answers) {
    auto& of_class = times[answer.Class()];
    of_class.insert(of_class.end(), answer.microseconds.begin(), answer.microseconds.end());
  }
  return times;
}

double MeanOf(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Measures how matching grows; bench/run runs this.");
  Options options;
  app.add_option("folder", options.folder, "for what it finds")->required();
  app.add_option("--millions", options.millions, "of volunteers, one after another")
      ->check(CLI::Range(1, 32));
  app.add_option("--questions", options.questions, "of each class")->check(CLI::Range(1, 10'000));
  app.add_option("--repetitions", options.repetitions, "of each question")->check(CLI::Range(1, 1'000));
  CLI11_PARSE(app, argc, argv);

  Part part;
  absl::StrAppendFormat(&part.table, "%-14s %-8s %10s %10s %10s\n", "scale", "us", "mean", "p50", "p99");
  std::map<std::string, std::vector<std::pair<double, double>>> means;
  for (const int64_t million : options.millions) {
    const auto scene = SceneOf(absl::StrCat("top20.", million, "m"));
    if (!scene.ok()) {
      std::fprintf(stderr, "scale_bench: %s\n", std::string(scene.status().message()).c_str());
      return 1;
    }
    const int64_t before = ResidentBytes();
    const auto index = brokerage::matcher::MakeColumnarIndex(DryWorld());
    const auto begin = Clock::now();
    Fill(*index, scene->world, scene->size, 0);
    const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
    const auto size = static_cast<double>(scene->size);
    const auto counted = static_cast<double>(index->Pin()->size().volunteer_bytes) / size;
    const double resident = static_cast<double>(ResidentBytes() - before) / size;
    const std::string name = absl::StrCat("scale.", million, "m");
    part.figures[absl::StrCat(name, ".bytes_a_volunteer")] = counted;
    part.figures[absl::StrCat(name, ".resident_bytes_a_volunteer")] = resident;
    part.figures[absl::StrCat(name, ".fill_s")] = seconds;
    absl::StrAppendFormat(&part.table,
                          "%-14s %.1f bytes a volunteer (%.1f resident), made and filled in %.1f s\n", name,
                          counted, resident, seconds);
    const auto times = TimesOf(Ask(*index, QuestionsOf(*scene, options.questions), options.repetitions));
    for (const auto& [of_class, all] : times) {
      const double mean = MeanOf(all);
      means[of_class].emplace_back(size, mean);
      part.figures[absl::StrCat(name, ".", of_class, ".us")] = mean;
      part.figures[absl::StrCat(name, ".", of_class, ".p50_us")] = Percentile(all, 0.5);
      part.figures[absl::StrCat(name, ".", of_class, ".p99_us")] = Percentile(all, 0.99);
      absl::StrAppendFormat(&part.table, "%-14s %-8s %10.1f %10.1f %10.1f\n", "", of_class, mean,
                            Percentile(all, 0.5), Percentile(all, 0.99));
    }
  }
  if (options.millions.size() > 1) {
    for (const auto& [of_class, points] : means) {
      part.figures[absl::StrCat("scale.", of_class, ".growth")] = GrowthOf(points);
      absl::StrAppendFormat(&part.table, "  %s grows like N^%.2f\n", of_class, GrowthOf(points));
    }
  }
  return WritePart(part, options.folder) ? 0 : 1;
}
