#include "services/rpc/stream_pulse.h"

#include <algorithm>

#include "base/errors.h"
#include "base/limits.h"

namespace brokerage::rpc {

StreamPulse::StreamPulse(const Call& call, const Streams::Stream& stream,
                         const CredentialDirectory& credentials, const base::Clock& clock,
                         absl::Duration heartbeat_period)
    : call_(call),
      stream_(stream),
      credentials_(credentials),
      clock_(clock),
      period_(absl::ToChronoNanoseconds(heartbeat_period)) {
  Restart();
}

absl::Status StreamPulse::MayGoOn() const {
  if (auto why = stream_.why(); !why.ok()) return why;
  if (!credentials_.IsValid(call_.caller().credential, clock_.Now())) return base::CredentialInvalid();
  return absl::OkStatus();
}

absl::Duration StreamPulse::Patience() const {
  return std::clamp(absl::FromChrono(due_ - SteadyClock::now()), absl::ZeroDuration(),
                    base::kCancellationPoll);
}

bool StreamPulse::IsDue() const { return SteadyClock::now() >= due_; }
void StreamPulse::Restart() { due_ = SteadyClock::now() + period_; }
void StreamPulse::Hurry() { due_ = SteadyClock::now(); }

}  // namespace brokerage::rpc
