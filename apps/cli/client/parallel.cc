#include "apps/cli/client/parallel.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>
#include <vector>

namespace brokerage::cli {

absl::Status ForEachInFlight(std::size_t count, int in_flight,
                             const std::function<absl::Status(std::size_t)>& work) {
  std::atomic<std::size_t> next = 0;
  std::atomic<bool> stopped = false;
  std::mutex mutex;
  std::size_t failed_at = count;
  absl::Status failure;

  const auto run = [&] {
    while (!stopped) {
      const std::size_t i = next.fetch_add(1);
      if (i >= count) return;
      absl::Status status = work(i);
      if (status.ok()) continue;
      stopped = true;
      const std::lock_guard<std::mutex> lock(mutex);
      if (i < failed_at) {
        failed_at = i;
        failure = std::move(status);
      }
    }
  };
  std::vector<std::thread> threads;
  const std::size_t wanted = std::min<std::size_t>(count, static_cast<std::size_t>(std::max(1, in_flight)));
  for (std::size_t i = 0; i < wanted; ++i) threads.emplace_back(run);
  for (std::thread& thread : threads) thread.join();
  return failure;
}

}  // namespace brokerage::cli
