// Beginning a referral.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

#include "tests/services/matching/referrals/referral_world.h"

namespace brokerage::matching {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using v1::Referral;

using Shortlist = ReferralTest;

TEST_F(Shortlist, ToldWithEveryConditionThatFailsAndItsFix) {
  const std::string volunteer = world_.Volunteer(kAshford, "state: STATE_ON_BREAK");
  const std::string role =
      world_.Role(kAshford, "state: STATE_PAUSED languages: 'fr' minimum_age: 18 licences: LICENCE_KIND_CAR");
  const auto refused = world_.Shortlist(kAshford, volunteer, role);
  EXPECT_EQ(Outline(refused.status()), "FAILED_PRECONDITION NOT_A_MATCH");
  EXPECT_THAT(NeedsOf(refused.status()),
              ElementsAre("VOLUNTEER_NOT_AVAILABLE", "OPPORTUNITY_NOT_OPEN", "AGE", "LICENCE", "LANGUAGE"));
  // The same words as ExplainMatch's.
  const auto explained = Ask(world_.Caseworker(kAshford), &Matches::ExplainMatch,
                             "volunteer: '" + volunteer + "' opportunity: '" + role + "'");
  const auto failure = base::PreconditionFailureOf(refused.status());
  int failing = 0;
  for (const auto& condition : explained->conditions()) {
    if (condition.holds()) continue;
    EXPECT_THAT(failure.violations(failing).description(), HasSubstr(condition.fact()));
    EXPECT_THAT(failure.violations(failing).description(), HasSubstr(condition.fix()));
    ++failing;
  }
  EXPECT_EQ(failing, failure.violations_size());
  const auto nothing = world_.store().Scan(storage::kReferrals, "", 1);
  EXPECT_TRUE(nothing.ok() && nothing->empty());
}

TEST_F(Shortlist, OnceForAPair) {
  const std::string volunteer = world_.Volunteer(kAshford);
  const std::string role = world_.Role(kAshford);
  ASSERT_TRUE(world_.Shortlist(kAshford, volunteer, role).ok());
  EXPECT_THAT(NeedsOf(world_.Shortlist(kAshford, volunteer, role).status()), ElementsAre("ALREADY_REFERRED"));
}

TEST_F(Shortlist, ByTheWeightsThatWereShown) {
  const auto set = Ask(world_.Lead(), &Matches::CreateWeightSet, "weight_set { skills: 1 location: 0 }");
  ASSERT_TRUE(set.ok()) << set.status();
  const std::string role = world_.Role(kAshford, "skills { skill: 'skills/cooking' }");
  const auto begun =
      world_.Shortlist(kAshford, world_.Volunteer(kAshford), role, "weight_set: '" + set->name() + "'");
  ASSERT_TRUE(begun.ok()) << begun.status();
  EXPECT_EQ(begun->weight_set(), set->name());
  EXPECT_EQ(begun->score_millionths(), 0);
  EXPECT_EQ(
      Outline(world_.Shortlist(kAshford, world_.Volunteer(kAshford), role, "weight_set: 'weightSets/no'")
                  .status()),
      "NOT_FOUND NOT_FOUND");
}

TEST_F(Shortlist, TellsEveryFault) {
  const auto request = Parse<v1::ShortlistVolunteerRequest>(
      "volunteer: 'v' opportunity: 'o' weight_set: 'w' at_least_as_fresh: 'x' request_id: 'r'");
  EXPECT_THAT(FaultsOf(world_.Lead().Call(&Referrals::ShortlistVolunteer, request).status()),
              ::testing::UnorderedElementsAre(
                  "parent: is required", HasSubstr("volunteer: must be"), HasSubstr("opportunity: must be"),
                  HasSubstr("weight_set: must be"), "at_least_as_fresh: is not a consistency token",
                  HasSubstr("request_id: ")));
}

TEST_F(Shortlist, ARetryAnswersTheFirst) {
  const std::string volunteer = world_.Volunteer(kAshford);
  const std::string role = world_.Role(kAshford);
  const std::string id = "request_id: '7c9d7d0e-7f0f-4f6b-9a3c-0a5a9e6f3b21'";
  const auto first = world_.Shortlist(kAshford, volunteer, role, id);
  ASSERT_TRUE(first.ok()) << first.status();
  world_.Done("OfferReferral", first->name());
  const auto again = world_.Shortlist(kAshford, volunteer, role, id);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->name(), first->name());
  EXPECT_EQ(again->stage(), Referral::STAGE_OFFERED);
}

TEST_F(Shortlist, AsManyLiveReferralsAsAVolunteerMayHave) {
  const std::string volunteer = world_.Volunteer(kAshford);
  storage::v1::VolunteerReferrals ledger;
  for (int i = 0; i < base::kMaxLiveReferrals - 1; ++i) {
    auto& pair = *ledger.add_pairs();
    pair.set_opportunity(absl::StrCat("centres/ashford/opportunities/x", i));
    pair.set_live_referral(absl::StrCat("centres/ashford/referrals/x", i));
  }
  world_.Write({storage::Write::Put(absl::StrCat(storage::kVolunteerReferrals, volunteer),
                                    ledger.SerializeAsString())});
  const auto last = world_.Shortlist(kAshford, volunteer, world_.Role(kAshford));
  ASSERT_TRUE(last.ok()) << last.status();
  EXPECT_EQ(Outline(world_.Shortlist(kAshford, volunteer, world_.Role(kAshford)).status()),
            "FAILED_PRECONDITION TOO_MANY_REFERRALS");
  world_.Done("DeclineReferral", last->name());
  EXPECT_TRUE(world_.Shortlist(kAshford, volunteer, world_.Role(kAshford)).ok());
}

}  // namespace
}  // namespace brokerage::matching
