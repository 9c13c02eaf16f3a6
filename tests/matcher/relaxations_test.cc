// Which changes there are to a role and to a volunteer, and what each makes of the record.
#include "matcher/relaxations.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "tests/matcher/index_kinds.h"
#include "tests/matcher/situation.h"

namespace brokerage::matcher {
namespace {

std::string Told(const Relaxation& change) {
  switch (change.kind) {
    case RelaxationKind::kRadius:
      return absl::StrCat("further ", change.further_m);
    case RelaxationKind::kMinimumCoverage:
      return absl::StrCat("cover ", change.minimum_coverage_bp);
    case RelaxationKind::kWantedSkill:
      return absl::StrCat("want ", change.skill);
    case RelaxationKind::kRemote:
      return "remote";
  }
  return "";
}

std::string Told(const std::vector<Relaxation>& changes) {
  return absl::StrJoin(
      changes, ", ", [](std::string* out, const Relaxation& change) { absl::StrAppend(out, Told(change)); });
}

void Weekly(OpportunityFacts& role) { role.schedule = WeeklySchedule{SlotRange(0, 3)}; }

TEST(Relaxations, OfARole) {
  const struct {
    const char* what;
    void (*adjust)(OpportunityFacts&);
    const char* changes;
  } kTable[] = {
      {"on site, no schedule", [](OpportunityFacts&) {}, "further 4828, further 8047, further 16093, remote"},
      {"no place yet", [](OpportunityFacts& role) { role.place.reset(); }, "remote"},
      {"remote", [](OpportunityFacts& role) { role.remote = true; }, ""},
      {"remote, weekly, half of it",
       [](OpportunityFacts& role) {
         role.remote = true;
         Weekly(role);
       },
       "cover 2500, cover 0"},
      {"all of it",
       [](OpportunityFacts& role) {
         role.remote = true;
         Weekly(role);
         role.minimum_coverage_bp = 10'000;
       },
       "cover 7500, cover 5000, cover 2500, cover 0"},
      {"just above a step",
       [](OpportunityFacts& role) {
         role.remote = true;
         Weekly(role);
         role.minimum_coverage_bp = 2'501;
       },
       "cover 2500, cover 0"},
      {"at the last step",
       [](OpportunityFacts& role) {
         role.remote = true;
         Weekly(role);
         role.minimum_coverage_bp = 0;
       },
       ""},
      {"skills",
       [](OpportunityFacts& role) {
         role.remote = true;
         role.skills = {{kDriving, 1, 3, true}, {kBaking, 1, 3, false}, {kCooking, 1, 3, true}};
       },
       "want 4, want 1"},
  };
  for (const auto& row : kTable) {
    OpportunityFacts role = MatchingSituation().opportunity;
    role.schedule = std::monostate();
    row.adjust(role);
    EXPECT_EQ(Told(RelaxationsOf(role)), row.changes) << row.what;
  }
}

TEST(Relaxations, OfAVolunteer) {
  const struct {
    const char* what;
    void (*adjust)(VolunteerFacts&);
    const char* changes;
  } kTable[] = {
      {"travels", [](VolunteerFacts&) {}, "further 4828, further 8047, further 16093, remote"},
      {"takes remote roles", [](VolunteerFacts& volunteer) { volunteer.accepts_remote = true; },
       "further 4828, further 8047, further 16093"},
      {"remote roles only",
       [](VolunteerFacts& volunteer) {
         volunteer.travel_radius_m.reset();
         volunteer.accepts_remote = true;
       },
       "further 4828, further 8047, further 16093"},
      {"nowhere known",
       [](VolunteerFacts& volunteer) {
         volunteer.home.reset();
         volunteer.outcode_centroid.reset();
       },
       "remote"},
      {"only the outcode known", [](VolunteerFacts& volunteer) { volunteer.home.reset(); },
       "further 4828, further 8047, further 16093, remote"},
      {"to the greatest radius",
       [](VolunteerFacts& volunteer) { volunteer.travel_radius_m = 500'000 - 4'828; },
       "further 4828, remote"},
      {"a metre more", [](VolunteerFacts& volunteer) { volunteer.travel_radius_m = 500'000 - 4'827; },
       "remote"},
  };
  for (const auto& row : kTable) {
    VolunteerFacts volunteer = MatchingSituation().volunteer;
    volunteer.accepts_remote = false;
    volunteer.outcode_centroid = North(100);
    row.adjust(volunteer);
    EXPECT_EQ(Told(RelaxationsOf(volunteer)), row.changes) << row.what;
  }
}

TEST(Relaxations, ChangeOneThing) {
  OpportunityFacts role = MatchingSituation().opportunity;
  role.skills = {{kDriving, 1, 3, true}, {kCooking, 2, 4, true}};
  const OpportunityFacts wanted = Relaxed(role, {RelaxationKind::kWantedSkill, 0, 0, kCooking});
  EXPECT_TRUE(wanted.skills[0].required);
  EXPECT_FALSE(wanted.skills[1].required);
  EXPECT_EQ(wanted.skills[1].level, 2);
  EXPECT_EQ(wanted.skills[1].importance, 4);
  EXPECT_EQ(Relaxed(role, {RelaxationKind::kMinimumCoverage, 0, 2'500}).minimum_coverage_bp, 2'500u);
  const OpportunityFacts remote = Relaxed(role, {RelaxationKind::kRemote});
  EXPECT_TRUE(remote.remote);
  EXPECT_FALSE(remote.place.has_value());

  VolunteerFacts volunteer = MatchingSituation().volunteer;
  volunteer.accepts_remote = false;
  volunteer.travel_radius_m = 1'000;
  EXPECT_EQ(Relaxed(volunteer, {RelaxationKind::kRadius, 4'828}).travel_radius_m, 5'828u);
  volunteer.travel_radius_m.reset();
  EXPECT_EQ(Relaxed(volunteer, {RelaxationKind::kRadius, 4'828}).travel_radius_m, 4'828u);
  EXPECT_TRUE(Relaxed(volunteer, {RelaxationKind::kRemote}).accepts_remote);
}

class RelaxationAdvice : public testing::TestWithParam<IndexKind> {
 protected:
  RelaxationAdvice() : index_(GetParam().make(TestWorld())) {}

  // A volunteer, so far from the role, who travels up to 8 km.
  static UpsertVolunteer At(const std::string& id, double metres) {
    VolunteerFacts facts = MatchingSituation().volunteer;
    facts.name = absl::StrCat(facts.centre, "/volunteers/", id);
    facts.home = North(metres);
    facts.travel_radius_m = 8'000;
    facts.accepts_remote = false;
    return {facts};
  }

  std::unique_ptr<Index> index_;
};

TEST_P(RelaxationAdvice, FurtherIsToldAsFarAsItBringsMore) {
  index_->Publish({SetOrganisation{"organisations/kitchen", OrganisationStanding::kActive}, At("near", 4'000),
                   At("a", 8'100), At("b", 12'000), At("c", 24'000)},
                  {1, 1});
  const OpportunityFacts role = MatchingSituation().opportunity;
  const auto advice = SuggestRelaxations(*index_->Pin(), VolunteersFor{&role, {"centres/ashford", true}},
                                         TestMoment(), Weights{0, 1, 0, 0, 2'500}, [] { return false; });
  ASSERT_TRUE(advice.has_value());
  EXPECT_EQ(advice->matches, 1);
  // 5 miles bring no more than 3: a and b. 10 miles bring c as well.
  ASSERT_EQ(advice->best_first.size(), 2u);
  EXPECT_EQ(Told(advice->best_first[0].change), "further 16093");
  EXPECT_EQ(advice->best_first[0].additional, 3);
  EXPECT_EQ(Told(advice->best_first[1].change), "further 4828");
  EXPECT_EQ(advice->best_first[1].additional, 2);
  // (8,000 + 4,828 - 8,100) of 8,000 + 4,828, by nothing but the location.
  EXPECT_NEAR(static_cast<double>(advice->best_first[1].best_score_millionths), 1e6 * 4'728 / 12'828, 100);
}

TEST_P(RelaxationAdvice, IsGivenUpWhenNobodyWaitsForIt) {
  const OpportunityFacts role = MatchingSituation().opportunity;
  const VolunteerFacts volunteer = MatchingSituation().volunteer;
  const auto gone = [] { return true; };
  EXPECT_EQ(
      SuggestRelaxations(*index_->Pin(), VolunteersFor{&role, {}}, TestMoment(), Weights(), gone).has_value(),
      false);
  EXPECT_EQ(
      SuggestRelaxations(*index_->Pin(), OpportunitiesFor{&volunteer, {}}, TestMoment(), Weights(), gone)
          .has_value(),
      false);
}

INSTANTIATE_TEST_SUITE_P(Kinds, RelaxationAdvice, testing::ValuesIn(IndexKinds()),
                         [](const auto& instance) { return instance.param.name; });

}  // namespace
}  // namespace brokerage::matcher
