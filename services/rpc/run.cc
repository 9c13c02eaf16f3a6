#include "services/rpc/run.h"

#include <algorithm>
#include <chrono>
#include <grpcpp/alarm.h>
#include <mutex>
#include <optional>

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

// As long as the call.
absl::string_view Header(const grpc::ServerContextBase& context, const char* name) {
  const auto& metadata = context.client_metadata();
  const auto found = metadata.find(name);
  if (found == metadata.end()) return "";
  return absl::string_view(found->second.data(), found->second.length());
}

// The caller's deadline, or the default; told on the wall clock, which the handlers' waits use too.
absl::Time DeadlineOf(const grpc::ServerContextBase& context, absl::Time now) {
  const auto asked = context.deadline();
  return asked == std::chrono::system_clock::time_point::max() ? now + base::kDefaultDeadline
                                                               : absl::FromChrono(asked);
}

bool IsOurFault(const absl::Status& status) {
  return status.code() == absl::StatusCode::kInternal || status.code() == absl::StatusCode::kDataLoss ||
         status.code() == absl::StatusCode::kUnknown || base::ReasonOf(status).empty();
}

absl::Status CheckAndHandle(const Call& call, base::Violations faults, const Check& check,
                            const Handler& handler) {
  if (check) check(call, faults);
  if (!faults.empty()) return faults.ToStatus();
  return handler(call);
}

grpc::ServerUnaryReactor* Answer(grpc::CallbackServerContext& context, const grpc::Status& status) {
  grpc::ServerUnaryReactor* const reactor = context.DefaultReactor();
  reactor->Finish(status);
  return reactor;
}

}  // namespace

// A call that waits, from the first time to its end. An alarm is what runs the handler again: it goes off at
// the deadline, or when it is cancelled because what is waited for has come, and so once each time.
class Runner::WaitingCall final : public grpc::ServerUnaryReactor {
 public:
  WaitingCall(const Runner& runner, const Begun& begun, const Call& call, const Handler& handler, Wish wish)
      : runner_(runner), begun_(begun), call_(call, &parking_), handler_(handler) {
    Wait(std::move(wish));
  }

  void OnCancel() override {
    const std::lock_guard lock(mutex_);
    cancelled_ = true;
    alarm_->Cancel();
  }
  void OnDone() override { delete this; }

 private:
  void Wait(Wish wish) {
    news_ = wish.news;
    const std::lock_guard lock(mutex_);
    // In place of the one that has just gone off: that one cannot be set while it runs.
    alarm_.emplace();
    alarm_->Set(absl::ToChronoTime(wish.deadline), [this](bool passed) { RunAgain(passed); });
    if (cancelled_) alarm_->Cancel();
    // Nothing that is called here or from here on needs this lock, but RunAgain, which waits for it.
    news_->Await(this, std::move(wish.has_come), [this] { alarm_->Cancel(); });
  }

  void RunAgain(bool deadline_passed) {
    {
      const std::lock_guard lock(mutex_);  // whoever waits has come to an end of that
      if (deadline_passed || cancelled_ || news_->stopped()) parking_.SetOver();
    }
    news_->Forget(this);
    const absl::Status status = handler_(call_);
    if (auto wish = parking_.TakeWish()) return Wait(*std::move(wish));
    Finish(runner_.Finish(begun_, status));
  }

  const Runner& runner_;
  const Begun begun_;
  Parking parking_;
  const Call call_;
  const Handler handler_;
  std::mutex mutex_;
  bool cancelled_ = false;
  News* news_ = nullptr;
  std::optional<grpc::Alarm> alarm_;
};

grpc::Status Runner::Run(const grpc::ServerContextBase& context, const google::protobuf::Message& request,
                         const Check& check, const Handler& handler) const {
  return Run(context, request, [&](const Call& call, base::Violations faults) {
    return CheckAndHandle(call, std::move(faults), check, handler);
  });
}

grpc::Status Runner::Run(const grpc::ServerContextBase& context, const google::protobuf::Message& request,
                         const CheckingHandler& handler) const {
  const Begun begun = Begin(request);
  if (begun.method == nullptr) return ToGrpc(base::Internal());
  return Finish(begun, Serve(context, request, *begun.method, nullptr, handler));
}

grpc::ServerUnaryReactor* Runner::Start(grpc::CallbackServerContext& context,
                                        const google::protobuf::Message& request, const Check& check,
                                        const Handler& handler) const {
  const Begun begun = Begin(request);
  if (begun.method == nullptr) return Answer(context, ToGrpc(base::Internal()));
  Parking parking;
  grpc::ServerUnaryReactor* waiting = nullptr;
  const absl::Status status =
      Serve(context, request, *begun.method, &parking, [&](const Call& call, base::Violations faults) {
        absl::Status answer = CheckAndHandle(call, std::move(faults), check, handler);
        auto wish = parking.TakeWish();
        if (wish && wish->news->waiting() < kMaxWaitingCalls)
          waiting = new WaitingCall(*this, begun, call, handler, *std::move(wish));
        return answer;
      });
  return waiting != nullptr ? waiting : Answer(context, Finish(begun, status));
}

Runner::Begun Runner::Begin(const google::protobuf::Message& request) const {
  const MethodInfo* const method = methods_.FindByRequest(request.GetDescriptor());
  if (method == nullptr) {
    base::Log(base::Severity::kError, "call.unknown", {{"request", request.GetDescriptor()->full_name()}});
    return {};
  }
  metrics_.BeginCall();
  return {method, absl::Now()};
}

grpc::Status Runner::Finish(const Begun& begun, const absl::Status& status) const {
  const MethodInfo* const method = begun.method;
  const absl::Duration took = absl::Now() - begun.start;
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

absl::Status Runner::Serve(const grpc::ServerContextBase& context, const google::protobuf::Message& request,
                           const MethodInfo& method, Parking* parking, const CheckingHandler& handler) const {
  const absl::Time now = clock_.Now();
  Caller caller;
  const absl::string_view authorization = Header(context, kAuthorization);
  if (!authorization.empty() || method.access.minimum_role() != common::v1::ROLE_PUBLIC) {
    auto authenticated = credentials_.Authenticate(authorization, now);
    if (!authenticated.ok()) return authenticated.status();
    caller = *std::move(authenticated);
  }
  if (auto allowed = Policy::MayCall(method, caller); !allowed.ok()) return allowed;
  const absl::Time machine_now = absl::Now();
  const absl::Time deadline = DeadlineOf(context, machine_now);
  if (context.IsCancelled() || machine_now >= deadline) {
    // Whoever asked has gone: nothing is done for nobody.
    return base::MakeError(absl::StatusCode::kDeadlineExceeded, base::reason::kDeadlineExceeded,
                           "The deadline had passed before the call began.");
  }
  const Call call(context, method, std::move(caller), now, deadline, parking);
  base::Violations faults;
  CheckRequest(request, faults);
  return handler(call, std::move(faults));
}

}  // namespace brokerage::rpc
