#include "tests/apps/cli/support/program_fixture.h"

#include "absl/strings/str_cat.h"
#include "grpcpp/server_builder.h"

namespace brokerage::cli {

ProgramTest::ProgramTest() {
  variables["BROKERAGE_CREDENTIAL_FILE"] = Write("token", absl::StrCat(kGoodToken, "\n"));

  grpc::ServerBuilder matching_builder;
  matching_builder.RegisterService(&volunteers);
  matching_builder.RegisterService(&opportunities);
  matching_builder.RegisterService(&referrals);
  matching_builder.RegisterService(&matching);
  matching_builder.RegisterService(&reports);
  matching_builder.RegisterService(&matching_admin);
  matching_server_ = matching_builder.BuildAndStart();
  grpc::ServerBuilder registry_builder;
  registry_builder.RegisterService(&organisations);
  registry_builder.RegisterService(&centres);
  registry_builder.RegisterService(&reference);
  registry_builder.RegisterService(&registry_admin);
  registry_server_ = registry_builder.BuildAndStart();
}

ProgramTest::~ProgramTest() = default;

std::shared_ptr<grpc::Channel> ProgramTest::MatchingChannel() {
  return matching_server_ == nullptr ? NobodysChannel() : matching_server_->InProcessChannel({});
}

std::shared_ptr<grpc::Channel> ProgramTest::RegistryChannel() {
  return registry_server_ == nullptr ? NobodysChannel() : registry_server_->InProcessChannel({});
}

}  // namespace brokerage::cli
