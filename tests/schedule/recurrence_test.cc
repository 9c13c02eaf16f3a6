// Worked by hand. In 2026 the clock in London goes forward on Sunday 29 March at 01:00 UTC (01:00 GMT is
// 02:00 BST) and back on Sunday 25 October at 01:00 UTC (02:00 BST is 01:00 GMT).
#include "schedule/recurrence.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "tests/schedule/london.h"

namespace brokerage::schedule {
namespace {

using ::testing::ElementsAreArray;
using ::testing::IsEmpty;

constexpr int kMany = 10'000;

Recurrence Make(const std::string& first, const std::string& rule,
                const std::vector<std::string>& left_out = {}) {
  const ParsedRule parsed = ParseRule(rule);
  EXPECT_THAT(parsed.faults, IsEmpty()) << rule;
  Recurrence recurrence{Utc(first), parsed.rule, {}};
  for (const std::string& start : left_out) recurrence.left_out_min.push_back(Utc(start));
  return recurrence;
}

// The starts within `days` local days of the first one from `from` on.
std::vector<std::string> Starts(const Recurrence& recurrence, const std::string& from, int days) {
  return ShowUtc(StartsOf(recurrence, {Utc(from), Utc(from), days, kMany}, London()));
}

TEST(Recurrence, LocalTimesOverTheChangesOfTheClock) {
  struct Case {
    std::string what;
    std::string first;  // UTC, like the starts
    std::string rule;
    std::vector<std::string> starts;
  };
  const std::vector<Case> cases = {
      {"before the gap",
       "2026-03-28 00:30",
       "FREQ=DAILY;COUNT=3",
       {"2026-03-28 00:30", "2026-03-29 00:30", "2026-03-29 23:30"}},
      {"at the gap's beginning",
       "2026-03-28 01:00",
       "FREQ=DAILY;COUNT=3",
       {"2026-03-28 01:00", "2026-03-29 01:00", "2026-03-30 00:00"}},
      {"inside the gap: the moment of the change",
       "2026-03-28 01:30",
       "FREQ=DAILY;COUNT=3",
       {"2026-03-28 01:30", "2026-03-29 01:00", "2026-03-30 00:30"}},
      {"at the gap's last minute",
       "2026-03-28 01:59",
       "FREQ=DAILY;COUNT=3",
       {"2026-03-28 01:59", "2026-03-29 01:00", "2026-03-30 00:59"}},
      {"at the gap's end",
       "2026-03-28 02:00",
       "FREQ=DAILY;COUNT=3",
       {"2026-03-28 02:00", "2026-03-29 01:00", "2026-03-30 01:00"}},
      {"after the gap",
       "2026-03-28 02:30",
       "FREQ=DAILY;COUNT=3",
       {"2026-03-28 02:30", "2026-03-29 01:30", "2026-03-30 01:30"}},
      {"an evening keeps its time in summer",
       "2026-03-24 19:00",
       "FREQ=WEEKLY;COUNT=2",
       {"2026-03-24 19:00", "2026-03-31 18:00"}},
      {"before the repeated hour",
       "2026-10-23 23:59",
       "FREQ=DAILY;COUNT=3",
       {"2026-10-23 23:59", "2026-10-24 23:59", "2026-10-26 00:59"}},
      {"its first minute: the first pass",
       "2026-10-24 00:00",
       "FREQ=DAILY;COUNT=3",
       {"2026-10-24 00:00", "2026-10-25 00:00", "2026-10-26 01:00"}},
      {"inside it: the first pass",
       "2026-10-24 00:30",
       "FREQ=DAILY;COUNT=3",
       {"2026-10-24 00:30", "2026-10-25 00:30", "2026-10-26 01:30"}},
      {"its last minute",
       "2026-10-24 00:59",
       "FREQ=DAILY;COUNT=3",
       {"2026-10-24 00:59", "2026-10-25 00:59", "2026-10-26 01:59"}},
      {"after it",
       "2026-10-24 01:00",
       "FREQ=DAILY;COUNT=3",
       {"2026-10-24 01:00", "2026-10-25 02:00", "2026-10-26 02:00"}},
      {"begins in the first pass",
       "2026-10-25 00:30",
       "FREQ=DAILY;COUNT=2",
       {"2026-10-25 00:30", "2026-10-26 01:30"}},
      {"midnight in summer is the UTC day before",
       "2026-07-14 23:00",
       "FREQ=WEEKLY;COUNT=2;BYDAY=WE",
       {"2026-07-14 23:00", "2026-07-21 23:00"}},
      {"late evening across midnight of the change",
       "2026-10-24 22:30",
       "FREQ=DAILY;COUNT=2",
       {"2026-10-24 22:30", "2026-10-25 23:30"}},
      {"across the year's end",
       "2026-12-30 23:30",
       "FREQ=DAILY;COUNT=3",
       {"2026-12-30 23:30", "2026-12-31 23:30", "2027-01-01 23:30"}},
      {"weeks across the year's end",
       "2026-12-24 10:00",
       "FREQ=WEEKLY;INTERVAL=2;COUNT=2",
       {"2026-12-24 10:00", "2027-01-07 10:00"}},
      {"leap day",
       "2028-02-28 10:00",
       "FREQ=DAILY;COUNT=3",
       {"2028-02-28 10:00", "2028-02-29 10:00", "2028-03-01 10:00"}},
  };
  for (const Case& test : cases) {
    EXPECT_THAT(Starts(Make(test.first, test.rule), test.first, kMany), ElementsAreArray(test.starts))
        << test.what;
  }
}

TEST(Recurrence, RulesOfTheSubset) {
  struct Case {
    std::string what;
    std::string first;
    std::string rule;
    std::vector<std::string> starts;
  };
  const std::vector<Case> cases = {
      {"the 31st of months that have one",
       "2026-01-31 10:00",
       "FREQ=MONTHLY;COUNT=3",
       {"2026-01-31 10:00", "2026-03-31 09:00", "2026-05-31 09:00"}},
      {"the second Tuesday",
       "2026-01-13 10:00",
       "FREQ=MONTHLY;BYDAY=2TU;COUNT=3",
       {"2026-01-13 10:00", "2026-02-10 10:00", "2026-03-10 10:00"}},
      {"the last Friday",
       "2026-01-30 10:00",
       "FREQ=MONTHLY;BYDAY=-1FR;COUNT=3",
       {"2026-01-30 10:00", "2026-02-27 10:00", "2026-03-27 10:00"}},
      {"a fifth Thursday where there is one",
       "2026-01-29 10:00",
       "FREQ=MONTHLY;BYDAY=5TH;COUNT=2",
       {"2026-01-29 10:00", "2026-04-30 09:00"}},
      {"every second week by its Sunday",
       "2026-01-06 10:00",
       "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;COUNT=3;WKST=MO",
       {"2026-01-06 10:00", "2026-01-11 10:00", "2026-01-20 10:00"}},
      {"the same, weeks from Sunday",
       "2026-01-06 10:00",
       "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;COUNT=3;WKST=SU",
       {"2026-01-06 10:00", "2026-01-18 10:00", "2026-01-20 10:00"}},
      {"a beginning that the rule does not give is none",
       "2026-01-07 10:00",
       "FREQ=WEEKLY;BYDAY=TU;COUNT=2",
       {"2026-01-13 10:00", "2026-01-20 10:00"}},
      {"until a date, that day included",
       "2026-07-01 18:00",
       "FREQ=DAILY;UNTIL=20260702",
       {"2026-07-01 18:00", "2026-07-02 18:00"}},
      {"until a date, by the London day",
       "2026-07-01 23:30",
       "FREQ=DAILY;UNTIL=20260702",
       {"2026-07-01 23:30"}},
      {"until a local time, itself included",
       "2026-07-01 18:00",
       "FREQ=DAILY;UNTIL=20260702T190000",
       {"2026-07-01 18:00", "2026-07-02 18:00"}},
      {"until a second before", "2026-07-01 18:00", "FREQ=DAILY;UNTIL=20260702T185959", {"2026-07-01 18:00"}},
      {"until a moment, itself included",
       "2026-07-01 18:00",
       "FREQ=DAILY;UNTIL=20260702T180000Z",
       {"2026-07-01 18:00", "2026-07-02 18:00"}},
      {"until a second before it",
       "2026-07-01 18:00",
       "FREQ=DAILY;UNTIL=20260702T175959Z",
       {"2026-07-01 18:00"}},
      {"until before the beginning", "2026-07-01 18:00", "FREQ=DAILY;UNTIL=20260630", {}},
      {"the last year is the last",
       "2199-12-30 10:00",
       "FREQ=DAILY",
       {"2199-12-30 10:00", "2199-12-31 10:00"}},
  };
  for (const Case& test : cases) {
    EXPECT_THAT(Starts(Make(test.first, test.rule), test.first, kMany), ElementsAreArray(test.starts))
        << test.what;
  }
}

TEST(Recurrence, WhatIsLeftOutIsCounted) {
  const std::string first = "2026-03-22 10:00";  // a Sunday
  EXPECT_THAT(Starts(Make(first, "FREQ=WEEKLY;COUNT=3", {"2026-03-29 09:00"}), first, kMany),
              ElementsAreArray({"2026-03-22 10:00", "2026-04-05 09:00"}));
  EXPECT_THAT(
      Starts(Make(first, "FREQ=WEEKLY;COUNT=2", {"2026-03-22 10:01", "2026-03-29 10:00"}), first, kMany),
      ElementsAreArray({"2026-03-22 10:00", "2026-03-29 09:00"}))
      << "what is no start leaves nothing out";
  EXPECT_THAT(Starts(Make("2026-03-28 01:30", "FREQ=DAILY;COUNT=2", {"2026-03-29 01:00"}), first, kMany),
              ElementsAreArray({"2026-03-28 01:30"}))
      << "a start that the change moved is left out by its moment";
}

TEST(Recurrence, HasStart) {
  EXPECT_TRUE(HasStart(Make("2026-03-22 10:00", "FREQ=WEEKLY"), London()));
  EXPECT_FALSE(HasStart(Make("2026-03-22 10:00", "FREQ=WEEKLY;UNTIL=20260321"), London()));
  EXPECT_TRUE(HasStart(Make("2026-03-22 10:00", "FREQ=WEEKLY;COUNT=2", {"2026-03-22 10:00"}), London()));
  EXPECT_FALSE(HasStart(
      Make("2026-03-22 10:00", "FREQ=WEEKLY;COUNT=2", {"2026-03-22 10:00", "2026-03-29 09:00"}), London()));
}

TEST(Recurrence, TheSecondPassOfTheRepeatedHour) {
  for (const auto& [minute, second] :
       std::vector<std::pair<std::string, bool>>{{"2026-10-24 23:59", false},
                                                 {"2026-10-25 00:00", false},
                                                 {"2026-10-25 00:59", false},
                                                 {"2026-10-25 01:00", true},
                                                 {"2026-10-25 01:59", true},
                                                 {"2026-10-25 02:00", false},
                                                 {"2026-03-29 00:59", false},
                                                 {"2026-03-29 01:00", false},
                                                 {"2026-06-15 09:00", false}}) {
    EXPECT_EQ(IsSecondPass(Utc(minute), London()), second) << minute;
  }
}

TEST(Expansion, FromAndTo) {
  const Recurrence daily = Make("2020-01-01 10:00", "FREQ=DAILY");
  const auto starts = [&](const std::string& from, const std::string& to, int days) {
    return ShowUtc(StartsOf(daily, {Utc(from), Utc(to), days, kMany}, London()));
  };
  EXPECT_THAT(starts("2026-01-05 10:00", "2026-01-05 10:00", 1), ElementsAreArray({"2026-01-05 10:00"}));
  EXPECT_THAT(starts("2026-01-05 10:01", "2026-01-05 10:01", 1), ElementsAreArray({"2026-01-06 10:00"}));
  EXPECT_THAT(starts("2026-01-05 10:00", "2026-01-06 10:00", 2),
              ElementsAreArray({"2026-01-05 10:00", "2026-01-06 10:00", "2026-01-07 10:00"}));
  EXPECT_THAT(
      starts("2026-01-05 10:00", "2026-01-06 10:01", 2),
      ElementsAreArray({"2026-01-05 10:00", "2026-01-06 10:00", "2026-01-07 10:00", "2026-01-08 10:00"}));
}

TEST(Expansion, TheHorizonIsInLocalDays) {
  // 00:30 BST of the 10th is the 9th in UTC.
  const Recurrence recurrence = Make("2026-07-07 23:30", "FREQ=DAILY");
  EXPECT_THAT(Starts(recurrence, "2026-07-08 12:00", 2),
              ElementsAreArray({"2026-07-08 23:30", "2026-07-09 23:30"}));
}

TEST(Expansion, LooksAsFarAheadAsTheFirstStart) {
  const Recurrence recurrence = Make("2031-05-01 09:00", "FREQ=DAILY");
  EXPECT_EQ(
      StartsOf(recurrence, {Utc("2026-01-01 00:00"), Utc("2026-01-04 00:00"), 84, kMany}, London()).size(),
      84u);
  // A rule that is seldom kept: 29 February by months of twelve.
  EXPECT_THAT(Starts(Make("2024-02-29 10:00", "FREQ=MONTHLY;INTERVAL=12"), "2026-01-01 00:00", 84),
              ElementsAreArray({"2028-02-29 10:00"}));
}

TEST(Expansion, EndsWithTheSeries) {
  const Recurrence recurrence = Make("2026-01-01 10:00", "FREQ=DAILY;COUNT=4");
  EXPECT_THAT(Starts(recurrence, "2026-01-04 10:00", 84), ElementsAreArray({"2026-01-04 10:00"}));
  EXPECT_THAT(Starts(recurrence, "2026-01-04 10:01", 84), IsEmpty());
}

TEST(Expansion, AtMostSoManyStarts) {
  const Recurrence recurrence = Make("2026-01-01 10:00", "FREQ=DAILY;COUNT=4");
  const int64_t from = recurrence.first_min;
  for (const auto& [max, size] : std::vector<std::pair<int, std::size_t>>{{0, 0}, {3, 3}, {4, 4}, {5, 4}}) {
    EXPECT_EQ(StartsOf(recurrence, {from, from, 84, max}, London()).size(), size) << max;
  }
}

}  // namespace
}  // namespace brokerage::schedule
