// Boxes and bounds leave nobody out who is near enough, and do not take in much more.
#include "matcher/columnar/geo_box.h"

#include <algorithm>
#include <array>
#include <gtest/gtest.h>
#include <random>

#include "matcher/distance.h"

namespace brokerage::matcher {
namespace {

constexpr int64_t kPoleE7 = 900'000'000;
constexpr int64_t kHalfCircleE7 = 1'800'000'000;

class SomePoints {
 public:
  int64_t Between(int64_t least, int64_t most) {
    return std::uniform_int_distribution<int64_t>(least, most)(random_);
  }
  // Anywhere, and often at a pole, at the date line or on the meridian.
  GeoPoint Anywhere() {
    GeoPoint point{static_cast<int32_t>(Between(-kPoleE7, kPoleE7)),
                   static_cast<int32_t>(Between(-kHalfCircleE7, kHalfCircleE7))};
    const int64_t kind = Between(0, 9);
    if (kind == 0) point.latitude_e7 = static_cast<int32_t>(kPoleE7 - Between(0, 1'000'000));
    if (kind == 1) point.longitude_e7 = static_cast<int32_t>(-kHalfCircleE7 + Between(0, 1'000'000));
    if (kind == 2) point.longitude_e7 = 0;
    return point;
  }
  GeoPoint Near(GeoPoint point, int64_t most_e7) {
    const int64_t latitude = point.latitude_e7 + Between(-most_e7, most_e7);
    int64_t longitude = point.longitude_e7 + Between(-most_e7, most_e7);
    if (longitude > kHalfCircleE7) longitude -= 2 * kHalfCircleE7;
    if (longitude < -kHalfCircleE7) longitude += 2 * kHalfCircleE7;
    return {static_cast<int32_t>(std::clamp(latitude, -kPoleE7, kPoleE7)), static_cast<int32_t>(longitude)};
  }

 private:
  std::mt19937_64 random_{11};
};

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

TEST(DistanceBound, SeveralBoxesAtOnceAreThoseThatOneByOneAreNear) {
  SomePoints points;
  constexpr std::size_t kBoxes = 8;
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
    const unsigned found = DistanceBound(from).Within(boxes, radii_m);
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
