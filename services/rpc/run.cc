#include "services/rpc/run.h"

#include <algorithm>
#include <chrono>

#include "absl/strings/str_cat.h"

#include "base/errors.h"
#include "base/limits.h"
#include "base/log.h"
#include "services/rpc/policy.h"
#include "services/rpc/status.h"
#include "services/rpc/validate.h"

namespace brokerage::rpc {
namespace {

constexpr char kAuthorization[] = "authorization";

std::string Header(const grpc::ServerContext& context, const char* name) {
  const auto& metadata = context.client_metadata();
  const auto found = metadata.find(name);
  return found == metadata.end() ? std::string() : std::string(found->second.data(), found->second.length());
}

// The caller's deadline, or the default; told on the wall clock, which the handlers' waits use too.
absl::Time DeadlineOf(const grpc::ServerContext& context) {
  const absl::Time asked = absl::FromChrono(context.deadline());
  const absl::Time latest = absl::Now() + base::kDefaultDeadline;
  return context.deadline() == std::chrono::system_clock::time_point::max() ? latest : asked;
}

bool IsOurFault(const absl::Status& status) {
  return status.code() == absl::StatusCode::kInternal || status.code() == absl::StatusCode::kDataLoss ||
         status.code() == absl::StatusCode::kUnknown || base::ReasonOf(status).empty();
}

}  // namespace

grpc::Status Runner::Run(const grpc::ServerContext& context, const google::protobuf::Message& request,
                         const Check& check, const Handler& handler) const {
  return Run(context, request, [&](const Call& call, base::Violations faults) -> absl::Status {
    if (check) check(call, faults);
    if (!faults.empty()) return faults.ToStatus();
    return handler(call);
  });
}

grpc::Status Runner::Run(const grpc::ServerContext& context, const google::protobuf::Message& request,
                         const CheckingHandler& handler) const {
  const MethodInfo* method = methods_.FindByRequest(request.GetDescriptor());
  if (method == nullptr) {
    base::Log(base::Severity::kError, "call.unknown", {{"request", request.GetDescriptor()->full_name()}});
    return ToGrpc(base::Internal());
  }
  const absl::Time start = absl::Now();
  metrics_.BeginCall();
  const absl::Status status = Serve(context, request, *method, handler);
  const absl::Duration took = absl::Now() - start;
  const grpc::Status sent = ToGrpc(status);
  const auto code = static_cast<absl::StatusCode>(sent.error_code());
  metrics_.RecordCall(method->full_name, code, took);
  if (!status.ok()) {
    const bool fault = IsOurFault(status);
    // Only what we minted is known to hold nothing personal, and even that may repeat what a client wrote: so
    // of an ordinary refusal the reason alone, of our own fault the whole text.
    base::Log(
        fault ? base::Severity::kError : base::Severity::kInfo, "call.refused",
        {{"method", method->full_name},
         {"code", absl::StatusCodeToString(code)},
         {"reason", base::ReasonOf(status)},
         {"micros", absl::ToInt64Microseconds(took)},
         {"detail", fault ? absl::StrCat(absl::StatusCodeToString(status.code()), ": ", status.message())
                          : std::string()}});
  } else {
    base::Log(base::Severity::kDebug, "call.done",
              {{"method", method->full_name}, {"micros", absl::ToInt64Microseconds(took)}});
  }
  return sent;
}

absl::Status Runner::Serve(const grpc::ServerContext& context, const google::protobuf::Message& request,
                           const MethodInfo& method, const CheckingHandler& handler) const {
  const absl::Time now = clock_.Now();
  Caller caller;
  const std::string authorization = Header(context, kAuthorization);
  if (!authorization.empty() || method.access.minimum_role() != common::v1::ROLE_PUBLIC) {
    auto authenticated = credentials_.Authenticate(authorization, now);
    if (!authenticated.ok()) return authenticated.status();
    caller = *std::move(authenticated);
  }
  if (auto allowed = Policy::MayCall(method, caller); !allowed.ok()) return allowed;
  const absl::Time deadline = DeadlineOf(context);
  if (context.IsCancelled() || absl::Now() >= deadline) {
    // Whoever asked has gone: nothing is done for nobody.
    return base::MakeError(absl::StatusCode::kDeadlineExceeded, base::reason::kDeadlineExceeded,
                           "The deadline had passed before the call began.");
  }
  const Call call(context, method, std::move(caller), now, deadline);
  base::Violations faults;
  CheckRequest(request, faults);
  return handler(call, std::move(faults));
}

}  // namespace brokerage::rpc
