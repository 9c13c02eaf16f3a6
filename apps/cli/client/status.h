// Errors as the services answer them, with their details, as absl::Status; and which of them are worth a
// retry.
#pragma once

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "grpcpp/support/status.h"

namespace brokerage::cli {

// The same code and message; every detail becomes a payload, where base::ReasonOf and base::BadRequestOf find
// it.
absl::Status FromGrpc(const grpc::Status& status);

// Whether the same request, with the same request_id, may succeed when it is sent again: UNAVAILABLE, ABORTED
// by another's change at the same moment, and RESOURCE_EXHAUSTED that says when to come back.
bool IsWorthRetrying(const absl::Status& status);

// What the service asked to be given before a retry; zero when it did not say.
absl::Duration RetryDelayOf(const absl::Status& status);

// How often, and after what pauses, a request is sent.
struct RetryPolicy {
  int attempts = 1;
  absl::Duration first_pause = absl::Milliseconds(200);  // doubled each time, up to:
  absl::Duration longest_pause = absl::Seconds(5);
  // Further errors that pass with time, if any, and how often at most a request is sent while they last.
  bool (*also)(const absl::Status&) = nullptr;
  int also_attempts = 1;
};

// Whether a request whose attempt number `attempt` (from 1) ended with `status` is sent again.
bool ShallRetry(int attempt, const absl::Status& status, const RetryPolicy& policy);

// How long to wait after attempt number `attempt` (from 1) ended with `status`.
absl::Duration PauseAfter(int attempt, const absl::Status& status, const RetryPolicy& policy);

}  // namespace brokerage::cli
