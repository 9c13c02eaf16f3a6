// What may be done to an organisation in which state.
#pragma once

#include "brokerage/registry/v1/organisation.pb.h"
#include "services/registry/state_table.h"

namespace brokerage::registry {

// Every method that changes an organisation has its row. Undelete's next state is the one before deletion.
const StateTable<v1::Organisation::State>& OrganisationStates();

}  // namespace brokerage::registry
