#include "schedule/rule.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

namespace brokerage::schedule {
namespace {

using ::testing::ElementsAreArray;
using ::testing::IsEmpty;

constexpr char kOnly[] = "may have FREQ, INTERVAL, BYDAY, COUNT, UNTIL and WKST, not ";
constexpr char kDays[] = "BYDAY must list days of MO, TU, WE, TH, FR, SA and SU, not ";
constexpr char kOrdinal[] = "BYDAY must count days from 1 to 5 or -1 to -5, not ";
constexpr char kUntil[] =
    "UNTIL must be a date (20271231), a time in London (20271231T190000) or one in UTC (20271231T190000Z)";

TEST(Rules, WhatIsRead) {
  for (const char* text : {
           "FREQ=DAILY",
           "FREQ=WEEKLY",
           "FREQ=MONTHLY",
           "freq=weekly;byday=tu,Th",
           "INTERVAL=2;FREQ=WEEKLY",
           "FREQ=DAILY;INTERVAL=1",
           "FREQ=DAILY;INTERVAL=366",
           "FREQ=DAILY;COUNT=1",
           "FREQ=DAILY;COUNT=1000",
           "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR",
           "FREQ=MONTHLY;BYDAY=1MO,+2TU,-1FR,5SA,-5SU,WE",
           "FREQ=WEEKLY;BYDAY=MO;WKST=SU",
           "FREQ=DAILY;UNTIL=20271231",
           "FREQ=DAILY;UNTIL=20280229T235959",
           "FREQ=DAILY;UNTIL=99991231T000000Z",
       }) {
    EXPECT_THAT(ParseRule(text).faults, IsEmpty()) << text;
  }
}

TEST(Rules, EveryFaultIsNamed) {
  struct Case {
    std::string text;
    std::vector<std::string> faults;
  };
  const std::vector<Case> cases = {
      {"", {"FREQ is required"}},
      {"INTERVAL=2", {"FREQ is required"}},
      {"FREQ=", {"FREQ must be DAILY, WEEKLY or MONTHLY, not what it has"}},
      {"FREQ=SECONDLY", {"FREQ must be DAILY, WEEKLY or MONTHLY, not \"SECONDLY\""}},
      {"FREQ=MINUTELY", {"FREQ must be DAILY, WEEKLY or MONTHLY, not \"MINUTELY\""}},
      {"FREQ=HOURLY", {"FREQ must be DAILY, WEEKLY or MONTHLY, not \"HOURLY\""}},
      {"FREQ=YEARLY", {"FREQ must be DAILY, WEEKLY or MONTHLY, not \"YEARLY\""}},
      {"FREQ=WEEKLY;FREQ=WEEKLY", {"FREQ is there twice"}},
      {"RRULE:FREQ=WEEKLY", {absl::StrCat(kOnly, "\"RRULE:FREQ\""), "FREQ is required"}},
      {"FREQ=WEEKLY;BYMONTH=1", {absl::StrCat(kOnly, "\"BYMONTH\"")}},
      {"FREQ=MONTHLY;BYMONTHDAY=13", {absl::StrCat(kOnly, "\"BYMONTHDAY\"")}},
      {"FREQ=DAILY;BYHOUR=9;BYSETPOS=1",
       {absl::StrCat(kOnly, "\"BYHOUR\""), absl::StrCat(kOnly, "\"BYSETPOS\"")}},
      {"FREQ=DAILY;RSCALE=CHINESE", {absl::StrCat(kOnly, "\"RSCALE\"")}},
      {"FREQ=DAILY; COUNT=2", {absl::StrCat(kOnly, "\" COUNT\"")}},
      {absl::StrCat("FREQ=DAILY;", std::string(21, 'X'), "=1"), {absl::StrCat(kOnly, "what it has")}},
      {"FREQ=DAILY;X\xC3\x89=1", {absl::StrCat(kOnly, "what it has")}},
      {"every Tuesday", {"must consist of NAME=VALUE, not \"EVERY TUESDAY\"", "FREQ is required"}},
      {"FREQ=WEEKLY;", {"has an empty part"}},
      {";;FREQ=WEEKLY", {"has an empty part"}},
      {"FREQ=DAILY;INTERVAL=0", {"INTERVAL must be 1 to 366"}},
      {"FREQ=DAILY;INTERVAL=367", {"INTERVAL must be 1 to 366"}},
      {"FREQ=DAILY;INTERVAL=-1", {"INTERVAL must be 1 to 366"}},
      {"FREQ=DAILY;INTERVAL=+1", {"INTERVAL must be 1 to 366"}},
      {"FREQ=DAILY;INTERVAL=", {"INTERVAL must be 1 to 366"}},
      {"FREQ=DAILY;INTERVAL=1.5", {"INTERVAL must be 1 to 366"}},
      {"FREQ=DAILY;INTERVAL=65537", {"INTERVAL must be 1 to 366"}},
      {"FREQ=DAILY;INTERVAL=99999999999999999999", {"INTERVAL must be 1 to 366"}},
      {"FREQ=DAILY;COUNT=0", {"COUNT must be 1 to 1000"}},
      {"FREQ=DAILY;COUNT=1001", {"COUNT must be 1 to 1000"}},
      {"FREQ=DAILY;COUNT=-3", {"COUNT must be 1 to 1000"}},
      {"FREQ=DAILY;COUNT=2;UNTIL=20271231", {"COUNT and UNTIL exclude each other"}},
      {"FREQ=DAILY;UNTIL=20270229", {kUntil}},
      {"FREQ=DAILY;UNTIL=20271301", {kUntil}},
      {"FREQ=DAILY;UNTIL=00000101", {kUntil}},
      {"FREQ=DAILY;UNTIL=2027-12-31", {kUntil}},
      {"FREQ=DAILY;UNTIL=20271231Z", {kUntil}},
      {"FREQ=DAILY;UNTIL=20271231T240000", {kUntil}},
      {"FREQ=DAILY;UNTIL=20271231T236000Z", {kUntil}},
      {"FREQ=DAILY;UNTIL=20271231T235960Z", {kUntil}},
      {"FREQ=DAILY;UNTIL=20271231T2359", {kUntil}},
      {"FREQ=DAILY;UNTIL=20271231T190000+01", {kUntil}},
      {"FREQ=DAILY;UNTIL=", {kUntil}},
      {"FREQ=WEEKLY;BYDAY=", {absl::StrCat(kDays, "what it has")}},
      {"FREQ=WEEKLY;BYDAY=XX", {absl::StrCat(kDays, "\"XX\"")}},
      {"FREQ=WEEKLY;BYDAY=TUE", {absl::StrCat(kDays, "\"TUE\"")}},
      {"FREQ=WEEKLY;BYDAY=M,TU,", {absl::StrCat(kDays, "\"M\""), absl::StrCat(kDays, "what it has")}},
      {"FREQ=WEEKLY;BYDAY=TU,WE,TU", {"BYDAY has \"TU\" twice"}},
      {"FREQ=WEEKLY;BYDAY=2TU", {"BYDAY may count days (2TU, -1FR) only with FREQ=MONTHLY"}},
      {"FREQ=DAILY;BYDAY=-1FR", {"BYDAY may count days (2TU, -1FR) only with FREQ=MONTHLY"}},
      {"FREQ=MONTHLY;BYDAY=0MO", {absl::StrCat(kOrdinal, "\"0MO\"")}},
      {"FREQ=MONTHLY;BYDAY=6MO,-6MO",
       {absl::StrCat(kOrdinal, "\"6MO\""), absl::StrCat(kOrdinal, "\"-6MO\"")}},
      {"FREQ=MONTHLY;BYDAY=-MO", {absl::StrCat(kOrdinal, "\"-MO\"")}},
      {"FREQ=MONTHLY;BYDAY=-+1MO", {absl::StrCat(kOrdinal, "\"-+1MO\"")}},
      {"FREQ=WEEKLY;WKST=XX", {"WKST must be one of MO, TU, WE, TH, FR, SA and SU, not \"XX\""}},
      {"FREQ=WEEKLY;WKST=1MO", {"WKST must be one of MO, TU, WE, TH, FR, SA and SU, not \"1MO\""}},
      // All at once.
      {"FREQ=YEARLY;INTERVAL=0;COUNT=0;UNTIL=x;BYDAY=1TU;WKST=y;BYHOUR=1",
       {absl::StrCat(kOnly, "\"BYHOUR\""), "FREQ must be DAILY, WEEKLY or MONTHLY, not \"YEARLY\"",
        "INTERVAL must be 1 to 366", "BYDAY may count days (2TU, -1FR) only with FREQ=MONTHLY",
        "COUNT must be 1 to 1000", kUntil, "COUNT and UNTIL exclude each other",
        "WKST must be one of MO, TU, WE, TH, FR, SA and SU, not \"Y\""}},
  };
  for (const Case& test : cases)
    EXPECT_THAT(ParseRule(test.text).faults, ElementsAreArray(test.faults)) << test.text;
}

}  // namespace
}  // namespace brokerage::schedule
