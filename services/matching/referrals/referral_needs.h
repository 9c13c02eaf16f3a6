// What the steps of referrals need.
#pragma once

#include "absl/status/status.h"

#include "brokerage/matching/v1/referral.pb.h"
#include "services/matching/context.h"
#include "services/matching/referrals/referral_stages.h"
#include "services/rpc/run.h"
#include "services/rpc/working_set.h"

namespace brokerage::matching {

// Whether all that `step` needs besides the stage holds of `referral` now; what is read of `records` is
// guarded. That the pair is a match (Need::kMatch) is judged where a referral begins. Errors: NeedsNotMet
// with all that does not hold, its reason the first of it; RegistryNeverSeen; the store's.
absl::Status CheckNeeds(const Context& context, const rpc::Call& call, const ReferralStep& step,
                        const v1::Referral& referral, rpc::WorkingSet& records);

}  // namespace brokerage::matching
