// Words of the contract as the matcher's. A word that it does not know, as a later program may have stored,
// is the least.
#pragma once

#include "brokerage/common/v1/check.pb.h"
#include "brokerage/common/v1/sharing.pb.h"
#include "brokerage/matching/v1/opportunity.pb.h"
#include "brokerage/matching/v1/volunteer.pb.h"
#include "matcher/types.h"

namespace brokerage::matching {

matcher::Sharing ToFacts(common::v1::Sharing sharing);
matcher::CheckLevel ToFacts(common::v1::CheckLevel level);
matcher::VolunteerState ToFacts(v1::Volunteer::State state);
matcher::OpportunityState ToFacts(v1::Opportunity::State state);

// Of one; sets are united.
matcher::WorkforceSet ToFacts(common::v1::Workforce workforce);
matcher::BarredListSet ToFacts(common::v1::BarredList list);

}  // namespace brokerage::matching
