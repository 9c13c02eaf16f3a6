#include "services/rpc/credentials.h"

#include <mutex>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

#include "base/digest.h"
#include "base/errors.h"

namespace brokerage::rpc {
namespace {

constexpr absl::string_view kScheme = "bearer ";
constexpr std::size_t kSecretBytes = 32;

}  // namespace

std::string MintToken(absl::string_view centre_id, absl::string_view credential_id) {
  return absl::StrCat("vb_", centre_id, "_", credential_id, "_",
                      base::HexEncode(base::RandomBytes(kSecretBytes)));
}

std::string HashToken(absl::string_view token) { return base::Sha256(token); }

void CredentialDirectory::Put(CredentialEntry entry) {
  const std::unique_lock lock(mutex_);
  PutLocked(std::move(entry));
}

void CredentialDirectory::Reset(std::vector<CredentialEntry> entries) {
  const std::unique_lock lock(mutex_);
  by_hash_.clear();
  by_name_.clear();
  for (CredentialEntry& entry : entries) PutLocked(std::move(entry));
}

void CredentialDirectory::SetSeen() {
  {
    const std::unique_lock lock(mutex_);
    if (seen_) return;
    seen_ = true;
  }
  if (on_seen_) on_seen_();
}

void CredentialDirectory::PutLocked(CredentialEntry entry) {
  const auto shared = std::make_shared<const CredentialEntry>(std::move(entry));
  Shared& named = by_name_[shared->caller.credential];
  if (named != nullptr) {
    if (named->revoked && !shared->revoked) return;
    by_hash_.erase(named->secret_hash);
  }
  named = shared;
  by_hash_[shared->secret_hash] = shared;
}

absl::StatusOr<Caller> CredentialDirectory::Authenticate(absl::string_view authorization,
                                                         absl::Time now) const {
  if (!absl::StartsWithIgnoreCase(authorization, kScheme)) return base::CredentialMissing();
  const absl::string_view token = absl::StripAsciiWhitespace(authorization.substr(kScheme.size()));
  if (token.empty()) return base::CredentialMissing();
  // Looking up by the hash leaks nothing by its timing: whoever could use it would have to invert SHA-256.
  const std::string hash = HashToken(token);
  const std::shared_lock lock(mutex_);
  const auto found = by_hash_.find(hash);
  if (found == by_hash_.end()) return seen_ ? base::CredentialInvalid() : base::RegistryNeverSeen();
  const CredentialEntry& entry = *found->second;
  if (entry.revoked || now >= entry.expire_time) return base::CredentialInvalid();
  return entry.caller;
}

bool CredentialDirectory::IsValid(absl::string_view credential, absl::Time now) const {
  const std::shared_lock lock(mutex_);
  const auto found = by_name_.find(credential);
  return found != by_name_.end() && !found->second->revoked && now < found->second->expire_time;
}

bool CredentialDirectory::EverSeen() const {
  const std::shared_lock lock(mutex_);
  return seen_;
}

std::size_t CredentialDirectory::size() const {
  const std::shared_lock lock(mutex_);
  return by_name_.size();
}

}  // namespace brokerage::rpc
