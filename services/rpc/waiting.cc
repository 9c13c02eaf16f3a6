#include "services/rpc/waiting.h"

namespace brokerage::rpc {

void News::Await(const void* who, std::function<bool()> has_come, std::function<void()> wake) {
  const std::lock_guard lock(mutex_);
  // Looked at under the lock: what changes later is told later.
  if (stopped_ || has_come()) {
    wake();
  } else {
    waiters_[who] = {std::move(has_come), std::move(wake)};
  }
}

void News::Forget(const void* who) {
  const std::lock_guard lock(mutex_);
  waiters_.erase(who);
}

void News::Tell() {
  const std::lock_guard lock(mutex_);
  for (auto it = waiters_.begin(); it != waiters_.end();) {
    if (it->second.has_come()) {
      it->second.wake();
      it = waiters_.erase(it);
    } else {
      ++it;
    }
  }
}

void News::Stop() {
  const std::lock_guard lock(mutex_);
  stopped_ = true;
  for (const auto& [who, waiter] : waiters_) waiter.wake();
  waiters_.clear();
}

bool News::stopped() const {
  const std::lock_guard lock(mutex_);
  return stopped_;
}

std::size_t News::waiting() const {
  const std::lock_guard lock(mutex_);
  return waiters_.size();
}

}  // namespace brokerage::rpc
