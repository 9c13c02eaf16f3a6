#include "services/matching/referrals/ledgers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/clock.h"
#include "base/limits.h"
#include "services/rpc/moments.h"
#include "tests/support/messages.h"

namespace brokerage::matching {
namespace {

using storage::v1::OpportunityReferrals;
using storage::v1::VolunteerReferrals;
using support::Holds;
using support::Parse;

const absl::Time kNow = absl::FromUnixSeconds(1'781'517'600);  // 2026-06-15T10:00Z

v1::Referral ReferralOf(const std::string& id) {
  return Parse<v1::Referral>("name: 'r" + id + "' volunteer: 'v' opportunity: 'o" + id + "'");
}

TEST(Ledgers, FollowAReferral) {
  VolunteerReferrals volunteer;
  OpportunityReferrals role;
  BeginLife(ReferralOf("1"), volunteer, role);
  EXPECT_THAT(volunteer, Holds("pairs { opportunity: 'o1' live_referral: 'r1' }"));
  EXPECT_THAT(role, Holds("live { referral: 'r1' volunteer: 'v' placed: false }"));
  HoldPlacement(ReferralOf("1"), volunteer, role);
  EXPECT_THAT(volunteer, Holds("placements { opportunity: 'o1' referral: 'r1' }"));
  EXPECT_THAT(role, Holds("live { referral: 'r1' placed: true }"));
  EndLife(ReferralOf("1"), false, kNow, volunteer, role);
  EXPECT_EQ(volunteer.ByteSizeLong(), 0U);
  EXPECT_EQ(role.ByteSizeLong(), 0U);
}

TEST(Ledgers, ANoIsKeptForAsLongAsItCounts) {
  VolunteerReferrals volunteer;
  OpportunityReferrals role;
  BeginLife(ReferralOf("1"), volunteer, role);
  EndLife(ReferralOf("1"), true, kNow, volunteer, role);
  ASSERT_NE(FindPair(volunteer, "o1"), nullptr);
  EXPECT_EQ(rpc::ToTime(FindPair(volunteer, "o1")->decline_time()), kNow);
  EXPECT_EQ(FindPair(volunteer, "o2"), nullptr);
  const absl::CivilDay quiet_until = base::LondonDate(kNow) + base::kQuietDaysAfterDecline;
  EXPECT_EQ(QuietUntil(kNow), quiet_until - absl::CivilDay(1970, 1, 1));
  const auto at = [&](absl::CivilDay day) { return absl::FromCivil(day, base::LondonTimeZone()); };
  BeginLife(ReferralOf("2"), volunteer, role);
  EndLife(ReferralOf("2"), false, at(quiet_until) - absl::Nanoseconds(1), volunteer, role);
  EXPECT_NE(FindPair(volunteer, "o1"), nullptr);
  BeginLife(ReferralOf("2"), volunteer, role);
  EndLife(ReferralOf("2"), false, at(quiet_until), volunteer, role);
  EXPECT_EQ(FindPair(volunteer, "o1"), nullptr);
}

TEST(Ledgers, ANewReferralDoesNotHideANo) {
  VolunteerReferrals volunteer;
  OpportunityReferrals role;
  BeginLife(ReferralOf("1"), volunteer, role);
  EndLife(ReferralOf("1"), true, kNow, volunteer, role);
  BeginLife(ReferralOf("1"), volunteer, role);
  EXPECT_EQ(volunteer.pairs_size(), 1);
  EXPECT_THAT(volunteer.pairs(0), Holds("live_referral: 'r1' decline_time { seconds: 1781517600 }"));
}

TEST(Ledgers, OffersCountForSevenDays) {
  VolunteerReferrals volunteer;
  EXPECT_EQ(NextOffer(volunteer, 1, kNow), std::nullopt);
  CountOffer(kNow, volunteer);
  CountOffer(kNow + absl::Hours(1), volunteer);
  const absl::Time last = kNow + base::kOutreachPeriod - absl::Nanoseconds(1'000);
  EXPECT_EQ(NextOffer(volunteer, 2, last), kNow + base::kOutreachPeriod);
  EXPECT_EQ(NextOffer(volunteer, 1, last), kNow + absl::Hours(1) + base::kOutreachPeriod);
  EXPECT_EQ(NextOffer(volunteer, 3, last), std::nullopt);
  EXPECT_EQ(NextOffer(volunteer, 2, kNow + base::kOutreachPeriod), std::nullopt);
  CountOffer(kNow + base::kOutreachPeriod, volunteer);
  EXPECT_EQ(volunteer.offer_times_size(), 2);  // the first is forgotten
}

}  // namespace
}  // namespace brokerage::matching
