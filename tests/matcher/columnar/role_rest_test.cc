// A role restored from its lane and its rest is the same to every rule.
#include "matcher/columnar/role_rest.h"

#include <functional>
#include <gtest/gtest.h>
#include <string>
#include <variant>
#include <vector>

#include "matcher/columnar/role_lane.h"
#include "tests/matcher/random_world.h"
#include "tests/matcher/situation.h"

namespace brokerage::matcher {
namespace {

RoleLane LaneOf(const OpportunityFacts& facts, uint32_t centre = 3) {
  return RoleLane(facts, TestTaxonomies(), 7, centre);
}

bool IsWhole(const OpportunityFacts& facts, uint32_t centre = 3) {
  return RoleRest(facts, 7, 0).IsWhole(LaneOf(facts, centre));
}

std::vector<int> SkillsAsNumbers(const OpportunityFacts& facts) {
  std::vector<int> numbers;
  for (const WantedSkill& skill : facts.skills) {
    for (const int number : {int{skill.skill}, int{skill.level}, int{skill.importance}, int{skill.required}})
      numbers.push_back(number);
  }
  return numbers;
}

void ExpectSameTime(const Schedule& a, const Schedule& b) {
  ASSERT_EQ(a.index(), b.index());
  if (const auto* weekly = std::get_if<WeeklySchedule>(&a)) {
    EXPECT_EQ(weekly->windows, std::get<WeeklySchedule>(b).windows);
  }
  if (const auto* flexible = std::get_if<FlexibleSchedule>(&a)) {
    const auto& other = std::get<FlexibleSchedule>(b);
    EXPECT_EQ(flexible->windows, other.windows);
    EXPECT_EQ(flexible->minutes_per_week, other.minutes_per_week);
    EXPECT_EQ(flexible->minimum_block_minutes, other.minimum_block_minutes);
  }
}

void ExpectSameToRules(const OpportunityFacts& a, const OpportunityFacts& b) {
  EXPECT_EQ(a.state, b.state);
  EXPECT_EQ(a.expire_min, b.expire_min);
  EXPECT_EQ(a.places, b.places);
  EXPECT_EQ(a.places_filled < a.places, b.places_filled < b.places);
  EXPECT_EQ(a.sharing, b.sharing);
  EXPECT_EQ(a.remote, b.remote);
  if (!a.remote) {
    EXPECT_EQ(a.place, b.place);
  }
  EXPECT_EQ(SkillsAsNumbers(a), SkillsAsNumbers(b));
  ExpectSameTime(a.schedule, b.schedule);
  EXPECT_EQ(a.minimum_coverage_bp, b.minimum_coverage_bp);
  EXPECT_EQ(a.causes, b.causes);
  EXPECT_EQ(a.languages, b.languages);
  EXPECT_EQ(a.licences, b.licences);
  EXPECT_EQ(a.required_check.level, b.required_check.level);
  EXPECT_EQ(a.required_check.workforces, b.required_check.workforces);
  EXPECT_EQ(a.required_check.barred_lists, b.required_check.barred_lists);
  EXPECT_EQ(a.minimum_age, b.minimum_age);
  EXPECT_EQ(a.maximum_age, b.maximum_age);
  EXPECT_EQ(a.guardian_consent, b.guardian_consent);
  EXPECT_EQ(a.access_support, b.access_support);
}

TEST(RoleRest, RestoresWhatIsWhole) {
  int whole = 0;
  OpportunityFacts restored;  // one after the other, so that nothing stays behind
  for (uint64_t seed = 1; seed <= 6; ++seed) {
    RandomWorld world(seed, 0, 1'000);
    for (const Change& change : world.Populate()) {
      const auto* const upsert = std::get_if<UpsertOpportunity>(&change);
      if (upsert == nullptr) continue;
      OpportunityFacts facts = upsert->facts;
      facts.state = OpportunityState::kOpen;
      facts.places_filled = facts.places - 1;
      const RoleLane lane = LaneOf(facts);
      const RoleRest rest(facts, 7, 11);
      EXPECT_EQ(rest.connections, 7);
      EXPECT_EQ(rest.organisation, 11u);
      if (!rest.IsWhole(lane)) continue;
      ++whole;
      rest.Restore(lane, facts.place.value_or(GeoPoint()), restored);
      if (facts.remote || facts.place) ExpectSameToRules(facts, restored);
    }
  }
  EXPECT_GT(whole, 500);
}

TEST(RoleRest, LeavesToTheFactsWhatDoesNotFit) {
  struct Case {
    std::string name;
    std::function<void(OpportunityFacts&)> adjust;
    bool whole;
  };
  const std::vector<Case> cases = {
      {"plain", [](OpportunityFacts&) {}, true},
      {"four skills", [](OpportunityFacts& facts) { facts.skills.assign(4, {kCooking}); }, true},
      {"five skills", [](OpportunityFacts& facts) { facts.skills.assign(5, {kCooking}); }, false},
      {"three causes",
       [](OpportunityFacts& facts) {
         facts.causes = {1, 2, 3};
       },
       true},
      {"four causes",
       [](OpportunityFacts& facts) {
         facts.causes = {1, 2, 3, 4};
       },
       false},
      {"two languages",
       [](OpportunityFacts& facts) {
         facts.languages = {1, 2};
       },
       true},
      {"three languages",
       [](OpportunityFacts& facts) {
         facts.languages = {1, 2, 3};
       },
       false},
      {"four licences",
       [](OpportunityFacts& facts) {
         facts.licences = {1, 2, 3, 4};
       },
       false},
      {"five supports",
       [](OpportunityFacts& facts) {
         facts.access_support = {1, 2, 3, 4, 5};
       },
       false},
      {"an age", [](OpportunityFacts& facts) { facts.minimum_age = 18; }, true},
      {"a great age", [](OpportunityFacts& facts) { facts.maximum_age = 65'535; }, false},
      {"a far expiry", [](OpportunityFacts& facts) { facts.expire_min = RoleLane::kNoExpiry; }, false},
      {"sessions", [](OpportunityFacts& facts) { facts.schedule = DatedSchedule(); }, false},
      {"a week of many pieces",
       [](OpportunityFacts& facts) {
         SlotSet slots;
         for (const int slot : {1, 3, 5, 7}) slots.set(static_cast<std::size_t>(slot));
         facts.schedule = WeeklySchedule{slots};
       },
       false},
  };
  for (const Case& one : cases) {
    OpportunityFacts facts = MatchingSituation().opportunity;
    one.adjust(facts);
    EXPECT_EQ(IsWhole(facts), one.whole) << one.name;
  }
  const OpportunityFacts facts = MatchingSituation().opportunity;
  EXPECT_FALSE(IsWhole(facts, RoleLane::kSomeCentre)) << "of a centre whose number does not fit";
}

}  // namespace
}  // namespace brokerage::matcher
