#include "services/matching/registry_views.h"

#include "absl/time/time.h"

namespace brokerage::matching {

storage::v1::OrganisationView ViewOf(const registry::v1::Organisation& organisation,
                                     absl::string_view revision) {
  storage::v1::OrganisationView view;
  view.set_name(organisation.name());
  view.set_display_name(organisation.display_name());
  view.set_state(organisation.state());
  view.set_revision(std::string(revision));
  return view;
}

storage::v1::CredentialView ViewOf(const registry::v1::WatchedCredential& credential) {
  storage::v1::CredentialView view;
  view.set_name(credential.name());
  view.set_secret_hash(credential.secret_hash());
  view.set_centre(credential.centre());
  view.set_role(credential.role());
  *view.mutable_scopes() = credential.scopes();
  if (credential.has_expire_time()) *view.mutable_expire_time() = credential.expire_time();
  view.set_revoked(credential.state() != registry::v1::Credential::STATE_ACTIVE);
  return view;
}

matcher::OrganisationStanding StandingIn(const storage::v1::OrganisationView& view) {
  switch (view.state()) {
    case registry::v1::Organisation::STATE_ACTIVE:
      return matcher::OrganisationStanding::kActive;
    case registry::v1::Organisation::STATE_SUSPENDED:
      return matcher::OrganisationStanding::kSuspended;
    case registry::v1::Organisation::STATE_DELETED:
      return matcher::OrganisationStanding::kDeleted;
    default:
      return matcher::OrganisationStanding::kUnknown;
  }
}

rpc::CredentialEntry EntryFor(const storage::v1::CredentialView& view) {
  rpc::CredentialEntry entry;
  entry.caller.credential = view.name();
  entry.caller.centre = view.centre();
  entry.caller.role = view.role();
  entry.caller.scopes.assign(view.scopes().begin(), view.scopes().end());
  entry.secret_hash = view.secret_hash();
  if (view.has_expire_time()) {
    entry.expire_time =
        absl::FromUnixSeconds(view.expire_time().seconds()) + absl::Nanoseconds(view.expire_time().nanos());
  }
  entry.revoked = view.revoked();
  return entry;
}

}  // namespace brokerage::matching
