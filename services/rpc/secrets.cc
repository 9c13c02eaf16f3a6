#include "services/rpc/secrets.h"

#include "base/digest.h"
#include "brokerage/storage/v1/record.pb.h"
#include "storage/keys.h"
#include "storage/typed.h"

namespace brokerage::rpc {
namespace {

constexpr absl::string_view kName = "service";
constexpr std::size_t kKeyBytes = 32;

}  // namespace

absl::StatusOr<std::string> LoadOrMakeHmacKey(storage::Store& store) {
  const storage::Table<storage::v1::ServiceSecrets> secrets(store, storage::kSecrets);
  const auto stored = secrets.Get(kName);
  if (!stored.ok()) return stored.status();
  if (stored->has_value()) return (*stored)->message.hmac_key();
  storage::v1::ServiceSecrets made;
  made.set_hmac_key(base::RandomBytes(kKeyBytes));
  storage::CommitRequest commit;
  commit.guards.push_back(storage::Guard::Absent(secrets.Key(kName)));
  commit.writes.push_back(secrets.Put(kName, made));
  if (const auto done = store.Commit(std::move(commit)); !done.ok()) return done.status();
  return made.hmac_key();
}

}  // namespace brokerage::rpc
