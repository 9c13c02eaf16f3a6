// Messages of answered calls for the next: a list of twenty matches is a hundred pieces of memory, which need
// not be found and given back at each call.
#pragma once

#include <cstddef>
#include <grpcpp/support/message_allocator.h>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace brokerage::rpc {

// As many idle pairs are kept, and of those whose response took at most so many bytes: a rare long answer
// does not stay.
inline constexpr std::size_t kMaxIdleMessages = 64;
inline constexpr int kMaxIdleResponseBytes = 32 * 1024;

// What a method of the callback API takes its messages from. Thread-safe; outlives the calls.
template <typename Request, typename Response>
class MessagePool final : public grpc::MessageAllocator<Request, Response> {
 public:
  grpc::MessageHolder<Request, Response>* AllocateMessages() override {
    {
      const std::lock_guard lock(mutex_);
      if (!idle_.empty()) {
        Pair* const pair = idle_.back().release();
        idle_.pop_back();
        return pair;
      }
    }
    return new Pair(*this);
  }

  std::size_t idle() const {
    const std::lock_guard lock(mutex_);
    return idle_.size();
  }

 private:
  // Of one call, which gives it back by Release.
  class Pair final : public grpc::MessageHolder<Request, Response> {
   public:
    explicit Pair(MessagePool& pool) : pool_(pool) {
      this->set_request(&request_);
      this->set_response(&response_);
    }
    void Release() override { pool_.TakeBack(std::unique_ptr<Pair>(this)); }

    bool IsShort() const { return response_.GetCachedSize() <= kMaxIdleResponseBytes; }
    void Clear() {
      request_.Clear();
      response_.Clear();
    }

   private:
    MessagePool& pool_;
    Request request_;
    Response response_;
  };

  void TakeBack(std::unique_ptr<Pair> pair) {
    if (!pair->IsShort()) return;  // its size is known: it was sent
    pair->Clear();                 // nothing of one call is left to the next
    const std::lock_guard lock(mutex_);
    if (idle_.size() < kMaxIdleMessages) idle_.push_back(std::move(pair));
  }

  mutable std::mutex mutex_;
  std::vector<std::unique_ptr<Pair>> idle_;
};

}  // namespace brokerage::rpc
