// The queue gives what stands highest, and standing is the order of lists.
#include "matcher/columnar/role_queue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <vector>

namespace brokerage::matcher {
namespace {

using ::testing::ElementsAre;

TEST(Standing, IsByRankThenScoreThenId) {
  const std::vector<Standing> descending = {
      {1'000'000, 1'000'000, 0}, {1'000'000, 1'000'000, 1},         {1'000'000, 999'999, 0},
      {999'999, 1'000'000, 0},   {999'999, 1'000'000, kLastId - 1}, {0, 0, 0},
  };
  for (std::size_t i = 0; i < descending.size(); ++i) {
    for (std::size_t j = 0; j < descending.size(); ++j) EXPECT_EQ(descending[i]<descending[j], i> j);
    EXPECT_FALSE(descending[i] < Standing()) << "nothing is further down than the last of all";
  }
  EXPECT_TRUE(descending[0].Ties(descending[1]));
  EXPECT_FALSE(descending[1].Ties(descending[2]));
  Standing moved = descending[0];
  moved.SetId(1);
  EXPECT_FALSE(moved < descending[1] || descending[1] < moved);
}

TEST(RoleQueue, GivesTheMostPromisingFirst) {
  RoleQueue queue;
  for (const uint16_t rank : {3, 1, 4, 1, 5, 9, 2, 6}) queue.Push({{rank, rank, 0}, nullptr, rank});
  std::vector<int> order;
  while (!queue.empty()) order.push_back(queue.Pop().begin);
  EXPECT_THAT(order, ElementsAre(9, 6, 5, 4, 3, 2, 1, 1));
}

}  // namespace
}  // namespace brokerage::matcher
