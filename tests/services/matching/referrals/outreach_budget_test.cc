// How often a volunteer is asked.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

#include "tests/services/matching/referrals/referral_world.h"

namespace brokerage::matching {
namespace {

using ::testing::ElementsAre;
using v1::Referral;

using OutreachBudget = ReferralTest;

TEST_F(OutreachBudget, IsThreeTimesInSevenDays) {
  ASSERT_EQ(base::kDefaultOutreachBudget, 3);
  const std::string volunteer = world_.Volunteer(kAshford);
  const absl::Time first = world_.clock.Now();
  const auto offer = [&] {
    const auto begun = world_.Shortlist(kAshford, volunteer, world_.Role(kAshford));
    EXPECT_TRUE(begun.ok()) << begun.status();
    return Take(world_.Caseworker(kAshford), "OfferReferral", begun->name());
  };
  for (int hour = 0; hour < 3; ++hour) {
    world_.clock.Set(first + absl::Hours(hour));
    EXPECT_TRUE(offer().ok());
  }
  const auto refused = offer();
  EXPECT_EQ(Outline(refused.status()), "FAILED_PRECONDITION OUTREACH_BUDGET_SPENT");
  EXPECT_EQ(base::MetadataOf(refused.status(), "next_offer_time"), "2026-06-22T10:00:00+00:00");
  EXPECT_THAT(base::PreconditionFailureOf(refused.status()).violations(0).description(),
              ::testing::HasSubstr("not before 2026-06-22T10:00:00+00:00"));

  world_.clock.Set(first + absl::Hours(7 * 24) - absl::Microseconds(1));
  EXPECT_FALSE(offer().ok());
  world_.clock.Set(first + absl::Hours(7 * 24));
  EXPECT_TRUE(offer().ok());
  const auto next = offer();
  EXPECT_EQ(base::MetadataOf(next.status(), "next_offer_time"), "2026-06-22T11:00:00+00:00");
}

TEST_F(OutreachBudget, IsAVolunteersOwnAndIsNotGivenBack) {
  const std::string role = world_.Role(kAshford);
  const std::string volunteer = world_.Volunteer(kAshford);
  for (int i = 0; i < 3; ++i) {
    world_.Done("DeclineReferral", world_.At(Referral::STAGE_OFFERED, volunteer, world_.Role(kAshford)));
  }
  const auto begun = world_.Shortlist(kAshford, volunteer, role);
  ASSERT_TRUE(begun.ok());
  EXPECT_THAT(NeedsOf(Take(world_.Lead(), "OfferReferral", begun->name()).status()),
              ElementsAre("OUTREACH_BUDGET_SPENT"));
  world_.At(Referral::STAGE_OFFERED, world_.Volunteer(kAshford), role);
}

}  // namespace
}  // namespace brokerage::matching
