#include "apps/cli/client/status.h"

#include <algorithm>
#include <string>

#include "absl/strings/cord.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

#include "base/errors.h"

namespace brokerage::cli {
namespace {

constexpr absl::string_view kRetryInfoUrl = "type.googleapis.com/google.rpc.RetryInfo";

}  // namespace

absl::Status FromGrpc(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  const auto code = static_cast<absl::StatusCode>(status.error_code());
  const std::string message =
      status.error_message().empty() ? absl::StatusCodeToString(code) : status.error_message();
  absl::Status result(code, message);
  google::rpc::Status details;
  if (details.ParseFromString(status.error_details())) {
    for (const auto& detail : details.details())
      result.SetPayload(detail.type_url(), absl::Cord(detail.value()));
  }
  return result;
}

bool IsWorthRetrying(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kUnavailable:
      return true;
    case absl::StatusCode::kAborted:
      return base::ReasonOf(status) == base::reason::kConcurrentChange;
    case absl::StatusCode::kResourceExhausted:
      return status.GetPayload(kRetryInfoUrl).has_value();
    default:
      return false;
  }
}

absl::Duration RetryDelayOf(const absl::Status& status) {
  google::rpc::RetryInfo info;
  if (const auto payload = status.GetPayload(kRetryInfoUrl)) info.ParseFromString(std::string(*payload));
  return absl::Seconds(info.retry_delay().seconds()) + absl::Nanoseconds(info.retry_delay().nanos());
}

bool ShallRetry(int attempt, const absl::Status& status, const RetryPolicy& policy) {
  if (IsWorthRetrying(status)) return attempt < policy.attempts;
  return policy.also != nullptr && policy.also(status) && attempt < policy.also_attempts;
}

absl::Duration PauseAfter(int attempt, const absl::Status& status, const RetryPolicy& policy) {
  absl::Duration pause = policy.first_pause;
  for (int i = 1; i < attempt && pause < policy.longest_pause; ++i) pause *= 2;
  return std::min(std::max(pause, RetryDelayOf(status)), policy.longest_pause);
}

}  // namespace brokerage::cli
