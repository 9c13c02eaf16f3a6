// Several distances are bounded together as one by one.
#include "matcher/columnar/distance_kernel.h"

#include <algorithm>
#include <array>
#include <gtest/gtest.h>

#include "tests/matcher/columnar/some_points.h"

namespace brokerage::matcher {
namespace {

TEST(DistanceKernel, SeveralPlacesAreBoundedAsOneByOne) {
  SomePoints points;
  for (int round = 0; round < 20'000; ++round) {
    const GeoPoint from = points.Anywhere();
    Places places;
    std::array<GeoPoint, kPlacesTogether> each;
    for (std::size_t i = 0; i < kPlacesTogether; ++i) {
      each[i] = points.Between(0, 9) == 0 ? from : points.Near(from, points.Between(0, 3'000'000'000));
      places.Set(i, each[i]);
    }
    const auto least_m = LowerMetres(DistanceBound(from), places);
    for (std::size_t i = 0; i < kPlacesTogether; ++i) {
      ASSERT_EQ(least_m[i], DistanceBound(from).LowerM(each[i])) << round;
    }
  }
}

TEST(DistanceKernel, SeveralBoxesAreThoseThatOneByOneAreNear) {
  SomePoints points;
  constexpr std::size_t kBoxes = kPlacesTogether;
  int64_t beyond = 0;
  int64_t within = 0;
  for (int round = 0; round < 50'000; ++round) {
    const GeoPoint from = points.Anywhere();
    GeoBoxes<kBoxes> boxes;
    std::array<int32_t, kBoxes> radii_m{};
    for (std::size_t i = 0; i < kBoxes; ++i) {
      if (points.Between(0, 9) == 0) continue;  // empty
      const GeoPoint to = round % 2 == 0 ? points.Anywhere() : points.Near(from, 3'000'000);
      boxes.Add(i, to);
      boxes.Add(i, points.Near(to, 1'000'000));
      // About as far as it is, where it matters.
      const int64_t least_m = DistanceBound(from).LowerM(boxes.At(i));
      radii_m[i] = static_cast<int32_t>(std::max<int64_t>(0, least_m + points.Between(-4, 2)));
    }
    const unsigned found = BoxesWithin(DistanceBound(from), boxes, radii_m);
    for (std::size_t i = 0; i < kBoxes; ++i) {
      const bool said = (found >> i & 1) != 0;
      if (boxes.At(i).IsEmpty()) {
        ASSERT_FALSE(said);
        continue;
      }
      const int64_t least_m = DistanceBound(from).LowerM(boxes.At(i));
      if (least_m <= radii_m[i]) {
        ASSERT_TRUE(said) << least_m << " " << radii_m[i];
      }
      if (least_m > radii_m[i] + 2) {
        ASSERT_FALSE(said) << least_m << " " << radii_m[i];
      }
      ++(said ? within : beyond);
    }
  }
  EXPECT_GT(within, 10'000);
  EXPECT_GT(beyond, 10'000);
}

}  // namespace
}  // namespace brokerage::matcher
