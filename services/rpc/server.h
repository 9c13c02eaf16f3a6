// A gRPC server as both services run it: bounded threads, message limits, health per service, reflection,
// metrics.
#pragma once

#include <functional>
#include <grpcpp/impl/codegen/service_type.h>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "services/rpc/metrics.h"

namespace grpc {
class Server;
class Channel;
}  // namespace grpc

namespace brokerage::rpc {

struct ServerOptions {
  // "127.0.0.1:7451", "[::1]:7451" or "unix:/path". Anything beyond the machine is refused: bearer tokens
  // would travel in the clear, and TLS is a proxy's. Port 0: any free one. Empty: in-process channels only.
  std::string listen;
  // Where Prometheus reads, on loopback too; empty: nowhere.
  std::string metrics_listen;
};

// Whether `address` is on this machine: loopback or a Unix socket. INVALID_ARGUMENT when not, saying what to
// do.
absl::Status CheckLocalAddress(absl::string_view address);

class Server {
 public:
  // Starts serving `services`, which outlive it, as `metrics` does. `service_names` get a health status each,
  // NOT_SERVING until SetServing. Errors: INVALID_ARGUMENT for an address that is not local; UNAVAILABLE,
  // naming the address, when it is taken.
  static absl::StatusOr<std::unique_ptr<Server>> Start(const ServerOptions& options,
                                                       const std::vector<grpc::Service*>& services,
                                                       const std::vector<std::string>& service_names,
                                                       const Metrics& metrics);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // What health checks answer, for every service and for the whole.
  void SetServing(bool serving);

  // Says NOT_SERVING, refuses new calls, gives those running a grace period, then cancels them, and waits for
  // their end; idle connections hold nothing up. Idempotent.
  void Stop();

  // host:port with the port that was bound.
  const std::string& address() const { return address_; }
  std::shared_ptr<grpc::Channel> InProcessChannel();

 private:
  struct Impl;
  explicit Server(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
  std::string address_;
};

// Signals for a process. Construct first of all in main(), before any thread, so that every thread has them
// blocked.
class Signals {
 public:
  Signals();
  // Waits for SIGTERM or SIGINT, calling `on_hangup` at every SIGHUP meanwhile.
  void WaitForStop(const std::function<void()>& on_hangup);
  // Lets WaitForStop return, from any thread.
  static void RequestStop();
};

}  // namespace brokerage::rpc
