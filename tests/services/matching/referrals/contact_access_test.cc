// Who is answered a volunteer's contact, and that it is kept who was.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

#include "tests/services/matching/referrals/referral_world.h"

namespace brokerage::matching {
namespace {

using ::testing::SizeIs;
using v1::Referral;

// A volunteer of Ashford and a role of Dover.
class ContactAccess : public ReferralTest {
 protected:
  absl::StatusOr<Referral> Get(const Client& client) {
    return Ask(client, &Referrals::GetReferral, "name: '" + name_ + "'");
  }
  // Whether `client` is answered the contact; that is kept exactly when it is.
  bool IsShown(const Client& client) {
    const auto before = world_.Accesses().size();
    const auto got = Get(client);
    EXPECT_TRUE(got.ok()) << got.status();
    EXPECT_EQ(world_.Accesses().size() - before, got->has_contact() ? 1U : 0U);
    EXPECT_EQ(got->contact().phone(), got->has_contact() ? "01233 000000" : "");
    const auto listed = Ask(client, &Referrals::ListReferrals, "parent: 'centres/dover'");
    EXPECT_FALSE(listed.ok() && listed->referrals(0).has_contact());
    return got->has_contact();
  }

  const std::string volunteer_ = world_.Volunteer(kAshford);
  const std::string role_ = world_.Role(kDover);
  const std::string name_ = world_.At(Referral::STAGE_SHORTLISTED, volunteer_, role_);
};

TEST_F(ContactAccess, IsForTheRolesCentreFromIntroducedOnWhileTheReferralLives) {
  const Client dover = world_.Caseworker(kDover);
  const Client ashford = world_.Caseworker(kAshford);
  const Client reader = world_.Reader(kDover);
  EXPECT_FALSE(IsShown(dover));
  for (const auto& [step, shown] : std::vector<std::pair<std::string, bool>>{{"OfferReferral", false},
                                                                             {"RecordConsent", false},
                                                                             {"IntroduceVolunteer", true},
                                                                             {"AcknowledgeReferral", true},
                                                                             {"PlaceVolunteer", true},
                                                                             {"EndPlacement", false}}) {
    SCOPED_TRACE(step);
    const auto taken = Take(world_.Lead(), step, name_);
    ASSERT_TRUE(taken.ok()) << taken.status();
    EXPECT_EQ(taken->has_contact(), step == "IntroduceVolunteer");
    EXPECT_EQ(IsShown(dover), shown);
    EXPECT_EQ(IsShown(world_.Lead()), shown);
    EXPECT_FALSE(IsShown(ashford));  // which has it anyway
    EXPECT_FALSE(IsShown(reader));
  }
  EXPECT_FALSE(world_.Referral(name_).has_contact());
}

TEST_F(ContactAccess, IsNoMoreOnceItIsDeclined) {
  world_.Done("OfferReferral", name_);
  world_.Done("RecordConsent", name_);
  world_.Done("IntroduceVolunteer", name_);
  EXPECT_TRUE(IsShown(world_.Caseworker(kDover)));
  world_.Done("DeclineReferral", name_);
  EXPECT_FALSE(IsShown(world_.Caseworker(kDover)));
}

TEST_F(ContactAccess, IsInTheAnswerOfAnIntroductionByTheRolesCentreAndKeptWithIt) {
  world_.Done("OfferReferral", name_);
  world_.Done("RecordConsent", name_);
  const Client dover = world_.Caseworker(kDover);
  EXPECT_THAT(world_.Accesses(), SizeIs(0));
  const std::string id = "request_id: '7c9d7d0e-7f0f-4f6b-9a3c-0a5a9e6f3b21'";
  const auto introduced = Take(dover, "IntroduceVolunteer", name_, id);
  ASSERT_TRUE(introduced.ok()) << introduced.status();
  EXPECT_EQ(introduced->contact().family_name(), "Lee");
  ASSERT_THAT(world_.Accesses(), SizeIs(1));
  EXPECT_THAT(world_.Accesses()[0],
              Holds("by: 'centres/dover/credentials/r3' method: 'IntroduceVolunteer' volunteer: '" +
                    volunteer_ + "' referral: '" + name_ + "' time { seconds: 1781517600 }"));
  // In the one commit with the step.
  const auto access = world_.store().Scan(storage::kContactAccesses, "", 1);
  const auto referral = world_.store().Get(absl::StrCat(storage::kReferrals, name_));
  EXPECT_EQ((*access)[0].sequence, (*referral)->sequence);
  EXPECT_EQ((*access)[0].key.find(absl::StrCat(storage::kContactAccesses, volunteer_, "|")), 0U);
  // A retry answers it again, and that is kept again.
  const auto again = Take(dover, "IntroduceVolunteer", name_, id);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_TRUE(again->has_contact());
  EXPECT_THAT(world_.Accesses(), SizeIs(2));
  EXPECT_EQ(again->history_size(), introduced->history_size());
}

TEST_F(ContactAccess, IsNotInTheAnswerOfAnIntroductionByTheVolunteersCentre) {
  world_.Done("OfferReferral", name_);
  world_.Done("RecordConsent", name_);
  const auto introduced = Take(world_.Caseworker(kAshford), "IntroduceVolunteer", name_);
  ASSERT_TRUE(introduced.ok()) << introduced.status();
  EXPECT_FALSE(introduced->has_contact());
  EXPECT_THAT(world_.Accesses(), SizeIs(0));
}

TEST_F(ContactAccess, WithoutTheEntryThereIsNoAnswer) {
  world_.Done("OfferReferral", name_);
  world_.Done("RecordConsent", name_);
  world_.Done("IntroduceVolunteer", name_);
  const Client dover = world_.Caseworker(kDover);
  world_.FailWrites();
  const auto got = Get(dover);
  EXPECT_EQ(got.status().code(), absl::StatusCode::kUnavailable) << got.status();
}

}  // namespace
}  // namespace brokerage::matching
