// When the demonstration's roles happen.
#pragma once

#include "absl/time/civil_time.h"

#include "apps/demo/random.h"
#include "brokerage/matching/v1/opportunity.pb.h"

namespace brokerage::demo {

enum class Timing {
  kDayShift,         // weekly: a morning or an afternoon, Monday to Friday
  kTwoDayShifts,     // weekly: two of them
  kSchoolHours,      // weekly: an hour or two while schools are open
  kAfterSchool,      // weekly: a late afternoon
  kEvening,          // weekly: an evening
  kWeekendShift,     // weekly: a Saturday or a Sunday
  kNight,            // weekly: into the next morning
  kAnyShift,         // flexible: one shift, Monday to Saturday
  kFlexibleDays,     // flexible: an hour or more on weekdays
  kFlexibleAny,      // flexible: any time
  kEventDays,        // dated: a day or a weekend in the coming weeks, in shifts
  kSaturdays,        // dated: some Saturdays in a row
  kHolidayWeek,      // dated: five weekdays in a row
  kMonthlyEvening,   // dated: once a month
  kMonthlySaturday,  // dated: once a month
  kUnstated,         // nothing said
};

// A schedule of that kind; dated ones begin after `today`.
matching::v1::Schedule MakeSchedule(Timing timing, absl::CivilDay today, Random& random);

}  // namespace brokerage::demo
