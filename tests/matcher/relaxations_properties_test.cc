// Over random worlds: each suggestion, and each that is not made, is what running the changed question over
// every pair gives. The changes are made here once more, by hand.
#include <algorithm>
#include <array>
#include <gtest/gtest.h>
#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

#include "matcher/relaxations.h"
#include "tests/matcher/index_kinds.h"
#include "tests/matcher/plain_beside.h"
#include "tests/matcher/random_world.h"
#include "tests/support/plain_scorer.h"

namespace brokerage::matcher {
namespace {

using support::PlainList;
using support::PlainWorld;

constexpr int kWorldsPerSeed = 60;
constexpr int kQuestionsPerWorld = 10;
constexpr std::size_t kKinds = 4;

// Who matches, and how well.
using Scores = std::map<std::string, int64_t>;

Scores ScoresOf(const PlainList& list) {
  Scores scores;
  for (const auto& match : list.matches) scores[match.name] = *match.pair.score.score_millionths;
  return scores;
}

struct Question {
  const PlainWorld& plain;
  Visibility visibility;
  Moment moment;
  Weights weights;
  bool supported_only = false;
};

Scores VolunteersNow(const Question& question, const OpportunityFacts& role, uint32_t further_m = 0) {
  PlainWorld world = question.plain;
  for (auto& [name, volunteer] : world.volunteers) {
    if (volunteer.travel_radius_m) volunteer.travel_radius_m = *volunteer.travel_radius_m + further_m;
  }
  PlainList list =
      VolunteersPlainly(world, role, question.visibility, question.moment.as_of_min, question.weights);
  if (question.supported_only) {
    KeepSupported(list, [&](const std::string& name) {
      return AccessSupported(question.plain.volunteers.at(name), role);
    });
  }
  return ScoresOf(list);
}

Scores RolesNow(const Question& question, const VolunteerFacts& volunteer) {
  PlainList list = OpportunitiesPlainly(question.plain, volunteer, question.visibility,
                                        question.moment.as_of_min, question.weights);
  if (question.supported_only) {
    KeepSupported(list, [&](const std::string& name) {
      return AccessSupported(volunteer, question.plain.opportunities.at(name));
    });
  }
  return ScoresOf(list);
}

// A change with what it leads to.
struct Tried {
  Relaxation change;
  bool a_step = true;  // of its kind's steps, and not on its own
  Scores after;
};

std::vector<Tried> TryAll(const Question& question, const OpportunityFacts& role) {
  std::vector<Tried> tried;
  if (!role.remote && role.place.has_value()) {
    for (const uint32_t further_m : {4'828u, 8'047u, 16'093u}) {
      tried.push_back({{RelaxationKind::kRadius, further_m}, true, VolunteersNow(question, role, further_m)});
    }
  }
  for (const uint32_t minimum_bp : {7'500u, 5'000u, 2'500u, 0u}) {
    if (role.schedule.index() == 0 || minimum_bp >= role.minimum_coverage_bp) continue;
    OpportunityFacts changed = role;
    changed.minimum_coverage_bp = minimum_bp;
    tried.push_back(
        {{RelaxationKind::kMinimumCoverage, 0, minimum_bp}, true, VolunteersNow(question, changed)});
  }
  for (std::size_t i = 0; i < role.skills.size(); ++i) {
    if (!role.skills[i].required) continue;
    OpportunityFacts changed = role;
    changed.skills[i].required = false;
    tried.push_back({{RelaxationKind::kWantedSkill, 0, 0, role.skills[i].skill},
                     false,
                     VolunteersNow(question, changed)});
  }
  if (!role.remote) {
    OpportunityFacts changed = role;
    changed.remote = true;
    changed.place.reset();
    tried.push_back({{RelaxationKind::kRemote}, false, VolunteersNow(question, changed)});
  }
  return tried;
}

std::vector<Tried> TryAll(const Question& question, const VolunteerFacts& volunteer) {
  std::vector<Tried> tried;
  if (volunteer.home.has_value() || volunteer.outcode_centroid.has_value()) {
    for (const uint32_t further_m : {4'828u, 8'047u, 16'093u}) {
      VolunteerFacts changed = volunteer;
      changed.travel_radius_m =
          volunteer.travel_radius_m.has_value() ? *volunteer.travel_radius_m + further_m : further_m;
      tried.push_back({{RelaxationKind::kRadius, further_m}, true, RolesNow(question, changed)});
    }
  }
  if (!volunteer.accepts_remote) {
    VolunteerFacts changed = volunteer;
    changed.accepts_remote = true;
    tried.push_back({{RelaxationKind::kRemote}, false, RolesNow(question, changed)});
  }
  return tried;
}

Suggestions Expected(const Scores& now, const std::vector<Tried>& tried) {
  Suggestions expected;
  expected.matches = static_cast<int64_t>(now.size());
  std::map<RelaxationKind, int64_t> smaller_step;
  for (const Tried& one : tried) {
    Suggestion suggestion{one.change, 0, 0, 0};
    for (const auto& [name, score] : one.after) {
      if (now.count(name) > 0) continue;
      ++suggestion.additional;
      suggestion.best_score_millionths = std::max(suggestion.best_score_millionths, score);
    }
    for (const auto& [name, score] : now) suggestion.lost += one.after.count(name) == 0 ? 1 : 0;
    if (suggestion.additional == 0) continue;
    if (one.a_step) {
      if (suggestion.additional == smaller_step[one.change.kind]) continue;
      smaller_step[one.change.kind] = suggestion.additional;
    }
    expected.best_first.push_back(suggestion);
  }
  // Those that come first in `tried` stay before their equals.
  for (std::size_t i = 1; i < expected.best_first.size(); ++i) {
    for (std::size_t j = i; j > 0; --j) {
      Suggestion& before = expected.best_first[j - 1];
      Suggestion& after = expected.best_first[j];
      if (std::make_tuple(before.additional, before.best_score_millionths) <
          std::make_tuple(after.additional, after.best_score_millionths)) {
        std::swap(before, after);
      }
    }
  }
  return expected;
}

// What was met, so that a suite that tests nothing fails.
struct Met {
  std::array<int, kKinds> suggested{};
  int nothing_helps = 0;
  int several = 0;
  int lost = 0;
};

void Compare(const std::optional<Suggestions>& answered, const Suggestions& expected,
             const std::string& where, Met& met) {
  ASSERT_TRUE(answered.has_value()) << where;
  EXPECT_EQ(answered->matches, expected.matches) << where;
  ASSERT_EQ(answered->best_first.size(), expected.best_first.size()) << where;
  for (std::size_t i = 0; i < expected.best_first.size(); ++i) {
    const Suggestion& told = answered->best_first[i];
    const Suggestion& plain = expected.best_first[i];
    EXPECT_TRUE(told == plain) << where << " at " << i << ": kind " << static_cast<int>(told.change.kind)
                               << ", " << told.additional << " more, " << told.lost << " less, best "
                               << told.best_score_millionths << " where kind "
                               << static_cast<int>(plain.change.kind) << ", " << plain.additional << ", "
                               << plain.lost << ", " << plain.best_score_millionths;
    ++met.suggested[static_cast<std::size_t>(plain.change.kind)];
    met.lost += plain.lost > 0 ? 1 : 0;
  }
  met.nothing_helps += expected.best_first.empty() ? 1 : 0;
  met.several += expected.best_first.size() > 1 ? 1 : 0;
}

class RelaxationProperties : public testing::TestWithParam<std::tuple<IndexKind, uint64_t>> {};

TEST_P(RelaxationProperties, EachIsWhatTheChangedQuestionGives) {
  const auto& [kind, seed] = GetParam();
  const auto go_on = [] { return false; };
  Met of_roles;
  Met of_volunteers;
  for (uint64_t number = 0; number < kWorldsPerSeed; ++number) {
    RandomWorld world(seed * 1'000 + number);
    const std::unique_ptr<Index> index = kind.make(TestWorld(world.waters()));
    PlainWorld plain = PlainWorldOf(world);
    std::vector<Change> changes = world.Populate();
    for (const Change& change : changes) plain.Apply(change);
    index->Publish(std::move(changes), {1, 1});
    const auto view = index->Pin();
    for (int i = 0; i < kQuestionsPerWorld && !HasFailure(); ++i) {
      const std::string where = absl::StrCat("world ", seed * 1'000 + number, ", question ", i);
      const Question question{plain, world.SomeVisibility(), world.AMoment(), world.SomeWeights(),
                              world.Chance(20)};
      const OpportunityFacts draft = world.ADraft();
      const OpportunityFacts* const stored =
          view->FindOpportunity(world.OpportunityName(), question.visibility);
      const OpportunityFacts& role = stored != nullptr ? *stored : draft;
      const VolunteersFor for_role{&role, question.visibility, question.supported_only};
      Compare(SuggestRelaxations(*view, for_role, question.moment, question.weights, go_on),
              Expected(VolunteersNow(question, role), TryAll(question, role)), where + ", of a role",
              of_roles);

      const VolunteerFacts stranger = world.AVolunteer();
      const auto found = view->FindVolunteer(world.VolunteerName(), question.visibility);
      const VolunteerFacts& volunteer = found != nullptr ? *found : stranger;
      const OpportunitiesFor for_volunteer{&volunteer, question.visibility, question.supported_only};
      Compare(SuggestRelaxations(*view, for_volunteer, question.moment, question.weights, go_on),
              Expected(RolesNow(question, volunteer), TryAll(question, volunteer)),
              where + ", of a volunteer", of_volunteers);
    }
    if (HasFailure()) return;
  }
  for (const int suggested : of_roles.suggested) EXPECT_GT(suggested, 5);
  EXPECT_GT(of_volunteers.suggested[static_cast<std::size_t>(RelaxationKind::kRadius)], 5);
  EXPECT_GT(of_volunteers.suggested[static_cast<std::size_t>(RelaxationKind::kRemote)], 5);
  EXPECT_GT(of_roles.nothing_helps, 20);
  EXPECT_GT(of_roles.several, 20);
  EXPECT_GT(of_roles.lost, 5);
  EXPECT_EQ(of_volunteers.lost, 0);
}

INSTANTIATE_TEST_SUITE_P(Seeds, RelaxationProperties,
                         testing::Combine(testing::ValuesIn(IndexKinds()), testing::Range<uint64_t>(1, 5)),
                         [](const auto& instance) {
                           return absl::StrCat(std::get<0>(instance.param).name, std::get<1>(instance.param));
                         });

}  // namespace
}  // namespace brokerage::matcher
