// How a call waits without a thread: its handler says what for and returns, and is run again when it has
// come.
#pragma once

#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <utility>

#include "absl/time/time.h"

namespace brokerage::rpc {

// Calls that wait without a thread. Who comes when so many do is answered as if its wait were over.
inline constexpr std::size_t kMaxWaitingCalls = 256;

// Something that calls wait for to change. Thread-safe; outlives those who wait.
class News {
 public:
  // Calls `wake` once, as soon as `has_come` is true at a Tell, or at Stop; at once when it is so already.
  // Neither may block or call this object. `who` waits for one thing at a time.
  void Await(const void* who, std::function<bool()> has_come, std::function<void()> wake);
  // Calls nothing of `who` any more.
  void Forget(const void* who);

  // Something has changed.
  void Tell();
  // Nobody waits any more, now and from now on.
  void Stop();
  bool stopped() const;
  std::size_t waiting() const;

 private:
  struct Waiter {
    std::function<bool()> has_come;
    std::function<void()> wake;
  };

  mutable std::mutex mutex_;
  bool stopped_ = false;
  std::unordered_map<const void*, Waiter> waiters_;
};

// What a handler waits for.
struct Wish {
  News* news = nullptr;
  std::function<bool()> has_come;
  absl::Time deadline;  // on the machine's clock
};

// What a call waits for, if anything. Of one call, for its thread of the moment.
class Parking {
 public:
  // Whether waiting has come to an end without what was waited for: the deadline has passed, the caller has
  // gone, or the server is stopping.
  bool over() const { return over_; }
  // Of the handler, before it returns at once with an error that says that it waited in vain.
  void Park(Wish wish) { wish_ = std::move(wish); }

  // Of who runs the handler.
  std::optional<Wish> TakeWish() { return std::exchange(wish_, std::nullopt); }
  bool wishes() const { return wish_.has_value(); }
  void SetOver() { over_ = true; }

 private:
  bool over_ = false;
  std::optional<Wish> wish_;
};

}  // namespace brokerage::rpc
