// Follows the registry: its organisations, its centres and its credentials, each by its watch.
#pragma once

#include <functional>
#include <grpcpp/channel.h>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"

#include "base/clock.h"
#include "brokerage/matching/v1/admin_service.pb.h"
#include "services/matching/context.h"
#include "services/matching/registry_state.h"
#include "services/matching/registry_watch.h"
#include "services/rpc/credentials.h"
#include "storage/store.h"

namespace brokerage::matching {

// Thread-safe. Everything that it is given outlives it.
class RegistryFollower {
 public:
  // `on_applied` is called whenever what Await waits for may have come.
  RegistryFollower(
      storage::Store& store, IndexGate& index, const OrganisationViews& organisations,
      const rpc::CredentialDirectory& credentials, const base::Clock& clock,
      std::shared_ptr<grpc::Channel> channel, WatchOptions options, std::function<void()> on_applied = [] {});
  ~RegistryFollower();

  // Errors: the store's. That the registry is away is none.
  absl::Status Start();
  void Stop();

  // Waits until what the registry wrote up to `revision` is in the index. Errors: NotYetVisible.
  absl::Status Await(const rpc::ConsistencyToken& revision, absl::Time deadline) const;

  // How old the view of the registry is: the oldest of the watches.
  v1::RegistryView View(absl::Time now) const;

 private:
  struct Watches;

  const OrganisationViews& organisations_;
  const rpc::CredentialDirectory& credentials_;
  WatchState organisations_state_;
  WatchState centres_state_;
  WatchState credentials_state_;
  std::unique_ptr<Watches> watches_;
};

}  // namespace brokerage::matching
