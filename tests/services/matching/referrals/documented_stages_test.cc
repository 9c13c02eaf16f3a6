// docs/api.md shows the table of stages that the service goes by.
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

#include "services/matching/referrals/referral_stages.h"

namespace brokerage::matching {
namespace {

// "from -> to by whom" of each method, and how many needs beside the stage are told.
struct Row {
  std::string step;
  std::size_t needs = 0;
  friend bool operator==(const Row&, const Row&) = default;
};
void PrintTo(const Row& row, std::ostream* out) { *out << row.step << ", needs: " << row.needs; }

std::map<std::string, Row> Documented() {
  std::ifstream page("docs/api.md");  // tests run from the top of the tree
  EXPECT_TRUE(page.good());
  std::map<std::string, Row> rows;
  bool inside = false;
  for (std::string line; std::getline(page, line);) {
    if (absl::StartsWith(line, "#")) inside = line == "### Stages of a referral";
    if (!inside || !absl::StartsWith(line, "| ")) continue;
    std::vector<std::string> cells = absl::StrSplit(line, '|');
    for (std::string& cell : cells) absl::StripAsciiWhitespace(&cell);
    rows[cells[1]] = {cells[2] + " -> " + cells[3] + " by " + cells[4], 0};
    // Where a step needs what the table knows, and not a field of its request.
    for (const char* need : {"is a match", "active organisation", "role open", "searching or placed",
                             "outreach budget", "free place", "placement limit", "overlaps"}) {
      if (absl::StrContains(cells[5], need)) ++rows[cells[1]].needs;
    }
  }
  rows.erase("method");
  return rows;
}

std::string Words(const ReferralStep& step) {
  std::vector<std::string> from;
  for (const auto stage : step.from) from.push_back(StageName(stage));
  const char* to = step.Has(Effect::kEndsLife) ? "the reason's" : "the same";
  const std::map<ActingSide, std::string> by = {{ActingSide::kEither, "either"},
                                                {ActingSide::kVolunteers, "the volunteer's centre"},
                                                {ActingSide::kRoles, "the role's centre"}};
  return absl::StrJoin(from, ", ") + " -> " + (step.to ? StageName(*step.to) : to) + " by " + by.at(step.by);
}

TEST(DocumentedStages, AreTheServices) {
  std::map<std::string, Row> rows;
  for (const ReferralStep& step : ReferralSteps())
    rows[std::string(step.method)] = {Words(step), step.needs.size()};
  EXPECT_EQ(Documented(), rows);
}

}  // namespace
}  // namespace brokerage::matching
