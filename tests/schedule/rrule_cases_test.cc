// Cases of a public library that another library agrees with: those of the subset are walked alike, all the
// others are refused.
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "schedule/recurrence.h"
#include "tests/schedule/london.h"
#include "tests/support/shared_data.h"

namespace brokerage::schedule {
namespace {

using ::testing::ElementsAreArray;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr char kCases[] = "cases/rrule_cases.json";

// "19970902T090000" as London shows it; the cases lie where nothing happens twice or never.
int64_t Local(const std::string& text) {
  const auto number = [&](std::size_t from, std::size_t size) { return std::stoi(text.substr(from, size)); };
  const absl::CivilMinute local(number(0, 4), number(4, 2), number(6, 2), number(9, 2), number(11, 2));
  return absl::ToUnixSeconds(absl::FromCivil(absl::CivilSecond(local), London())) / 60;
}

// Whether the rule has parts, values or ordinals that roles have no use for, read apart from ParseRule.
bool IsBeyond(const std::string& rule) {
  for (const char* word : {"YEARLY", "HOURLY", "MINUTELY", "SECONDLY", "BYMONTH", "BYWEEKNO", "BYYEARDAY",
                           "BYHOUR", "BYMINUTE", "BYSECOND", "BYSETPOS", "BYEASTER"}) {
    if (rule.find(word) != std::string::npos) return true;
  }
  return rule.find("MONTHLY") == std::string::npos && rule.find("BYDAY=+1") != std::string::npos;
}

TEST(RruleCases, ThoseOfTheSubsetAreWalkedAlikeAndTheOthersRefused) {
  SKIP_WITHOUT_SHARED_DATA(kCases);
  std::ifstream file(brokerage::testing::SharedDataPath(kCases));
  int walked = 0;
  int refused = 0;
  for (const auto& one : nlohmann::json::parse(file)) {
    const std::string rule = one["rrule"];
    SCOPED_TRACE(one["id"].get<std::string>() + " " + rule);
    const ParsedRule parsed = ParseRule(rule);
    if (IsBeyond(rule)) {
      EXPECT_THAT(parsed.faults, Not(IsEmpty()));
      ++refused;
      continue;
    }
    EXPECT_THAT(parsed.faults, IsEmpty());
    ASSERT_EQ(one["check"], "agreed_two_libraries");
    ASSERT_TRUE(one["complete"].get<bool>());
    std::vector<int64_t> expected;
    for (const std::string instance : one["instances"]) expected.push_back(Local(instance));
    const Recurrence recurrence{Local(one["dtstart"]), parsed.rule, {}};
    const int64_t from = recurrence.first_min;
    EXPECT_THAT(StartsOf(recurrence, {from, from, 100'000, 1'000}, London()), ElementsAreArray(expected));
    ++walked;
  }
  EXPECT_GE(walked, 23);
  EXPECT_GE(refused, 190);
}

}  // namespace
}  // namespace brokerage::schedule
