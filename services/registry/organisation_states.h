// What may be done to an organisation in which state.
#pragma once

#include <vector>

#include "brokerage/registry/v1/organisation.pb.h"
#include "services/rpc/transitions.h"

namespace brokerage::registry {

// Every method that changes an organisation has its row. Undelete's next state is the one before deletion.
const std::vector<rpc::Transition<v1::Organisation>>& OrganisationTransitions();

}  // namespace brokerage::registry
