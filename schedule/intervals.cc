#include "schedule/intervals.h"

#include <algorithm>

namespace brokerage::schedule {

std::vector<Interval> United(std::vector<Interval> intervals) {
  std::sort(intervals.begin(), intervals.end(),
            [](const Interval& a, const Interval& b) { return a.start_min < b.start_min; });
  std::vector<Interval> united;
  for (const Interval& interval : intervals) {
    if (interval.end_min <= interval.start_min) continue;
    if (!united.empty() && interval.start_min <= united.back().end_min) {
      united.back().end_min = std::max(united.back().end_min, interval.end_min);
    } else {
      united.push_back(interval);
    }
  }
  return united;
}

}  // namespace brokerage::schedule
