// What callers see of organisations, and what they may ask for them by.
#pragma once

#include <vector>

#include "brokerage/registry/v1/organisation.pb.h"
#include "brokerage/storage/v1/record.pb.h"
#include "services/rpc/caller.h"
#include "services/rpc/filter.h"
#include "storage/typed.h"

namespace brokerage::registry {

// Everyone sees every organisation. Whom to ask there and why it was suspended are for its managing centre
// and the lead administrator.
v1::Organisation Shown(const rpc::Caller& caller,
                       const storage::Stored<storage::v1::OrganisationRecord>& stored, uint64_t epoch);

// The part that everyone sees, without an etag: what watches tell.
v1::Organisation PublicPart(v1::Organisation organisation);

// Of what is shown: nobody learns by a filter what it does not see.
const std::vector<rpc::FilterField<v1::Organisation>>& OrganisationFilterFields();

}  // namespace brokerage::registry
