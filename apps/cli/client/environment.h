// What the program meets outside itself, as a collaborator: only main() names the real one.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <ostream>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "grpcpp/channel.h"

namespace brokerage::cli {

// Where a service is and how to speak to it.
struct Target {
  std::string address;           // "127.0.0.1:7451", "unix:/run/brokerage/matching"
  bool allow_plaintext = false;  // also to another machine
  std::string ca_file;           // PEM; empty: the machine's authorities
};

struct Environment {
  std::ostream& out;
  std::ostream& err;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  // A variable of the process's environment; nothing when it is unset or empty.
  std::function<std::optional<std::string>(absl::string_view name)> variable;
  std::function<absl::Time()> now;
  std::function<void(absl::Duration)> sleep;
  std::function<absl::StatusOr<std::shared_ptr<grpc::Channel>>(const Target&)> connect;
};

// Whether what is sent to `address` stays on this machine: loopback and Unix sockets.
bool IsOnThisMachine(absl::string_view address);

// A channel to `target`: in clear on this machine and where that is allowed, else over TLS. INVALID_ARGUMENT
// or NOT_FOUND when the file of authorities cannot be read.
absl::StatusOr<std::shared_ptr<grpc::Channel>> ConnectTo(const Target& target);

}  // namespace brokerage::cli
