// The one committer: group commit for every engine.
//
// Callers wait in a queue. One thread takes what waits, checks request ids and guards against the store plus
// the batch's earlier commits, numbers what may happen, has the engine write it all at once, publishes it in
// order and wakes the callers. So a synced write is shared by all who wait for it, and nothing but this
// thread hands out sequences.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "base/clock.h"
#include "storage/feed.h"
#include "storage/store.h"

namespace brokerage::storage {

// A commit that happens, with its place in the order. Its writes name each key once, in key order.
struct NumberedCommit {
  uint64_t sequence = 0;
  const CommitRequest* request = nullptr;
};

// What the committer needs of an engine. Called by one thread at a time.
class CommitLog {
 public:
  virtual ~CommitLog() = default;

  // The commit that last wrote `key`; nullopt when the key is absent.
  virtual absl::StatusOr<std::optional<uint64_t>> SequenceOfKey(absl::string_view key) const = 0;
  // The commit that carried `request_id`; nullopt when there is none (or it is forgotten).
  virtual absl::StatusOr<std::optional<uint64_t>> SequenceOfRequest(absl::string_view request_id) const = 0;
  // Whether a batch of `bytes` can be written without touching the reserve of free space.
  virtual bool HasRoom(std::size_t bytes) const = 0;
  // Writes the batch, all of it or nothing, durably. Any error is final for the store.
  virtual absl::Status Write(const std::vector<NumberedCommit>& batch) = 0;
};

struct CommitterOptions {
  // Tells how far away a deadline is when a commit arrives; from then on the machine's steady clock counts.
  std::shared_ptr<const base::Clock> clock = std::make_shared<base::SystemClock>();
  // Called once, with the reason, when the store takes no more commits because of a write error. On a thread
  // of the store's: it may set a flag or end the process, but must not call the store or destroy it.
  std::function<void(const absl::Status&)> on_fatal = nullptr;
};

// Thread-safe.
class Committer {
 public:
  // `log` and `feed` must outlive the committer. Numbers go on after what `feed` has published.
  Committer(CommitLog& log, Feed& feed, CommitterOptions options);
  // Closes. No call of Commit may be under way.
  ~Committer();
  Committer(const Committer&) = delete;
  Committer& operator=(const Committer&) = delete;

  // Store::Commit.
  absl::StatusOr<Revision> Commit(CommitRequest request);

  // Takes no more commits from now on, because of `why`.
  void Fail(const absl::Status& why);

  // Finishes the batch that is being written; what waits, and whatever comes, gets UNAVAILABLE. Call once.
  void Close();

  // OK while commits are taken.
  absl::Status status() const;

  // Commits that wait for their turn.
  std::size_t waiting() const;

 private:
  struct Waiter;
  struct Batch;

  void Run();
  std::vector<Waiter*> Take();
  void Process(const std::vector<Waiter*>& waiters);
  void Decide(Waiter& waiter, bool has_room, Batch& batch) const;
  absl::StatusOr<std::optional<uint64_t>> SequenceOfKey(absl::string_view key, const Batch& batch) const;
  void Answer(const std::vector<Waiter*>& waiters);
  // Why no commit is taken, or OK. Under mutex_.
  absl::Status Refusal() const;

  CommitLog& log_;
  Feed& feed_;
  const CommitterOptions options_;

  mutable std::mutex mutex_;  // guards what follows
  std::condition_variable work_;
  std::deque<Waiter*> queue_;
  bool closing_ = false;
  absl::Status failure_;

  std::thread thread_;
};

}  // namespace brokerage::storage
