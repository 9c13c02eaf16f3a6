// The last changes of one kind of record, kept in memory for the watchers: one thread follows the store's
// feed for all of them.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

#include "base/limits.h"
#include "storage/store.h"

namespace brokerage::registry {

// Thread-safe. The store outlives it.
class ChangeLog {
 public:
  // A key that was written by the commit `sequence`.
  struct Event {
    uint64_t sequence = 0;
    std::string key;
  };
  struct News {
    std::vector<Event> events;  // in order
    uint64_t up_to = 0;         // all commits up to this one are told
  };

  // Keeps at least the last `capacity` events of keys with `prefix` (storage/keys.h), from now on.
  ChangeLog(const storage::Store& store, absl::string_view prefix,
            std::size_t capacity = base::kMaxStreamQueue, absl::Duration retry_pause = absl::Seconds(1));
  ~ChangeLog();

  const std::string& prefix() const { return prefix_; }

  // What happened after the commit `after`: at once when there is something, else after `wait`, or when
  // Interrupt is called. Errors: OUT_OF_RANGE, what happened directly after it is no longer kept here;
  // otherwise why the feed cannot be followed, which is tried again after `retry_pause`.
  absl::StatusOr<News> Next(uint64_t after, absl::Duration wait) const;

  // The last commit that this log has heard of.
  storage::Revision position() const;

  // Lets every waiting Next return.
  void Interrupt();

 private:
  void Follow(const std::stop_token& stop);
  void Append(const std::vector<storage::Change>& batch);

  const storage::Store& store_;
  const std::string prefix_;
  const std::size_t capacity_;
  const absl::Duration retry_pause_;
  mutable std::mutex mutex_;
  mutable std::condition_variable_any changed_;
  std::deque<Event> events_;
  storage::Revision position_;
  uint64_t forgotten_ = 0;  // events up to this commit are not kept, or not all of them
  uint64_t interrupts_ = 0;
  absl::Status failure_;
  std::jthread follower_;
};

}  // namespace brokerage::registry
