// What a running service does beside its calls: health that follows the store and what the service waits for,
// forgetting what is too old, gauges.
//
// Both services use it alike:
//
//   rpc::Signals signals;                       // first of all in main()
//   …                                           // store, mutations, metrics, server
//   rpc::HousekeepingOptions options;
//   options.set_serving = [&](bool serving) { server->SetServing(serving); };
//   options.on_store_failed = &rpc::Signals::RequestStop;
//   rpc::Housekeeping housekeeping(store, mutations, clock, metrics, options);
//   housekeeping.Start();                       // from here on the server says SERVING, once it is ready
//   signals.WaitForStop(reload);
//   housekeeping.Stop();                        // before the server is stopped
//   …
//   return housekeeping.store_failed() ? 1 : 0;
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "absl/time/time.h"

#include "base/clock.h"
#include "base/limits.h"
#include "services/rpc/metrics.h"
#include "services/rpc/mutations.h"
#include "storage/store.h"

namespace brokerage::rpc {

struct HousekeepingOptions {
  // How often the store is asked how it is.
  absl::Duration check_period = base::kStoreCheckPeriod;
  // How often old request ids and changes are forgotten; the first time is at the start.
  absl::Duration tidy_period = base::kTidyPeriod;
  // So many of the last commits stay in the feed: a watcher further behind begins again with a snapshot.
  uint64_t kept_changes = base::kKeptChanges;
  // Whether the service has what it needs beside its store, which it never loses again. Unset: from the
  // start.
  std::function<bool()> is_ready;
  // What health checks answer; called when it changes, and at the first check.
  std::function<void(bool serving)> set_serving;
  // Called once, when the store has failed for good: the process must end.
  std::function<void()> on_store_failed;
  // What the service itself looks after, at every check: whether the day has changed.
  std::function<void()> at_each_check;
  // Sets gauges of the service's own, at every check.
  std::function<void(Metrics&)> set_gauges;
};

// All calls of the options' functions come from one thread at a time. The collaborators outlive it.
class Housekeeping {
 public:
  Housekeeping(storage::Store& store, const Mutations& mutations, const base::Clock& clock, Metrics& metrics,
               HousekeepingOptions options);
  ~Housekeeping();  // stops

  void Start();
  void Stop();
  // Has the thread check at once: the service may be ready. Thread-safe, at any time.
  void Wake();

  // One check, and one tidying, as the thread does them. For tests, without Start.
  void Check();
  void Tidy();

  // Whether the store will never take a commit again. A full disk is no failure: reading goes on.
  bool store_failed() const { return store_failed_; }

 private:
  void Loop(const std::stop_token& stop);

  storage::Store& store_;
  const Mutations& mutations_;
  const base::Clock& clock_;
  Metrics& metrics_;
  const HousekeepingOptions options_;
  std::optional<bool> said_;  // what health checks answer now
  std::atomic<bool> store_failed_{false};
  std::mutex mutex_;
  std::condition_variable_any wake_;
  bool woken_ = false;
  std::jthread thread_;
};

// Whether a store with this health can still be read, and will be written again.
bool IsServing(const storage::Health& health);

}  // namespace brokerage::rpc
