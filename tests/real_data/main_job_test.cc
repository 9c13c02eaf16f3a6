// The main job on real input: who in Kent could do these real roles? Every answer against the plain scorer.
#include <array>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"

#include "matcher/conditions.h"
#include "tests/real_data/real_world.h"
#include "tests/support/plain_role.h"
#include "tests/support/plain_scorer.h"
#include "tests/support/shared_data.h"

namespace brokerage::real_data {
namespace {

using matcher::Condition;
using matcher::kAllConditions;

constexpr int kVolunteers = 20'000;
// Of the volunteers, those asked about and those whose every pair is looked at.
constexpr std::size_t kEveryVolunteer = 200;
constexpr std::size_t kEveryPair = 5;

// Several of these tests may run at once.
std::string ScratchDir() { return absl::StrCat(::testing::TempDir(), "/brokerage_real_world_", ::getpid()); }

const RealWorld& World() {
  static const RealWorld& world = *[] {
    auto made = MakeRealWorld(testing::SharedDataPath(""), ScratchDir(), kVolunteers);
    std::filesystem::remove_all(ScratchDir());
    if (made.ok()) return new RealWorld(*std::move(made));
    ADD_FAILURE() << made.status();
    return new RealWorld();
  }();
  return world;
}

const matcher::Visibility kLead{.centre = "centres/ashford", .sees_all = true};
const matcher::Visibility kThanet{.centre = "centres/thanet", .sees_all = false};

// Two lists are the same: names, order, scores, parts, distances and minutes.
void ExpectSame(const matcher::MatchList& list, const support::PlainList& plain) {
  ASSERT_EQ(list.matches.size(), plain.matches.size());
  for (std::size_t i = 0; i < list.matches.size(); ++i) {
    const matcher::Match& match = list.matches[i];
    const support::PlainMatch& other = plain.matches[i];
    ASSERT_EQ(match.key.name, other.name) << "at " << i;
    ASSERT_EQ(match.key.rank_millionths, other.rank_millionths) << match.key.name;
    ASSERT_EQ(match.pair.score_millionths, other.pair.score.score_millionths) << match.key.name;
    ASSERT_EQ(match.pair.parts, other.pair.score.parts) << match.key.name;
    ASSERT_EQ(match.pair.distance_m, other.pair.score.distance_m) << match.key.name;
    ASSERT_EQ(match.pair.covered_minutes, other.pair.score.covered_minutes) << match.key.name;
    ASSERT_EQ(match.pair.committed_minutes, other.pair.score.committed_minutes) << match.key.name;
  }
  ASSERT_TRUE(list.counts.has_value());
  EXPECT_EQ(list.counts->considered, plain.considered);
  EXPECT_EQ(list.counts->eligible, plain.eligible);
  EXPECT_FALSE(list.more);
}

TEST(MainJobTest, EveryRoleListsExactlyWhomThePlainScorerLists) {
  SKIP_WITHOUT_SHARED_DATA("opportunities/opportunities_kent_real.json");
  const RealWorld& world = World();
  const auto view = world.index->Pin();
  int empty = 0;
  for (const std::string& name : world.roles) {
    SCOPED_TRACE(name);
    const matcher::OpportunityFacts* role = view->FindOpportunity(name, kLead);
    ASSERT_NE(role, nullptr);
    const auto list = view->TopK({.opportunity = role, .visibility = kLead, .include_counts = true},
                                 world.moment, {}, kVolunteers, std::nullopt);
    const support::PlainList plain = support::VolunteersPlainly(
        world.plain, world.plain.opportunities.at(name), kLead, world.moment.as_of_min, {});
    ExpectSame(list, plain);
    if (HasFatalFailure()) return;
    empty += list.matches.empty() ? 1 : 0;
  }
  // Most roles find someone: the lists above compare something.
  EXPECT_LT(empty, static_cast<int>(world.roles.size()) / 5);
}

TEST(MainJobTest, VolunteersAreOfferedExactlyWhatThePlainScorerOffers) {
  SKIP_WITHOUT_SHARED_DATA("opportunities/opportunities_kent_real.json");
  const RealWorld& world = World();
  const auto view = world.index->Pin();
  int offered = 0;
  for (std::size_t i = 0; i < world.volunteers.size(); i += kEveryVolunteer) {
    for (const matcher::Visibility& visibility : {kLead, kThanet}) {
      const std::string& name = world.volunteers[i];
      SCOPED_TRACE(absl::StrCat(name, " for ", visibility.centre));
      const auto volunteer = view->FindVolunteer(name, visibility);
      if (volunteer == nullptr) continue;
      const auto list =
          view->TopK({.volunteer = volunteer.get(), .visibility = visibility, .include_counts = true},
                     world.moment, {}, kVolunteers, std::nullopt);
      ExpectSame(list, support::OpportunitiesPlainly(world.plain, world.plain.volunteers.at(name), visibility,
                                                     world.moment.as_of_min, {}));
      if (HasFatalFailure()) return;
      offered += list.matches.empty() ? 0 : 1;
    }
  }
  EXPECT_GT(offered, 80);
}

// A condition decides a pair when it is the only one that fails.
TEST(MainJobTest, EveryConditionDecidesAndNoPartIsConstant) {
  SKIP_WITHOUT_SHARED_DATA("opportunities/opportunities_kent_real.json");
  const RealWorld& world = World();
  std::map<Condition, int> decided;
  std::array<std::set<std::optional<int64_t>>, 4> parts;
  for (const std::string& name : world.roles) {
    const support::PlainRole role =
        support::RoleAt(world.plain.opportunities.at(name), world.moment.as_of_min);
    for (std::size_t i = 0; i < world.volunteers.size(); i += kEveryPair) {
      const support::PlainPair pair =
          support::ScoreRole(world.plain, world.plain.volunteers.at(world.volunteers[i]), role, {});
      int failed = 0;
      Condition last{};
      for (const Condition condition : kAllConditions) {
        if (pair.holds[static_cast<std::size_t>(condition)]) continue;
        ++failed;
        last = condition;
      }
      if (failed == 1) ++decided[last];
      if (failed > 0) continue;
      parts[0].insert(pair.score.parts.skills);
      parts[1].insert(pair.score.parts.location);
      parts[2].insert(pair.score.parts.availability);
      parts[3].insert(pair.score.parts.causes);
    }
  }
  for (const Condition condition : kAllConditions) {
    if (condition == Condition::kDoubleBooked || condition == Condition::kAlreadyReferred) continue;
    EXPECT_GT(decided[condition], 0) << matcher::ConditionCode(condition);
    RecordProperty(std::string(matcher::ConditionCode(condition)), decided[condition]);
  }
  for (const auto& values : parts) {
    std::set<std::optional<int64_t>> present = values;
    present.erase(std::nullopt);
    EXPECT_GT(present.size(), 1u);
  }
}

}  // namespace
}  // namespace brokerage::real_data
