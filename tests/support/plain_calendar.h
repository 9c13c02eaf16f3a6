// London's calendar for the plain scorer, from the rule itself: the clock goes forward at 01:00 UTC on the
// last Sunday of March and back at 01:00 UTC on the last Sunday of October. Holds from 1996 on.
#pragma once

#include <cstdint>
#include <vector>

namespace brokerage::support {

struct PlainDate {
  int year = 1970;
  int month = 1;
  int day = 1;
};

// Days since 1970-01-01, by counting years and months.
int64_t DayNumber(PlainDate date);
PlainDate DateOfDayNumber(int64_t day);

// The London date at a minute of UTC, as a day number.
int64_t LondonDayNumber(int64_t minute);

// The slots of the week (0 from Monday 00:00 local) that a minute of UTC lies in: those whose first start is
// not after it and whose last end is after it. One, or, where an hour happens twice, up to three.
std::vector<int> SlotsAtMinute(int64_t minute);

// 0 for a Monday, 6 for a Sunday.
int64_t WeekdayOf(int64_t day);
int DaysOfMonth(int year, int month);

// The first minute of UTC at which a London clock shows `local` (minutes since 1970-01-01T00:00 of that
// clock); where it never does, the moment of the change.
int64_t FirstShown(int64_t local);

// Birthdays are counted one by one; that of 29 February falls on 1 March in a common year.
int64_t AgeInYears(PlainDate birth, int64_t day);

}  // namespace brokerage::support
