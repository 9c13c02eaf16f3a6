// Reading records on all processors: one thread brings batches, others work on them.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "absl/status/status.h"

#include "storage/store.h"

namespace brokerage::matching {

class LoadThreads {
 public:
  using Batch = std::vector<storage::Entry>;
  // Called on several threads at once.
  using Work = std::function<absl::Status(const Batch&)>;

  explicit LoadThreads(Work work) : work_(std::move(work)) {
    for (unsigned i = 0; i < std::max(1u, std::thread::hardware_concurrency()); ++i) {
      threads_.emplace_back([this] { Run(); });
    }
  }
  LoadThreads(const LoadThreads&) = delete;
  LoadThreads& operator=(const LoadThreads&) = delete;
  ~LoadThreads() { Finish().IgnoreError(); }

  // Hands a batch over; waits while many lie there. Errors: the first of the work's.
  absl::Status Push(Batch batch) {
    std::unique_lock lock(mutex_);
    room_.wait(lock, [this] { return waiting_.size() < kMostWaiting || !status_.ok(); });
    if (!status_.ok()) return status_;
    waiting_.push_back(std::move(batch));
    lock.unlock();
    more_.notify_one();
    return absl::OkStatus();
  }

  // Waits until all is done. Errors: the first of the work's. Nothing is pushed after it.
  absl::Status Finish() {
    {
      const std::lock_guard lock(mutex_);
      no_more_ = true;
    }
    more_.notify_all();
    threads_.clear();
    const std::lock_guard lock(mutex_);
    return status_;
  }

 private:
  static constexpr std::size_t kMostWaiting = 8;

  void Run() {
    while (true) {
      std::unique_lock lock(mutex_);
      more_.wait(lock, [this] { return !waiting_.empty() || no_more_; });
      if (waiting_.empty() || !status_.ok()) return;
      const Batch batch = std::move(waiting_.front());
      waiting_.pop_front();
      lock.unlock();
      room_.notify_one();
      const absl::Status status = work_(batch);
      if (status.ok()) continue;
      lock.lock();
      status_.Update(status);
      room_.notify_one();
    }
  }

  const Work work_;
  std::mutex mutex_;
  std::condition_variable more_;
  std::condition_variable room_;
  std::deque<Batch> waiting_;
  bool no_more_ = false;
  absl::Status status_;
  std::vector<std::jthread> threads_;
};

}  // namespace brokerage::matching
