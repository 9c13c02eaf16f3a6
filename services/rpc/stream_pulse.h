// A stream that waits for news: whether it may go on, how long it may wait, when to give a sign of life.
#pragma once

#include <chrono>

#include "absl/status/status.h"
#include "absl/time/time.h"

#include "base/clock.h"
#include "services/rpc/credentials.h"
#include "services/rpc/run.h"
#include "services/rpc/streams.h"

namespace brokerage::rpc {

// For one thread. What it is given outlives it.
class StreamPulse {
 public:
  StreamPulse(const Call& call, const Streams::Stream& stream, const CredentialDirectory& credentials,
              const base::Clock& clock, absl::Duration heartbeat_period);

  // OK while the stream may go on. Errors: Cancelled, ServiceStopping, CredentialInvalid (the caller's was
  // revoked or has expired).
  absl::Status MayGoOn() const;
  // How long to wait for news before MayGoOn is asked again and IsDue looked at.
  absl::Duration Patience() const;
  // Whether the stream has been silent for a heartbeat's period.
  bool IsDue() const;
  // Something was said.
  void Restart();
  // A sign of life is due now.
  void Hurry();

 private:
  using SteadyClock = std::chrono::steady_clock;

  const Call& call_;
  const Streams::Stream& stream_;
  const CredentialDirectory& credentials_;
  const base::Clock& clock_;
  const std::chrono::nanoseconds period_;
  SteadyClock::time_point due_;
};

}  // namespace brokerage::rpc
