// Postcodes imported while both services run.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

#include "base/files.h"
#include "brokerage/registry/v1/reference_service.grpc.pb.h"
#include "tests/e2e/deployment.h"
#include "tests/e2e/scene.h"
#include "tests/support/processes.h"

namespace brokerage::e2e {
namespace {

constexpr char kPostcode[] = "TN24 0XQ";

TEST(Places, AnImportIsTakenUpWithoutAPause) {
  Deployment deployment;
  const absl::Status started = deployment.Start();
  ASSERT_TRUE(started.ok()) << started;
  const std::string lead = deployment.LeadToken();
  const Stubs stubs(deployment);
  const auto reference = registry::v1::ReferenceService::NewStub(deployment.ToRegistry());
  registry::v1::ResolvePlaceRequest resolve;
  resolve.set_postcode(kPostcode);
  using Reference = registry::v1::ReferenceService::Stub;
  const auto before = Call(*reference, &Reference::ResolvePlace, resolve, lead);
  ASSERT_TRUE(before.ok()) << before.status();
  EXPECT_LT(before->precision(), common::v1::PLACE_PRECISION_POSTCODE);
  matching::v1::Volunteer helper = Helper("Ann");
  helper.mutable_home()->set_postcode(kPostcode);
  helper.set_travel_radius_m(5'000);
  const auto volunteer = AddSearching(stubs, lead, helper);
  ASSERT_TRUE(volunteer.ok()) << volunteer.status();
  EXPECT_LT(volunteer->home().precision(), common::v1::PLACE_PRECISION_POSTCODE);

  const std::string file = deployment.folder() + "/postcodes.csv";
  ASSERT_TRUE(base::WriteFileAtomically(
                  file,
                  "postcode,lat,lon,easting,northing,district_code,ward_code,positional_quality\n"
                  "TN24 0XQ,51.155123,0.881234,601500,143600,E07000105,E05012345,10\n")
                  .ok());
  const auto imported =
      support::RunProgram({CliProgram(), "places", "import", file, "--data", deployment.folder()});
  ASSERT_TRUE(imported.ok()) << imported.status();
  ASSERT_EQ(imported->ending.exit_code, 0) << imported->errors;
  deployment.registry().Signal(SIGHUP);
  deployment.matching().Signal(SIGHUP);

  // Each takes the file up when it comes to it.
  const absl::Time until = absl::Now() + kCallLimit;
  absl::StatusOr<common::v1::Place> after;
  do {
    after = Call(*reference, &Reference::ResolvePlace, resolve, lead);
  } while (after.ok() && after->precision() != common::v1::PLACE_PRECISION_POSTCODE && absl::Now() < until);
  ASSERT_TRUE(after.ok()) << after.status();
  EXPECT_EQ(after->precision(), common::v1::PLACE_PRECISION_POSTCODE);
  EXPECT_NEAR(after->latitude(), 51.155123, 1e-6);
  EXPECT_EQ(after->district(), "districts/E07000105");

  matching::v1::GetVolunteerRequest get;
  get.set_name(volunteer->name());
  absl::StatusOr<matching::v1::Volunteer> again;
  do {
    again = Call(*stubs.volunteers, &matching::v1::VolunteerService::Stub::GetVolunteer, get, lead);
  } while (again.ok() && again->home().precision() != common::v1::PLACE_PRECISION_POSTCODE &&
           absl::Now() < until);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->home().precision(), common::v1::PLACE_PRECISION_POSTCODE);
  EXPECT_NEAR(again->home().latitude(), 51.155123, 1e-6);

  const auto at_matching = Call(*stubs.matching_admin, &matching::v1::AdminService::Stub::GetStatus,
                                matching::v1::GetStatusRequest(), lead);
  const auto at_registry = Call(*stubs.registry_admin, &registry::v1::AdminService::Stub::GetStatus,
                                registry::v1::GetStatusRequest(), lead);
  ASSERT_TRUE(at_matching.ok()) << at_matching.status();
  ASSERT_TRUE(at_registry.ok()) << at_registry.status();
  EXPECT_EQ(at_matching->places_version(), at_registry->places_version());
  EXPECT_TRUE(deployment.registry().Running());
  EXPECT_TRUE(deployment.matching().Running());
}

}  // namespace
}  // namespace brokerage::e2e
