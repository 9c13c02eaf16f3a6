// Stretches of time as plain intervals.
#pragma once

#include <cstdint>
#include <vector>

namespace brokerage::schedule {

// Half-open, in minutes since 1970-01-01T00:00Z; start_min < end_min.
struct Interval {
  int64_t start_min = 0;
  int64_t end_min = 0;
  friend bool operator==(const Interval&, const Interval&) = default;
};

// The same time as intervals in order, no two of which meet. What ends at or before its start is left out.
std::vector<Interval> United(std::vector<Interval> intervals);

}  // namespace brokerage::schedule
