// Who knows of a referral, and who may take which step.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "tests/services/matching/referrals/referral_world.h"

namespace brokerage::matching {
namespace {

using v1::Referral;

using ReferralVisibility = ReferralTest;

TEST_F(ReferralVisibility, NobodyButTheTwoCentresKnowsOfIt) {
  const std::string name =
      world_.At(Referral::STAGE_SHORTLISTED, world_.Volunteer(kAshford), world_.Role(kDover));
  EXPECT_EQ(name.rfind("centres/dover/referrals/", 0), 0U);
  const Client swale = world_.Manager(kSwale);
  std::vector<absl::Status> answers = {Ask(swale, &Referrals::GetReferral, "name: '" + name + "'").status()};
  for (const auto& [method, call] : Calls()) answers.push_back(call(swale, name, "").status());
  const std::string never_was = "centres/dover/referrals/never-was";
  for (const absl::Status& answer : answers) {
    EXPECT_EQ(Outline(answer), "NOT_FOUND NOT_FOUND");
    EXPECT_EQ(answer.message(), "There is no " + name + ".");
  }
  EXPECT_EQ(Outline(Take(swale, "AddNote", never_was).status()), "NOT_FOUND NOT_FOUND");
  EXPECT_EQ(Ask(swale, &Referrals::ListReferrals, "parent: 'centres/swale'")->referrals_size(), 0);
  for (const char* centre : {kAshford, kDover}) {
    EXPECT_TRUE(Ask(world_.Reader(centre), &Referrals::GetReferral, "name: '" + name + "'").ok());
    EXPECT_EQ(Ask(world_.Reader(centre), &Referrals::ListReferrals, std::string("parent: '") + centre + "'")
                  ->referrals_size(),
              1);
  }
}

TEST_F(ReferralVisibility, EachStepIsForItsSide) {
  const std::map<std::string, std::pair<bool, bool>> by = {
      // for the volunteer's centre, for the role's
      {"OfferReferral", {true, false}},     {"RecordConsent", {true, false}},
      {"IntroduceVolunteer", {true, true}}, {"AcknowledgeReferral", {false, true}},
      {"PlaceVolunteer", {false, true}},    {"EndPlacement", {true, true}},
      {"DeclineReferral", {true, true}},    {"AddNote", {true, true}}};
  ASSERT_EQ(by.size(), Calls().size());
  for (const ReferralStep& step : ReferralSteps()) {
    if (step.from.empty()) continue;
    for (const bool roles : {false, true}) {
      SCOPED_TRACE(std::string(step.method) +
                   (roles ? " by the role's centre" : " by the volunteer's centre"));
      const std::string name = world_.At(step.from.front(), world_.Volunteer(kAshford), world_.Role(kDover));
      const auto& [volunteers_may, roles_may] = by.at(std::string(step.method));
      const bool may = roles ? roles_may : volunteers_may;
      const auto done = Take(world_.Caseworker(roles ? kDover : kAshford), std::string(step.method), name);
      EXPECT_EQ(Outline(done.status()), may ? "OK" : "PERMISSION_DENIED PERMISSION_DENIED");
      EXPECT_EQ(
          Outline(Take(world_.Reader(roles ? kDover : kAshford), std::string(step.method), name).status()),
          "PERMISSION_DENIED PERMISSION_DENIED");
    }
  }
}

TEST_F(ReferralVisibility, AShortlistIsMadeByEitherCentreThatSeesBoth) {
  const auto outline = [&](const std::string& centre, const std::string& volunteer, const std::string& role) {
    return Outline(world_.Shortlist(centre, volunteer, role).status());
  };
  const std::string hidden = "sharing: SHARING_CENTRE";
  EXPECT_EQ(outline(kAshford, world_.Volunteer(kAshford), world_.Role(kDover)), "OK");
  EXPECT_EQ(outline(kDover, world_.Volunteer(kAshford), world_.Role(kDover)), "OK");
  EXPECT_EQ(outline(kAshford, world_.Volunteer(kAshford, hidden), world_.Role(kDover)), "OK");
  EXPECT_EQ(outline(kDover, world_.Volunteer(kAshford, hidden), world_.Role(kDover)), "NOT_FOUND NOT_FOUND");
  EXPECT_EQ(outline(kAshford, world_.Volunteer(kAshford), world_.Role(kDover, hidden)),
            "NOT_FOUND NOT_FOUND");
  EXPECT_EQ(outline(kSwale, world_.Volunteer(kAshford), world_.Role(kDover)),
            "PERMISSION_DENIED PERMISSION_DENIED");
  EXPECT_EQ(outline(kSwale, world_.Volunteer(kAshford, hidden), world_.Role(kDover)), "NOT_FOUND NOT_FOUND");
  // The parent says for whom: nobody acts for another centre.
  auto request = Parse<v1::ShortlistVolunteerRequest>("parent: 'centres/dover'");
  request.set_volunteer(world_.Volunteer(kAshford));
  request.set_opportunity(world_.Role(kDover));
  EXPECT_EQ(Outline(world_.Caseworker(kAshford).Call(&Referrals::ShortlistVolunteer, request).status()),
            "PERMISSION_DENIED PERMISSION_DENIED");
  request.set_parent("centres/-");
  EXPECT_THAT(FaultsOf(world_.Lead().Call(&Referrals::ShortlistVolunteer, request).status()),
              ::testing::ElementsAre("parent: must name one centre"));
}

TEST_F(ReferralVisibility, AnUnsharedVolunteersNameIsShownOnceTheyAreIntroduced) {
  const std::string volunteer = world_.Volunteer(kAshford, "sharing: SHARING_CENTRE");
  const auto begun = world_.Shortlist(kAshford, volunteer, world_.Role(kDover));
  ASSERT_TRUE(begun.ok()) << begun.status();
  EXPECT_EQ(begun->display_name(), "Ann Lee");
  const auto name_for_dover = [&] {
    const auto got = Ask(world_.Caseworker(kDover), &Referrals::GetReferral, "name: '" + begun->name() + "'");
    EXPECT_EQ(got->title(), "Befriender");
    const auto listed = Ask(world_.Caseworker(kDover), &Referrals::ListReferrals, "parent: 'centres/dover'");
    EXPECT_EQ(listed->referrals(0).display_name(), got->display_name());
    return got->display_name();
  };
  EXPECT_EQ(name_for_dover(), "");
  world_.Done("OfferReferral", begun->name());
  world_.Done("RecordConsent", begun->name());
  EXPECT_EQ(name_for_dover(), "");
  world_.Done("IntroduceVolunteer", begun->name());
  EXPECT_EQ(name_for_dover(), "Ann Lee");
  world_.Done("DeclineReferral", begun->name());
  EXPECT_EQ(name_for_dover(), "");
}

}  // namespace
}  // namespace brokerage::matching
