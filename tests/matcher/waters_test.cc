#include "matcher/waters.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

#include "matcher/distance.h"
#include "tests/support/plain_water.h"

namespace brokerage::matcher {
namespace {

constexpr int32_t kSouth = 513'000'000;
constexpr int32_t kWest = 5'000'000;

// A point `north` and `east` of a corner of Kent, in thousandths of a degree.
GeoPoint At(int north, int east) { return {kSouth + north * 10'000, kWest + east * 10'000}; }

Waters Barriers(const std::vector<Barrier>& barriers) { return Waters(barriers, {}); }

TEST(Waters, NoneIsBetweenAnything) {
  const Waters none;
  EXPECT_FALSE(none.Between(At(0, 0), At(100, 100)));
  EXPECT_EQ(none.TravelM(At(0, 0), At(100, 100)), DistanceM(At(0, 0), At(100, 100)));
  EXPECT_EQ(Barriers({{}, {At(0, 0)}}).TravelM(At(-1, 0), At(1, 0)), DistanceM(At(-1, 0), At(1, 0)));
}

TEST(Waters, TouchingIsNotCrossing) {
  struct Case {
    std::string what;
    GeoPoint a;
    GeoPoint b;
    bool between;
  };
  // The barrier runs east along the line 0 from -10 to 10.
  const Waters waters = Barriers({{At(0, -10), At(0, 10)}});
  const GeoPoint just_north{At(0, 3).latitude_e7 + 1, At(0, 3).longitude_e7};
  const GeoPoint just_south{At(0, 3).latitude_e7 - 1, At(0, 3).longitude_e7};
  const GeoPoint beyond_end{At(0, 10).latitude_e7, At(0, 10).longitude_e7 + 1};
  const std::vector<Case> cases = {
      {"right through", At(5, 0), At(-5, 0), true},
      {"aslant", At(5, -9), At(-5, 9), true},
      {"by a unit on either side", just_north, just_south, true},
      {"on one side", At(5, 0), At(1, 4), false},
      {"a unit short of it", At(5, 3), just_north, false},
      {"ends on it", At(5, 3), At(0, 3), false},
      {"begins on it", At(0, 3), At(-5, 3), false},
      {"along it", At(0, -5), At(0, 5), false},
      {"along it and beyond both ends", At(0, -20), At(0, 20), false},
      {"along its line, elsewhere", At(0, 11), At(0, 20), false},
      {"through its end", At(5, 10), At(-5, 10), false},
      {"ends at its end", At(5, 10), At(0, 10), false},
      {"past its end by a unit",
       {At(5, 10).latitude_e7, beyond_end.longitude_e7},
       {At(-5, 10).latitude_e7, beyond_end.longitude_e7},
       false},
      {"inside its end by a unit",
       {At(5, 10).latitude_e7, beyond_end.longitude_e7 - 2},
       {At(-5, 10).latitude_e7, beyond_end.longitude_e7 - 2},
       true},
      {"no way at all", At(0, 3), At(0, 3), false},
  };
  for (const Case& test : cases) {
    EXPECT_EQ(waters.Between(test.a, test.b), test.between) << test.what;
    EXPECT_EQ(waters.Between(test.b, test.a), test.between) << test.what << ", the other way";
  }
}

TEST(Waters, TheSideIsExactFromPoleToPole) {
  // Nearly along the barrier: the products differ in their last digits, beyond what a double holds.
  const GeoPoint south_west{-900'000'000, -1'800'000'000};
  const GeoPoint north_east{900'000'000, 1'800'000'000};
  const Waters waters = Barriers({{south_west, north_east}});
  EXPECT_FALSE(waters.Between({-1, -2}, {1, 2})) << "on it";
  EXPECT_FALSE(waters.Between({0, 0}, {899'999'999, 1'800'000'000})) << "begins on it";
  EXPECT_TRUE(waters.Between({1, 1}, {899'999'999, 1'800'000'000}));
  EXPECT_FALSE(waters.Between({-1, -3}, {900'000'000, 1'799'999'999})) << "both north of it";
  const Waters farthest = Barriers({{{INT32_MIN, INT32_MIN}, {INT32_MAX, INT32_MAX}}});
  EXPECT_TRUE(farthest.Between({INT32_MAX, INT32_MIN}, {INT32_MIN, INT32_MAX}));
  EXPECT_FALSE(farthest.Between({INT32_MIN, INT32_MIN}, {INT32_MAX, INT32_MIN}));
}

TEST(Waters, ABarrierThatJoinsLeavesNoGap) {
  // A river that meets the sea's barrier in a shared point.
  const Waters waters = Barriers({{At(0, -50), At(0, 0), At(0, 50)}, {At(-50, 0), At(0, 0)}});
  for (int east = 1; east < 50; ++east) {
    EXPECT_TRUE(waters.Between(At(-1, -east), At(-1, east))) << "over the river, " << east;
    EXPECT_TRUE(waters.Between(At(1, -east), At(-1, -east))) << "over the sea, " << east;
    EXPECT_FALSE(waters.Between(At(1, -east), At(1, east))) << "along the far shore, " << east;
  }
}

// A river along the line 0 with a bridge at 0 and one at 40, and a bay whose headland must be rounded.
class ARiver : public testing::Test {
 protected:
  const Waters waters_{std::vector<Barrier>{{At(0, -100), At(0, 0), At(0, 40), At(0, 100)}},
                       {{At(0, 0), "the old bridge"}, {At(0, 40), "the new bridge"}}};
};

TEST_F(ARiver, IsCrossedByTheShorterWay) {
  const auto by = [](GeoPoint a, GeoPoint over, GeoPoint b) {
    return DistanceM(a, over) + DistanceM(over, b);
  };
  EXPECT_EQ(waters_.TravelM(At(10, 5), At(-10, 5)), by(At(10, 5), At(0, 0), At(-10, 5)));
  EXPECT_EQ(waters_.TravelM(At(10, 30), At(-10, 56)), by(At(10, 30), At(0, 40), At(-10, 56)));
  EXPECT_EQ(waters_.TravelM(At(10, 30), At(10, -30)), DistanceM(At(10, 30), At(10, -30))) << "on one side";
  EXPECT_EQ(waters_.TravelM(At(0, 7), At(-10, 7)), DistanceM(At(0, 7), At(-10, 7))) << "from the water";
}

TEST_F(ARiver, TheFirstCrossingIsNamed) {
  EXPECT_EQ(WaysFrom(waters_, At(10, 5)).FirstCrossing(At(-10, 5))->name, "the old bridge");
  EXPECT_EQ(WaysFrom(waters_, At(10, 30)).FirstCrossing(At(-10, 56))->name, "the new bridge");
  EXPECT_EQ(WaysFrom(waters_, At(10, 5)).FirstCrossing(At(10, -5)), nullptr);
}

TEST(Waters, NoCrossingLeadsThere) {
  const Barrier river = {At(0, -100), At(0, 0), At(0, 100)};
  EXPECT_EQ(Barriers({river}).TravelM(At(1, 5), At(-1, 5)), std::nullopt);
  // An island: the bridge over the river does not reach it.
  const Barrier moat = {At(20, 0), At(30, 0), At(30, 10), At(20, 10), At(20, 0)};
  const Waters waters(std::vector<Barrier>{river, moat}, {{At(0, 0), "the bridge"}});
  EXPECT_EQ(waters.TravelM(At(25, 5), At(10, 5)), std::nullopt);
  EXPECT_EQ(waters.TravelM(At(25, 5), At(-10, 5)), std::nullopt);
  EXPECT_NE(waters.TravelM(At(10, 5), At(-10, 5)), std::nullopt);
  EXPECT_EQ(WaysFrom(waters, At(25, 5)).FirstCrossing(At(10, 5)), nullptr);
}

TEST(Waters, ACornerTurnsAWayAndLeadsAcrossNothing) {
  // A headland between two bays of one shore; the corner lies behind it.
  const Barrier headland = {At(50, 0), At(0, 0)};
  const Waters shore(std::vector<Barrier>{headland}, {{At(-5, 0), ""}});
  EXPECT_EQ(shore.TravelM(At(10, -10), At(10, 10)),
            DistanceM(At(10, -10), At(-5, 0)) + DistanceM(At(-5, 0), At(10, 10)));
  EXPECT_EQ(WaysFrom(shore, At(10, -10)).FirstCrossing(At(10, 10)), nullptr) << "nobody is told of a corner";
  const Waters both(std::vector<Barrier>{headland, {At(-10, -100), At(-10, 40), At(-10, 100)}},
                    {{At(-5, 0), ""}, {At(-10, 40), "the bridge"}});
  EXPECT_EQ(WaysFrom(both, At(10, -10)).FirstCrossing(At(-20, 10))->name, "the bridge");
  EXPECT_EQ(WaysFrom(both, At(-20, 10)).FirstCrossing(At(10, -10))->name, "the bridge");
}

TEST(Waters, IsNeverBelowTheGreatCircle) {
  // Legs of 0.48 m each round to nothing.
  const GeoPoint middle = At(0, 0);
  const GeoPoint south{middle.latitude_e7 - 43, middle.longitude_e7};
  const GeoPoint north{middle.latitude_e7 + 43, middle.longitude_e7};
  const GeoPoint crossing{middle.latitude_e7, middle.longitude_e7 + 1};
  const Waters waters(std::vector<Barrier>{{At(0, -1), crossing, At(0, 1)}}, {{crossing, "a stile"}});
  EXPECT_EQ(DistanceM(south, crossing) + DistanceM(crossing, north), 0);
  EXPECT_EQ(waters.TravelM(south, north), 1);
}

// Small random waters over a coarse lattice, so that lines meet in points, lie along one another and end on
// barriers.
class RandomWaters {
 public:
  explicit RandomWaters(uint32_t seed)
      : random_(seed),
        step_(seed % 3 == 0   ? 1
              : seed % 3 == 1 ? 1'000
                              : 123'457) {
    for (int count = Below(5); count > 0; --count) {
      Barrier barrier;
      // Some are long enough to fall into several groups.
      for (int points = 1 + Below(count == 1 ? 25 : 5); points > 0; --points) barrier.push_back(APoint());
      barriers_.push_back(std::move(barrier));
    }
    for (int count = Below(9); count > 0; --count) {
      crossings_.push_back({APoint(), Below(2) == 0 ? "" : absl::StrCat("crossing ", count)});
    }
  }

  GeoPoint APoint() {
    return {kSouth + step_ * static_cast<int32_t>(Below(13)),
            kWest + step_ * static_cast<int32_t>(Below(13))};
  }
  Waters Make() const { return Waters(barriers_, crossings_); }
  support::PlainWater MakePlain() const {
    std::vector<GeoPoint> points;
    for (const Crossing& crossing : crossings_) points.push_back(crossing.point);
    return {barriers_, points};
  }

 private:
  int Below(int limit) { return std::uniform_int_distribution<int>(0, limit - 1)(random_); }

  std::mt19937 random_;
  int32_t step_;
  std::vector<Barrier> barriers_;
  std::vector<Crossing> crossings_;
};

TEST(Waters, AreThoseOfBruteForce) {
  std::map<std::string, int> met;
  for (uint32_t seed = 0; seed < 1'500; ++seed) {
    RandomWaters random(seed);
    const Waters waters = random.Make();
    const support::PlainWater plain = random.MakePlain();
    for (int i = 0; i < 20; ++i) {
      const GeoPoint a = random.APoint();
      const GeoPoint b = random.APoint();
      SCOPED_TRACE(absl::StrCat("seed ", seed, ", pair ", i));
      ASSERT_EQ(waters.Between(a, b), plain.Between(a, b));
      const std::optional<int64_t> metres = waters.TravelM(a, b);
      const int64_t straight = DistanceM(a, b);
      ASSERT_EQ(metres, plain.Metres(a, b));
      ASSERT_EQ(metres, waters.TravelM(b, a)) << "the other way";
      ASSERT_GE(metres.value_or(straight), straight);
      // Whatever is prepared, the answer is the same.
      if (waters.Between(a, b)) {
        ASSERT_EQ(metres, WaysFrom(waters, a).RoundM(b, straight));
      }
      ASSERT_EQ(metres, Travel(waters).TravelM(a, b, straight));
      ASSERT_EQ(metres, Travel(waters, {std::nullopt, b}).TravelM(a, b, straight));
      ASSERT_EQ(metres, Travel(waters, {a, random.APoint()}).TravelM(a, b, straight));
      const Crossing* first = WaysFrom(waters, a).FirstCrossing(b);
      if (first != nullptr) {
        ASSERT_FALSE(first->name.empty());
        ASSERT_TRUE(metres.has_value() && waters.Between(a, b));
      }
      ++met[!waters.Between(a, b) ? "free" : !metres ? "no way" : *metres > straight ? "longer" : "equal"];
    }
  }
  EXPECT_GT(met["free"], 5'000);
  EXPECT_GT(met["no way"], 2'000);
  EXPECT_GT(met["longer"], 500);
}

}  // namespace
}  // namespace brokerage::matcher
