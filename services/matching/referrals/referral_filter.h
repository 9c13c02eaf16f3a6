// What ListReferrals may be filtered by.
#pragma once

#include <vector>

#include "absl/status/statusor.h"

#include "brokerage/matching/v1/referral.pb.h"
#include "services/rpc/filter.h"
#include "services/rpc/lists.h"
#include "storage/store.h"

namespace brokerage::matching {

const std::vector<rpc::FilterField<v1::Referral>>& ReferralFilterFields();

// Where all that match `filter` are: the live ones of a volunteer or of a role are known by name. Errors:
// FromStore's.
absl::StatusOr<rpc::Among> AmongReferrals(const rpc::Filter<v1::Referral>& filter,
                                          const storage::Store& store);

}  // namespace brokerage::matching
