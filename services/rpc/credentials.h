// The credentials that let callers in, kept in memory by hash: the registry fills it from its store, the
// matching service from what the watch told it.
#pragma once

#include <functional>
#include <memory>
#include <shared_mutex>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

#include "services/rpc/caller.h"

namespace brokerage::rpc {

// A credential without its secret.
struct CredentialEntry {
  Caller caller;
  std::string secret_hash;  // SHA-256 of the bearer token, 32 raw bytes
  absl::Time expire_time = absl::InfiniteFuture();
  bool revoked = false;
};

// A bearer token: `vb_{centre id}_{credential id}_{secret}`. The first parts tell a reader whose it is; only
// the whole counts. The secret has 256 random bits, so a plain hash of it cannot be guessed back.
std::string MintToken(absl::string_view centre_id, absl::string_view credential_id);
std::string HashToken(absl::string_view token);

// Thread-safe.
class CredentialDirectory {
 public:
  // Of a service whose own store has all credentials: whoever is not in it is unknown.
  CredentialDirectory() = default;
  // Of a service that hears them from elsewhere, and can say of nobody that he is unknown until SetSeen.
  // `on_seen` is called then, once.
  explicit CredentialDirectory(std::function<void()> on_seen) : seen_(false), on_seen_(std::move(on_seen)) {}

  // Adds the credential, or replaces the one of its name. A revocation is for good: an entry that is not
  // revoked does not replace one that is, in whatever order they come.
  void Put(CredentialEntry entry);
  // Replaces all, revocations too.
  void Reset(std::vector<CredentialEntry> entries);
  // Says that all that there were have been put, once.
  void SetSeen();

  // The caller that an `authorization` header stands for. Errors: CredentialMissing (no bearer token),
  // CredentialInvalid (unknown, revoked or expired), RegistryNeverSeen (not known yet).
  absl::StatusOr<Caller> Authenticate(absl::string_view authorization, absl::Time now) const;

  // Whether the credential of this name lets anyone in at `now`: what a long stream asks of its caller.
  bool IsValid(absl::string_view credential, absl::Time now) const;

  // Whether all credentials were known at some time.
  bool EverSeen() const;
  std::size_t size() const;

 private:
  using Shared = std::shared_ptr<const CredentialEntry>;
  void PutLocked(CredentialEntry entry);

  mutable std::shared_mutex mutex_;
  bool seen_ = true;
  const std::function<void()> on_seen_;
  absl::flat_hash_map<std::string, Shared> by_hash_;
  absl::flat_hash_map<std::string, Shared> by_name_;
};

}  // namespace brokerage::rpc
