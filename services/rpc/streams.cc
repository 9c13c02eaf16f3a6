#include "services/rpc/streams.h"

#include <algorithm>

#include "base/errors.h"

namespace brokerage::rpc {

Streams::Streams(int most, absl::Duration longest_write)
    : most_(most),
      longest_write_(longest_write),
      watcher_([this](std::stop_token stop) { WatchWriters(stop); }) {}

Streams::~Streams() = default;

absl::StatusOr<std::unique_ptr<Streams::Stream>> Streams::Open(const grpc::ServerContext& context,
                                                               const Caller& caller) {
  const std::lock_guard lock(mutex_);
  if (stopping_) return base::ServiceStopping();
  const auto of_services = static_cast<int>(
      std::count_if(streams_.begin(), streams_.end(), [](const Stream* stream) { return stream->service_; }));
  const int kept =
      caller.IsService() ? 0 : std::max(0, std::min(most_ / 2, base::kServiceStreams) - of_services);
  if (static_cast<int>(streams_.size()) >= most_ - kept) return base::TooManyStreams();
  std::unique_ptr<Stream> stream(new Stream(*this, context, caller));
  streams_.insert(stream.get());
  return stream;
}

void Streams::Stop() {
  std::unique_lock lock(mutex_);
  stopping_ = true;
  // Most writes are on their way to a reader that reads.
  written_.wait_for(lock, absl::ToChronoNanoseconds(base::kCancellationPoll), [this] {
    return std::none_of(streams_.begin(), streams_.end(),
                        [](const Stream* stream) { return stream->IsWriting(); });
  });
  for (Stream* stream : streams_) stream->CancelWriteSince(SteadyClock::now());
}

int Streams::open() const {
  const std::lock_guard lock(mutex_);
  return static_cast<int>(streams_.size());
}

void Streams::WatchWriters(std::stop_token stop) {
  const auto patience = absl::ToChronoNanoseconds(longest_write_);
  std::unique_lock lock(mutex_);
  while (!stop.stop_requested()) {
    wake_.wait_for(lock, stop, patience / 4, [] { return false; });
    for (Stream* stream : streams_) stream->CancelWriteSince(SteadyClock::now() - patience);
  }
}

Streams::Stream::~Stream() {
  const std::lock_guard lock(owner_.mutex_);
  owner_.streams_.erase(this);
}

absl::Status Streams::Stream::why() const {
  if (owner_.stopping()) return base::ServiceStopping();
  return context_.IsCancelled() ? base::Cancelled() : absl::OkStatus();
}

absl::Status Streams::Stream::Over() const {
  const absl::Status status = why();
  return status.ok() ? base::Cancelled() : status;
}

// A write that begins before Stop is seen by it; one that would begin after does not.
bool Streams::Stream::BeginWrite() {
  const std::lock_guard lock(mutex_);
  if (owner_.stopping()) return false;
  writing_since_ = SteadyClock::now();
  return true;
}

void Streams::Stream::EndWrite() {
  {
    const std::lock_guard lock(mutex_);
    writing_since_.reset();
  }
  if (owner_.stopping()) owner_.written_.notify_all();
}

bool Streams::Stream::IsWriting() const {
  const std::lock_guard lock(mutex_);
  return writing_since_.has_value();
}

void Streams::Stream::CancelWriteSince(SteadyClock::time_point then) {
  const std::lock_guard lock(mutex_);
  if (writing_since_ && *writing_since_ <= then) context_.TryCancel();
}

}  // namespace brokerage::rpc
