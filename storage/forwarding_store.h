// Stores around a store: one that passes every call on, and one that breaks what a test wants broken.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <stop_token>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "storage/store.h"

namespace brokerage::storage {

// Passes every call on to `inner`, which must outlive it. Derive from it to change a few.
class ForwardingStore : public Store {
 public:
  explicit ForwardingStore(Store& inner) : inner_(inner) {}

  absl::StatusOr<Revision> Commit(CommitRequest request) override;
  absl::StatusOr<std::optional<Versioned>> Get(absl::string_view key) const override;
  absl::StatusOr<std::vector<Entry>> Scan(absl::string_view prefix, absl::string_view after,
                                          std::size_t limit) const override;
  absl::StatusOr<Revision> SnapshotOf(const std::vector<absl::string_view>& prefixes,
                                      const SnapshotSink& sink) const override;
  absl::Status Follow(Revision from, const FollowSink& sink, std::stop_token stop) const override;
  absl::Status Compact(uint64_t keep_from) override;
  absl::StatusOr<Revision> Backup(const std::string& to) override;
  Health GetHealth() const override;

 protected:
  Store& inner() const { return inner_; }

 private:
  Store& inner_;
};

// What a FaultyStore does wrong. Nothing, to begin with.
struct Faults {
  // Faults of an engine: each breaks a guarantee of the port.
  bool drop_guards = false;         // commits happen whatever their guards say
  bool forget_request_ids = false;  // a retry acts again
  bool reorder_feed = false;        // batches of the feed come in reverse
  // Answers OK for a commit (a single small write) and keeps it back until the next call: lost when the store
  // is destroyed in between.
  bool lose_tail = false;

  // What any engine may do, so many times in 10,000 calls.
  int unknown_after_commit = 0;   // the commit happens; UNKNOWN
  int unknown_before_commit = 0;  // it does not happen; UNKNOWN
  int refused_commits = 0;        // it does not happen; UNAVAILABLE
  int failed_reads = 0;           // Get, Scan, Snapshot: UNAVAILABLE
  int compacted = 0;              // Follow, at a batch: OUT_OF_RANGE
  int delays = 0;                 // Commit, Get, Scan, Snapshot, batches of Follow: `delay` is called first
};

// Goes wrong as told, and by chance from `seed`: the same calls in the same order meet the same faults.
// Thread-safe.
class FaultyStore final : public ForwardingStore {
 public:
  // `delay` is what waiting is: a test may hold a call up in it.
  FaultyStore(Store& inner, uint64_t seed, std::function<void()> delay = {});

  void Set(const Faults& faults);

  // As after a restore elsewhere: revisions are of another epoch from now on, and whoever follows is told
  // OUT_OF_RANGE.
  void ChangeEpoch();

  // Commits what lose_tail keeps back.
  void Settle() const;

  absl::StatusOr<Revision> Commit(CommitRequest request) override;
  absl::StatusOr<std::optional<Versioned>> Get(absl::string_view key) const override;
  absl::StatusOr<std::vector<Entry>> Scan(absl::string_view prefix, absl::string_view after,
                                          std::size_t limit) const override;
  absl::StatusOr<Revision> SnapshotOf(const std::vector<absl::string_view>& prefixes,
                                      const SnapshotSink& sink) const override;
  absl::Status Follow(Revision from, const FollowSink& sink, std::stop_token stop) const override;
  absl::Status Compact(uint64_t keep_from) override;
  absl::StatusOr<Revision> Backup(const std::string& to) override;
  Health GetHealth() const override;

 private:
  Faults faults() const;
  // Whether something of that rate happens now.
  bool Happens(int per_10000) const;
  absl::Status BeforeReading() const;
  absl::StatusOr<Revision> KeepBack(CommitRequest request);
  Revision Outward(Revision revision) const;
  absl::StatusOr<Revision> Outward(absl::StatusOr<Revision> revision) const;

  const std::function<void()> delay_;

  mutable std::mutex mutex_;  // guards what follows
  mutable std::mt19937_64 random_;
  Faults faults_;
  uint64_t epoch_shift_ = 0;
  std::stop_source epoch_ends_;

  mutable std::mutex tail_mutex_;  // guards kept_back_; taken before mutex_
  mutable std::optional<CommitRequest> kept_back_;
};

}  // namespace brokerage::storage
