// Each program by itself: how it starts, stops and is restored.
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <thread>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

#include "base/files.h"
#include "tests/e2e/deployment.h"
#include "tests/e2e/scene.h"
#include "tests/support/processes.h"

namespace brokerage::e2e {
namespace {

using ::testing::HasSubstr;

// The symbols of `program` that name something of `space` outside the contract's own `v1`.
int SymbolsOf(const std::string& program, const std::string& space) {
  const auto symbols = support::RunProgram({"/usr/bin/nm", "-C", "--defined-only", program});
  EXPECT_TRUE(symbols.ok()) << symbols.status();
  if (!symbols.ok()) return -1;
  int found = 0;
  for (absl::string_view line : absl::StrSplit(symbols->output, '\n')) {
    for (std::size_t at = line.find(space); at != absl::string_view::npos; at = line.find(space, at + 1)) {
      if (!absl::StartsWith(line.substr(at + space.size()), "v1::")) ++found;
    }
  }
  return found;
}

TEST(Programs, NeitherLinksTheOthersHandlers) {
  EXPECT_EQ(SymbolsOf(MatchingProgram(), "brokerage::registry::"), 0);
  EXPECT_EQ(SymbolsOf(RegistryProgram(), "brokerage::matching::"), 0);
  EXPECT_EQ(SymbolsOf(RegistryProgram(), "brokerage::matcher::"), 0);
  // Each has its own, so that finding none means something.
  EXPECT_GT(SymbolsOf(MatchingProgram(), "brokerage::matching::"), 0);
  EXPECT_GT(SymbolsOf(MatchingProgram(), "brokerage::matcher::"), 0);
  EXPECT_GT(SymbolsOf(RegistryProgram(), "brokerage::registry::"), 0);
}

TEST(Programs, ABusyPortIsSaidAndNotShared) {
  Deployment first;
  ASSERT_TRUE(first.Start().ok());
  const std::string other = first.folder() + "/other";
  for (std::vector<std::string> arguments : {first.RegistryArguments(), first.MatchingArguments()}) {
    const std::string address = arguments[2];
    for (std::string& argument : arguments) {
      if (absl::EndsWith(argument, "/registry") || absl::EndsWith(argument, "/matching")) argument = other;
    }
    std::filesystem::create_directory(other);
    const auto outcome = support::RunProgram(arguments);
    ASSERT_TRUE(outcome.ok()) << outcome.status();
    EXPECT_EQ(outcome->ending.exit_code, 1);
    EXPECT_THAT(outcome->errors, HasSubstr(address));
    std::filesystem::remove_all(other);
  }
}

TEST(Programs, AnAddressBeyondTheMachineIsRefused) {
  const Deployment deployment;
  for (std::vector<std::string> arguments :
       {deployment.RegistryArguments(), deployment.MatchingArguments()}) {
    base::WriteFileAtomically(deployment.credentials() + "/matching-service.token", "token\n").IgnoreError();
    arguments[2] = absl::StrCat("0.0.0.0", arguments[2].substr(arguments[2].rfind(':')));
    const auto outcome = support::RunProgram(arguments);
    ASSERT_TRUE(outcome.ok()) << outcome.status();
    EXPECT_EQ(outcome->ending.exit_code, 1);
    EXPECT_THAT(outcome->errors, HasSubstr("0.0.0.0"));
  }
}

TEST(Programs, ATermEndsThemInOrderWhileSomeoneWatches) {
  Deployment deployment;
  ASSERT_TRUE(deployment.Start().ok());
  const Stubs stubs(deployment);
  grpc::ClientContext context;
  context.AddMetadata("authorization", "Bearer " + deployment.LeadToken());
  const auto watch =
      stubs.organisations->WatchOrganisations(&context, registry::v1::WatchOrganisationsRequest());
  registry::v1::WatchOrganisationsResponse event;
  ASSERT_TRUE(watch->Read(&event));
  for (support::Process* process : {&deployment.matching(), &deployment.registry()}) {
    const auto ending = process->Stop();
    ASSERT_TRUE(ending.ok()) << ending.status();
    EXPECT_EQ(ending->exit_code, 0);
  }
  while (watch->Read(&event)) {
  }
  EXPECT_FALSE(watch->Finish().ok());
}

TEST(Programs, ABackupIsRestoredOffline) {
  Deployment deployment;
  ASSERT_TRUE(deployment.Start().ok());
  const std::string lead = deployment.LeadToken();
  std::string kept;
  std::string matching_backup;
  std::string registry_backup;
  {
    const Stubs stubs(deployment);
    const auto volunteer = AddSearching(stubs, lead, Helper("Ann"));
    ASSERT_TRUE(volunteer.ok()) << volunteer.status();
    kept = volunteer->name();
    const auto of_matching = Call(*stubs.matching_admin, &matching::v1::AdminService::Stub::CreateBackup,
                                  matching::v1::CreateBackupRequest(), lead);
    ASSERT_TRUE(of_matching.ok()) << of_matching.status();
    const auto of_registry = Call(*stubs.registry_admin, &registry::v1::AdminService::Stub::CreateBackup,
                                  registry::v1::CreateBackupRequest(), lead);
    ASSERT_TRUE(of_registry.ok()) << of_registry.status();
    matching_backup = of_matching->path();
    registry_backup = of_registry->path();
    ASSERT_TRUE(AddSearching(stubs, lead, Helper("Too late")).ok());
    ASSERT_TRUE(AddOrganisation(stubs, lead, "Too late").ok());
  }
  ASSERT_EQ(deployment.matching().Stop()->exit_code, 0);
  ASSERT_EQ(deployment.registry().Stop()->exit_code, 0);
  for (const auto& [program, service, backup] :
       {std::tuple(MatchingProgram(), "/matching", matching_backup),
        std::tuple(RegistryProgram(), "/registry", registry_backup)}) {
    const std::string data = deployment.folder() + service;
    const std::vector<std::string> restore = {program, "--data", data, "--restore-from", backup};
    // What is there is not overwritten.
    const auto refused = support::RunProgram(restore);
    ASSERT_TRUE(refused.ok()) << refused.status();
    EXPECT_EQ(refused->ending.exit_code, 1) << refused->errors;
    std::filesystem::rename(data + "/db", data + "/db.before");
    const auto restored = support::RunProgram(restore);
    ASSERT_TRUE(restored.ok()) << restored.status();
    EXPECT_EQ(restored->ending.exit_code, 0) << restored->errors;
  }
  ASSERT_TRUE(deployment.Start().ok());
  const Stubs stubs(deployment);
  matching::v1::ListVolunteersRequest list;
  list.set_parent(kCentre);
  const auto volunteers =
      Call(*stubs.volunteers, &matching::v1::VolunteerService::Stub::ListVolunteers, list, lead);
  ASSERT_TRUE(volunteers.ok()) << volunteers.status();
  ASSERT_EQ(volunteers->volunteers_size(), 1);
  EXPECT_EQ(volunteers->volunteers(0).name(), kept);
  const auto organisations =
      Call(*stubs.organisations, &registry::v1::OrganisationService::Stub::ListOrganisations,
           registry::v1::ListOrganisationsRequest(), lead);
  ASSERT_TRUE(organisations.ok()) << organisations.status();
  EXPECT_EQ(organisations->organisations_size(), 0);
  // The view follows a registry whose past was replaced.
  const auto organisation = AddOrganisation(stubs, lead, "Afterwards");
  ASSERT_TRUE(organisation.ok()) << organisation.status();
  ASSERT_TRUE(RolesFor(stubs, lead, kept, organisation->consistency_token()).ok());
  const auto status = Call(*stubs.matching_admin, &matching::v1::AdminService::Stub::GetStatus,
                           matching::v1::GetStatusRequest(), lead);
  ASSERT_TRUE(status.ok()) << status.status();
  EXPECT_EQ(status->registry_view().organisation_count(), 1);
}

}  // namespace
}  // namespace brokerage::e2e
