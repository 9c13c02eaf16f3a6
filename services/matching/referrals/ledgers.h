// What the referrals of a volunteer, and of a role, come to: kept beside them, so that nobody has to read
// them all. Written in the commit of the referral, and read by the index as they are.
#pragma once

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

#include "brokerage/matching/v1/referral.pb.h"
#include "brokerage/storage/v1/referral.pb.h"

namespace brokerage::matching {

// `pair` is a volunteer's with one role.
using PairLedger = storage::v1::VolunteerReferrals::Pair;

// The pair with `opportunity`, or null.
const PairLedger* FindPair(const storage::v1::VolunteerReferrals& volunteer, absl::string_view opportunity);

// `referral`, whose name, volunteer and opportunity are set, begins to live.
void BeginLife(const v1::Referral& referral, storage::v1::VolunteerReferrals& volunteer,
               storage::v1::OpportunityReferrals& opportunity);

// It is a placement from now on.
void HoldPlacement(const v1::Referral& referral, storage::v1::VolunteerReferrals& volunteer,
                   storage::v1::OpportunityReferrals& opportunity);

// It lives no longer, as a placement or otherwise. `declined`: because someone said no, just `now`. Pairs of
// which nothing is to be known any more are left out.
void EndLife(const v1::Referral& referral, bool declined, absl::Time now,
             storage::v1::VolunteerReferrals& volunteer, storage::v1::OpportunityReferrals& opportunity);

// When a volunteer may be asked again, after being asked as often as `budget` allows in
// base::kOutreachPeriod; nullopt: now.
std::optional<absl::Time> NextOffer(const storage::v1::VolunteerReferrals& volunteer, int budget,
                                    absl::Time now);

// The volunteer is asked `now`; what no longer counts is forgotten.
void CountOffer(absl::Time now, storage::v1::VolunteerReferrals& volunteer);

// The first London day on which a decline of `moment` no longer counts, as days since 1970-01-01.
int32_t QuietUntil(absl::Time moment);

}  // namespace brokerage::matching
