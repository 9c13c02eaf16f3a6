#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "reference/grid.h"
#include "reference/nearest.h"
#include "reference/point.h"

namespace brokerage::reference {
namespace {

struct Degrees {
  const char* text;
  std::optional<int32_t> e7;
};

TEST(ParseDegreesE7, IsExact) {
  const std::vector<Degrees> table = {
      {"51.148000", 511'480'000},
      {"51.148", 511'480'000},
      {"0.1041391", 1'041'391},
      {"-0.0000001", -1},
      {"0.00000005", 1},
      {"0.00000004999", 0},
      {"-0.00000005", -1},
      {"0.1", 1'000'000},
      {"+1", 10'000'000},
      {".5", 5'000'000},
      {"5.", 50'000'000},
      {"180", 1'800'000'000},
      {"-180.0000000", -1'800'000'000},
      {"00051.1", 511'000'000},
      {"180.0000001", std::nullopt},
      {"181", std::nullopt},
      {"99999999999999999999", std::nullopt},
      {"", std::nullopt},
      {"-", std::nullopt},
      {".", std::nullopt},
      {"5,1", std::nullopt},
      {"5e1", std::nullopt},
      {"0x10", std::nullopt},
      {"nan", std::nullopt},
      {" 5", std::nullopt},
      {"--5", std::nullopt},
      {"5.5.5", std::nullopt},
  };
  for (const Degrees& degrees : table) EXPECT_EQ(ParseDegreesE7(degrees.text), degrees.e7) << degrees.text;
}

// On a sphere of 6,371,008.8 m a degree of a great circle is 111,195.08 m.
TEST(GreatCircle, OfArcsWhoseLengthIsKnown) {
  constexpr double kDegreeM = 111'195.0802;
  EXPECT_EQ(GreatCircleM({510'000'000, 10'000'000}, {510'000'000, 10'000'000}), 0);
  EXPECT_NEAR(GreatCircleM({0, 0}, {kDegreeE7, 0}), kDegreeM, 0.01);
  EXPECT_NEAR(GreatCircleM({0, 0}, {0, kDegreeE7}), kDegreeM, 0.01);
  EXPECT_NEAR(GreatCircleM({0, 0}, {0, 180 * kDegreeE7}), 180 * kDegreeM, 0.1);
  EXPECT_NEAR(GreatCircleM({0, -179 * kDegreeE7}, {0, 179 * kDegreeE7}), 2 * kDegreeM, 0.01);
  EXPECT_NEAR(GreatCircleM({60 * kDegreeE7, 0}, {60 * kDegreeE7, kDegreeE7 / 1000}), kDegreeM / 2000, 0.01);
  EXPECT_EQ(GreatCircleM({511'000'000, 5'000'000}, {512'000'000, 13'000'000}),
            GreatCircleM({512'000'000, 13'000'000}, {511'000'000, 5'000'000}));
}

// Positions of Ordnance Survey's public examples and of places looked up on maps, to 5 m and 20 m.
TEST(Grid, PutsKnownPlacesWhereTheyAre) {
  const auto grid = GridConverter::Create();
  ASSERT_TRUE(grid.ok()) << grid.status();
  struct Known {
    const char* name;
    double easting_m;
    double northing_m;
    Point point;
    double within_m;
  };
  const std::vector<Known> table = {
      {"the worked example of the OS guide to coordinate systems",
       651'409.903,
       313'177.270,
       {526'579'786, 17'160'530},
       5},
      {"Canterbury Cathedral, Bell Harry", 615'087, 157'893, {512'797'500, 10'830'500}, 60},
  };
  for (const Known& known : table) {
    const auto point = (*grid)->ToPoint(known.easting_m, known.northing_m);
    ASSERT_TRUE(point.has_value()) << known.name;
    EXPECT_LE(GreatCircleM(*point, known.point), known.within_m)
        << known.name << ": " << point->latitude_e7 << ", " << point->longitude_e7;
  }
}

TEST(Grid, EndsWhereTheGridEnds) {
  const auto grid = GridConverter::Create();
  ASSERT_TRUE(grid.ok()) << grid.status();
  EXPECT_TRUE((*grid)->ToPoint(0, 0).has_value());
  EXPECT_TRUE((*grid)->ToPoint(700'000, 1'300'000).has_value());
  EXPECT_FALSE((*grid)->ToPoint(-1, 0).has_value());
  EXPECT_FALSE((*grid)->ToPoint(0, -1).has_value());
  EXPECT_FALSE((*grid)->ToPoint(700'001, 0).has_value());
  EXPECT_FALSE((*grid)->ToPoint(0, 1'300'001).has_value());
  EXPECT_FALSE((*grid)->ToPoint(std::nan(""), 0).has_value());
  EXPECT_FALSE((*grid)->ToPoint(0, std::numeric_limits<double>::infinity()).has_value());
}

std::optional<uint32_t> PlainNearest(const std::vector<int32_t>& latitudes,
                                     const std::vector<int32_t>& longitudes, Point point, double within_m) {
  std::optional<uint32_t> nearest;
  double least_m = within_m;
  for (uint32_t i = 0; i < latitudes.size(); ++i) {
    const double distance_m = GreatCircleM(point, {latitudes[i], longitudes[i]});
    if (distance_m < least_m || (distance_m == least_m && !nearest)) {
      nearest = i;
      least_m = distance_m;
    }
  }
  return nearest;
}

TEST(NearestPoint, EqualsBruteForceOnRandomPoints) {
  std::mt19937 random(7);
  const auto between = [&random](int32_t low, int32_t high) {
    return std::uniform_int_distribution<int32_t>(low, high)(random);
  };
  for (const int count : {1, 2, 30, 2'000}) {
    std::vector<int32_t> latitudes;
    std::vector<int32_t> longitudes;
    for (int i = 0; i < count; ++i) {
      // Half the points lie on a coarse lattice, so that some are equal and some equally near.
      const bool lattice = i % 2 == 0;
      latitudes.push_back(lattice ? 510'000'000 + 500'000 * between(0, 9)
                                  : between(509'000'000, 515'000'000));
      longitudes.push_back(lattice ? 500'000 * between(0, 9) : between(-500'000, 5'000'000));
    }
    const NearestPoint nearest(latitudes, longitudes);
    for (int i = 0; i < 300; ++i) {
      const Point point = {between(508'000'000, 516'000'000), between(-1'500'000, 6'000'000)};
      for (const double within_m : {0.0, 300.0, 2'000.0, 40'000.0}) {
        ASSERT_EQ(nearest.Find(point, within_m), PlainNearest(latitudes, longitudes, point, within_m))
            << count << " points, at " << point.latitude_e7 << ", " << point.longitude_e7 << " within "
            << within_m;
      }
    }
    for (uint32_t i = 0; i < latitudes.size(); ++i) {
      const Point point = {latitudes[i], longitudes[i]};
      ASSERT_EQ(nearest.Find(point, 0), PlainNearest(latitudes, longitudes, point, 0));
    }
  }
}

TEST(NearestPoint, OfNoPointsIsNone) {
  const std::vector<int32_t> none;
  EXPECT_EQ(NearestPoint(none, none).Find({510'000'000, 0}, 1'000'000), std::nullopt);
}

}  // namespace
}  // namespace brokerage::reference
