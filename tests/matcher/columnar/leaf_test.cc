// How lanes of a leaf are filled.
#include "matcher/columnar/leaf.h"

#include <gtest/gtest.h>
#include <vector>

namespace brokerage::matcher {
namespace {

TEST(Leaf, LanesAreFilledInOrderAndWordsAlike) {
  for (std::size_t count = 1; count <= kLanes; ++count) {
    std::vector<int> in_word(kPlaneWords);
    int last = -1;
    for (std::size_t i = 0; i < count; ++i) {
      const int lane = Leaf::LaneFor(i, count);
      ASSERT_GT(lane, last) << i << " of " << count;
      ASSERT_LT(lane, kLanes) << i << " of " << count;
      ++in_word[static_cast<std::size_t>(lane / 64)];
      last = lane;
    }
    for (const int filled : in_word) {
      ASSERT_GE(filled, static_cast<int>(count / kPlaneWords)) << count;
      ASSERT_LE(filled, static_cast<int>((count + kPlaneWords - 1) / kPlaneWords)) << count;
    }
  }
}

}  // namespace
}  // namespace brokerage::matcher
