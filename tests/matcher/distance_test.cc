#include "matcher/distance.h"

#include <gtest/gtest.h>
#include <random>
#include <string>
#include <vector>

#include "tests/matcher/situation.h"

namespace brokerage::matcher {
namespace {

TEST(Distance, KnownPairs) {
  struct Case {
    std::string what;
    GeoPoint a;
    GeoPoint b;
    int64_t metres;
  };
  const std::vector<Case> cases = {
      {"a point and itself", {511'465'000, 8'750'000}, {511'465'000, 8'750'000}, 0},
      // 6,371,008.8 · π / 180 = 111,195.08 m a degree
      {"a degree of latitude", {510'000'000, 0}, {520'000'000, 0}, 111'195},
      {"a degree of longitude on the equator", {0, 0}, {0, 10'000'000}, 111'195},
      // At 60° north the parallel is half the equator, and the great circle a little shorter than the
      // parallel.
      {"a degree of longitude at 60°", {600'000'000, 0}, {600'000'000, 10'000'000}, 55'597},
      {"a quarter of the earth", {0, 0}, {900'000'000, 0}, 10'007'557},
      {"half the earth, pole to pole", {900'000'000, 0}, {-900'000'000, 0}, 20'015'114},
      {"half the earth along the equator", {0, 0}, {0, 1'800'000'000}, 20'015'114},
      // 44 units of 0.0111195 m are 0.489 m, 45 are 0.5004 m.
      {"just below half a metre", {511'500'000, 8'700'000}, {511'500'044, 8'700'000}, 0},
      {"just above half a metre", {511'500'000, 8'700'000}, {511'500'045, 8'700'000}, 1},
      {"across Greenwich", {510'000'000, -500'000}, {510'000'000, 500'000}, 6'998},
  };
  for (const Case& test : cases) {
    EXPECT_EQ(DistanceM(test.a, test.b), test.metres) << test.what;
    EXPECT_EQ(DistanceM(test.b, test.a), test.metres) << test.what << ", the other way";
  }
}

TEST(Distance, TheTestsMeridianIsExact) {
  for (int metres = 0; metres <= 30'000; metres += 7) {
    ASSERT_EQ(DistanceM(North(0), North(metres)), metres);
    ASSERT_EQ(DistanceM(North(0), North(-metres)), metres);
  }
}

TEST(Distance, IsSymmetricAndTheLatitudeBoundIsAdmissible) {
  std::mt19937 random(7);
  std::uniform_int_distribution<int32_t> latitude(508'000'000, 517'000'000);
  std::uniform_int_distribution<int32_t> longitude(-2'000'000, 15'000'000);
  int bounded = 0;
  for (int i = 0; i < 20'000; ++i) {
    const GeoPoint a{latitude(random), longitude(random)};
    const GeoPoint b{latitude(random), longitude(random)};
    const int64_t metres = DistanceM(a, b);
    ASSERT_EQ(metres, DistanceM(b, a));
    ASSERT_FALSE(CertainlyFurther(a, b, metres));
    if (CertainlyFurther(a, b, metres / 2)) ++bounded;
  }
  EXPECT_GT(bounded, 5'000) << "a bound that never decides is none";
}

TEST(Distance, TheLatitudeBoundOnAMeridian) {
  const GeoPoint home = North(0);
  EXPECT_FALSE(CertainlyFurther(home, North(8'000), 8'000));
  EXPECT_FALSE(CertainlyFurther(home, North(8'001), 8'000)) << "within the slack of a metre";
  EXPECT_TRUE(CertainlyFurther(home, North(8'003), 8'000));
  EXPECT_TRUE(CertainlyFurther(home, North(-8'003), 8'000));
  EXPECT_FALSE(CertainlyFurther({-900'000'000, 0}, {900'000'000, 0}, 4'294'967'295));
}

}  // namespace
}  // namespace brokerage::matcher
