// The registry and the matching service as two programs: what crosses between them, and what happens without
// one.
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

#include "absl/strings/match.h"

#include "base/errors.h"
#include "base/files.h"
#include "tests/e2e/deployment.h"
#include "tests/e2e/scene.h"

namespace brokerage::e2e {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

absl::StatusOr<matching::v1::ServiceStatus> MatchingStatus(const Stubs& stubs, const std::string& token) {
  return Call(*stubs.matching_admin, &matching::v1::AdminService::Stub::GetStatus,
              matching::v1::GetStatusRequest(), token);
}

class TwoServices : public ::testing::Test {
 protected:
  void StartBoth() {
    const absl::Status started = deployment_.Start();
    ASSERT_TRUE(started.ok()) << started;
    lead_ = deployment_.LeadToken();
    ASSERT_NE(lead_, "");
  }

  Deployment deployment_;
  std::string lead_;
};

TEST_F(TwoServices, AreTwoProcessesWithADatabaseEach) {
  StartBoth();
  EXPECT_NE(deployment_.registry().pid(), deployment_.matching().pid());
  for (const char* service : {"registry", "matching"}) {
    EXPECT_TRUE(std::filesystem::exists(deployment_.folder() + "/" + service + "/db")) << service;
  }
  // What one has open, the other has not.
  for (const auto& [process, other] :
       {std::pair(&deployment_.registry(), "/matching/"), std::pair(&deployment_.matching(), "/registry/")}) {
    for (const auto& entry :
         std::filesystem::directory_iterator(absl::StrCat("/proc/", process->pid(), "/fd"))) {
      std::error_code gone;
      const std::string open = std::filesystem::read_symlink(entry.path(), gone).string();
      EXPECT_FALSE(absl::StrContains(open, deployment_.folder() + other)) << open;
    }
  }
}

TEST_F(TwoServices, TheFirstCredentialsAreForTheirOwnerAlone) {
  StartBoth();
  for (const char* name : {"lead.token", "matching-service.token"}) {
    const std::string path = deployment_.credentials() + "/" + name;
    ASSERT_TRUE(std::filesystem::exists(path)) << path;
    EXPECT_EQ(std::filesystem::status(path).permissions(),
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write)
        << path;
  }
  // They are written once: what was issued stays good.
  ASSERT_EQ(deployment_.registry().Stop()->exit_code, 0);
  ASSERT_TRUE(deployment_.StartRegistry().ok());
  EXPECT_EQ(deployment_.LeadToken(), lead_);
}

TEST_F(TwoServices, AnOrganisationReachesMatchingByTheWatchAlone) {
  StartBoth();
  Stubs stubs(deployment_);
  // While the matching service is away, only the registry can hear of it.
  ASSERT_EQ(deployment_.matching().Stop()->exit_code, 0);
  const auto organisation = AddOrganisation(stubs, lead_, "Stour Valley Befrienders");
  ASSERT_TRUE(organisation.ok()) << organisation.status();
  // And while the registry is away, the matching service can hear of nothing.
  ASSERT_EQ(deployment_.registry().Stop()->exit_code, 0);
  ASSERT_TRUE(deployment_.StartMatching().ok());
  const auto before = AddOpen(Stubs(deployment_), lead_, RemoteRole(organisation->name()));
  EXPECT_EQ(before.status().code(), absl::StatusCode::kFailedPrecondition) << before.status();

  ASSERT_TRUE(deployment_.StartRegistry().ok());
  stubs = Stubs(deployment_);
  const auto volunteer = AddSearching(stubs, lead_, Helper("Ann"));
  ASSERT_TRUE(volunteer.ok()) << volunteer.status();
  // Once the token of that write is visible here, the watch has brought the organisation.
  ASSERT_TRUE(RolesFor(stubs, lead_, volunteer->name(), organisation->consistency_token()).ok());
  const auto after = AddOpen(stubs, lead_, RemoteRole(organisation->name()));
  ASSERT_TRUE(after.ok()) << after.status();
  const auto roles = RolesFor(stubs, lead_, volunteer->name(), "");
  ASSERT_TRUE(roles.ok()) << roles.status();
  EXPECT_THAT(*roles, ElementsAre(after->name()));
}

TEST_F(TwoServices, ACentreMadeJustNowTakesRecordsAtOnce) {
  StartBoth();
  const Stubs stubs(deployment_);
  registry::v1::CreateCentreRequest centre;
  centre.set_centre_id("swale");
  centre.mutable_centre()->set_display_name("Swale Volunteer Centre");
  matching::v1::CreateVolunteerRequest volunteer;
  volunteer.set_parent("centres/swale");
  *volunteer.mutable_volunteer() = Helper("Ann");
  ASSERT_TRUE(Call(*stubs.centres, &registry::v1::CentreService::Stub::CreateCentre, centre, lead_).ok());
  const auto create = &matching::v1::VolunteerService::Stub::CreateVolunteer;
  const auto made = Call(*stubs.volunteers, create, volunteer, lead_);
  EXPECT_TRUE(made.ok()) << made.status();
  volunteer.set_parent("centres/swael");
  EXPECT_EQ(Call(*stubs.volunteers, create, volunteer, lead_).status().code(), absl::StatusCode::kNotFound);
}

TEST_F(TwoServices, ASuspendedOrganisationsRolesLeaveTheNextMatch) {
  StartBoth();
  const Stubs stubs(deployment_);
  const auto organisation = AddOrganisation(stubs, lead_, "Wye Lunch Club");
  ASSERT_TRUE(organisation.ok()) << organisation.status();
  const auto volunteer = AddSearching(stubs, lead_, Helper("Ann"));
  ASSERT_TRUE(volunteer.ok()) << volunteer.status();
  ASSERT_TRUE(RolesFor(stubs, lead_, volunteer->name(), organisation->consistency_token()).ok());
  const auto role = AddOpen(stubs, lead_, RemoteRole(organisation->name()));
  ASSERT_TRUE(role.ok()) << role.status();
  EXPECT_THAT(*RolesFor(stubs, lead_, volunteer->name(), ""), ElementsAre(role->name()));

  registry::v1::SuspendOrganisationRequest suspend;
  suspend.set_name(organisation->name());
  suspend.set_reason("Insurance has lapsed.");
  const auto suspended = Call(*stubs.organisations,
                              &registry::v1::OrganisationService::Stub::SuspendOrganisation, suspend, lead_);
  ASSERT_TRUE(suspended.ok()) << suspended.status();
  EXPECT_THAT(*RolesFor(stubs, lead_, volunteer->name(), suspended->consistency_token()), IsEmpty());

  registry::v1::ReinstateOrganisationRequest reinstate;
  reinstate.set_name(organisation->name());
  const auto reinstated =
      Call(*stubs.organisations, &registry::v1::OrganisationService::Stub::ReinstateOrganisation, reinstate,
           lead_);
  ASSERT_TRUE(reinstated.ok()) << reinstated.status();
  EXPECT_THAT(*RolesFor(stubs, lead_, volunteer->name(), reinstated->consistency_token()),
              ElementsAre(role->name()));
}

TEST_F(TwoServices, MatchingGoesOnWithoutTheRegistry) {
  StartBoth();
  Stubs stubs(deployment_);
  const auto organisation = AddOrganisation(stubs, lead_, "Tenterden Toy Library");
  const auto volunteer = AddSearching(stubs, lead_, Helper("Ann"));
  ASSERT_TRUE(volunteer.ok()) << volunteer.status();
  ASSERT_TRUE(RolesFor(stubs, lead_, volunteer->name(), organisation->consistency_token()).ok());
  const auto role = AddOpen(stubs, lead_, RemoteRole(organisation->name()));
  ASSERT_TRUE(role.ok()) << role.status();
  const auto with = MatchingStatus(stubs, lead_);
  ASSERT_TRUE(with.ok()) << with.status();
  EXPECT_TRUE(with->registry_view().seen());
  EXPECT_TRUE(with->registry_view().connected());
  EXPECT_EQ(with->registry_view().organisation_count(), 1);

  deployment_.registry().Kill();
  ASSERT_EQ(deployment_.matching().Stop()->exit_code, 0);
  ASSERT_TRUE(deployment_.StartMatching().ok());
  stubs = Stubs(deployment_);
  EXPECT_THAT(*RolesFor(stubs, lead_, volunteer->name(), ""), ElementsAre(role->name()));
  const auto without = MatchingStatus(stubs, lead_);
  ASSERT_TRUE(without.ok()) << without.status();
  EXPECT_TRUE(without->registry_view().seen());
  EXPECT_FALSE(without->registry_view().connected());
  EXPECT_EQ(without->registry_view().organisation_count(), 1);
  EXPECT_GT(without->registry_view().credential_count(), 0);
  // It was heard while the service had it, before this start, and the age says so.
  EXPECT_TRUE(without->registry_view().has_last_heard_time());
  EXPECT_LE(without->registry_view().last_heard_time().seconds(), without->start_time().seconds());
  EXPECT_TRUE(without->registry_view().has_age());
}

// Asks until the matching service answers `token` with `code`: the watch delivers when it does.
void AwaitAnswer(const Stubs& stubs, const std::string& token, absl::StatusCode code) {
  const absl::Time until = absl::Now() + kCallLimit;
  absl::Status last;
  do {
    last = MatchingStatus(stubs, token).status();
  } while (last.code() != code && absl::Now() < until);
  EXPECT_EQ(last.code(), code) << last;
}

TEST_F(TwoServices, ARevokedCredentialEndsAtBoth) {
  StartBoth();
  const Stubs stubs(deployment_);
  registry::v1::CreateCredentialRequest create;
  create.set_parent(kCentre);
  create.mutable_credential()->set_display_name("Front desk");
  create.mutable_credential()->set_role(common::v1::ROLE_READER);
  using Centres = registry::v1::CentreService::Stub;
  const auto credential = Call(*stubs.centres, &Centres::CreateCredential, create, lead_);
  ASSERT_TRUE(credential.ok()) << credential.status();
  AwaitAnswer(stubs, credential->secret(), absl::StatusCode::kOk);

  registry::v1::RevokeCredentialRequest revoke;
  revoke.set_name(credential->name());
  const auto revoked = Call(*stubs.centres, &Centres::RevokeCredential, revoke, lead_);
  ASSERT_TRUE(revoked.ok()) << revoked.status();
  using Admin = registry::v1::AdminService::Stub;
  const auto at_registry =
      Call(*stubs.registry_admin, &Admin::GetStatus, registry::v1::GetStatusRequest(), credential->secret());
  EXPECT_EQ(at_registry.status().code(), absl::StatusCode::kUnauthenticated);
  AwaitAnswer(stubs, credential->secret(), absl::StatusCode::kUnauthenticated);
}

}  // namespace
}  // namespace brokerage::e2e
