// Runs the program in this process, in an environment of its own.
#pragma once

#include <gtest/gtest.h>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "grpcpp/channel.h"

#include "apps/cli/client/environment.h"
#include "apps/cli/client/exit_code.h"
#include "apps/cli/output/json.h"

namespace brokerage::cli {

inline void PrintTo(ExitCode code, std::ostream* out) { *out << "exit code " << static_cast<int>(code); }

struct Ran {
  ExitCode code;
  std::string out;
  std::string err;

  // The one document of --json.
  Json json() const;
};

class ProgramRunner : public testing::Test {
 protected:
  ProgramRunner();
  ~ProgramRunner() override;

  // Runs `brokerage` with these arguments.
  Ran Run(const std::vector<std::string>& arguments);

  // The way to a service; one that nobody answers on when it is away.
  virtual std::shared_ptr<grpc::Channel> MatchingChannel() = 0;
  virtual std::shared_ptr<grpc::Channel> RegistryChannel() = 0;
  std::shared_ptr<grpc::Channel> NobodysChannel() const;

  // A path in a folder of this test's own.
  std::string PathOf(const std::string& name) const { return folder_ + "/" + name; }
  // Writes a file there, for its owner alone; its path.
  std::string Write(const std::string& name, const std::string& text) const;
  std::string Read(const std::string& path) const;

  std::map<std::string, std::string> variables;  // of the environment
  bool out_is_terminal = false;
  absl::Time now;
  absl::Duration slept;           // altogether, instead of really sleeping
  std::vector<Target> connected;  // in the order of connecting: the matching service, then the registry

 private:
  std::string folder_;
};

}  // namespace brokerage::cli
