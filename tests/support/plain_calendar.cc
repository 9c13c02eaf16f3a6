#include "tests/support/plain_calendar.h"

namespace brokerage::support {
namespace {

constexpr int64_t kDayMinutes = 1440;
constexpr int kDaysOfMonth[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

bool IsLeap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }
int DaysOfYear(int year) { return IsLeap(year) ? 366 : 365; }
// Rounds down, also below zero.
int64_t FloorDivide(int64_t a, int64_t b) {
  int64_t quotient = a / b;
  if (quotient * b > a) --quotient;
  return quotient;
}

// The minute of UTC at which the clock changes in that month of that year.
int64_t ChangeMinute(int year, int month) {
  int64_t day = DayNumber({year, month, 31});
  while (WeekdayOf(day) != 6) --day;
  return day * kDayMinutes + 60;
}

// Minutes that London is ahead of UTC. The summers are counted out once: this is asked for every minute.
int64_t OffsetAt(int64_t minute) {
  struct Summer {
    int64_t begin = 0;
    int64_t end = 0;
  };
  static const std::vector<Summer> kSummers = [] {
    std::vector<Summer> summers;
    for (int year = 1996; year < 2200; ++year)
      summers.push_back({ChangeMinute(year, 3), ChangeMinute(year, 10)});
    return summers;
  }();
  for (const Summer& summer : kSummers) {
    if (minute < summer.begin) return 0;
    if (minute < summer.end) return 60;
  }
  return 0;
}

// The minutes of UTC at which a London clock shows `local` (minutes since 1970-01-01T00:00 of that clock):
// the first and the last. Where it never does, both are the moment of the change.
struct Shown {
  int64_t first = 0;
  int64_t last = 0;
};
Shown WhenShown(int64_t local) {
  const bool as_summer = OffsetAt(local - 60) == 60;
  const bool as_winter = OffsetAt(local) == 0;
  if (as_summer && as_winter) return {local - 60, local};
  if (as_summer) return {local - 60, local - 60};
  if (as_winter) return {local, local};
  const int64_t change = ChangeMinute(DateOfDayNumber(FloorDivide(local, kDayMinutes)).year, 3);
  return {change, change};
}

}  // namespace

int DaysOfMonth(int year, int month) {
  return kDaysOfMonth[month - 1] + (month == 2 && IsLeap(year) ? 1 : 0);
}

// 1 January 1970 was a Thursday.
int64_t WeekdayOf(int64_t day) { return day + 3 - 7 * FloorDivide(day + 3, 7); }

int64_t FirstShown(int64_t local) { return WhenShown(local).first; }

int64_t DayNumber(PlainDate date) {
  int64_t days = 0;
  for (int year = 1970; year < date.year; ++year) days += DaysOfYear(year);
  for (int year = date.year; year < 1970; ++year) days -= DaysOfYear(year);
  for (int month = 1; month < date.month; ++month) days += DaysOfMonth(date.year, month);
  return days + date.day - 1;
}

PlainDate DateOfDayNumber(int64_t day) {
  PlainDate date;
  for (; day < 0; day += DaysOfYear(date.year)) --date.year;
  for (; day >= DaysOfYear(date.year); ++date.year) day -= DaysOfYear(date.year);
  for (; day >= DaysOfMonth(date.year, date.month); ++date.month) day -= DaysOfMonth(date.year, date.month);
  date.day = static_cast<int>(day) + 1;
  return date;
}

int64_t LondonDayNumber(int64_t minute) { return FloorDivide(minute + OffsetAt(minute), kDayMinutes); }

std::vector<int> SlotsAtMinute(int64_t minute) {
  std::vector<int> slots;
  // Slots reach at most an hour and a half from where the clock stands.
  const int64_t around = 30 * FloorDivide(minute + OffsetAt(minute), 30);
  for (int64_t local = around - 120; local <= around + 120; local += 30) {
    if (WhenShown(local).first > minute || WhenShown(local + 30).last <= minute) continue;
    const int64_t day = FloorDivide(local, kDayMinutes);
    slots.push_back(static_cast<int>(WeekdayOf(day) * 48 + (local - day * kDayMinutes) / 30));
  }
  return slots;
}

int64_t AgeInYears(PlainDate birth, int64_t day) {
  const auto birthday = [&](int year) {
    if (birth.month == 2 && birth.day == 29 && !IsLeap(year)) return DayNumber({year, 3, 1});
    return DayNumber({year, birth.month, birth.day});
  };
  int64_t age = 0;
  if (day < birthday(birth.year)) {
    while (birthday(birth.year + static_cast<int>(age)) > day) --age;
    return age;
  }
  while (birthday(birth.year + static_cast<int>(age) + 1) <= day) ++age;
  return age;
}

}  // namespace brokerage::support
