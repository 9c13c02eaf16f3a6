#include "storage/feed.h"

#include <chrono>

#include "storage/errors.h"

namespace brokerage::storage {
namespace {

// A guard against waiting for ever on an engine that failed between writing and publishing.
constexpr std::chrono::seconds kPublishPatience{10};

bool FollowsOn(const std::vector<Change>& batch, uint64_t position) {
  for (const Change& change : batch) {
    if (change.sequence != ++position) return false;
  }
  return !batch.empty();
}

}  // namespace

Feed::Feed(Revision published, uint64_t compacted_to) : published_(published), compacted_to_(compacted_to) {}

void Feed::Publish(uint64_t sequence) {
  {
    const std::lock_guard lock(mutex_);
    published_.sequence = sequence;
  }
  changed_.notify_all();
}

void Feed::Forget(uint64_t sequence) {
  {
    const std::lock_guard lock(mutex_);
    if (sequence > compacted_to_) compacted_to_ = sequence;
  }
  changed_.notify_all();
}

bool Feed::AwaitPublished(uint64_t sequence) const {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, kPublishPatience, [&] { return published_.sequence >= sequence; });
}

Revision Feed::published() const {
  const std::lock_guard lock(mutex_);
  return published_;
}

uint64_t Feed::compacted_to() const {
  const std::lock_guard lock(mutex_);
  return compacted_to_;
}

absl::Status Feed::Follow(Revision from, const Reader& reader, const Store::FollowSink& sink,
                          std::stop_token stop) const {
  uint64_t position = from.sequence;
  {
    const std::lock_guard lock(mutex_);
    if (from.epoch != published_.epoch) return OtherEpoch();
    if (position > published_.sequence) return BeyondTheEnd();
  }
  while (true) {
    uint64_t end = 0;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, stop, [&] { return published_.sequence > position || compacted_to_ > position; });
      if (stop.stop_requested()) return absl::OkStatus();
      if (compacted_to_ > position) return ChangesForgotten();
      end = published_.sequence;
    }
    const absl::StatusOr<std::vector<Change>> batch = reader(position, end);
    if (!batch.ok()) return batch.status();
    if (!FollowsOn(*batch, position)) {
      // What was to be read may have been forgotten while it was read; otherwise the order is broken.
      return compacted_to() > position ? ChangesForgotten() : Corrupt("the feed has a gap");
    }
    if (absl::Status status = sink(*batch); !status.ok()) return status;
    position = batch->back().sequence;
  }
}

}  // namespace brokerage::storage
