// Reading records on all processors: one thread brings batches, others work on them.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

#include "storage/store.h"

namespace brokerage::matching {

// Records in one piece of memory.
class RecordBatch {
 public:
  void Add(const storage::EntryView& record) {
    if (bytes_.empty()) bytes_.reserve(kFullBytes + kFullBytes / 8);
    bytes_.append(record.key.data(), record.key.size());
    bytes_.append(record.value.data(), record.value.size());
    sizes_.push_back({record.key.size(), record.value.size()});
  }
  bool IsFull() const { return bytes_.size() >= kFullBytes; }

  // Calls `visit` with the key and the value of each, until it returns an error.
  template <typename Visit>
  absl::Status ForEach(const Visit& visit) const {
    absl::string_view rest = bytes_;
    for (const Sizes& sizes : sizes_) {
      const absl::Status status = visit(rest.substr(0, sizes.key), rest.substr(sizes.key, sizes.value));
      if (!status.ok()) return status;
      rest.remove_prefix(sizes.key + sizes.value);
    }
    return absl::OkStatus();
  }

 private:
  static constexpr std::size_t kFullBytes = 64 * 1024;
  struct Sizes {
    std::size_t key;
    std::size_t value;
  };
  std::string bytes_;
  std::vector<Sizes> sizes_;
};

class LoadThreads {
 public:
  // Works on the batches of one thread, one after another.
  using Work = std::function<absl::Status(const RecordBatch&)>;

  // `work_of_a_thread` is called here once for each.
  explicit LoadThreads(const std::function<Work()>& work_of_a_thread) {
    for (unsigned i = 0; i < std::max(1u, std::thread::hardware_concurrency()); ++i) {
      threads_.emplace_back([this, work = work_of_a_thread()] { Run(work); });
    }
  }
  LoadThreads(const LoadThreads&) = delete;
  LoadThreads& operator=(const LoadThreads&) = delete;
  ~LoadThreads() { Finish().IgnoreError(); }

  // Hands a batch over; waits while many lie there. Errors: the first of the work's.
  absl::Status Push(RecordBatch batch) {
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

  void Run(const Work& work) {
    while (true) {
      std::unique_lock lock(mutex_);
      more_.wait(lock, [this] { return !waiting_.empty() || no_more_; });
      if (waiting_.empty() || !status_.ok()) return;
      const RecordBatch batch = std::move(waiting_.front());
      waiting_.pop_front();
      lock.unlock();
      room_.notify_one();
      const absl::Status status = work(batch);
      if (status.ok()) continue;
      lock.lock();
      status_.Update(status);
      room_.notify_one();
    }
  }

  std::mutex mutex_;
  std::condition_variable more_;
  std::condition_variable room_;
  std::deque<RecordBatch> waiting_;
  bool no_more_ = false;
  absl::Status status_;
  std::vector<std::jthread> threads_;
};

}  // namespace brokerage::matching
