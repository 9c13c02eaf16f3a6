// The credentials of CentreService.

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"

#include "base/ids.h"
#include "base/resource_names.h"
#include "services/registry/centre_handlers.h"
#include "services/registry/credential_rules.h"
#include "services/registry/watch_stream.h"
#include "services/rpc/lists.h"
#include "services/rpc/moments.h"
#include "services/rpc/policy.h"
#include "services/rpc/requests.h"
#include "services/rpc/validate.h"

namespace brokerage::registry {
namespace {

using rpc::Call;
using v1::Credential;

// Credentials that are looked through at once for one of a lead administrator.
constexpr std::size_t kPage = 500;

Credential Shown(const storage::Stored<storage::v1::CredentialRecord>& stored, uint64_t epoch) {
  Credential credential = stored.message.credential();
  if (stored.sequence > 0) credential.set_etag(rpc::FormatEtag(epoch, stored.sequence));
  return credential;
}

}  // namespace

grpc::Status CentreHandlers::CreateCredential(grpc::ServerContext* context,
                                              const v1::CreateCredentialRequest* request,
                                              Credential* answer) {
  CredentialRecord record;
  Credential& credential = *record.mutable_credential();
  return runner_.Run(*context, *request, [&](const Call& call, base::Violations faults) -> absl::Status {
    rpc::CheckParent(request->parent(), false, faults);
    if (request->has_credential()) {
      credential = request->credential();
      rpc::ClearOutputOnly(credential);
      CheckCredential(credential, faults);
    }
    if (!faults.empty()) {
      CheckExpiry(credential, call.now(), faults);
      return faults.ToStatus();
    }
    if (auto acting = rpc::Policy::ActFor(call.caller(), request->parent()); !acting.ok())
      return acting.status();
    const auto centre = centres_.Get(request->parent());
    if (!centre.ok()) return centre.status();
    const std::vector<std::string> scopes(credential.scopes().begin(), credential.scopes().end());
    const absl::Status allowed = rpc::Policy::MayGrant(call.caller(), credential.role(), scopes,
                                                       request->parent(), centre->message.centre().lead());
    if (!allowed.ok()) return allowed;
    const auto maker = credentials_.Get(call.caller().credential);
    if (!maker.ok()) return maker.status();
    if (auto outlived = CheckOutlivedBy(maker->message.credential(), credential); !outlived.ok()) {
      return outlived;
    }
    credential.set_state(Credential::STATE_ACTIVE);
    *credential.mutable_create_time() = rpc::ToTimestamp(call.now());
    std::string secret;
    const auto make = [&]() -> absl::StatusOr<rpc::NewRecord<CredentialRecord>> {
      // Here, for a retry may come when what it made has expired.
      base::Violations of_the_moment;
      CheckExpiry(credential, call.now(), of_the_moment);
      if (!of_the_moment.empty()) return of_the_moment.ToStatus();
      const base::CredentialName name{{base::CentreName::Parse(request->parent())->centre, base::MintId()}};
      credential.set_name(name.Format());
      secret = rpc::MintToken(name.centre, name.id);
      record.set_secret_hash(rpc::HashToken(secret));
      return rpc::NewRecord<CredentialRecord>{credential.name(), record, {}};
    };
    const auto outcome = credentials_.Create(call, *request, request->validate_only(), make);
    if (!outcome.ok()) return outcome.status();
    if (outcome->replayed) return base::SecretAlreadyShown(outcome->stored.name);
    *answer = Shown(outcome->stored, credentials_.epoch());
    rpc::SetRevision(*outcome, rpc::Origin::kRegistry, *answer);
    if (request->validate_only()) {
      answer->clear_name();
      return absl::OkStatus();
    }
    directory_.Put(EntryFor(outcome->stored.message));
    answer->set_secret(secret);
    return absl::OkStatus();
  });
}

grpc::Status CentreHandlers::ListCredentials(grpc::ServerContext* context,
                                             const v1::ListCredentialsRequest* request,
                                             v1::ListCredentialsResponse* answer) {
  const auto check = [&](const Call&, base::Violations& violations) {
    rpc::CheckParent(request->parent(), true, violations);
  };
  return runner_.Run(*context, *request, check, [&](const Call& call) -> absl::Status {
    const auto acting = rpc::Policy::ActFor(call.caller(), request->parent());
    if (!acting.ok()) return acting.status();
    if (!acting->all) {
      if (auto centre = centres_.Get(acting->centre); !centre.ok()) return centre.status();
    }
    auto cursor = tokens_.Open(*request, call.caller().credential, call.now());
    if (!cursor.ok()) return cursor.status();
    rpc::ListQuery query;
    query.cursor = *std::move(cursor);
    query.page_size = rpc::PageSize(request->page_size());
    if (!acting->all) query.among.name_prefix = absl::StrCat(acting->centre, "/");
    const uint64_t epoch = credentials_.epoch();
    auto page = rpc::ReadPage<Credential, CredentialRecord>(
        call, credentials_.table(), query,
        [&](const storage::Stored<CredentialRecord>& stored) { return std::optional(Shown(stored, epoch)); });
    if (!page.ok()) return page.status();
    for (Credential& credential : page->items) *answer->add_credentials() = std::move(credential);
    if (!page->next_cursor.empty()) {
      answer->set_next_page_token(
          tokens_.Seal(*request, call.caller().credential, page->next_cursor, call.now()));
    }
    return absl::OkStatus();
  });
}

grpc::Status CentreHandlers::RevokeCredential(grpc::ServerContext* context,
                                              const v1::RevokeCredentialRequest* request,
                                              Credential* answer) {
  const auto check = [&](const Call&, base::Violations& violations) {
    rpc::CheckName<base::CredentialName>(request->name(), "name", violations);
  };
  return runner_.Run(*context, *request, check, [&](const Call& call) -> absl::Status {
    const std::string centre_name = base::CredentialName::Parse(request->name())->Parent().Format();
    // Another centre's credentials do not exist for the caller.
    if (!rpc::Policy::MayWrite(call.caller(), centre_name)) return base::NotFound(request->name());
    const auto change = [&](const storage::Stored<CredentialRecord>& stored,
                            CredentialRecord& record) -> absl::StatusOr<std::vector<storage::Guard>> {
      const auto centre = centres_.Get(centre_name);
      if (!centre.ok()) return centre.status();
      Credential& credential = *record.mutable_credential();
      // Who may give a role may take it away.
      const absl::Status allowed =
          rpc::Policy::MayGrant(call.caller(), credential.role(), call.caller().scopes, centre_name,
                                centre->message.centre().lead());
      if (!allowed.ok()) return allowed;
      if (auto same = rpc::CheckEtag(request->etag(), credentials_.epoch(), stored); !same.ok()) return same;
      if (auto active = CheckMayRevoke(credential); !active.ok()) return active;
      std::vector<storage::Guard> guards;
      if (CanAdminister(credential, call.now())) {
        auto guard = GuardOfAnotherLeadAdmin(stored.name, call.now());
        if (!guard.ok()) return guard.status();
        guards.push_back(*std::move(guard));
      }
      credential.set_state(Credential::STATE_REVOKED);
      *credential.mutable_revoke_time() = rpc::ToTimestamp(call.now());
      return guards;
    };
    const auto outcome = credentials_.Update(call, *request, false, request->name(), change);
    if (!outcome.ok()) return outcome.status();
    directory_.Put(EntryFor(outcome->stored.message));
    *answer = Shown(outcome->stored, credentials_.epoch());
    rpc::SetRevision(*outcome, rpc::Origin::kRegistry, *answer);
    return absl::OkStatus();
  });
}

grpc::Status CentreHandlers::GetCaller(grpc::ServerContext* context, const v1::GetCallerRequest* request,
                                       v1::Caller* answer) {
  return runner_.Run(*context, *request, [&](const Call& call) -> absl::Status {
    const rpc::Caller& caller = call.caller();
    const auto credential = credentials_.Get(caller.credential);
    if (!credential.ok()) return credential.status();
    const auto centre = centres_.Get(caller.centre);
    if (!centre.ok()) return centre.status();
    const Credential& recorded = credential->message.credential();
    answer->set_credential(caller.credential);
    answer->set_display_name(recorded.display_name());
    answer->set_centre(caller.centre);
    answer->set_centre_display_name(centre->message.centre().display_name());
    answer->set_role(caller.role);
    for (const std::string& scope : caller.scopes) answer->add_scopes(scope);
    if (recorded.has_expire_time()) *answer->mutable_expire_time() = recorded.expire_time();
    return absl::OkStatus();
  });
}

grpc::Status CentreHandlers::WatchCredentials(grpc::ServerContext* context,
                                              const v1::WatchCredentialsRequest* request,
                                              grpc::ServerWriter<v1::WatchCredentialsResponse>* writer) {
  return runner_.Run(*context, *request, [&](const Call& call) {
    return ServeWatch<CredentialRecord, v1::WatchCredentialsResponse>(
        credential_watch_, call, *context, request->resume_revision(), *writer,
        [](const CredentialRecord& record, v1::WatchCredentialsResponse& response) {
          *response.mutable_credential() = WatchedPart(record);
        });
  });
}

absl::StatusOr<storage::Guard> CentreHandlers::GuardOfAnotherLeadAdmin(const std::string& revoked,
                                                                       absl::Time now) const {
  std::string after;
  while (true) {
    const auto page = credentials_.table().List("", after, kPage);
    if (!page.ok()) return rpc::FromStore(page.status());
    for (const auto& other : *page) {
      const Credential& credential = other.message.credential();
      if (other.name != revoked && CanAdminister(credential, now)) {
        return storage::Guard::At(credentials_.table().Key(other.name), other.sequence);
      }
    }
    if (page->size() < kPage) return base::LastLeadAdmin(revoked);
    after = page->back().name;
  }
}

}  // namespace brokerage::registry
