// The whole matching service in one object: what main.cc wires to a real store, a real clock and a real
// network, and tests to others.
#pragma once

#include <functional>
#include <grpcpp/channel.h>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "base/clock.h"
#include "base/limits.h"
#include "matcher/columnar/columnar_index.h"
#include "matcher/index.h"
#include "matcher/world.h"
#include "reference/districts.h"
#include "reference/places.h"
#include "reference/waters.h"
#include "services/rpc/server.h"
#include "storage/store.h"

namespace brokerage::matching {

struct MatchingServerOptions {
  rpc::ServerOptions server;
  std::string backups_dir;  // empty: no backups
  std::string engine;       // what GetStatus names
  int format_version = 0;
  absl::Duration freshness_period = base::kDefaultFreshnessPeriod;
  int outreach_budget = base::kDefaultOutreachBudget;
  std::shared_ptr<grpc::Channel> registry;
  std::string registry_token;                                // the bearer credential to show there
  absl::Duration heartbeat_period = base::kHeartbeatPeriod;  // of watches
  // Called once, when the store takes no more commits: the process must end.
  std::function<void()> on_store_failed;
};

// What the server works with; all but the store outlive it.
struct MatchingServerParts {
  storage::Store& store;
  const base::Clock& clock;
  const reference::Districts& districts;
  const reference::Waters& waters;
  std::shared_ptr<const reference::PlaceIndex> places;
  std::function<std::unique_ptr<matcher::Index>(std::shared_ptr<const matcher::World>)> make_index =
      matcher::MakeColumnarIndex;
};

// Thread-safe.
class MatchingServer {
 public:
  // Reads the store into the index, follows the registry and serves. Errors: the store's, and rpc::Server's.
  static absl::StatusOr<std::unique_ptr<MatchingServer>> Start(MatchingServerOptions options,
                                                               const MatchingServerParts& parts);
  ~MatchingServer();

  // Replaces the places, and reads every record again.
  void SetPlaces(std::shared_ptr<const reference::PlaceIndex> places);
  // Ends the watches and lets no new one begin: they would keep the server from stopping. Stop does it too.
  void EndWatches();
  // Not serving, drains, stops. Idempotent.
  void Stop();

  rpc::Server& server();
  const matcher::Index& index() const;
  // Whether the store has failed for good.
  bool store_failed() const;

 private:
  struct Impl;
  explicit MatchingServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace brokerage::matching
