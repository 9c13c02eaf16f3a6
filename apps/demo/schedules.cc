#include "apps/demo/schedules.h"

#include <array>
#include <vector>

#include "absl/time/time.h"

#include "apps/demo/notation.h"
#include "base/clock.h"

namespace brokerage::demo {
namespace {

namespace common = brokerage::common::v1;
namespace matching = brokerage::matching::v1;

// Monday is 1.
constexpr int kSaturday = 6;
constexpr int kSunday = 7;

common::WeeklyWindow MakeWindow(int day, int start_min, int length_min) {
  common::WeeklyWindow window;
  window.set_day_of_week(static_cast<common::DayOfWeek>(day));
  window.mutable_start_time()->set_hours(start_min / 60);
  window.mutable_start_time()->set_minutes(start_min % 60);
  int end = start_min + length_min;
  if (end > 24 * 60) end -= 24 * 60;
  window.mutable_end_time()->set_hours(end / 60);
  window.mutable_end_time()->set_minutes(end % 60);
  return window;
}

// A half-hour between the two, both included.
int HalfHour(int earliest_min, int latest_min, Random& random) {
  return earliest_min + 30 * random.Between(0, (latest_min - earliest_min) / 30);
}

matching::Schedule Weekly(const std::vector<common::WeeklyWindow>& windows) {
  matching::Schedule schedule;
  for (const common::WeeklyWindow& window : windows) *schedule.mutable_weekly()->add_windows() = window;
  return schedule;
}

common::WeeklyWindow DayShift(int day, Random& random) {
  const int length = random.Between(4, 7) * 30;
  return MakeWindow(
      day, random.Chance(550) ? HalfHour(9 * 60, 10 * 60 + 30, random) : HalfHour(13 * 60, 14 * 60, random),
      length);
}

// The first such day of the week that is at least `days` after `today`.
absl::CivilDay DayAfter(absl::CivilDay today, int days, int day_of_week) {
  absl::CivilDay day = today + days;
  while (static_cast<int>(absl::GetWeekday(day)) + 1 != day_of_week) ++day;
  return day;
}

void AddSession(absl::CivilDay day, int start_min, int minutes, matching::Schedule* schedule) {
  const absl::Time start = absl::FromCivil(absl::CivilMinute(day) + start_min, base::LondonTimeZone());
  *schedule->mutable_dated()->add_sessions() = MakeSession(start, minutes);
}

matching::Schedule EventDays(absl::CivilDay today, Random& random) {
  matching::Schedule schedule;
  const absl::CivilDay first =
      DayAfter(today, random.Between(3, 70), random.Chance(650) ? kSaturday : kSunday);
  const int days = random.Chance(350) ? 2 : 1;
  const int shift = random.Between(6, 10) * 30;
  const int shifts = random.Between(1, 2);
  const int start = HalfHour(8 * 60, 10 * 60 + 30, random);
  for (int day = 0; day < days; ++day) {
    for (int number = 0; number < shifts; ++number)
      AddSession(first + day, start + number * shift, shift, &schedule);
  }
  return schedule;
}

// `count` sessions of the same hours on the given days.
matching::Schedule Series(absl::CivilDay first, int count, int every_days, int start_min, int minutes) {
  matching::Schedule schedule;
  for (int i = 0; i < count; ++i) AddSession(first + i * every_days, start_min, minutes, &schedule);
  return schedule;
}

matching::Schedule Flexible(int minutes_per_week, int block,
                            const std::vector<common::WeeklyWindow>& windows) {
  matching::Schedule schedule;
  matching::FlexibleSchedule& flexible = *schedule.mutable_flexible();
  flexible.set_minutes_per_week(minutes_per_week);
  flexible.set_minimum_block_minutes(block);
  for (const common::WeeklyWindow& window : windows) *flexible.add_windows() = window;
  return schedule;
}

// The same hours on each day from Monday to `last_day`.
std::vector<common::WeeklyWindow> FromMonday(int last_day, int start_min, int length_min) {
  std::vector<common::WeeklyWindow> windows;
  for (int day = 1; day <= last_day; ++day) windows.push_back(MakeWindow(day, start_min, length_min));
  return windows;
}

}  // namespace

matching::Schedule MakeSchedule(Timing timing, absl::CivilDay today, Random& random) {
  const int weekday = random.Between(1, 5);
  const int weekend_day = random.Chance(700) ? kSaturday : kSunday;
  switch (timing) {
    case Timing::kDayShift:
      return Weekly({DayShift(weekday, random)});
    case Timing::kTwoDayShifts:
      return Weekly({DayShift(weekday, random), DayShift(weekday > 3 ? weekday - 3 : weekday + 2, random)});
    case Timing::kSchoolHours:
      return Weekly({MakeWindow(weekday, HalfHour(9 * 60, 13 * 60 + 30, random), random.Between(2, 4) * 30)});
    case Timing::kAfterSchool:
      return Weekly(
          {MakeWindow(weekday, HalfHour(15 * 60 + 30, 16 * 60 + 30, random), random.Between(3, 4) * 30)});
    case Timing::kEvening:
      return Weekly({MakeWindow(weekday, HalfHour(18 * 60, 19 * 60, random), random.Between(3, 5) * 30)});
    case Timing::kWeekendShift:
      return Weekly({MakeWindow(weekend_day, HalfHour(9 * 60, 13 * 60, random), random.Between(4, 8) * 30)});
    case Timing::kNight:
      return Weekly({MakeWindow(random.Between(1, 7), HalfHour(20 * 60, 22 * 60, random),
                                random.Between(16, 20) * 30)});
    case Timing::kAnyShift: {
      const int shift = random.Between(6, 9) * 30;
      return Flexible(shift, shift, FromMonday(kSaturday, 9 * 60, 8 * 60));
    }
    case Timing::kFlexibleDays: {
      const std::array<int, 4> kMinutes = {60, 90, 120, 180};
      return Flexible(random.Pick(kMinutes), 60,
                      FromMonday(5, 9 * 60, random.Chance(500) ? 8 * 60 : 10 * 60));
    }
    case Timing::kFlexibleAny: {
      const std::array<int, 4> kMinutes = {60, 120, 180, 240};
      return Flexible(random.Pick(kMinutes), random.Chance(500) ? 60 : 30, {});
    }
    case Timing::kEventDays:
      return EventDays(today, random);
    case Timing::kSaturdays:
      return Series(DayAfter(today, random.Between(3, 30), kSaturday), random.Between(5, 10), 7,
                    HalfHour(9 * 60, 11 * 60, random), random.Between(4, 7) * 30);
    case Timing::kHolidayWeek:
      return Series(DayAfter(today, random.Between(14, 60), 1), 5, 1, HalfHour(9 * 60, 10 * 60, random),
                    random.Between(8, 13) * 30);
    case Timing::kMonthlyEvening:
      return Series(DayAfter(today, random.Between(3, 31), weekday), random.Between(3, 6), 28,
                    HalfHour(18 * 60 + 30, 19 * 60 + 30, random), random.Between(3, 5) * 30);
    case Timing::kMonthlySaturday:
      return Series(DayAfter(today, random.Between(3, 31), kSaturday), random.Between(3, 6), 28,
                    HalfHour(9 * 60 + 30, 10 * 60 + 30, random), random.Between(4, 7) * 30);
    case Timing::kUnstated:
      break;
  }
  return {};
}

}  // namespace brokerage::demo
