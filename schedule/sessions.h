// Dated sessions as plain intervals: what happens at which minute of UTC, and in which half-hour of the local
// week.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"

namespace brokerage::schedule {

// The part of one half-hour of the local week that lies within a session, in minutes since 1970-01-01T00:00Z.
//
// A local time that does not exist is the moment of the change; one that happens twice is the first for a
// slot's start and the second for its end. So slots lost to a change are left out, and those of a repeated
// hour overlap.
struct SlotSpan {
  uint16_t slot = 0;  // 0 to 335, from Monday 00:00
  int64_t start_min = 0;
  int64_t end_min = 0;
  friend bool operator==(const SlotSpan&, const SlotSpan&) = default;
};

struct Session {
  int64_t start_min = 0;
  int64_t end_min = 0;
  int32_t local_date = 0;       // of the start, as days since 1970-01-01
  std::vector<SlotSpan> spans;  // ordered by start; together they cover the session
};

// The session of `duration_minutes` (at least 1) of elapsed time from `start_min`, in `zone`.
Session ExpandSession(int64_t start_min, int64_t duration_minutes, const absl::TimeZone& zone);

// Days since 1970-01-01 of the date in `zone` at `minute`.
int32_t LocalDay(int64_t minute, const absl::TimeZone& zone);

}  // namespace brokerage::schedule
