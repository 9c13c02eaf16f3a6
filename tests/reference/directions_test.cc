// The few that are told are those that measuring all of them would choose.
#include "reference/directions.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <random>
#include <vector>

namespace brokerage::reference {
namespace {

constexpr Point kMaidstone{512'720'000, 5'220'000};

TEST(Directions, AreNearestByTheGreatCircle) {
  std::mt19937_64 random(5);
  const auto between = [&](int64_t least, int64_t most) {
    return static_cast<int32_t>(std::uniform_int_distribution<int64_t>(least, most)(random));
  };
  for (int round = 0; round < 300; ++round) {
    // Over a county, a field, or the Earth; some points more than once.
    const int64_t wide = round % 3 == 0 ? 5'000'000 : round % 3 == 1 ? 1'000 : 899'000'000;
    const auto some_point = [&] {
      const Point middle = wide > 500'000'000 ? Point{} : kMaidstone;
      return Point{middle.latitude_e7 + between(-wide, wide), middle.longitude_e7 + between(-wide, wide)};
    };
    std::vector<Point> points(static_cast<std::size_t>(between(1, 400)));
    for (Point& point : points) point = some_point();
    points.push_back(points.front());
    Directions directions;
    for (uint32_t i = 0; i < points.size(); ++i) directions.Add(i, points[i]);

    const Point from = round % 5 == 0 ? points.back() : some_point();
    const auto distance = [&](uint32_t i) { return GreatCircleM(from, points[i]); };
    for (const std::size_t count : {1u, 2u, 5u}) {
      const std::vector<uint32_t> nearest = directions.Nearest(from, count);
      ASSERT_GE(nearest.size(), std::min(count, points.size()));
      ASSERT_TRUE(std::is_sorted(nearest.begin(), nearest.end()));
      double furthest = 0;
      for (const uint32_t i : nearest) furthest = std::max(furthest, distance(i));
      for (uint32_t i = 0; i < points.size(); ++i) {
        if (std::binary_search(nearest.begin(), nearest.end(), i)) continue;
        ASSERT_GT(distance(i), furthest) << round;
      }
      ASSERT_LE(nearest.size(), count + 1) << round;  // the one that is there twice
    }
  }
}

TEST(Directions, OfNoneAreNone) {
  EXPECT_TRUE(Directions().Nearest(kMaidstone, 2).empty());
  Directions one;
  one.Add(7, kMaidstone);
  EXPECT_EQ(one.Nearest(Point{}, 2), std::vector<uint32_t>{7});
}

}  // namespace
}  // namespace brokerage::reference
