// docs/api.md shows the tables of states that the service goes by.
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

#include "services/matching/opportunity_states.h"
#include "services/matching/volunteer_states.h"

namespace brokerage::matching {
namespace {

using rpc::StateName;

// "from -> to" of each method in the table under `heading`.
std::map<std::string, std::string> Documented(const std::string& heading) {
  std::ifstream page("docs/api.md");  // tests run from the top of the tree
  EXPECT_TRUE(page.good());
  std::map<std::string, std::string> rows;
  bool inside = false;
  for (std::string line; std::getline(page, line);) {
    if (absl::StartsWith(line, "#")) inside = line == "### " + heading;
    if (!inside || !absl::StartsWith(line, "| ")) continue;
    std::vector<std::string> cells = absl::StrSplit(line, '|');
    for (std::string& cell : cells) absl::StripAsciiWhitespace(&cell);
    rows[cells[1]] = cells[2] + " -> " + cells[3];
  }
  rows.erase("method");
  return rows;
}

template <typename Resource>
std::map<std::string, std::string> InProgram(const std::vector<rpc::Transition<Resource>>& table) {
  std::map<std::string, std::string> rows;
  for (const auto& row : table) {
    std::vector<std::string> from;
    for (const auto state : row.from) from.push_back(StateName(state));
    rows[std::string(row.method)] =
        absl::StrJoin(from, ", ") + " -> " + (row.to ? StateName(*row.to) : std::string("the same"));
  }
  return rows;
}

TEST(DocumentedStates, OfVolunteers) {
  auto rows = InProgram(VolunteerTransitions());
  rows["CreateVolunteer"] = " -> ENQUIRY";
  EXPECT_EQ(Documented("States of a volunteer"), rows);
}

TEST(DocumentedStates, OfOpportunities) {
  auto rows = InProgram(OpportunityTransitions());
  rows["CreateOpportunity"] = " -> DRAFT";
  EXPECT_EQ(Documented("States of an opportunity"), rows);
}

}  // namespace
}  // namespace brokerage::matching
