// The benchmark's world: the same every time, and judged by the index as by the plain scorer.
#include "bench/world.h"

#include <algorithm>
#include <cstddef>
#include <gtest/gtest.h>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "bench/fill.h"
#include "bench/habits.h"
#include "matcher/plain_index.h"
#include "reference/causes.h"
#include "reference/skills.h"
#include "tests/support/plain_scorer.h"

namespace brokerage::bench {
namespace {

constexpr uint64_t kSeed = 7;
constexpr int64_t kVolunteers = 600;
constexpr int64_t kOpportunities = 60;
constexpr std::size_t kTop = 20;

// What of a volunteer would differ if anything did.
auto Print(const matcher::VolunteerFacts& facts) {
  std::vector<int64_t> numbers = {static_cast<int64_t>(facts.state),
                                  static_cast<int64_t>(facts.sharing),
                                  facts.accepts_remote,
                                  facts.placement_limit,
                                  facts.travel_radius_m.value_or(0),
                                  facts.home.value_or(matcher::GeoPoint()).latitude_e7,
                                  facts.home.value_or(matcher::GeoPoint()).longitude_e7,
                                  facts.outcode_centroid.value_or(matcher::GeoPoint()).latitude_e7};
  for (const auto& skill : facts.skills) numbers.push_back(skill.skill * 10 + skill.level);
  for (const auto& check : facts.checks) numbers.push_back(check.issue_day);
  numbers.insert(numbers.end(), facts.causes.begin(), facts.causes.end());
  return std::make_pair(facts.name, std::make_pair(facts.free.to_string(), numbers));
}

TEST(WorldTest, IsTheSameEveryTimeInAnyOrder) {
  const World first(kSeed, kVolunteers);
  const World second(kSeed, kVolunteers);
  const World other(kSeed + 1, kVolunteers);
  std::set<std::string> names;
  for (int64_t i = kVolunteers - 1; i >= 0; --i) {
    EXPECT_EQ(Print(first.VolunteerAt(kVolunteers - 1 - i)), Print(second.VolunteerAt(kVolunteers - 1 - i)));
    EXPECT_EQ(Print(first.VolunteerAt(i)), Print(second.VolunteerAt(i)));
    EXPECT_NE(Print(first.VolunteerAt(i)), Print(other.VolunteerAt(i)));
    names.insert(first.VolunteerAt(i).name);
  }
  EXPECT_EQ(names.size(), kVolunteers);
}

// The figures of two machines are of one world: this changes only when the world is meant to change.
TEST(WorldTest, IsTheSameOnEveryMachine) {
  const World world(1, 1'000'000);
  const matcher::VolunteerFacts facts = world.VolunteerAt(12'345);
  EXPECT_EQ(facts.name, "centres/centre-39/volunteers/7615038bf7ae1530");
  ASSERT_TRUE(facts.home.has_value());
  EXPECT_EQ(facts.home->latitude_e7, 521739221);
  EXPECT_EQ(facts.home->longitude_e7, 21200318);
}

TEST(WorldTest, KnowsHowLargeTheShippedTablesAre) {
  EXPECT_EQ(reference::ShippedSkills().all().size(), std::size_t{kSkills});
  EXPECT_EQ(reference::ShippedCauses().all().size(), std::size_t{kCauses});
}

class WorldAnswersTest : public testing::Test {
 protected:
  WorldAnswersTest() : world_(kSeed, kVolunteers), index_(matcher::MakePlainIndex(DryWorld())) {
    Fill(*index_, world_, kVolunteers, kOpportunities);
    for (const reference::Skill& skill : reference::ShippedSkills().all())
      plain_.skills.push_back(TermOf(skill.parent));
    for (const reference::Cause& cause : reference::ShippedCauses().all())
      plain_.causes.push_back(TermOf(cause.parent));
    for (int64_t i = 0; i < kOrganisations; ++i)
      plain_.Apply(matcher::SetOrganisation{OrganisationName(i), matcher::OrganisationStanding::kActive});
    for (int64_t i = 0; i < kVolunteers; ++i) {
      const matcher::VolunteerFacts facts = world_.VolunteerAt(i);
      plain_.Apply(matcher::UpsertVolunteer{facts});
      plain_.Apply(World::HistoryOf(facts));
    }
    for (int64_t i = 0; i < kOpportunities; ++i) {
      plain_.Apply(matcher::SetConnections{world_.OpportunityAt(i).name, world_.ConnectionsAt(i)});
      plain_.Apply(matcher::UpsertOpportunity{world_.OpportunityAt(i)});
    }
  }

  static matcher::Taxonomy::Term TermOf(int32_t parent) {
    matcher::Taxonomy::Term term;
    if (parent >= 0) term.parent = static_cast<uint16_t>(parent);
    return term;
  }

  // The first matches are the plain scorer's, name by name and to the millionth.
  static void ExpectSame(const support::PlainList& plain, const matcher::MatchList& list) {
    ASSERT_EQ(list.matches.size(), std::min(kTop, plain.matches.size()));
    for (std::size_t i = 0; i < list.matches.size(); ++i) {
      EXPECT_EQ(list.matches[i].key.name, plain.matches[i].name);
      EXPECT_EQ(list.matches[i].key.rank_millionths, plain.matches[i].rank_millionths);
    }
  }

  World world_;
  std::unique_ptr<matcher::Index> index_;
  support::PlainWorld plain_;
};

TEST_F(WorldAnswersTest, EveryClassOfRoleFindsWhomThePlainScorerFinds) {
  const auto view = index_->Pin();
  for (const RoleClass role_class : kRoleClasses) {
    SCOPED_TRACE(std::string(NameOf(role_class)));
    std::size_t found = 0;
    for (int64_t number = 0; number < 6; ++number) {
      const VolunteersQuestion question = world_.QuestionAt(role_class, number);
      const auto plain = support::VolunteersPlainly(plain_, question.role, question.visibility,
                                                    World::AsOf().as_of_min, question.weights);
      matcher::VolunteersFor query;
      query.opportunity = &question.role;
      query.visibility = question.visibility;
      const auto list = view->TopK(query, World::AsOf(), question.weights, kTop, std::nullopt);
      ExpectSame(plain, list);
      found += list.matches.size();
    }
    EXPECT_GT(found, 0u);
  }
}

TEST_F(WorldAnswersTest, EveryClassOfSeekerFindsWhatThePlainScorerFinds) {
  const auto view = index_->Pin();
  for (const SeekerClass seeker_class : kSeekerClasses) {
    SCOPED_TRACE(std::string(NameOf(seeker_class)));
    std::size_t found = 0;
    for (int64_t number = 0; number < 20; ++number) {
      const RolesQuestion question = world_.QuestionAt(seeker_class, number);
      const auto plain = support::OpportunitiesPlainly(plain_, question.volunteer, question.visibility,
                                                       World::AsOf().as_of_min, question.weights);
      matcher::OpportunitiesFor query;
      query.volunteer = &question.volunteer;
      query.visibility = question.visibility;
      const auto list = view->TopK(query, World::AsOf(), question.weights, kTop, std::nullopt);
      ExpectSame(plain, list);
      found += list.matches.size();
    }
    EXPECT_GT(found, 0u);
  }
}

}  // namespace
}  // namespace brokerage::bench
