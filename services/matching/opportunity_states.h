// Where a role stands, and the steps between.
#pragma once

#include <vector>

#include "absl/time/time.h"

#include "base/errors.h"
#include "brokerage/matching/v1/opportunity.pb.h"
#include "services/rpc/transitions.h"

namespace brokerage::matching {

using OpportunityTransition = rpc::Transition<v1::Opportunity>;

// The whole table, by the states that are read; docs/api.md shows the same. UpdateOpportunity is in it too.
const std::vector<OpportunityTransition>& OpportunityTransitions();

// The state that is read of a stored role: one that is stored as open is filled when every place is, else
// expired from `expire_time` on.
v1::Opportunity::State EffectiveState(const v1::Opportunity& stored, absl::Time now);

// Whether a role in `state` was handed in and is not over: what handing in needs must go on holding.
bool IsHandedIn(v1::Opportunity::State state);

// Adds what `opportunity` lacks to be handed in, each under `path` and the field's name: an organisation, and
// a place unless it is remote.
void CheckHandedIn(const v1::Opportunity& opportunity, absl::string_view path, base::Violations& lacks);

}  // namespace brokerage::matching
