// The inner loop of a search: which lanes of a leaf can still reach what the best so far have.
#pragma once

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

}  // namespace brokerage::matcher
