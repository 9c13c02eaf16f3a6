// What a time of life does to a volunteer: their age, when they are free, how far they go.
#pragma once

#include <vector>

#include "absl/strings/string_view.h"

namespace brokerage::demo {

// Minutes after midnight; an end at or before the start is on the next day.
struct Hours {
  int start_min = 0;
  int end_min = 0;
};

// So many days, each with one of the hours.
struct Days {
  int fewest = 0;
  int most = 0;
  std::vector<Hours> hours = {};
};

// Rates are in thousandths of those at this stage.
struct LifeStage {
  absl::string_view key = {};
  int share = 0;  // of all volunteers, in thousandths
  int youngest = 0;
  int oldest = 0;
  Days weekdays = {};
  Days weekend = {};
  std::vector<int> radius_miles = {};  // each as likely
  int drives = 0;
  int accepts_remote = 0;
  // Which backgrounds (backgrounds.h) they have: ids, each as likely; empty means any that is a trade.
  std::vector<absl::string_view> backgrounds = {};
};

const std::vector<LifeStage>& LifeStages();

}  // namespace brokerage::demo
