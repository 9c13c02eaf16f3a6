#include "apps/demo/random.h"

#include <array>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>

namespace brokerage::demo {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::UnorderedElementsAreArray;

// The published first values of SplitMix64 for seed 1234567.
TEST(RandomTest, IsSplitMix64) {
  Random random(1234567);
  EXPECT_EQ(random.Next(), 6457827717110365317ULL);
  EXPECT_EQ(random.Next(), 3203168211198807973ULL);
  EXPECT_EQ(random.Next(), 9817491932198370423ULL);
}

TEST(RandomTest, StreamsDifferBySeedKindAndIndex) {
  std::set<uint64_t> firsts;
  for (const uint64_t seed : {1, 2, 3}) {
    for (const absl::string_view kind : {"volunteer", "opportunity"}) {
      for (uint64_t index = 0; index < 100; ++index) firsts.insert(Random::For(seed, kind, index).Next());
    }
  }
  EXPECT_EQ(firsts.size(), 600u);
  EXPECT_EQ(Random::For(7, "volunteer", 3).Next(), Random::For(7, "volunteer", 3).Next());
}

TEST(RandomTest, BetweenReachesBothEndsAboutEquallyOften) {
  Random random(1);
  std::array<int, 6> counts{};
  for (int i = 0; i < 60'000; ++i) ++counts[static_cast<std::size_t>(random.Between(1, 6)) - 1];
  EXPECT_THAT(counts, Each(::testing::AllOf(::testing::Gt(9'600), ::testing::Lt(10'400))));
  EXPECT_EQ(random.Between(4, 4), 4);
}

TEST(RandomTest, BelowStaysBelowForAwkwardBounds) {
  Random random(2);
  for (const uint32_t bound : {1u, 2u, 3u, 0x80000001u, 0xffffffffu}) {
    for (int i = 0; i < 1'000; ++i) ASSERT_LT(random.Below(bound), bound);
  }
}

TEST(RandomTest, WeightedFollowsTheWeightsAndSkipsZeros) {
  Random random(3);
  const std::array<int, 4> weights = {0, 1, 3, 0};
  std::array<int, 4> counts{};
  for (int i = 0; i < 40'000; ++i) ++counts[random.Weighted(weights)];
  EXPECT_EQ(counts[0], 0);
  EXPECT_EQ(counts[3], 0);
  EXPECT_NEAR(counts[1], 10'000, 400);
}

TEST(RandomTest, SampleGivesDistinctElements) {
  Random random(4);
  const std::vector<int> all = {1, 2, 3, 4, 5};
  EXPECT_THAT(random.Sample(all, 9), UnorderedElementsAreArray(all));
  for (int i = 0; i < 200; ++i) {
    const std::vector<int> some = random.Sample(all, 3);
    EXPECT_EQ(std::set<int>(some.begin(), some.end()).size(), 3u);
  }
  EXPECT_THAT(random.Sample(all, 0), ElementsAre());
}

}  // namespace
}  // namespace brokerage::demo
