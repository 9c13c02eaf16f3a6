// A clock that stands still until a test moves it.
#pragma once

#include <mutex>

#include "absl/time/time.h"

#include "base/clock.h"

namespace brokerage::support {

// Thread-safe.
class ManualClock final : public base::Clock {
 public:
  explicit ManualClock(absl::Time now) : now_(now) {}

  absl::Time Now() const override {
    const std::lock_guard<std::mutex> lock(mutex_);
    return now_;
  }
  void Set(absl::Time now) {
    const std::lock_guard<std::mutex> lock(mutex_);
    now_ = now;
  }
  void Advance(absl::Duration by) { Set(Now() + by); }

 private:
  mutable std::mutex mutex_;
  absl::Time now_;
};

}  // namespace brokerage::support
