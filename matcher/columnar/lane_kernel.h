// The inner loops of searches: which lanes of a leaf can still reach what the best so far have, and which
// lie within bounds.
#pragma once

#include <array>
#include <cstdint>

#include "absl/types/span.h"

#include "matcher/columnar/leaf.h"

namespace brokerage::matcher {

// A lane in `lanes` earns `units`.
struct LaneTerm {
  LaneSet lanes;
  uint16_t units = 0;
};

// Least sums that may pass.
struct LaneThresholds {
  uint16_t marked = 0;    // of the lanes in `marked`
  uint16_t unmarked = 0;  // of the others
};

// Leaves in `lanes` those whose sum of units, saturated at 65,535, reaches the threshold. Vectors of whatever
// width the machine has.
void KeepReaching(absl::Span<const LaneTerm> terms, const LaneSet& marked, LaneThresholds thresholds,
                  LaneSet& lanes);

// The same lane by lane, for machines without vectors and for tests.
void KeepReachingPlainly(absl::Span<const LaneTerm> terms, const LaneSet& marked, LaneThresholds thresholds,
                         LaneSet& lanes);

// The sums themselves, of all lanes, to be compared several times.
using LaneUnits = std::array<uint16_t, kLanes>;
// The greatest sums of lanes; 0 where there are none.
struct LaneMost {
  uint16_t marked = 0;
  uint16_t unmarked = 0;

  bool operator==(const LaneMost&) const = default;
};
// Returns the greatest of those in `lanes`.
LaneMost SumUnits(absl::Span<const LaneTerm> terms, const LaneSet& marked, const LaneSet& lanes,
                  LaneUnits& sums);
void KeepReaching(const LaneUnits& sums, const LaneSet& marked, LaneThresholds thresholds, LaneSet& lanes);

// The same lane by lane.
LaneMost SumUnitsPlainly(absl::Span<const LaneTerm> terms, const LaneSet& marked, const LaneSet& lanes,
                         LaneUnits& sums);
void KeepReachingPlainly(const LaneUnits& sums, const LaneSet& marked, LaneThresholds thresholds,
                         LaneSet& lanes);

// A number for each lane.
using LaneNumbers = std::array<int32_t, kLanes>;

// Leaves in `lanes` those whose number is neither below `least` nor above `most`, which is
// not less.
void KeepBetween(const LaneNumbers& numbers, int32_t least, int32_t most, LaneSet& lanes);

// The same lane by lane.
void KeepBetweenPlainly(const LaneNumbers& numbers, int32_t least, int32_t most, LaneSet& lanes);

}  // namespace brokerage::matcher
