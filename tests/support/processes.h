// Programs as a test runs them: real processes, ended with the test whatever happens.
#pragma once

#include <csignal>
#include <memory>
#include <string>
#include <sys/types.h>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace brokerage::support {

// How a process ended.
struct Ending {
  int exit_code = -1;  // -1: by a signal
  int signal = 0;      // 0: by itself
};

struct Outcome;

// A child process. Not thread-safe. The thread that starts one must outlive it: the kernel kills the process
// when that thread ends, so that nothing survives a test that crashed.
class Process {
 public:
  // Starts `argv` (the program's path first) with `folder` as its working folder; empty: the present one.
  // Standard output and standard error are appended to the file `log`; standard input is empty. UNAVAILABLE
  // when it cannot be started.
  static absl::StatusOr<std::unique_ptr<Process>> Start(const std::vector<std::string>& argv,
                                                        const std::string& log,
                                                        const std::string& folder = "");
  // Kills it, if it still runs.
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  pid_t pid() const { return pid_; }
  bool Running();
  void Signal(int signal);
  // Waits until it has ended. DEADLINE_EXCEEDED when it has not within `limit`, which guards against hanging
  // and measures nothing.
  absl::StatusOr<Ending> Wait(absl::Duration limit = absl::Seconds(60));
  // SIGTERM, and a wait.
  absl::StatusOr<Ending> Stop();
  // SIGKILL, and a wait.
  void Kill();

 private:
  friend absl::StatusOr<Outcome> RunProgram(const std::vector<std::string>& argv, absl::Duration limit);
  explicit Process(pid_t pid) : pid_(pid) {}

  pid_t pid_;
  bool ended_ = false;
  Ending ending_;
};

// Runs `argv` to its end.
struct Outcome {
  Ending ending;
  std::string output;  // standard output
  std::string errors;  // standard error
};
absl::StatusOr<Outcome> RunProgram(const std::vector<std::string>& argv,
                                   absl::Duration limit = absl::Seconds(120));

// The first of `count` neighbouring ports on 127.0.0.1 at which nobody listens, below those that the system
// hands out to clients. Of tests that run at the same time no two are given the same until both have ended.
int FreePorts(int count);

// A new folder of this test's own, removed with the object.
class TemporaryFolder {
 public:
  explicit TemporaryFolder(absl::string_view name);
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace brokerage::support
