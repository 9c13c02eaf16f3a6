// The open streams of a process: how many there may be, and how all of them end when the service stops.
#pragma once

#include <atomic>
#include <grpcpp/server_context.h>
#include <grpcpp/support/sync_stream.h>
#include <memory>
#include <mutex>
#include <set>

#include "absl/status/statusor.h"

#include "base/limits.h"

namespace brokerage::rpc {

// Thread-safe. Outlives the streams.
class Streams {
 public:
  explicit Streams(int most = base::kMaxStreams) : most_(most) {}

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

   private:
    friend class Streams;
    Stream(Streams& owner, const grpc::ServerContext& context) : owner_(owner), context_(context) {}
    bool BeginWrite();
    void EndWrite();
    void CancelWrite();

    Streams& owner_;
    const grpc::ServerContext& context_;
    std::mutex mutex_;
    bool writing_ = false;
  };

  // `context` outlives the stream. Errors: TooManyStreams, ServiceStopping.
  absl::StatusOr<std::unique_ptr<Stream>> Open(const grpc::ServerContext& context);

  // Ends all streams: those that wait for news see it by why() and end with a status that says so; those that
  // wait for a reader are cancelled.
  void Stop();
  bool stopping() const { return stopping_; }

  int open() const;

 private:
  const int most_;
  std::atomic<bool> stopping_{false};
  mutable std::mutex mutex_;
  std::set<Stream*> streams_;
};

}  // namespace brokerage::rpc
