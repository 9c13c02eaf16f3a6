// What the programs of both services have in common: options of the command line, and how they end.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace CLI {
class App;
}

namespace brokerage::rpc {

struct ProgramOptions {
  std::string listen;
  std::string metrics;
  std::string data;
  std::string places;
  std::string backups;
  std::string districts;
  std::optional<std::string> restore_from;
  std::string log;

  std::string database() const { return data + "/db"; }
};

// Adds the options to `app`, each with its present value as the default; `metrics_example` is an address.
void AddProgramOptions(CLI::App& app, ProgramOptions& options, const std::string& metrics_example);

// Restores where that is asked for, else logs where it is told and serves. Says on standard error, in the
// name of `program`, what went wrong. What main() returns.
int RunProgram(absl::string_view program, const ProgramOptions& options,
               const std::function<absl::Status()>& restore, const std::function<absl::Status()>& serve);

}  // namespace brokerage::rpc
