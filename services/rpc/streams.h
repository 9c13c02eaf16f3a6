// The open streams of a process: how many there may be, and how all of them end when the service stops.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <grpcpp/server_context.h>
#include <grpcpp/support/sync_stream.h>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <stop_token>
#include <thread>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "base/limits.h"
#include "services/rpc/caller.h"

namespace brokerage::rpc {

// Thread-safe. Outlives the streams.
class Streams {
 public:
  // Writes are timed by a clock that nobody sets.
  using SteadyClock = std::chrono::steady_clock;

  explicit Streams(int most = base::kMaxStreams, absl::Duration longest_write = base::kLongestStreamWrite);
  ~Streams();

  // One open stream, counted for as long as it lives. For one thread.
  class Stream {
   public:
    ~Stream();
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;

    // Sends `message`, waiting for a reader that lags. False when the caller has gone or the service stops:
    // then the stream is over, and why() says why.
    template <typename Response>
    bool Write(grpc::ServerWriter<Response>& writer, const Response& message) {
      if (!BeginWrite()) return false;
      const bool written = writer.Write(message);
      EndWrite();
      return written;
    }

    // OK while the stream may go on; else ServiceStopping or Cancelled.
    absl::Status why() const;

    // Write, as a status: what ended the stream.
    template <typename Response>
    absl::Status Say(grpc::ServerWriter<Response>& writer, const Response& message) {
      return Write(writer, message) ? absl::OkStatus() : Over();
    }

   private:
    friend class Streams;
    Stream(Streams& owner, const grpc::ServerContext& context, const Caller& caller)
        : owner_(owner), context_(context), service_(caller.IsService()) {}
    absl::Status Over() const;
    bool BeginWrite();
    void EndWrite();
    bool IsWriting() const;
    // Cancels a write that began at or before `then`: its reader does not read.
    void CancelWriteSince(SteadyClock::time_point then);

    Streams& owner_;
    const grpc::ServerContext& context_;
    const bool service_;
    mutable std::mutex mutex_;
    std::optional<SteadyClock::time_point> writing_since_;
  };

  // `context` outlives the stream. Some streams are kept for the other services of the system, so that nobody
  // can cut them off by opening many. Errors: TooManyStreams, ServiceStopping.
  absl::StatusOr<std::unique_ptr<Stream>> Open(const grpc::ServerContext& context, const Caller& caller);

  // Ends all streams: those that wait for news see it by why() and end with a status that says so; those that
  // still wait for a reader after base::kCancellationPoll are cancelled.
  void Stop();
  bool stopping() const { return stopping_; }

  int open() const;

 private:
  // Gives up streams whose reader has stopped reading.
  void WatchWriters(std::stop_token stop);

  const int most_;
  const absl::Duration longest_write_;
  std::atomic<bool> stopping_{false};
  mutable std::mutex mutex_;  // taken before a stream's own
  std::condition_variable written_;
  std::set<Stream*> streams_;
  std::condition_variable_any wake_;
  std::jthread watcher_;
};

}  // namespace brokerage::rpc
