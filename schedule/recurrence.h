// Recurring sessions as plain starts, through libical.
//
// A rule repeats a local time: sessions keep it over the changes of the clock. A local time that does not
// exist is the moment of the change; one that happens twice is the first.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/time/time.h"

#include "schedule/rule.h"

namespace brokerage::schedule {

inline constexpr int kLastYear = 2199;  // no rule gives a start after it

// Minutes are since 1970-01-01T00:00Z.
struct Recurrence {
  int64_t first_min = 0;              // nothing is before it; a start only when the rule gives it
  Rule rule;                          // without faults
  std::vector<int64_t> left_out_min;  // starts that do not take place; in order, and COUNT counts them
};

// Which starts are needed: all that the questions of a while may count.
struct Expansion {
  int64_t from_min = 0;  // the while: starts before it have passed
  int64_t to_min = 0;    // and its end
  int horizon_days = 0;  // a question counts so many local days, from that of its first start on
  int max_starts = 0;
};

// In order: the starts from `from_min` on, as far as a question at or before `to_min` may look: until the
// horizon of the first start at or after `to_min` ends. At most `max_starts`; a rule gives one a day.
std::vector<int64_t> StartsOf(const Recurrence& recurrence, const Expansion& expansion,
                              const absl::TimeZone& zone);

// Whether any start is left.
bool HasStart(const Recurrence& recurrence, const absl::TimeZone& zone);

// Whether the local time of `minute` happens twice, and this is the second.
bool IsSecondPass(int64_t minute, const absl::TimeZone& zone);

}  // namespace brokerage::schedule
