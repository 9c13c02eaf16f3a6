// The key that a service makes for itself on its first start and keeps in its store.
#pragma once

#include <string>

#include "absl/status/statusor.h"

#include "storage/store.h"

namespace brokerage::rpc {

// The key that signs page tokens and hashes requests; made when the store has none. Errors: the store's.
absl::StatusOr<std::string> LoadOrMakeHmacKey(storage::Store& store);

}  // namespace brokerage::rpc
