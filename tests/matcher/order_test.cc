#include "matcher/order.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <limits>
#include <string>
#include <vector>

#include "matcher/best_of.h"

namespace brokerage::matcher {
namespace {

using ::testing::ElementsAre;

// Each strictly before the next.
TEST(Order, RankThenScoreThenNames) {
  const std::vector<RankKey> ordered = {
      {900, 100, "centres/a/volunteers/z"},
      {800, 900, "centres/a/volunteers/z"},
      {800, 800, "centres/z/volunteers/a"},   // by the last segment, whatever the centre
      {800, 800, "centres/z/volunteers/aa"},  // a prefix is first
      {800, 800, "centres/a/volunteers/b"},   // then the whole name
      {800, 800, "centres/b/volunteers/b"},
      {800, 800, "centres/a/volunteers/c"},
      {800, 800, "centres/a/volunteers/\x7f"},
      {800, 800, "centres/a/volunteers/\xc3\xa9"},  // bytes are not signed
      {0, 0, "a"},
      {0, 0, "b"},
  };
  for (std::size_t i = 0; i < ordered.size(); ++i) {
    for (std::size_t j = 0; j < ordered.size(); ++j) {
      EXPECT_EQ(ComesBefore(ordered[i], ordered[j]), i < j) << i << " and " << j;
    }
  }
}

TEST(Order, ShownRank) {
  EXPECT_EQ(ShownRank(800'000, 1, 2'500, 0), 800'000);
  // 800,000 · 10,000 / 12,500
  EXPECT_EQ(ShownRank(800'000, 1, 2'500, 1), 640'000);
  // 800,000 · 40,000 / 42,500 = 752,941.2
  EXPECT_EQ(ShownRank(800'000, 4, 2'500, 1), 752'941);
  EXPECT_EQ(ShownRank(800'000, 1, 0, 100), 800'000);
  EXPECT_EQ(ShownRank(1'000'000, 1, 10'000, 2), 333'333);
  EXPECT_EQ(ShownRank(1'000'000, 1, 5'000, 1), 666'667);
  EXPECT_EQ(ShownRank(0, 3, 2'500, 7), 0);
  EXPECT_EQ(ShownRank(1'000'000, 10'000, 10'000, 1'000'000), 9'901);
}

struct Named {
  std::string name;
};

TEST(BestOf, KeepsTheFirstK) {
  const std::vector<Named> records = {{"x/e"}, {"x/d"}, {"x/c"}, {"x/b"}, {"x/a"}};
  const auto best = [&](std::size_t k, const std::optional<RankKey>& after) {
    BestOf<Named> keeper(k, after);
    for (std::size_t i = 0; i < records.size(); ++i) keeper.Offer(i < 2 ? 2 : 1, 1, records[i]);
    auto result = std::move(keeper).Finish();
    std::vector<std::string> names;
    for (const auto& candidate : result.best) names.push_back(candidate.record->name);
    names.push_back(result.more ? "more" : "end");
    return names;
  };
  EXPECT_THAT(best(0, std::nullopt), ElementsAre("more"));
  EXPECT_THAT(best(1, std::nullopt), ElementsAre("x/d", "more"));
  EXPECT_THAT(best(4, std::nullopt), ElementsAre("x/d", "x/e", "x/a", "x/b", "more"));
  EXPECT_THAT(best(5, std::nullopt), ElementsAre("x/d", "x/e", "x/a", "x/b", "x/c", "end"));
  EXPECT_THAT(best(std::numeric_limits<std::size_t>::max(), std::nullopt),
              ElementsAre("x/d", "x/e", "x/a", "x/b", "x/c", "end"));
  EXPECT_THAT(best(9, RankKey{2, 1, "x/e"}), ElementsAre("x/a", "x/b", "x/c", "end"));
  EXPECT_THAT(best(2, RankKey{2, 1, "x/e"}), ElementsAre("x/a", "x/b", "more"));
  EXPECT_THAT(best(9, RankKey{1, 1, "x/aa"}), ElementsAre("x/b", "x/c", "end")) << "after one that is gone";
  EXPECT_THAT(best(9, RankKey{1, 1, "x/c"}), ElementsAre("end"));
  EXPECT_THAT(best(0, RankKey{1, 1, "x/c"}), ElementsAre("end"));
}

}  // namespace
}  // namespace brokerage::matcher
