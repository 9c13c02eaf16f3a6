// Servers in a process of their own, on a core of their own.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace brokerage::bench {

// What serves for as long as it lives.
class Serving {
 public:
  virtual ~Serving() = default;
  // Of each server; no spaces in them.
  virtual std::vector<std::string> addresses() const = 0;
};

// A child process, which ends with this object.
class ServerProcess {
 public:
  using Starter = std::function<absl::StatusOr<std::unique_ptr<Serving>>()>;

  // Calls `start` in the child. To be called before anything of gRPC is, for it forks. Once it has started,
  // the child is kept to `core` where there is one. Errors: what `start` says.
  static absl::StatusOr<std::unique_ptr<ServerProcess>> Start(const Starter& start, int core);
  ~ServerProcess();

  const std::vector<std::string>& addresses() const { return addresses_; }
  // What the process has used so far, in user and system mode.
  double CpuSeconds() const;

 private:
  ServerProcess(int process, int stop) : process_(process), stop_(stop) {}

  const int process_;
  const int stop_;  // a pipe; the child ends when it is closed
  std::vector<std::string> addresses_;
};

// Keeps all threads of this process to one core. False where there is no such core.
bool KeepToCore(int core);

}  // namespace brokerage::bench
