// By what lists of roles are filtered.
#pragma once

#include <vector>

#include "brokerage/matching/v1/opportunity.pb.h"
#include "services/rpc/filter.h"

namespace brokerage::matching {

// docs/api.md lists the same. They are read of what the caller is shown: `state` is the one that is read.
const std::vector<rpc::FilterField<v1::Opportunity>>& OpportunityFilterFields();

}  // namespace brokerage::matching
