// A value that is replaced whole while others read it.
#pragma once

#include <memory>
#include <mutex>
#include <utility>

namespace brokerage::rpc {

// Thread-safe. What was got stays valid for as long as it is held.
template <typename T>
class Current {
 public:
  explicit Current(std::shared_ptr<const T> value) : value_(std::move(value)) {}

  std::shared_ptr<const T> Get() const {
    const std::lock_guard lock(mutex_);
    return value_;
  }

  void Set(std::shared_ptr<const T> value) {
    const std::lock_guard lock(mutex_);
    value_.swap(value);  // the old one is released after the lock
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const T> value_;
};

}  // namespace brokerage::rpc
