#include "bench/report.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"

#include "bench/answers.h"
#include "bench/engines.h"
#include "bench/floors.h"

namespace brokerage::bench {
namespace {

constexpr absl::string_view kPeers[] = {"postgresql", "lucene"};
// Another C library may round a distance to the next metre: of a radius of 2 km, that moves a score less.
constexpr int64_t kMetreMillionths = 500;

// Medians so far above the best repetition are told of: something else ran.
constexpr double kUnrest = 1.3;

using ByClass = std::map<std::string, std::vector<double>>;

struct Party {
  std::string name;
  std::vector<Answer> answers;
  ByClass microseconds;
  ByClass best_microseconds;
  double unrest = 1;  // medians over the best of the same repetitions
  std::string why_absent;
};

Party PartyOf(const std::string& folder, absl::string_view name, absl::Status& status) {
  Party party{std::string(name), {}, {}, {}, 1, {}};
  const std::string path = absl::StrCat(folder, "/answers.", name, ".tsv");
  if (!std::filesystem::exists(path)) {
    std::ifstream reason(absl::StrCat(folder, "/absent.", name));
    if (!std::getline(reason, party.why_absent)) party.why_absent = "was not asked";
    return party;
  }
  auto answers = ReadAnswers(path);
  if (!answers.ok()) {
    status = answers.status();
    return party;
  }
  party.answers = *std::move(answers);
  double medians = 0;
  double all_best = 0;
  for (const Answer& answer : party.answers) {
    party.microseconds[answer.Class()].push_back(answer.MedianUs());
    medians += answer.MedianUs();
    const double best = Percentile(answer.microseconds, 0);
    party.best_microseconds[answer.Class()].push_back(best);
    all_best += best;
  }
  party.unrest = medians / all_best;
  return party;
}

double MeanOf(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

enum class Agreement { kSame, kRounding, kContradiction };

// A metre moves a score a little, may exchange neighbours, and may let another in at the end; it lets nobody
// in who has the same score as the one who was there.
Agreement Compare(const Answer& a, const Answer& b) {
  if (a.places == b.places) return Agreement::kSame;
  if (a.places.size() != b.places.size()) return Agreement::kContradiction;
  for (std::size_t i = 0; i < a.places.size(); ++i) {
    const Place& ours = a.places[i];
    const Place& theirs = b.places[i];
    if (std::abs(ours.rank - theirs.rank) > kMetreMillionths) return Agreement::kContradiction;
    const auto same_key = [&](const Place& place) { return place.key == theirs.key; };
    const auto found = std::find_if(a.places.begin(), a.places.end(), same_key);
    if (found == a.places.end() && theirs.rank == ours.rank) return Agreement::kContradiction;
    if (found != a.places.end() && std::abs(found->rank - theirs.rank) > kMetreMillionths)
      return Agreement::kContradiction;
  }
  return Agreement::kRounding;
}

std::string Time(double us) { return us < 10 ? absl::StrFormat("%.1f", us) : absl::StrFormat("%.0f", us); }
// Three digits at most, but never none.
std::string Ratio(double ratio) {
  if (ratio < 1) return absl::StrFormat("%.2gx", ratio);
  return ratio < 10 ? absl::StrFormat("%.1fx", ratio) : absl::StrFormat("%.0fx", ratio);
}

// The speed of the memory, as a floor used it.
std::string Speed(const Floor& floor) {
  const auto lines = static_cast<double>(floor.lines);
  return floor.scattered ? absl::StrFormat("%.1f ns each", floor.microseconds * 1e3 / lines)
                         : absl::StrFormat("%.1f GB/s", lines * kLineBytes / (floor.microseconds * 1e3));
}

class SceneReport {
 public:
  SceneReport(std::string folder, Report& report)
      : folder_(std::move(folder)),
        scene_(std::filesystem::path(folder_).filename().string()),
        report_(report) {}

  absl::Status Add() {
    absl::Status status;
    for (const Engine& engine : Engines()) Read(engine.name, engine.in_service, status);
    for (const absl::string_view peer : kPeers) Read(peer, false, status);
    auto floors = ReadFloors(absl::StrCat(folder_, "/floors.tsv"));
    if (!floors.ok()) status = floors.status();
    if (!status.ok()) return status;
    for (const Floor& floor : *floors)
      floors_[floor.question.substr(0, floor.question.find('/'))].push_back(floor);
    // Where the service's engine cannot go, another of ours is told of.
    for (std::size_t i = 0; i < Engines().size() && parties_[served_].answers.empty(); ++i) served_ = i;
    if (parties_[served_].answers.empty()) {
      absl::StrAppend(&report_.table, "\n", scene_, ": no engine answered: ", parties_[served_].why_absent,
                      "\n");
      report_.absent[scene_] = parties_[served_].why_absent;
      return status;
    }
    Rows();
    Agreements();
    Floors();
    return status;
  }

 private:
  void Read(absl::string_view name, bool in_service, absl::Status& status) {
    if (in_service) served_ = parties_.size();
    parties_.push_back(PartyOf(folder_, name, status));
  }

  void Tell(const std::string& of_class, absl::string_view figure, double value) {
    report_.figures[absl::StrCat(scene_, ".", of_class, ".", figure)] = value;
  }

  void Rows() {
    std::string& out = report_.table;
    const Party& served = parties_[served_];
    absl::StrAppendFormat(&out, "\n%-14s %-8s %10s %10s %10s", scene_, "mean us", served.name, "p50", "p99");
    for (const Party& party : parties_) {
      if (&party != &served) absl::StrAppendFormat(&out, " %12s %8s", party.name, "ratio");
    }
    absl::StrAppendFormat(&out, " %10s %8s\n", "floor", "above");
    for (const auto& [of_class, times] : served.microseconds) {
      const double us = MeanOf(times);
      Tell(of_class, "us", us);
      Tell(of_class, "best_us", MeanOf(served.best_microseconds.at(of_class)));
      Tell(of_class, "p50_us", Percentile(times, 0.5));
      Tell(of_class, "p99_us", Percentile(times, 0.99));
      absl::StrAppendFormat(&out, "%-14s %-8s %10s %10s %10s", "", of_class, Time(us),
                            Time(Percentile(times, 0.5)), Time(Percentile(times, 0.99)));
      for (const Party& party : parties_) {
        if (&party != &served) Against(party, of_class, us);
      }
      AgainstFloor(of_class, us);
      out += "\n";
    }
    for (const Party& party : parties_) {
      if (!party.why_absent.empty()) {
        absl::StrAppend(&out, "  without ", party.name, ": ", party.why_absent, "\n");
      } else if (party.unrest > kUnrest) {
        absl::StrAppendFormat(&out, "  the machine was not quiet: medians of %s are %.1f times its best\n",
                              party.name, party.unrest);
      }
    }
  }

  void Against(const Party& party, const std::string& of_class, double us) {
    const std::string figure = absl::StrCat("ratio_to_", party.name);
    const auto it = party.microseconds.find(of_class);
    if (it == party.microseconds.end()) {
      absl::StrAppendFormat(&report_.table, " %12s %8s", "-", "-");
      report_.absent[absl::StrCat(scene_, ".", of_class, ".", figure)] =
          !party.why_absent.empty() ? party.why_absent : "the peer cannot be asked this";
      return;
    }
    const double theirs = MeanOf(it->second);
    Tell(of_class, absl::StrCat(party.name, "_us"), theirs);
    Tell(of_class, absl::StrCat(party.name, "_best_us"), MeanOf(party.best_microseconds.at(of_class)));
    Tell(of_class, figure, theirs / us);
    absl::StrAppendFormat(&report_.table, " %12s %8s", Time(theirs), Ratio(theirs / us));
  }

  void AgainstFloor(const std::string& of_class, double us) {
    const auto it = floors_.find(of_class);
    if (it == floors_.end()) {
      absl::StrAppendFormat(&report_.table, " %10s %8s", "-", "-");
      report_.absent[absl::StrCat(scene_, ".", of_class, ".ratio_to_floor")] =
          "floors are worked out for questions about volunteers whose scores differ";
      return;
    }
    std::vector<double> floors;
    for (const Floor& floor : it->second) floors.push_back(floor.microseconds);
    const double floor = MeanOf(floors);
    Tell(of_class, "floor_us", floor);
    Tell(of_class, "ratio_to_floor", us / floor);
    absl::StrAppendFormat(&report_.table, " %10s %8s", Time(floor), Ratio(us / floor));
  }

  void Agreements() {
    for (const Party& party : parties_) {
      if (party.answers.empty() || &party == &parties_[served_]) continue;
      int64_t rounding = 0;
      int64_t compared = 0;
      std::string contradicting;
      for (const Answer& answer : party.answers) {
        for (const Answer& ours : parties_[served_].answers) {
          if (ours.question != answer.question) continue;
          ++compared;
          const Agreement agreement = Compare(ours, answer);
          rounding += agreement == Agreement::kRounding;
          if (agreement != Agreement::kContradiction) continue;
          ++report_.contradictions;
          absl::StrAppend(&contradicting, " ", answer.question);
        }
      }
      absl::StrAppendFormat(&report_.table, "  %s: %d answers compared, %d other by a metre's rounding%s%s\n",
                            party.name, compared, rounding,
                            contradicting.empty() ? "" : "; CONTRADICTING:", contradicting);
      Tell(party.name, "answers_compared", static_cast<double>(compared));
      Tell(party.name, "answers_rounded_otherwise", static_cast<double>(rounding));
    }
  }

  void Floors() {
    for (const auto& [of_class, floors] : floors_) {
      const Floor& floor = floors.front();
      absl::StrAppendFormat(
          &report_.table, "  floor of %s: %d volunteers x %d bits = %d %s lines of 64 bytes at %s: %s us\n",
          floor.question, floor.volunteers, floor.bits_each, floor.lines,
          floor.scattered ? "scattered" : "successive", Speed(floor), Time(floor.microseconds));
    }
  }

  const std::string folder_;
  const std::string scene_;
  Report& report_;
  std::size_t served_ = 0;
  std::vector<Party> parties_;
  std::map<std::string, std::vector<Floor>> floors_;
};

}  // namespace

absl::Status AddInnerParts(const std::string& path, Report& report) {
  std::ifstream file(path);
  const auto json = nlohmann::json::parse(file, nullptr, false);
  if (!json.is_object() || !json.contains("benchmarks"))
    return absl::InvalidArgumentError(absl::StrCat(path, " holds no benchmarks"));
  absl::StrAppendFormat(&report.table, "\n%-23s %10s\n", "inner parts", "median ns");
  for (const auto& benchmark : json["benchmarks"]) {
    if (benchmark.value("aggregate_name", "") != "median") continue;
    const std::string name =
        absl::AsciiStrToLower(absl::StrReplaceAll(benchmark.value("run_name", ""), {{"/", "."}}));
    const double ns = benchmark.value("cpu_time", 0.0);
    report.figures[absl::StrCat("micro.", name, ".ns")] = ns;
    absl::StrAppendFormat(&report.table, "%-23s %10.1f\n", name, ns);
  }
  return absl::OkStatus();
}

absl::Status AddPart(const std::string& folder, Report& report) {
  std::ifstream figures(absl::StrCat(folder, "/figures.tsv"));
  std::string name;
  double value = 0;
  bool any = false;
  while (figures >> name >> value) {
    report.figures[name] = value;
    any = true;
  }
  std::ifstream table(absl::StrCat(folder, "/table.txt"));
  const std::string text{std::istreambuf_iterator<char>(table), std::istreambuf_iterator<char>()};
  if (!any || text.empty()) return absl::NotFoundError(absl::StrCat("there are no figures in ", folder));
  absl::StrAppend(&report.table, "\n", text);
  return absl::OkStatus();
}

absl::StatusOr<Report> ReportOf(const std::vector<std::string>& folders) {
  Report report;
  for (const std::string& folder : folders) {
    if (absl::Status status = SceneReport(folder, report).Add(); !status.ok()) return status;
  }
  return report;
}

std::string JsonOf(const Report& report) {
  nlohmann::json json = report.figures;
  json["contradicting_answers"] = report.contradictions;
  json["absent"] = report.absent;
  return json.dump(2);
}

}  // namespace brokerage::bench
