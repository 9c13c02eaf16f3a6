// Runs the program in this process, against fake services and an environment of its own.
#pragma once

#include <gtest/gtest.h>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "grpcpp/server.h"

#include "apps/cli/client/environment.h"
#include "apps/cli/client/exit_code.h"
#include "apps/cli/output/json.h"
#include "tests/apps/cli/support/fake_matching.h"
#include "tests/apps/cli/support/fake_registry.h"

namespace brokerage::cli {

inline void PrintTo(ExitCode code, std::ostream* out) { *out << "exit code " << static_cast<int>(code); }

struct Ran {
  ExitCode code;
  std::string out;
  std::string err;

  // The one document of --json.
  Json json() const;
};

class ProgramTest : public testing::Test {
 protected:
  ProgramTest();
  ~ProgramTest() override;

  // Runs `brokerage` with these arguments. The good credential is used unless the environment names another.
  Ran Run(const std::vector<std::string>& arguments);

  // A path in a folder of this test's own.
  std::string PathOf(const std::string& name) const { return folder_ + "/" + name; }
  // Writes a file there; its path.
  std::string Write(const std::string& name, const std::string& text) const;
  std::string Read(const std::string& path) const;

  Switchboard board;
  FakeVolunteers volunteers{board};
  FakeOpportunities opportunities{board};
  FakeMatching matching{board};
  FakeMatchingAdmin matching_admin{board};
  FakeOrganisations organisations{board};
  FakeCentres centres{board};
  FakeReference reference{board};
  FakeRegistryAdmin registry_admin{board};

  std::map<std::string, std::string> variables;  // of the environment
  bool out_is_terminal = false;
  absl::Time now;
  absl::Duration slept;           // altogether, instead of really sleeping
  std::vector<Target> connected;  // in the order of connecting

  // Ends a service; calls to it are UNAVAILABLE from then on.
  void StopMatching();
  void StopRegistry();

 private:
  std::string folder_;
  std::unique_ptr<grpc::Server> matching_server_;
  std::unique_ptr<grpc::Server> registry_server_;
};

}  // namespace brokerage::cli
