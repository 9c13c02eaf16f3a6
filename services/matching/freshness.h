// Reading what was just written, here or at the registry.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

#include "base/errors.h"
#include "services/matching/context.h"
#include "services/matching/registry_follower.h"
#include "services/rpc/run.h"

namespace brokerage::matching {

// Adds a fault of at_least_as_fresh when `token` is neither empty nor a consistency token.
void CheckToken(absl::string_view token, base::Violations& violations);

// Thread-safe.
class Freshness {
 public:
  Freshness(IndexGate& index, const RegistryFollower& registry) : index_(index), registry_(registry) {}

  // Waits until the index has what `token` stands for (at_least_as_fresh; empty: nothing to wait for), 2
  // seconds at most. Errors: INVALID_ARGUMENT for a malformed token; NotYetVisible; EpochChanged when the
  // store was restored since.
  absl::Status Await(const rpc::Call& call, absl::string_view token) const;

 private:
  IndexGate& index_;
  const RegistryFollower& registry_;
};

}  // namespace brokerage::matching
