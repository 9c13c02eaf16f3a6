#include "services/rpc/streams.h"

#include "base/errors.h"

namespace brokerage::rpc {

absl::StatusOr<std::unique_ptr<Streams::Stream>> Streams::Open(const grpc::ServerContext& context) {
  const std::lock_guard lock(mutex_);
  if (stopping_) return base::ServiceStopping();
  if (static_cast<int>(streams_.size()) >= most_) return base::TooManyStreams();
  std::unique_ptr<Stream> stream(new Stream(*this, context));
  streams_.insert(stream.get());
  return stream;
}

void Streams::Stop() {
  const std::lock_guard lock(mutex_);
  stopping_ = true;
  for (Stream* stream : streams_) stream->CancelWrite();
}

int Streams::open() const {
  const std::lock_guard lock(mutex_);
  return static_cast<int>(streams_.size());
}

Streams::Stream::~Stream() {
  const std::lock_guard lock(owner_.mutex_);
  owner_.streams_.erase(this);
}

absl::Status Streams::Stream::why() const {
  if (owner_.stopping()) return base::ServiceStopping();
  return context_.IsCancelled() ? base::Cancelled() : absl::OkStatus();
}

// A write that begins before Stop is seen by it; one that would begin after does not.
bool Streams::Stream::BeginWrite() {
  const std::lock_guard lock(mutex_);
  if (owner_.stopping()) return false;
  writing_ = true;
  return true;
}

void Streams::Stream::EndWrite() {
  const std::lock_guard lock(mutex_);
  writing_ = false;
}

void Streams::Stream::CancelWrite() {
  const std::lock_guard lock(mutex_);
  if (writing_) context_.TryCancel();
}

}  // namespace brokerage::rpc
