// What becomes of live referrals when what they rest on ends: a volunteer leaves, a role is closed or
// deleted, a record is no longer shared. A placement ends, any other referral is withdrawn, each with its
// reason and in the same commit.
//
// A suspended organisation ends nothing: it may be reinstated. It holds up the steps that need it active.
#pragma once

#include "absl/status/statusor.h"

#include "brokerage/matching/v1/referral.pb.h"
#include "brokerage/storage/v1/record.pb.h"
#include "services/rpc/records.h"
#include "services/rpc/run.h"
#include "storage/store.h"

namespace brokerage::matching {

// Each is a consequence of a change that `call` makes of the record given, which it changes further. Errors:
// TOO_MANY_REFERRALS when more than base::kMaxReferralsEndedAtOnce would end, or more than one commit takes;
// the store's.

// The volunteer leaves.
absl::StatusOr<rpc::Beside> EndReferralsOf(const storage::Store& store, const rpc::Call& call,
                                           storage::v1::VolunteerRecord& volunteer);

// The role ends, for `reason`.
absl::StatusOr<rpc::Beside> EndReferralsOf(const storage::Store& store, const rpc::Call& call,
                                           v1::Referral::Reason reason,
                                           storage::v1::OpportunityRecord& opportunity);

// The record may be shared with fewer than before. Withdraws referrals between two centres of which now
// neither record is shared, but not those to which the volunteer has consented: that consent is their own,
// and stands.
absl::StatusOr<rpc::Beside> WithdrawUnshared(const storage::Store& store, const rpc::Call& call,
                                             const storage::v1::VolunteerRecord& before,
                                             storage::v1::VolunteerRecord& volunteer);
absl::StatusOr<rpc::Beside> WithdrawUnshared(const storage::Store& store, const rpc::Call& call,
                                             const storage::v1::OpportunityRecord& before,
                                             storage::v1::OpportunityRecord& opportunity);

}  // namespace brokerage::matching
