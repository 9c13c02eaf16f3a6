// What every call has in common: finding the method, letting the caller in, the deadline, the one conversion
// of errors, the log line, the metric. A handler is one Run with a lambda.
#pragma once

#include <functional>
#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>
#include <grpcpp/support/status.h>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "google/protobuf/message.h"

#include "base/clock.h"
#include "base/errors.h"
#include "services/rpc/caller.h"
#include "services/rpc/credentials.h"
#include "services/rpc/methods.h"
#include "services/rpc/metrics.h"
#include "services/rpc/waiting.h"

namespace brokerage::rpc {

// One call, as a handler sees it.
class Call {
 public:
  Call(const grpc::ServerContextBase& context, const MethodInfo& method, Caller caller, absl::Time now,
       absl::Time deadline, Parking* parking = nullptr)
      : context_(context),
        method_(method),
        caller_(std::move(caller)),
        now_(now),
        deadline_(deadline),
        parking_(parking) {}
  // The same call, which waits by another parking.
  Call(const Call& call, Parking* parking)
      : Call(call.context_, call.method_, call.caller_, call.now_, call.deadline_, parking) {}

  const MethodInfo& method() const { return method_; }
  const Caller& caller() const { return caller_; }
  // The clock when the call came in: one call has one moment.
  absl::Time now() const { return now_; }
  // The caller's, or a default.
  absl::Time deadline() const { return deadline_; }
  // Whether the caller has gone, or the server is stopping. Long loops ask.
  bool IsCancelled() const { return context_.IsCancelled(); }
  // How a handler waits that must not hold its thread; null: it has its thread to itself, and just waits.
  Parking* parking() const { return parking_; }

 private:
  const grpc::ServerContextBase& context_;
  const MethodInfo& method_;
  Caller caller_;
  absl::Time now_;
  absl::Time deadline_;
  Parking* parking_;
};

using Handler = std::function<absl::Status(const Call&)>;
// Adds what is wrong with a request beyond the limits of its fields, without reading the store.
using Check = std::function<void(const Call&, base::Violations&)>;
// A handler that can tell all faults only once it has read the store: `faults` are those of the request
// itself, and it answers them together with those that it finds.
using CheckingHandler = std::function<absl::Status(const Call&, base::Violations faults)>;

// Thread-safe. The collaborators outlive it.
class Runner {
 public:
  Runner(MethodTable methods, const CredentialDirectory& credentials, const base::Clock& clock,
         Metrics& metrics)
      : methods_(std::move(methods)), credentials_(credentials), clock_(clock), metrics_(metrics) {}

  // Runs `handler` for the method that takes `request`, once the caller is authenticated and allowed to call
  // it and the request keeps the limits of its fields (all faults at once). For streams too: the handler
  // returns when the stream is over.
  grpc::Status Run(const grpc::ServerContextBase& context, const google::protobuf::Message& request,
                   const Handler& handler) const {
    return Run(context, request, nullptr, handler);
  }

  // The same with a check of the method's own, so that its faults are answered together with those of the
  // limits. The handler runs when there are none.
  grpc::Status Run(const grpc::ServerContextBase& context, const google::protobuf::Message& request,
                   const Check& check, const Handler& handler) const;

  // The same where the faults are the handler's to answer.
  grpc::Status Run(const grpc::ServerContextBase& context, const google::protobuf::Message& request,
                   const CheckingHandler& handler) const;

  // The same for a call that shares its thread with others: `handler` waits by the call's parking, and is
  // then run again, perhaps on another thread. It only reads, and what it refers to lives as long as the
  // call.
  grpc::ServerUnaryReactor* Start(grpc::CallbackServerContext& context,
                                  const google::protobuf::Message& request, const Check& check,
                                  const Handler& handler) const;

  const MethodTable& methods() const { return methods_; }

 private:
  class WaitingCall;
  // A call from its beginning on.
  struct Begun {
    const MethodInfo* method = nullptr;
    absl::Time start;
  };

  // No method: nothing has begun, and there is nothing to finish.
  Begun Begin(const google::protobuf::Message& request) const;
  absl::Status Serve(const grpc::ServerContextBase& context, const google::protobuf::Message& request,
                     const MethodInfo& method, Parking* parking, const CheckingHandler& handler) const;
  // Counts the call, writes its line, and makes what is sent.
  grpc::Status Finish(const Begun& begun, const absl::Status& status) const;

  MethodTable methods_;
  const CredentialDirectory& credentials_;
  const base::Clock& clock_;
  Metrics& metrics_;
};

}  // namespace brokerage::rpc
