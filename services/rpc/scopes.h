// The scopes that credentials may be limited to: those that the contract's methods declare.
#pragma once

#include <set>
#include <string>

namespace brokerage::rpc {

// Of all services of the system, whichever of them this process runs: a credential is good at each.
const std::set<std::string>& KnownScopes();

}  // namespace brokerage::rpc
