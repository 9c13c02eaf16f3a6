// The plain scorer's own calendar, by hand: a measure must be right too.
#include "tests/support/plain_scorer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/matcher/situation.h"
#include "tests/support/plain_calendar.h"
#include "tests/support/plain_fraction.h"

namespace brokerage::support {
namespace {

using matcher::DayAt;
using matcher::MinuteAt;
using ::testing::ElementsAre;

TEST(PlainCalendar, Days) {
  EXPECT_EQ(DayNumber({1970, 1, 1}), 0);
  EXPECT_EQ(DayNumber({1969, 12, 31}), -1);
  EXPECT_EQ(DayNumber({2000, 3, 1}), 11'017);
  EXPECT_EQ(DayNumber({2026, 6, 15}), DayAt(2026, 6, 15));
  for (const int64_t day : {-1, 0, 58, 59, 11'016, 20'617}) {
    EXPECT_EQ(DayNumber(DateOfDayNumber(day)), day);
  }
}

TEST(PlainCalendar, LondonDatesAndSlots) {
  EXPECT_EQ(LondonDayNumber(MinuteAt(2026, 6, 15, 22, 59)), DayAt(2026, 6, 15));
  EXPECT_EQ(LondonDayNumber(MinuteAt(2026, 6, 15, 23, 0)), DayAt(2026, 6, 16));
  EXPECT_EQ(LondonDayNumber(MinuteAt(2026, 1, 15, 23, 59)), DayAt(2026, 1, 15));
  // Monday 15 June, 10:00 BST.
  EXPECT_THAT(SlotsAtMinute(MinuteAt(2026, 6, 15, 9, 0)), ElementsAre(20));
  EXPECT_THAT(SlotsAtMinute(MinuteAt(2026, 6, 15, 8, 59)), ElementsAre(19));
  // Sunday 29 March: 00:59 GMT is the slot of 00:30, a minute later it is 02:00 BST.
  EXPECT_THAT(SlotsAtMinute(MinuteAt(2026, 3, 29, 0, 59)), ElementsAre(289));
  EXPECT_THAT(SlotsAtMinute(MinuteAt(2026, 3, 29, 1, 0)), ElementsAre(292));
  // Sunday 25 October: in the repeated hour the slots of 00:30, 01:00 and 01:30 lie over one another.
  EXPECT_THAT(SlotsAtMinute(MinuteAt(2026, 10, 24, 23, 59)), ElementsAre(289));
  EXPECT_THAT(SlotsAtMinute(MinuteAt(2026, 10, 25, 0, 0)), ElementsAre(289, 290));
  EXPECT_THAT(SlotsAtMinute(MinuteAt(2026, 10, 25, 0, 30)), ElementsAre(289, 290, 291));
  EXPECT_THAT(SlotsAtMinute(MinuteAt(2026, 10, 25, 1, 0)), ElementsAre(290, 291));
  EXPECT_THAT(SlotsAtMinute(MinuteAt(2026, 10, 25, 1, 30)), ElementsAre(291));
  EXPECT_THAT(SlotsAtMinute(MinuteAt(2026, 10, 25, 2, 0)), ElementsAre(292));
}

TEST(PlainCalendar, Ages) {
  EXPECT_EQ(AgeInYears({2008, 2, 29}, DayAt(2026, 2, 28)), 17);
  EXPECT_EQ(AgeInYears({2008, 2, 29}, DayAt(2026, 3, 1)), 18);
  EXPECT_EQ(AgeInYears({2008, 6, 15}, DayAt(2026, 6, 14)), 17);
  EXPECT_EQ(AgeInYears({2026, 6, 15}, DayAt(2026, 6, 14)), -1);
}

TEST(PlainFraction, Nearest) {
  EXPECT_EQ(Nearest({1, 2}), 1);
  EXPECT_EQ(Nearest({49, 100}), 0);
  EXPECT_EQ(Nearest({7, 1}), 7);
  EXPECT_EQ(Nearest(Fraction{1, 3} + Fraction{1, 6}), 1);
  EXPECT_EQ(Nearest(Fraction{5, 2} * Fraction{1, 5}), 1);
}

}  // namespace
}  // namespace brokerage::support
