#include "matcher/columnar/centre_list.h"

#include <gtest/gtest.h>
#include <random>
#include <set>

#include "absl/strings/str_cat.h"

#include "matcher/distance.h"

namespace brokerage::matcher {
namespace {

// A centre with volunteers about a point, who go so far.
void Settle(CentreList& centres, std::size_t number, GeoPoint point, uint32_t radius_m, Edit edit) {
  auto node = NewShared<LeafNode>();
  node->summary.centroids.Add(point);
  node->summary.max_radius_m = radius_m;
  centres.Own(number, edit).nodes = {std::move(node)};
  centres.Summarise(number, edit);
}

std::set<std::size_t> Reaching(const CentreList& centres, GeoPoint place, uint32_t further_m) {
  std::set<std::size_t> found;
  centres.ForEachReaching(DistanceBound(place), further_m,
                          [&](std::size_t number, const CentreLeaves&) { found.insert(number); });
  return found;
}

TEST(CentreList, NoneThatReachesIsLeftOut) {
  std::mt19937_64 random(3);
  const auto somewhere = [&] {
    return GeoPoint{510'000'000 + static_cast<int32_t>(random() % 30'000'000),
                    static_cast<int32_t>(random() % 30'000'000)};
  };
  CentreList centres;
  std::vector<std::pair<GeoPoint, uint32_t>> volunteers;
  for (std::size_t number = 0; number < 100; ++number) {
    centres.Add(absl::StrCat("centres/c", number), 1);
    if (number % 10 == 9) continue;  // without volunteers
    volunteers.emplace_back(somewhere(), 1'000 + random() % 60'000);
    Settle(centres, number, volunteers.back().first, volunteers.back().second, 1);
  }
  std::size_t visited = 0;
  for (int round = 0; round < 100; ++round) {
    const GeoPoint place = somewhere();
    const auto further_m = static_cast<uint32_t>(round % 2 * 5'000);
    const std::set<std::size_t> found = Reaching(centres, place, further_m);
    visited += found.size();
    auto volunteer = volunteers.begin();
    for (std::size_t number = 0; number < centres.size(); ++number) {
      if (number % 10 == 9) {
        EXPECT_EQ(found.count(number), 0u) << "nobody is there";
        continue;
      }
      const auto [point, radius_m] = *volunteer++;
      const int64_t beyond_m = DistanceM(point, place) - radius_m - further_m;
      if (beyond_m <= 0) {
        EXPECT_EQ(found.count(number), 1u) << number;
      }
      if (beyond_m > 100) {
        EXPECT_EQ(found.count(number), 0u) << number;
      }
    }
  }
  EXPECT_GT(visited, 0u);
}

TEST(CentreList, ACopyKeepsWhatItHad) {
  CentreList before;
  before.Add("centres/ashford", 1);
  Settle(before, 0, {511'000'000, 8'000'000}, 1'000, 1);
  CentreList after = before;
  after.Add("centres/dover", 2);
  Settle(after, 0, {530'000'000, 8'000'000}, 1'000, 2);

  EXPECT_EQ(before.size(), 1u);
  EXPECT_EQ(after.size(), 2u);
  EXPECT_EQ(after[1].name, "centres/dover");
  EXPECT_EQ(Reaching(before, {511'000'000, 8'000'000}, 0), std::set<std::size_t>{0});
  EXPECT_EQ(Reaching(after, {511'000'000, 8'000'000}, 0), std::set<std::size_t>{});
}

}  // namespace
}  // namespace brokerage::matcher
