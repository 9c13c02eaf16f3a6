// How lanes of a leaf are filled, and where their rows go.
#include "matcher/columnar/leaf.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <tuple>
#include <vector>

#include "absl/strings/str_cat.h"

#include "tests/matcher/random_world.h"
#include "tests/matcher/situation.h"

namespace brokerage::matcher {
namespace {

constexpr absl::string_view kCentre = "centres/ashford";

// Puts volunteers into a leaf.
class Filler {
 public:
  void Put(Leaf& leaf, int lane, absl::string_view display_name) {
    VolunteerFacts facts;
    facts.centre = std::string(kCentre);
    facts.name = absl::StrCat(kCentre, "/volunteers/v", lane);
    facts.display_name = std::string(display_name);
    Put(leaf, lane, facts, LaneState());
  }
  void Put(Leaf& leaf, int lane, const VolunteerFacts& facts, const LaneState& state) {
    std::vector<uint8_t> row;
    AppendRow(facts, row);
    leaf.Replace(lane, {absl::MakeConstSpan(row), LanePointOf(facts, points_), facts, state});
  }
  Leaf Empty() { return Leaf(0, space_); }
  const PointTable& points() const { return points_; }
  int planes() const { return space_.map.count(); }

 private:
  PlaneSpace space_{TestTaxonomies()};
  PointTable points_;
};

TEST(Leaf, LanesAreFilledInOrderAndWordsAlike) {
  for (std::size_t count = 1; count <= kLanes; ++count) {
    std::vector<int> in_word(kPlaneWords);
    int last = -1;
    for (std::size_t i = 0; i < count; ++i) {
      const int lane = Leaf::LaneFor(i, count);
      ASSERT_GT(lane, last) << i << " of " << count;
      ASSERT_LT(lane, kLanes) << i << " of " << count;
      ++in_word[static_cast<std::size_t>(lane / 64)];
      last = lane;
    }
    for (const int filled : in_word) {
      ASSERT_GE(filled, static_cast<int>(count / kPlaneWords)) << count;
      ASSERT_LE(filled, static_cast<int>((count + kPlaneWords - 1) / kPlaneWords)) << count;
    }
  }
}

// Rows that were replaced take room until the others are moved together; older copies go on reading theirs.
TEST(Leaf, RowsStayWhereCopiesReadThemAndTakeLittleMore) {
  Filler filler;
  Leaf first = filler.Empty();
  for (int lane = 0; lane < kLanes; ++lane) filler.Put(first, lane, absl::StrCat("Person ", lane));
  const std::size_t once = first.bytes();

  auto present = std::make_unique<Leaf>(first);
  for (int i = 0; i < 20 * kLanes; ++i) {
    auto next = std::make_unique<Leaf>(*present);
    filler.Put(*next, i * 7 % kLanes, absl::StrCat("Changed ", i));
    present = std::move(next);
    ASSERT_LT(present->bytes(), once + once / 2) << i;
  }
  for (int lane = 0; lane < kLanes; ++lane) {
    EXPECT_EQ(first.row(lane).display_name(), absl::StrCat("Person ", lane));
    EXPECT_EQ(present->row(lane).id(), absl::StrCat("v", lane));
  }
  EXPECT_EQ(first.bytes(), once);
  EXPECT_EQ(present->row(7 * (20 * kLanes - 1) % kLanes).display_name(),
            absl::StrCat("Changed ", 20 * kLanes - 1));
}

bool AreSame(const GeoBox& a, const GeoBox& b) {
  return std::tie(a.south_e7, a.north_e7, a.west_e7, a.east_e7) ==
         std::tie(b.south_e7, b.north_e7, b.west_e7, b.east_e7);
}

void ExpectSame(const LeafSummary& a, const LeafSummary& b) {
  EXPECT_TRUE(AreSame(a.homes, b.homes));
  EXPECT_TRUE(AreSame(a.centroids, b.centroids));
  EXPECT_EQ(a.max_radius_m, b.max_radius_m);
  EXPECT_EQ(a.any_available, b.any_available);
  EXPECT_EQ(a.any_remote, b.any_remote);
  EXPECT_EQ(a.any_on_site, b.any_on_site);
  EXPECT_EQ(a.live, b.live);
  EXPECT_EQ(a.county, b.county);
  EXPECT_EQ(a.least_id, b.least_id);
}

// Whoever is kept is there as if nobody else had ever been.
TEST(Leaf, KeepsSomeAsIfTheyAloneHadBeenInserted) {
  for (uint64_t seed = 1; seed <= 20; ++seed) {
    RandomWorld world(seed, kLanes);
    Filler filler;
    Leaf leaf = filler.Empty();
    Leaf expected = filler.Empty();
    LaneSet kept{};
    for (int lane = 0; lane < kLanes; ++lane) {
      if (world.Chance(20)) continue;
      const LaneState state{world.Chance(70), world.Chance(10)};
      VolunteerFacts facts = world.AVolunteer();
      facts.name = absl::StrCat(kCentre, "/volunteers/v", world.Below(1'000), "-", lane);
      VolunteerFacts before = facts;
      before.home = GeoPoint{560'000'000, -30'000'000};  // wider bounds than they need be
      before.travel_radius_m = 900'000;
      filler.Put(leaf, lane, before, state);
      filler.Put(leaf, lane, facts, state);
      if (!world.Chance(seed == 1 ? 0 : 50)) continue;
      kept[static_cast<std::size_t>(lane / 64)] |= uint64_t{1} << (lane % 64);
      filler.Put(expected, lane, facts, state);
    }
    const Leaf whole = leaf;
    leaf.Keep(kept, filler.points());

    ExpectSame(leaf.summary(), expected.summary());
    for (int lane = 0; lane < kLanes; ++lane) {
      if (!leaf.Has(PlaneMap::kLive, lane)) continue;
      EXPECT_EQ(leaf.StateOf(lane).available, expected.StateOf(lane).available);
      EXPECT_EQ(leaf.StateOf(lane).has_history, expected.StateOf(lane).has_history);
    }
    for (int plane = 0; plane < filler.planes(); ++plane) {
      const auto index = static_cast<PlaneIndex>(plane);
      ASSERT_TRUE(std::equal(leaf.plane(index), leaf.plane(index) + kPlaneWords, expected.plane(index)))
          << plane;
    }
    for (int i = 0; i < 50; ++i) {
      const DistanceBound place(world.ADraft().place.value_or(GeoPoint{510'000'000, 0}));
      const auto further_m = static_cast<uint32_t>(world.Below(20'000));
      for (const bool same_centre : {true, false}) {
        EXPECT_EQ(leaf.reach(same_centre).Reaching(place, further_m),
                  expected.reach(same_centre).Reaching(place, further_m));
      }
    }
    for (int lane = 0; lane < kLanes; ++lane) {
      if (!expected.Has(PlaneMap::kLive, lane)) continue;
      EXPECT_EQ(leaf.row(lane).bytes(), expected.row(lane).bytes());
      EXPECT_EQ(leaf.row(lane).bytes(), whole.row(lane).bytes());
      EXPECT_EQ(leaf.id_begin(lane), expected.id_begin(lane));
    }
    EXPECT_LT(leaf.bytes(), whole.bytes());
  }
}

}  // namespace
}  // namespace brokerage::matcher
