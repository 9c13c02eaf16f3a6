// The registry, put together over a store: what main.cc serves on a port and tests serve in process.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "base/clock.h"
#include "base/limits.h"
#include "reference/districts.h"
#include "reference/places.h"
#include "services/registry/admin_handlers.h"
#include "services/rpc/metrics.h"
#include "services/rpc/mutations.h"
#include "storage/store.h"

namespace grpc {
class Service;
}

namespace brokerage::registry {

struct RegistryOptions {
  AdminOptions admin;
  // Of watches.
  absl::Duration heartbeat_period = base::kHeartbeatPeriod;
  absl::Duration longest_write = base::kLongestStreamWrite;
};

// Thread-safe. The collaborators outlive it, and it outlives the server.
class Registry {
 public:
  // Over a store that Bootstrap has seen. Errors: FAILED_PRECONDITION when a method of the contract declares
  // no access; the store's.
  static absl::StatusOr<std::unique_ptr<Registry>> Create(storage::Store& store,
                                                          const reference::Districts& districts,
                                                          std::shared_ptr<const reference::PlaceIndex> places,
                                                          const base::Clock& clock, rpc::Metrics& metrics,
                                                          RegistryOptions options);
  ~Registry();

  // What rpc::Server serves, and the names for health.
  std::vector<grpc::Service*> services();
  std::vector<std::string> service_names() const;
  const rpc::Mutations& mutations() const;

  // Takes `places` into use, and places again what is known better by them. Errors: the store's.
  absl::Status UsePlaces(std::shared_ptr<const reference::PlaceIndex> places);

  // Sets the gauges of the registry's own: what is counted lags by up to a minute. For one thread.
  void SetGauges(rpc::Metrics& metrics);

  // Ends the watches and lets no new one begin: before the server stops, which waits for them.
  void EndWatches();

 private:
  struct Impl;
  explicit Registry(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace brokerage::registry
