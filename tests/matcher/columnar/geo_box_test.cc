// Boxes and bounds leave nobody out who is near enough, and do not take in much more.
#include "matcher/columnar/geo_box.h"

#include <gtest/gtest.h>

#include "matcher/distance.h"
#include "tests/matcher/columnar/some_points.h"

namespace brokerage::matcher {
namespace {

TEST(GeoBox, WhoeverIsNearEnoughLiesInTheBoxAround) {
  SomePoints points;
  int inside = 0;
  for (int round = 0; round < 200'000; ++round) {
    const GeoPoint centre = points.Anywhere();
    const GeoPoint other = round % 2 == 0 ? points.Anywhere() : points.Near(centre, 3'000'000);
    // The least radius that reaches it.
    const int64_t distance_m = DistanceM(centre, other);
    const GeoBox box = BoxAround(centre, distance_m);
    ASSERT_TRUE(box.Meets(BoxOf(other))) << centre.latitude_e7 << " " << centre.longitude_e7 << " "
                                         << other.latitude_e7 << " " << other.longitude_e7;
    if (!BoxAround(centre, distance_m / 2).Meets(BoxOf(other))) ++inside;
  }
  EXPECT_GT(inside, 50'000);
}

TEST(GeoBox, TheBoxAroundIsNoWiderThanItNeedBe) {
  // 10 km are 0.0899 degrees of latitude, and at 60 degrees twice as many of longitude.
  const GeoBox box = BoxAround({600'000'000, 0}, 10'000);
  EXPECT_NEAR(box.north_e7, 600'000'000 + 899'320, 500);
  EXPECT_NEAR(box.south_e7, 600'000'000 - 899'320, 500);
  EXPECT_NEAR(box.east_e7, 1'798'640, 6'000);
  EXPECT_EQ(box.west_e7, -box.east_e7);
}

TEST(GeoBox, AnyRadiusHasABox) {
  const GeoBox all = BoxAround({513'000'000, 10'000'000}, 4'294'967'295);
  EXPECT_TRUE(all.Meets(BoxOf({-900'000'000, 1'800'000'000})));
  EXPECT_TRUE(BoxAround({0, 0}, 0).Meets(BoxOf({0, 0})));
  EXPECT_FALSE(BoxAround({0, 0}, 0).Meets(BoxOf({0, 1'000})));
  EXPECT_FALSE(GeoBox().Meets(all));
}

TEST(DistanceBound, IsNeverMoreThanTheDistance) {
  SomePoints points;
  for (int round = 0; round < 100'000; ++round) {
    const GeoPoint from = points.Anywhere();
    const GeoPoint to = round % 2 == 0 ? points.Anywhere() : points.Near(from, 3'000'000);
    ASSERT_LE(DistanceBound(from).LowerM(to), DistanceM(from, to));
    GeoBox box = BoxOf(to);
    box.Add(points.Near(to, 1'000'000));
    ASSERT_LE(DistanceBound(from).LowerM(box), DistanceM(from, to));
  }
}

}  // namespace
}  // namespace brokerage::matcher
