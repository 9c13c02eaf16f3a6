// What a seeker says of a role is never below what its pair scores, and leaves out no role that matches.
#include "matcher/columnar/seeker.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <random>
#include <variant>
#include <vector>

#include "matcher/columnar/role_leaf.h"
#include "matcher/distance.h"
#include "matcher/pair.h"
#include "tests/matcher/random_world.h"
#include "tests/matcher/situation.h"

namespace brokerage::matcher {
namespace {

constexpr uint32_t kOwnCentre = 1;
constexpr uint32_t kOtherCentre = 2;
constexpr uint32_t kFarCentre = 70'000;  // does not fit into a lane

// Some volunteers beside some roles.
class Some {
 public:
  explicit Some(uint64_t seed) : world_(seed, 0, 300), tables_(TestTaxonomies()) {
    for (const Change& change : world_.Populate()) {
      if (const auto* const upsert = std::get_if<UpsertOpportunity>(&change)) {
        const OpportunityFacts& facts = upsert->facts;
        if (facts.remote || facts.place) roles_.push_back(facts);
      }
    }
  }

  uint32_t CentreOf(const VolunteerFacts& volunteer, const OpportunityFacts& role) {
    if (world_.Chance(10)) return kFarCentre;
    return role.centre == volunteer.centre ? kOwnCentre : kOtherCentre;
  }

  void BoundEveryPart(int& bounded, int& left_out);
  void MissTheMainSkill(int& missed);

 private:
  RandomWorld world_;
  const SeekerTables tables_;
  std::vector<OpportunityFacts> roles_;
};

void Some::BoundEveryPart(int& bounded, int& left_out) {
  for (int i = 0; i < 40; ++i) {
    const VolunteerFacts volunteer = world_.AVolunteer();
    const Seeker seeker(volunteer, kOwnCentre, TestTaxonomies(), tables_);
    const Moment moment = world_.AMoment();
    const Travel travel(world_.waters(), {volunteer.home, volunteer.outcode_centroid});
    for (const OpportunityFacts& facts : roles_) {
      const Role role(facts, OrganisationStanding::kActive, moment, travel);
      const PairHistory history;
      Pair pair(volunteer, role, history, TestTaxonomies());
      const bool holds = !role.commitment.NoSessionLeft() && pair.Holds(Condition::kRequiredSkill) &&
                         pair.Holds(Condition::kCoverage) && pair.Holds(Condition::kTooFar);
      const RoleLane lane(facts, TestTaxonomies(), 0, CentreOf(volunteer, facts));
      MostParts most;
      if (!seeker.Bound(lane, facts.remote ? nullptr : &*facts.place, most)) {
        EXPECT_FALSE(holds);
        ++left_out;
        continue;
      }
      if (!holds) continue;
      ++bounded;
      const Parts parts = pair.PartsOf();
      EXPECT_GE(most.location, *parts.location);
      EXPECT_GE(most.availability, parts.availability.value_or(0));
      EXPECT_EQ(most.skills, parts.skills.value_or(0));
      EXPECT_EQ(most.causes, parts.causes.value_or(most.causes));
      EXPECT_GE(seeker.Most().skills, most.skills);
      EXPECT_GE(seeker.Most().availability, parts.availability.value_or(0));
      EXPECT_EQ(parts.skills.has_value(), (lane.parts & kHasSkills) != 0);
      if (parts.availability) {
        EXPECT_NE(lane.parts & kHasAvailability, 0);
      }
      EXPECT_EQ(parts.causes.has_value(), (lane.parts & kHasCauses) != 0 && seeker.states_cause());
      if (facts.remote) continue;
      EXPECT_TRUE(seeker.reach().Meets(BoxOf(*facts.place)));
      EXPECT_TRUE(seeker.MayReach(*facts.place));
      EXPECT_GE(seeker.LocationBound(BoxOf(*facts.place)), *parts.location);
    }
  }
}

void Some::MissTheMainSkill(int& missed) {
  for (int i = 0; i < 40; ++i) {
    const VolunteerFacts volunteer = world_.AVolunteer();
    const Seeker seeker(volunteer, kOwnCentre, TestTaxonomies(), tables_);
    for (const OpportunityFacts& facts : roles_) {
      RoleLeaf leaf;
      OpportunityFacts remote = facts;
      remote.remote = true;
      leaf.Add(RoleLane(remote, TestTaxonomies(), 0, kOwnCentre), RoleRest(remote, 0, 0));
      leaf.Index();
      ASSERT_EQ(leaf.runs().size(), 1u);
      const RoleLeaf::Run& run = leaf.runs().front();
      const int64_t missing = seeker.LeastMissing(run.main_skill, run.least_share);
      MostParts most;
      if (!seeker.Bound(leaf.lanes().front(), nullptr, most)) continue;
      ASSERT_NE(missing, Seeker::kNone);
      if (run.main_skill.any()) {
        EXPECT_LE(most.skills, kMillion - missing / kFullCredit);
      }
      missed += missing > 0 ? 1 : 0;
    }
  }
}

constexpr uint64_t kSeeds = 8;

TEST(Seeker, BoundsEveryPart) {
  int bounded = 0;
  int left_out = 0;
  for (uint64_t seed = 1; seed <= kSeeds; ++seed) Some(seed).BoundEveryPart(bounded, left_out);
  EXPECT_GT(bounded, 5'000);
  EXPECT_GT(left_out, 5'000);
}

TEST(Seeker, SoMuchIsMissingWithoutTheMainSkill) {
  int missed = 0;
  for (uint64_t seed = 1; seed <= kSeeds; ++seed) Some(seed).MissTheMainSkill(missed);
  EXPECT_GT(missed, 2'000);
}

TEST(MainSkill, IsRequiredFirstAndThenImportant) {
  const auto main = [](std::vector<WantedSkill> wanted) { return MainSkill(wanted); };
  EXPECT_FALSE(main({}).any());
  EXPECT_EQ(main({{kDriving, 1, 2, false}, {kBaking, 1, 4, false}}).skill(), kBaking);
  EXPECT_EQ(main({{kDriving, 1, 2, true}, {kBaking, 1, 4, false}}).skill(), kDriving);
  EXPECT_TRUE(main({{kDriving, 1, 2, true}, {kBaking, 1, 4, false}}).required());
  EXPECT_EQ(main({{kDriving, 1, 3, false}, {kBaking, 1, 3, false}}).skill(), kBaking)
      << "the lesser of equals";
}

TEST(SeekerOrigin, ReachesWhateverIsNearEnough) {
  std::mt19937_64 random(3);
  const auto between = [&](int64_t least, int64_t most) {
    return static_cast<int32_t>(std::uniform_int_distribution<int64_t>(least, most)(random));
  };
  int beyond = 0;
  for (int round = 0; round < 100'000; ++round) {
    // Anywhere, at poles and at the date line too, and up to some hundred kilometres away.
    const GeoPoint from{between(-900'000'000, 900'000'000), between(-1'800'000'000, 1'800'000'000)};
    GeoPoint to{
        std::clamp(from.latitude_e7 + between(-9'000'000, 9'000'000), -900'000'000, 900'000'000),
        static_cast<int32_t>(std::clamp<int64_t>(
            from.longitude_e7 + int64_t{between(-20'000'000, 20'000'000)}, -1'800'000'000, 1'800'000'000))};
    if (round % 10 == 0) to.longitude_e7 = -to.longitude_e7;
    const int64_t distance_m = DistanceM(from, to);
    const SeekerOrigin origin(from, static_cast<uint32_t>(distance_m));
    ASSERT_TRUE(origin.MayReach(to)) << from.latitude_e7 << ' ' << from.longitude_e7;
    ASSERT_GE(origin.LocationBound(to), 0);
    const SeekerOrigin shorter(from, static_cast<uint32_t>(distance_m * 9 / 10));
    if (!shorter.MayReach(to)) ++beyond;
  }
  EXPECT_GT(beyond, 50'000) << "a bound that holds for all says nothing";
}

}  // namespace
}  // namespace brokerage::matcher
