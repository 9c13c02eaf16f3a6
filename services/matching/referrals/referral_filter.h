// What ListReferrals may be filtered by.
#pragma once

#include <vector>

#include "brokerage/matching/v1/referral.pb.h"
#include "services/rpc/filter.h"

namespace brokerage::matching {

const std::vector<rpc::FilterField<v1::Referral>>& ReferralFilterFields();

}  // namespace brokerage::matching
