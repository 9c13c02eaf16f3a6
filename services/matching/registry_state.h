// What this service knows of the registry, and how old that is.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/time/time.h"

#include "brokerage/registry/v1/organisation.pb.h"
#include "services/matching/context.h"
#include "services/rpc/tokens.h"

namespace brokerage::matching {

// The organisations as the registry last told them; filled by the index feed from this service's own store.
// Thread-safe.
class OrganisationViews final : public OrganisationDirectory {
 public:
  // `on_seen` is called at the first SetSeen.
  explicit OrganisationViews(std::function<void()> on_seen = [] {}) : on_seen_(std::move(on_seen)) {}

  matcher::OrganisationStanding StandingOf(absl::string_view organisation) const override;
  std::string DisplayNameOf(absl::string_view organisation) const override;
  bool EverSeen() const override;

  void Put(absl::string_view organisation, matcher::OrganisationStanding standing, std::string display_name);
  void Remove(absl::string_view organisation);
  // Says that a whole snapshot was received once.
  void SetSeen();
  std::size_t size() const;

 private:
  mutable std::mutex mutex_;
  bool seen_ = false;
  const std::function<void()> on_seen_;
  struct View {
    matcher::OrganisationStanding standing;
    std::string display_name;
  };
  absl::flat_hash_map<std::string, View> views_;
};

// The centres as the registry last told them; filled as the organisations are. Thread-safe.
class CentreViews final : public CentreDirectory {
 public:
  // `on_seen` is called at the first SetSeen.
  explicit CentreViews(std::function<void()> on_seen = [] {}) : on_seen_(std::move(on_seen)) {}

  absl::Status Await(absl::string_view centre, absl::Time deadline) const override;

  void Put(absl::string_view centre);
  void Remove(absl::string_view centre);
  // Says that a whole snapshot was received once.
  void SetSeen();
  bool EverSeen() const;

 private:
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  bool seen_ = false;
  const std::function<void()> on_seen_;
  absl::flat_hash_set<std::string> names_;
};

// How a watch of the registry is doing. Thread-safe.
class WatchState {
 public:
  // `on_applied` is called after each SetApplied.
  explicit WatchState(std::function<void()> on_applied = [] {}) : on_applied_(std::move(on_applied)) {}

  struct Status {
    bool connected = false;
    std::optional<absl::Time> last_heard;  // a change or a heartbeat
  };

  Status Get() const;
  void SetConnected(bool connected);
  void SetHeard(absl::Time when);
  // What was learned up to `revision` is in the index.
  void SetApplied(const rpc::ConsistencyToken& revision);

  // Waits until everything up to `revision` is in the index. Errors at `deadline`: NotYetVisible;
  // EpochChanged when what is known is of another epoch.
  absl::Status Await(const rpc::ConsistencyToken& revision, absl::Time deadline) const;

 private:
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  const std::function<void()> on_applied_;
  Status status_;
  std::optional<rpc::ConsistencyToken> applied_;
};

}  // namespace brokerage::matching
