// What a run found, for people and for programs.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace brokerage::bench {

struct Report {
  std::string table;
  // Under stable names: "top20.1m.local.ratio_to_postgresql".
  std::map<std::string, double> figures;
  // Figures that there are not, by the same names, and why.
  std::map<std::string, std::string> absent;
  // Questions to which some engine or peer gave another answer than the service's engine, distances' last
  // digit apart.
  int64_t contradictions = 0;
};

// Google Benchmark's medians of inner parts, from its JSON: "micro.distance.ns".
absl::Status AddInnerParts(const std::string& path, Report& report);

// What another program found and left in `folder`: the figures in figures.tsv (name TAB value) and the table
// in table.txt.
absl::Status AddPart(const std::string& folder, Report& report);

// Of the scenes in these folders, each named after its scene. A folder holds answers.WHO.tsv of whoever
// answered, absent.WHO with the reason of who did not, and floors.tsv.
absl::StatusOr<Report> ReportOf(const std::vector<std::string>& folders);

std::string JsonOf(const Report& report);

}  // namespace brokerage::bench
