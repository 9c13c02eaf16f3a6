// What ListReferrals may be filtered by.
#pragma once

#include <vector>

#include "absl/status/statusor.h"

#include "brokerage/matching/v1/referral.pb.h"
#include "services/matching/referrals/referral_book.h"
#include "services/rpc/filter.h"
#include "services/rpc/lists.h"
#include "services/rpc/policy.h"

namespace brokerage::matching {

const std::vector<rpc::FilterField<v1::Referral>>& ReferralFilterFields();

// Where all are that match `filter` and that `acting` sees. Errors: FromStore's.
absl::StatusOr<rpc::Among> AmongReferrals(const rpc::Filter<v1::Referral>& filter, const rpc::Acting& acting,
                                          const ReferralBook& book);

}  // namespace brokerage::matching
