// The one place that decides who may do what; handlers ask it and decide nothing themselves.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "base/resource_names.h"
#include "services/rpc/caller.h"
#include "services/rpc/methods.h"

namespace brokerage::rpc {

// For whom a call acts: one centre, or all of them.
struct Acting {
  std::string centre;  // `centres/{centre}`; empty when `all`
  bool all = false;    // the lead administrator, unrestricted
};

class Policy {
 public:
  // Whether `caller` may call `method` at all. Errors: PermissionDenied (its role is too low), ScopeMissing,
  // CredentialMissing (the public).
  static absl::Status MayCall(const MethodInfo& method, const Caller& caller);

  // For whom a request with `parent` acts. A caller acts for its own centre; the lead administrator for any,
  // seeing what that one sees, or for `centres/-`, seeing all. Errors: INVALID_ARGUMENT for a malformed
  // parent; PermissionDenied for another centre.
  static absl::StatusOr<Acting> ActFor(const Caller& caller, absl::string_view parent);

  // For whom a request that names a resource acts: the caller's own centre, or all for the lead
  // administrator.
  static Acting ActAs(const Caller& caller);

  // Whether `caller` may change what belongs to `centre`.
  static bool MayWrite(const Caller& caller, absl::string_view centre);

  // Whether `caller` may give a credential of `centre` the `role` and `scopes` (none: all that the role may
  // do): never more than the caller has. Errors: PermissionDenied.
  static absl::Status MayGrant(const Caller& caller, common::v1::Role role,
                               const std::vector<std::string>& scopes, absl::string_view centre,
                               bool centre_is_lead);
};

}  // namespace brokerage::rpc
