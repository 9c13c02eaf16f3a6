#include "services/rpc/policy.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

#include "base/errors.h"
#include "services/rpc/requests.h"

namespace brokerage::rpc {
namespace {

bool RoleSuffices(const common::v1::Access& access, common::v1::Role role) {
  if (!common::v1::Role_IsValid(role)) return false;
  if (role == common::v1::ROLE_SERVICE) return access.service() || access.minimum_role() == role;
  return access.minimum_role() != common::v1::ROLE_SERVICE && role >= access.minimum_role();
}

bool HasScope(const Caller& caller, const std::string& scope) {
  return std::find(caller.scopes.begin(), caller.scopes.end(), scope) != caller.scopes.end();
}

}  // namespace

absl::Status Policy::MayCall(const MethodInfo& method, const Caller& caller) {
  if (!RoleSuffices(method.access, caller.role)) {
    if (caller.role == common::v1::ROLE_PUBLIC) return base::CredentialMissing();
    return base::PermissionDenied(
        absl::StrCat(method.name, " needs ", common::v1::Role_Name(method.access.minimum_role()),
                     "; this credential has ", common::v1::Role_Name(caller.role), "."));
  }
  if (caller.scopes.empty() || method.access.scope().empty()) return absl::OkStatus();
  if (HasScope(caller, method.access.scope())) return absl::OkStatus();
  return base::ScopeMissing(method.access.scope());
}

absl::StatusOr<Acting> Policy::ActFor(const Caller& caller, absl::string_view parent) {
  const auto name = base::CentreName::Parse(parent);
  if (!name) return base::InvalidField("parent", MustBe<base::CentreName>());
  if (caller.IsLeadAdmin()) {
    if (name->IsAll()) return Acting{"", true};
    return Acting{name->Format(), false};
  }
  if (parent == caller.centre) return Acting{caller.centre, false};
  return base::PermissionDenied(absl::StrCat("This credential acts for ", caller.centre, " only."));
}

Acting Policy::ActAs(const Caller& caller) {
  return caller.IsLeadAdmin() ? Acting{"", true} : Acting{caller.centre, false};
}

bool Policy::MayWrite(const Caller& caller, absl::string_view centre) {
  return caller.IsLeadAdmin() || caller.centre == centre;
}

absl::Status Policy::MayGrant(const Caller& caller, common::v1::Role role,
                              const std::vector<std::string>& scopes, absl::string_view centre,
                              bool centre_is_lead) {
  if (!MayWrite(caller, centre)) {
    return base::PermissionDenied(absl::StrCat("This credential acts for ", caller.centre, " only."));
  }
  const bool lead_only = role == common::v1::ROLE_LEAD_ADMIN || role == common::v1::ROLE_SERVICE;
  if (lead_only && !(caller.IsLeadAdmin() && centre_is_lead)) {
    return base::PermissionDenied(
        absl::StrCat(common::v1::Role_Name(role), " is for the lead centre, by its administrator."));
  }
  if (caller.scopes.empty()) return absl::OkStatus();
  const auto has = [&](const std::string& scope) { return HasScope(caller, scope); };
  if (scopes.empty() || !std::all_of(scopes.begin(), scopes.end(), has)) {
    return base::PermissionDenied("This credential is limited to scopes, and deals with no wider ones.");
  }
  return absl::OkStatus();
}

}  // namespace brokerage::rpc
