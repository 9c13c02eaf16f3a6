// The program against fake services.
#pragma once

#include <memory>

#include "grpcpp/server.h"

#include "tests/apps/cli/support/fake_matching.h"
#include "tests/apps/cli/support/fake_referrals.h"
#include "tests/apps/cli/support/fake_registry.h"
#include "tests/apps/cli/support/fake_reports.h"
#include "tests/apps/cli/support/program_runner.h"

namespace brokerage::cli {

// The good credential is used unless the environment names another.
class ProgramTest : public ProgramRunner {
 protected:
  ProgramTest();
  ~ProgramTest() override;

  // Ends a service; calls to it are UNAVAILABLE from then on.
  void StopMatching() { matching_server_.reset(); }
  void StopRegistry() { registry_server_.reset(); }

  Switchboard board;
  FakeVolunteers volunteers{board};
  FakeOpportunities opportunities{board};
  FakeReferrals referrals{board};
  FakeMatching matching{board};
  FakeReports reports{board};
  FakeMatchingAdmin matching_admin{board};
  FakeOrganisations organisations{board};
  FakeCentres centres{board};
  FakeReference reference{board};
  FakeRegistryAdmin registry_admin{board};

 private:
  std::shared_ptr<grpc::Channel> MatchingChannel() override;
  std::shared_ptr<grpc::Channel> RegistryChannel() override;

  std::unique_ptr<grpc::Server> matching_server_;
  std::unique_ptr<grpc::Server> registry_server_;
};

}  // namespace brokerage::cli
