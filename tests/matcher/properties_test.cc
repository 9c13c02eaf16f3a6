// Ten thousand random queries over small worlds, with updates between: every list, page, count and
// explanation equals what the plain scorer says of every pair. BROKERAGE_WORLDS_PER_SEED makes them more
// (bench/run).
#include <algorithm>
#include <array>
#include <cstdlib>
#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

#include "tests/matcher/index_kinds.h"
#include "tests/matcher/plain_beside.h"
#include "tests/matcher/random_world.h"
#include "tests/matcher/situation.h"
#include "tests/support/plain_role.h"
#include "tests/support/plain_scorer.h"

namespace brokerage::matcher {
namespace {

using support::PlainList;
using support::PlainMatch;
using support::PlainPair;
using support::PlainWorld;

constexpr uint64_t kWorldsPerSeed = 80;
constexpr int kQueriesPerWorld = 26;

// What was met, so that a suite that tests nothing fails.
struct Met {
  int queries = 0;
  int64_t matches = 0;
  int64_t ties = 0;
  int64_t empty = 0;
  int64_t round_water = 0;                         // explained matches with water between
  int64_t no_crossing = 0;                         // explained pairs without a way
  std::array<int64_t, kConditionCount> decided{};  // pairs that this condition alone rules out
};

void ExpectSamePair(const PlainPair& plain, PairScore score, const std::string& where) {
  score.notes.clear();
  EXPECT_EQ(score.score_millionths, plain.score.score_millionths) << where;
  EXPECT_EQ(score.parts, plain.score.parts) << where;
  EXPECT_EQ(score, plain.score) << where;
}

void ExpectSameList(const std::vector<PlainMatch>& plain, const std::vector<Match>& matches,
                    const std::string& where) {
  ASSERT_EQ(matches.size(), plain.size()) << where;
  for (std::size_t i = 0; i < plain.size(); ++i) {
    ASSERT_EQ(matches[i].key.name, plain[i].name) << where << " at " << i;
    ASSERT_EQ(matches[i].key.rank_millionths, plain[i].rank_millionths) << where << " at " << i;
    ASSERT_EQ(matches[i].key.score_millionths, *plain[i].pair.score.score_millionths) << where << " at " << i;
    ExpectSamePair(plain[i].pair, matches[i].pair, where);
  }
}

// The whole list at once, cut short, and page by page.
template <typename Query>
void CheckQuery(const View& view, Query query, const PlainList& plain, Moment moment, const Weights& weights,
                RandomWorld& world, const std::string& where) {
  query.include_counts = true;
  const MatchList whole =
      view.TopK(query, moment, weights, plain.matches.size() + world.Below(3), std::nullopt);
  ExpectSameList(plain.matches, whole.matches, where);
  EXPECT_FALSE(whole.more) << where;
  EXPECT_EQ(whole.counts, (Counts{plain.considered, plain.eligible})) << where;
  EXPECT_EQ(whole.length, static_cast<int64_t>(plain.matches.size())) << where;

  query.include_counts = false;
  const std::size_t k = world.Below(plain.matches.size() + 2);
  const MatchList top = view.TopK(query, moment, weights, k, std::nullopt);
  const std::size_t shown = std::min(k, plain.matches.size());
  ExpectSameList({plain.matches.begin(), plain.matches.begin() + static_cast<std::ptrdiff_t>(shown)},
                 top.matches, where);
  EXPECT_EQ(top.more, k < plain.matches.size()) << where;
  EXPECT_EQ(top.counts, std::nullopt) << where;
  EXPECT_EQ(top.length, std::nullopt) << where;

  std::vector<Match> paged;
  std::optional<RankKey> after;
  for (bool more = true; more;) {
    MatchList page = view.TopK(query, moment, weights, 1 + world.Below(4), after);
    more = page.more;
    ASSERT_TRUE(!more || !page.matches.empty()) << where;
    for (Match& match : page.matches) paged.push_back(std::move(match));
    if (!paged.empty()) after = paged.back().key;
  }
  ExpectSameList(plain.matches, paged, where + ", paged");
}

// What is told of the way there agrees with the plain scorer's water.
void CheckTravel(const support::PlainWater& water, const Explanation& explanation,
                 const VolunteerFacts& volunteer, const OpportunityFacts& opportunity, Met& met) {
  const TravelWorking& travel = explanation.travel;
  const auto& from = explanation.same_centre ? volunteer.home : volunteer.outcode_centroid;
  const bool known = !opportunity.remote && from.has_value() && opportunity.place.has_value();
  const bool round_water = known && water.Between(*from, *opportunity.place);
  EXPECT_EQ(travel.no_crossing, known && !travel.distance_m.has_value());
  EXPECT_TRUE(travel.by.empty() || (round_water && !travel.no_crossing)) << travel.by;
  if (travel.no_crossing) ++met.no_crossing;
  if (round_water && explanation.pair.score_millionths.has_value()) ++met.round_water;
}

void CheckExplanation(const View& view, const PlainWorld& plain, const PlainPair& expected,
                      const VolunteerFacts& volunteer, const OpportunityFacts& opportunity, Moment moment,
                      const Weights& weights, Met& met) {
  const Explanation explanation = view.Explain(volunteer, opportunity, moment, weights);
  const std::string where = absl::StrCat(volunteer.name, " and ", opportunity.name);
  for (const Condition condition : kAllConditions) {
    EXPECT_EQ(explanation.Holds(condition), expected.holds[static_cast<std::size_t>(condition)])
        << where << " " << ConditionCode(condition);
  }
  ExpectSamePair(expected, explanation.pair, where);
  CheckTravel(plain.water, explanation, volunteer, opportunity, met);
  // The workings agree with what they explain.
  using Outcome = AgeWorking::Outcome;
  const bool age_told =
      explanation.age.outcome == Outcome::kHolds || explanation.age.outcome == Outcome::kNotAsked;
  EXPECT_EQ(age_told, explanation.Holds(Condition::kAge)) << where;
  const Validity check = explanation.check.paper.validity;
  EXPECT_EQ(check == Validity::kValid || check == Validity::kNotRequired,
            explanation.Holds(Condition::kCheckLevel))
      << where;
  EXPECT_EQ(
      std::all_of(explanation.licences.begin(), explanation.licences.end(),
                  [](const LicenceWorking& licence) { return licence.paper.validity == Validity::kValid; }),
      explanation.Holds(Condition::kLicence))
      << where;
  EXPECT_EQ(!explanation.placements.clash.has_value(), explanation.Holds(Condition::kDoubleBooked)) << where;

  if (std::count(expected.holds.begin(), expected.holds.end(), false) == 1) {
    const auto failed = std::find(expected.holds.begin(), expected.holds.end(), false);
    ++met.decided[static_cast<std::size_t>(failed - expected.holds.begin())];
  }
}

void Note(const PlainList& list, Met& met) {
  ++met.queries;
  met.matches += static_cast<int64_t>(list.matches.size());
  if (list.matches.empty()) ++met.empty;
  for (std::size_t i = 1; i < list.matches.size(); ++i) {
    if (list.matches[i].rank_millionths == list.matches[i - 1].rank_millionths) ++met.ties;
  }
}

void CheckVolunteersFor(const View& view, const PlainWorld& plain, RandomWorld& world, Met& met) {
  const Moment moment = world.AMoment();
  const Weights weights = world.SomeWeights();
  const Visibility visibility = world.SomeVisibility();
  OpportunityFacts draft = world.ADraft();
  const OpportunityFacts* opportunity = view.FindOpportunity(world.OpportunityName(), visibility);
  if (opportunity == nullptr) opportunity = &draft;
  PlainList list = VolunteersPlainly(plain, *opportunity, visibility, moment.as_of_min, weights);
  VolunteersFor query{opportunity, visibility};
  if (world.Chance(20)) {
    query.access_supported_only = true;
    KeepSupported(list, [&](const std::string& name) {
      return AccessSupported(plain.volunteers.at(name), *opportunity);
    });
  }
  CheckQuery(view, query, list, moment, weights, world, absl::StrCat("volunteers for ", opportunity->name));
  const support::PlainRole role = support::RoleAt(*opportunity, moment.as_of_min);
  for (const auto& [name, volunteer] : plain.volunteers) {
    const PlainPair expected = support::ScoreRole(plain, volunteer, role, weights);
    CheckExplanation(view, plain, expected, volunteer, *opportunity, moment, weights, met);
  }
  Note(list, met);
}

void CheckOpportunitiesFor(const View& view, const PlainWorld& plain, RandomWorld& world, Met& met) {
  const Moment moment = world.AMoment();
  const Weights weights = world.SomeWeights();
  const Visibility visibility = world.SomeVisibility();
  const VolunteerFacts stranger = world.AVolunteer();
  const auto found = view.FindVolunteer(world.VolunteerName(), visibility);
  const VolunteerFacts* const volunteer = found != nullptr ? found.get() : &stranger;
  PlainList list = OpportunitiesPlainly(plain, *volunteer, visibility, moment.as_of_min, weights);
  OpportunitiesFor query{volunteer, visibility};
  if (world.Chance(20)) {
    query.access_supported_only = true;
    KeepSupported(list, [&](const std::string& name) {
      return AccessSupported(*volunteer, plain.opportunities.at(name));
    });
  }
  CheckQuery(view, query, list, moment, weights, world, absl::StrCat("opportunities for ", volunteer->name));
  Note(list, met);
}

uint64_t WorldsPerSeed() {
  uint64_t worlds = 0;
  const char* const asked = std::getenv("BROKERAGE_WORLDS_PER_SEED");
  return asked != nullptr && absl::SimpleAtoi(asked, &worlds) && worlds > kWorldsPerSeed ? worlds
                                                                                         : kWorldsPerSeed;
}

class Properties : public testing::TestWithParam<std::tuple<IndexKind, uint64_t>> {};

TEST_P(Properties, EveryAnswerIsThePlainScorers) {
  const auto& [kind, seed] = GetParam();
  Met met;
  const uint64_t worlds = WorldsPerSeed();
  for (uint64_t number = 0; number < worlds; ++number) {
    const uint64_t world_seed = seed * 1'000'000 + number;
    RandomWorld world(world_seed);
    SCOPED_TRACE(absl::StrCat("world ", world_seed));
    const std::unique_ptr<Index> index = kind.make(TestWorld(world.waters()));
    PlainWorld plain = PlainWorldOf(world);
    uint64_t sequence = 0;
    const auto publish = [&](std::vector<Change> changes) {
      for (const Change& change : changes) plain.Apply(change);
      index->Publish(std::move(changes), {1, ++sequence});
    };
    publish(world.Populate());
    for (int query = 0; query < kQueriesPerWorld; ++query) {
      const auto view = index->Pin();
      ASSERT_EQ(view->revision(), (Revision{1, sequence}));
      if (world.Chance(50)) {
        CheckVolunteersFor(*view, plain, world, met);
      } else {
        CheckOpportunitiesFor(*view, plain, world, met);
      }
      if (HasFailure()) return;
      if (world.Chance(30)) publish(world.Disturb());
    }
  }
  EXPECT_EQ(met.queries, static_cast<int>(worlds) * kQueriesPerWorld);
  RecordProperty("queries", met.queries);
  EXPECT_GT(met.matches, 1'000);
  EXPECT_GT(met.ties, 100);
  EXPECT_GT(met.empty, 50);
  EXPECT_GT(met.round_water, 20);
  EXPECT_GT(met.no_crossing, 100);
  for (const Condition condition : kAllConditions) {
    EXPECT_GT(met.decided[static_cast<std::size_t>(condition)], 0)
        << ConditionCode(condition) << " decided no pair";
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, Properties,
                         testing::Combine(testing::ValuesIn(IndexKinds()), testing::Range<uint64_t>(1, 6)),
                         [](const auto& instance) {
                           return absl::StrCat(std::get<0>(instance.param).name, std::get<1>(instance.param));
                         });

}  // namespace
}  // namespace brokerage::matcher
