// The credentials that let callers in, kept in memory by hash: the registry fills it from its store, the
// matching service from what the watch told it.
#pragma once

#include <memory>
#include <shared_mutex>
#include <string>
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
  // Adds the credential, or replaces the one of its name. A revocation is for good: an entry that is not
  // revoked does not replace one that is, in whatever order they come.
  void Put(CredentialEntry entry);
  // Replaces all, revocations too.
  void Reset(std::vector<CredentialEntry> entries);

  // The caller that an `authorization` header stands for. Errors: CredentialMissing (no bearer token),
  // CredentialInvalid (unknown, revoked or expired).
  absl::StatusOr<Caller> Authenticate(absl::string_view authorization, absl::Time now) const;

  // Whether the credential of this name lets anyone in at `now`: what a long stream asks of its caller.
  bool IsValid(absl::string_view credential, absl::Time now) const;

  std::size_t size() const;

 private:
  using Shared = std::shared_ptr<const CredentialEntry>;
  void PutLocked(CredentialEntry entry);

  mutable std::shared_mutex mutex_;
  absl::flat_hash_map<std::string, Shared> by_hash_;
  absl::flat_hash_map<std::string, Shared> by_name_;
};

}  // namespace brokerage::rpc
