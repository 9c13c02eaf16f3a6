#include "services/registry/credential_rules.h"

#include "absl/strings/str_cat.h"

#include "base/resource_names.h"
#include "services/rpc/moments.h"
#include "services/rpc/scopes.h"
#include "services/rpc/transitions.h"
#include "services/rpc/validate.h"

namespace brokerage::registry {
namespace {

using v1::Credential;

std::string CentreOf(const Credential& credential) {
  const auto name = base::CredentialName::Parse(credential.name());
  return name ? name->Parent().Format() : std::string();
}

}  // namespace

void CheckCredential(const Credential& credential, base::Violations& violations) {
  rpc::CheckMessage(credential, "credential.", violations);
  if (credential.role() == common::v1::ROLE_PUBLIC) {
    violations.Add("credential.role", "must be more than ROLE_PUBLIC, which needs no credential");
  }
  for (int i = 0; i < credential.scopes_size(); ++i) {
    if (credential.scopes(i).empty() || rpc::KnownScopes().count(credential.scopes(i)) > 0) continue;
    violations.Add(absl::StrCat("credential.scopes[", i, "]"), "is no scope of any method");
  }
}

void CheckExpiry(const Credential& credential, absl::Time now, base::Violations& violations) {
  if (credential.has_expire_time() && rpc::ToTime(credential.expire_time()) <= now) {
    violations.Add("credential.expire_time", "must be in the future");
  }
}

absl::Status CheckOutlivedBy(const Credential& maker, const Credential& made) {
  if (!maker.has_expire_time()) return absl::OkStatus();
  const absl::Time end = rpc::ToTime(maker.expire_time());
  if (made.has_expire_time() && rpc::ToTime(made.expire_time()) <= end) return absl::OkStatus();
  return base::PermissionDenied(
      absl::StrCat("This credential expires at ", absl::FormatTime(end, absl::UTCTimeZone()),
                   ", and makes none that outlives it: set an expire_time no later than that."));
}

absl::Status CheckMayRevoke(const Credential& credential) {
  static const rpc::Transition<Credential> kRevoke = {
      "RevokeCredential", {Credential::STATE_ACTIVE}, Credential::STATE_REVOKED};
  return rpc::CheckTransition(kRevoke, credential.state(), credential);
}

bool CanAdminister(const Credential& credential, absl::Time now) {
  return credential.role() == common::v1::ROLE_LEAD_ADMIN && credential.scopes().empty() &&
         credential.state() == Credential::STATE_ACTIVE &&
         (!credential.has_expire_time() || now < rpc::ToTime(credential.expire_time()));
}

rpc::CredentialEntry EntryFor(const storage::v1::CredentialRecord& record) {
  const Credential& credential = record.credential();
  rpc::CredentialEntry entry;
  entry.caller.credential = credential.name();
  entry.caller.centre = CentreOf(credential);
  entry.caller.role = credential.role();
  entry.caller.scopes.assign(credential.scopes().begin(), credential.scopes().end());
  entry.secret_hash = record.secret_hash();
  if (credential.has_expire_time()) entry.expire_time = rpc::ToTime(credential.expire_time());
  entry.revoked = credential.state() != Credential::STATE_ACTIVE;
  return entry;
}

v1::WatchedCredential WatchedPart(const storage::v1::CredentialRecord& record) {
  const Credential& credential = record.credential();
  v1::WatchedCredential watched;
  watched.set_name(credential.name());
  watched.set_secret_hash(record.secret_hash());
  watched.set_centre(CentreOf(credential));
  watched.set_role(credential.role());
  *watched.mutable_scopes() = credential.scopes();
  if (credential.has_expire_time()) *watched.mutable_expire_time() = credential.expire_time();
  watched.set_state(credential.state());
  return watched;
}

}  // namespace brokerage::registry
