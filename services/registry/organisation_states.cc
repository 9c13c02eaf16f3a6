#include "services/registry/organisation_states.h"

namespace brokerage::registry {

const std::vector<rpc::Transition<v1::Organisation>>& OrganisationTransitions() {
  using Organisation = v1::Organisation;
  constexpr auto kActive = Organisation::STATE_ACTIVE;
  constexpr auto kSuspended = Organisation::STATE_SUSPENDED;
  constexpr auto kDeleted = Organisation::STATE_DELETED;
  static const auto& table = *new std::vector<rpc::Transition<Organisation>>{
      {"UpdateOrganisation", {kActive, kSuspended}, std::nullopt},
      {"RecordVerification", {kActive, kSuspended}, std::nullopt},
      {"SuspendOrganisation", {kActive}, kSuspended},
      {"ReinstateOrganisation", {kSuspended}, kActive},
      {"DeleteOrganisation", {kActive, kSuspended}, kDeleted},
      {"UndeleteOrganisation", {kDeleted}, std::nullopt},
  };
  return table;
}

}  // namespace brokerage::registry
