// Reading what was just written, here or at the registry.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

#include "base/errors.h"
#include "services/matching/context.h"
#include "services/matching/registry_follower.h"
#include "services/rpc/run.h"
#include "services/rpc/tokens.h"
#include "services/rpc/waiting.h"

namespace brokerage::matching {

// Adds a fault of at_least_as_fresh when `token` is neither empty nor a consistency token.
void CheckToken(absl::string_view token, base::Violations& violations);

// Thread-safe.
class Freshness {
 public:
  // `news` is told whenever the index or what is known of the registry has moved on.
  Freshness(IndexGate& index, const RegistryFollower& registry, rpc::News& news)
      : index_(index), registry_(registry), news_(news) {}

  // Waits until the index has what `token` stands for (at_least_as_fresh; empty: nothing to wait for), 2
  // seconds at most; a call that has a parking waits by that, and its handler returns what this returns.
  // Errors: INVALID_ARGUMENT for a malformed token; NotYetVisible; EpochChanged when the store was restored
  // since.
  absl::Status Await(const rpc::Call& call, absl::string_view token) const;

 private:
  // On the call's own thread, for as long as its caller is there.
  absl::Status WaitHere(const rpc::Call& call, const rpc::ConsistencyToken& revision,
                        absl::Time deadline) const;
  absl::Status AwaitUntil(const rpc::ConsistencyToken& revision, absl::Time deadline) const;
  // Whether waiting longer changes nothing of what AwaitUntil says `now`.
  static bool IsSettled(const rpc::ConsistencyToken& revision, const absl::Status& now);

  IndexGate& index_;
  const RegistryFollower& registry_;
  rpc::News& news_;
};

}  // namespace brokerage::matching
