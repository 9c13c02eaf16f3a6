// SuggestRelaxations: each figure is what MatchVolunteers or MatchOpportunities answers once the change is
// made.

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

#include "base/errors.h"
#include "tests/services/matching/matches/match_service_fixture.h"
#include "tests/support/outline.h"

namespace brokerage::matching {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kTuesdays[] =
    "weekly { windows { day_of_week: DAY_OF_WEEK_TUESDAY start_time { hours: 9 } end_time { hours: 13 } } }";

std::string Tuesdays(int hours) {
  return absl::StrCat("availability { weekly { day_of_week: DAY_OF_WEEK_TUESDAY start_time { hours: 9 } ",
                      "end_time { hours: ", 9 + hours, " } } } ");
}

// Who matches, and how well.
using Scores = std::map<std::string, int64_t>;

class RelaxationsTest : public MatchServiceTest {
 protected:
  RelaxationsTest() {
    // Four hours every Tuesday, all of which is asked for; driving is required, first aid too.
    role_ = Parse<v1::Opportunity>(absl::StrCat(RoleText(kRole), " schedule { ", kTuesdays,
                                                " } minimum_coverage_bp: 10000 ",
                                                "skills { skill: 'skills/driving' required: true } skills { "
                                                "skill: 'skills/first-aid' required: true }"));
    world_.Put(role_);
    const std::string able = "skills { skill: 'skills/driving' } skills { skill: 'skills/first-aid' } ";
    Add("fits", 1'000, 20'000, able + Tuesdays(4));
    Add("near", 3'000, 2'000, able + Tuesdays(4) + "accepts_remote: true");
    Add("far", 10'500, 2'000, able + Tuesdays(4) + "accepts_remote: true");
    Add("farther", 16'000, 2'000, able + Tuesdays(4));
    Add("half", 1'000, 20'000, able + Tuesdays(2));
    Add("some", 1'000, 20'000, able + Tuesdays(1));
    Add("drives", 1'000, 20'000, "skills { skill: 'skills/driving' } " + Tuesdays(4));
    Add("neither", 1'000, 20'000, Tuesdays(4));
  }

  void Add(const std::string& id, int metres, int radius_m, const std::string& more) {
    auto volunteer = Parse<v1::Volunteer>(VolunteerText(kAshford, id, metres, more));
    volunteer.set_travel_radius_m(radius_m);
    volunteers_.push_back(volunteer);
    world_.Put(volunteer);
  }

  static v1::SuggestRelaxationsRequest ForRole() {
    v1::SuggestRelaxationsRequest request;
    request.set_parent(kAshford);
    request.set_opportunity(kRole);
    return request;
  }
  static v1::SuggestRelaxationsRequest ForVolunteer(const std::string& name) {
    v1::SuggestRelaxationsRequest request;
    request.set_parent(kAshford);
    request.set_volunteer(name);
    return request;
  }
  absl::StatusOr<v1::SuggestRelaxationsResponse> Suggest(const v1::SuggestRelaxationsRequest& request) {
    return world_.Reader(kAshford).Call(&Stub::SuggestRelaxations, request);
  }

  Scores VolunteersNow() {
    const auto answer = Match(world_.Reader(kAshford), Request());
    EXPECT_TRUE(answer.ok()) << answer.status();
    Scores scores;
    for (const auto& match : answer->matches()) scores[match.volunteer()] = match.score_millionths();
    return scores;
  }
  Scores RolesNow(const std::string& volunteer) {
    v1::MatchOpportunitiesRequest request;
    request.set_parent(kAshford);
    request.set_volunteer(volunteer);
    const auto answer = world_.Reader(kAshford).Call(&Stub::MatchOpportunities, request);
    EXPECT_TRUE(answer.ok()) << answer.status();
    Scores scores;
    for (const auto& match : answer->matches()) scores[match.opportunity()] = match.score_millionths();
    return scores;
  }

  // A change of the role as a client makes it; a radius is everyone's.
  void Apply(const v1::Relaxation& change) {
    v1::Opportunity role = role_;
    switch (change.change_case()) {
      case v1::Relaxation::kRadius:
        for (v1::Volunteer volunteer : volunteers_) {
          volunteer.set_travel_radius_m(volunteer.travel_radius_m() + change.radius().further_m());
          world_.Put(volunteer);
        }
        break;
      case v1::Relaxation::kMinimumCoverageBp:
        role.set_minimum_coverage_bp(change.minimum_coverage_bp());
        break;
      case v1::Relaxation::kWantedSkill:
        for (auto& skill : *role.mutable_skills()) {
          if (skill.skill() == change.wanted_skill()) skill.set_required(false);
        }
        break;
      case v1::Relaxation::kRemote:
        role.clear_place();
        role.set_remote(change.remote());
        break;
      case v1::Relaxation::CHANGE_NOT_SET:
        ADD_FAILURE() << "no change";
    }
    world_.Put(role);
  }
  void Undo() {
    world_.Put(role_);
    for (const v1::Volunteer& volunteer : volunteers_) world_.Put(volunteer);
  }

  static void ExpectFigures(const Scores& before, const Scores& after, const v1::Relaxation& told) {
    int64_t additional = 0;
    int64_t lost = 0;
    int64_t best = 0;
    for (const auto& [name, score] : after) {
      if (before.count(name) > 0) continue;
      ++additional;
      best = std::max(best, score);
    }
    for (const auto& [name, score] : before) lost += after.count(name) == 0 ? 1 : 0;
    EXPECT_EQ(told.additional_count(), additional) << told.ShortDebugString();
    EXPECT_EQ(told.lost_count(), lost) << told.ShortDebugString();
    EXPECT_EQ(told.best_new_score_millionths(), best) << told.ShortDebugString();
    EXPECT_DOUBLE_EQ(told.best_new_score() * 1e6, static_cast<double>(best));
  }

  // The changes, without their figures.
  static std::vector<std::string> Changes(const v1::SuggestRelaxationsResponse& answer) {
    std::vector<std::string> changes;
    for (v1::Relaxation relaxation : answer.relaxations()) {
      relaxation.clear_additional_count();
      relaxation.clear_lost_count();
      relaxation.clear_best_new_score();
      relaxation.clear_best_new_score_millionths();
      changes.push_back(relaxation.ShortDebugString());
    }
    return changes;
  }

  v1::Opportunity role_;
  std::vector<v1::Volunteer> volunteers_;
};

TEST_F(RelaxationsTest, OfARoleAreWhatTheChangedRoleBrings) {
  const auto answer = Suggest(ForRole());
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->match_count(), 1);
  EXPECT_EQ(answer->as_of().seconds(), 1'781'517'600);
  EXPECT_EQ(answer->weight_set(), "weightSets/default");
  EXPECT_FALSE(answer->index_revision().empty());
  // 5 miles bring no more than 3, and 7,500 basis points nobody.
  EXPECT_THAT(Changes(*answer),
              ElementsAre("radius { further_m: 16093 }", "remote: true", "minimum_coverage_bp: 2500",
                          "radius { further_m: 4828 }", "minimum_coverage_bp: 5000",
                          "wanted_skill: \"skills/first-aid\""));
  EXPECT_EQ(answer->relaxations(1).lost_count(), 1);
  const Scores before = VolunteersNow();
  for (const auto& relaxation : answer->relaxations()) {
    Apply(relaxation);
    ExpectFigures(before, VolunteersNow(), relaxation);
    Undo();
  }
}

TEST_F(RelaxationsTest, OfAVolunteerAreWhatTheChangedProfileBrings) {
  auto remote = role_;
  remote.set_name("centres/ashford/opportunities/remote");
  remote.clear_place();
  remote.set_remote(true);
  world_.Put(remote);
  const std::string name = "centres/ashford/volunteers/farther";
  const auto answer = Suggest(ForVolunteer(name));
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->match_count(), 0);
  EXPECT_THAT(Changes(*answer),
              ElementsAre("remote: true", "radius { further_m: 16093 travel_radius_m: 18093 }"));
  const auto stored = std::find_if(volunteers_.begin(), volunteers_.end(),
                                   [&](const v1::Volunteer& volunteer) { return volunteer.name() == name; });
  const Scores before = RolesNow(name);
  for (const auto& relaxation : answer->relaxations()) {
    v1::Volunteer changed = *stored;
    if (relaxation.has_radius()) changed.set_travel_radius_m(relaxation.radius().travel_radius_m());
    if (relaxation.remote()) changed.set_accepts_remote(true);
    world_.Put(changed);
    ExpectFigures(before, RolesNow(name), relaxation);
  }
}

TEST_F(RelaxationsTest, ARoleThatIsNotOpenIsHelpedByNoChange) {
  role_.set_state(v1::Opportunity::STATE_PAUSED);
  world_.Put(role_);
  const auto answer = Suggest(ForRole());
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->match_count(), 0);
  EXPECT_THAT(answer->relaxations(), IsEmpty());
}

TEST_F(RelaxationsTest, NeedsOfAccessCountWhenTheyAreToBeSupported) {
  auto request = ForRole();
  request.set_require_access_support(true);
  for (v1::Volunteer& volunteer : volunteers_) {
    if (volunteer.name() == "centres/ashford/volunteers/fits") continue;
    volunteer.add_access_needs("step-free-access");
    world_.Put(volunteer);
  }
  const auto answer = Suggest(request);
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->match_count(), 1);
  EXPECT_THAT(answer->relaxations(), IsEmpty());
}

TEST_F(RelaxationsTest, FaultsAreToldAtOnce) {
  v1::SuggestRelaxationsRequest request;
  request.set_parent("ashford");
  request.set_weight_set("x");
  request.set_at_least_as_fresh("y");
  const auto answer = Suggest(request);
  EXPECT_EQ(answer.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(support::FieldsOf(answer.status()),
              ElementsAre("parent", "opportunity", "weight_set", "at_least_as_fresh"));
  auto wrong_kind = ForRole();
  wrong_kind.set_opportunity("centres/ashford/volunteers/v");
  EXPECT_THAT(support::FieldsOf(Suggest(wrong_kind).status()), ElementsAre("opportunity"));
  EXPECT_THAT(support::FieldsOf(Suggest(ForVolunteer(kRole)).status()), ElementsAre("volunteer"));
}

TEST_F(RelaxationsTest, WhatIsNotThereOrNotOnesOwnToActForIsRefused) {
  auto request = ForRole();
  request.set_opportunity("centres/ashford/opportunities/none");
  EXPECT_EQ(Suggest(request).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(Suggest(ForVolunteer("centres/ashford/volunteers/none")).status().code(),
            absl::StatusCode::kNotFound);
  auto of_dover = ForRole();
  of_dover.set_parent(kDover);
  EXPECT_EQ(Suggest(of_dover).status().code(), absl::StatusCode::kPermissionDenied);
  auto fresh = ForRole();
  fresh.set_weight_set("weightSets/none");
  EXPECT_EQ(Suggest(fresh).status().code(), absl::StatusCode::kNotFound);
}

TEST_F(RelaxationsTest, AnotherCentreIsToldOfItsOwnAlone) {
  world_.Put(Parse<v1::Volunteer>(VolunteerText(
      kDover, "d", 1'000, "skills { skill: 'skills/driving' } " + Tuesdays(4) + "sharing: SHARING_COUNTY")));
  auto request = ForRole();
  request.set_parent(kDover);
  const auto answer = world_.Reader(kDover).Call(&Stub::SuggestRelaxations, request);
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->match_count(), 0);
  EXPECT_THAT(Changes(*answer), ElementsAre("wanted_skill: \"skills/first-aid\""));
  EXPECT_EQ(answer->relaxations(0).additional_count(), 1);
}

}  // namespace
}  // namespace brokerage::matching
