// The feed's bookkeeping, shared by the engines: what is published, what is forgotten, and who waits for
// more.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <stop_token>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include "storage/store.h"

namespace brokerage::storage {

// Thread-safe.
class Feed {
 public:
  // Reads changes from the engine: those after sequence `from` up to `to`, in order, at least one unless it
  // is forgotten, and no more than one batch should hold.
  using Reader = std::function<absl::StatusOr<std::vector<Change>>(uint64_t from, uint64_t to)>;

  // `published` is the engine's last commit and `compacted_to` the last forgotten one.
  Feed(Revision published, uint64_t compacted_to);

  // Commits up to `sequence` are durable and readable. Called in order.
  void Publish(uint64_t sequence);
  // Changes up to `sequence` are no longer to be read. Called before the engine removes them.
  void Forget(uint64_t sequence);

  Revision published() const;
  // Waits until `sequence`, which the engine already holds, is published: its commit is a moment from being
  // so. False when it is not after all.
  bool AwaitPublished(uint64_t sequence) const;
  uint64_t compacted_to() const;

  // Store::Follow over `reader`.
  absl::Status Follow(Revision from, const Reader& reader, const Store::FollowSink& sink,
                      std::stop_token stop) const;

 private:
  mutable std::mutex mutex_;
  mutable std::condition_variable_any changed_;
  Revision published_;
  uint64_t compacted_to_;
};

}  // namespace brokerage::storage
