// Vectors and plain arithmetic choose the same lanes.
#include "matcher/columnar/lane_kernel.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <iterator>
#include <limits>
#include <random>
#include <utility>
#include <vector>

namespace brokerage::matcher {
namespace {

TEST(LaneKernel, EqualsThePlainPathOnRandomSums) {
  std::mt19937_64 random(7);
  const auto some_lanes = [&] {
    LaneSet lanes;
    const uint64_t kind = random() % 4;
    for (uint64_t& word : lanes) word = kind == 0 ? 0 : kind == 1 ? ~uint64_t{0} : random() & random();
    return lanes;
  };
  int kept = 0;
  int dropped = 0;
  for (int round = 0; round < 3'000; ++round) {
    std::vector<LaneTerm> terms(random() % 14);
    uint32_t most = 0;
    for (LaneTerm& term : terms) {
      // Small ones, and such that the sum is cut at the most that a lane holds.
      term = {some_lanes(), static_cast<uint16_t>(random() % (round % 5 == 0 ? 65'536 : 6'000))};
      most += term.units;
    }
    const LaneSet marked = some_lanes();
    const auto threshold = [&] { return static_cast<uint16_t>(random() % (std::min(most, 65'535u) + 1)); };
    const LaneThresholds thresholds{threshold(), threshold()};
    LaneSet lanes = some_lanes();
    const LaneSet before = lanes;
    LaneSet plain = lanes;
    KeepReaching(terms, marked, thresholds, lanes);
    KeepReachingPlainly(terms, marked, thresholds, plain);
    ASSERT_EQ(lanes, plain) << round;
    // And by the sums, worked out beforehand.
    LaneUnits sums;
    LaneUnits plain_sums;
    const LaneMost greatest = SumUnits(terms, marked, before, sums);
    ASSERT_EQ(SumUnitsPlainly(terms, marked, before, plain_sums), greatest) << round;
    ASSERT_EQ(sums, plain_sums) << round;
    lanes = before;
    KeepReaching(sums, marked, thresholds, lanes);
    ASSERT_EQ(lanes, plain) << round;
    lanes = before;
    KeepReachingPlainly(sums, marked, thresholds, lanes);
    ASSERT_EQ(lanes, plain) << round;
    kept += CountOf(lanes);
    dropped += CountOf(before) - CountOf(lanes);
  }
  EXPECT_GT(kept, 10'000);
  EXPECT_GT(dropped, 10'000);
}

TEST(LaneKernel, ReachingIsEnough) {
  LaneTerm term;
  term.lanes.fill(~uint64_t{0});
  term.units = 500;
  for (const auto& [threshold, all] : {std::pair<uint16_t, bool>{499, true}, {500, true}, {501, false}}) {
    LaneSet lanes = term.lanes;
    KeepReaching({&term, 1}, LaneSet(), {0, threshold}, lanes);
    EXPECT_EQ(CountOf(lanes), all ? kLanes : 0) << threshold;
  }
}

TEST(LaneKernel, KeepsWhatLiesBetween) {
  std::mt19937_64 random(8);
  constexpr int32_t kEnds[] = {std::numeric_limits<int32_t>::min(), -3, -2, 0, 1, 2,
                               std::numeric_limits<int32_t>::max()};
  const auto some_number = [&] { return kEnds[random() % std::size(kEnds)]; };
  int kept = 0;
  int dropped = 0;
  for (int round = 0; round < 1'000; ++round) {
    LaneNumbers numbers;
    for (int32_t& number : numbers) number = some_number();
    const auto [least, most] = std::minmax({some_number(), some_number()});
    LaneSet lanes;
    for (uint64_t& word : lanes) word = random() % 4 == 0 ? 0 : random();
    const LaneSet before = lanes;
    LaneSet plain = lanes;
    KeepBetween(numbers, least, most, lanes);
    KeepBetweenPlainly(numbers, least, most, plain);
    ASSERT_EQ(lanes, plain) << round;
    kept += CountOf(lanes);
    dropped += CountOf(before) - CountOf(lanes);
  }
  EXPECT_GT(kept, 10'000);
  EXPECT_GT(dropped, 10'000);
}

}  // namespace
}  // namespace brokerage::matcher
