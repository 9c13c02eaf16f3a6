// Records are made under centres that the registry told of.
#include <gtest/gtest.h>
#include <string>
#include <thread>

#include "absl/time/clock.h"

#include "services/matching/registry_state.h"
#include "tests/services/matching/resources/resource_calls.h"
#include "tests/support/matching_fixture.h"

namespace brokerage::matching {
namespace {

constexpr char kSwale[] = "centres/swale";
constexpr char kNotFound[] = "NOT_FOUND NOT_FOUND";

// What CreateVolunteer and CreateOpportunity answer under `parent`, which is the same.
std::string Made(const Client& client, const std::string& parent, bool validate_only = false) {
  v1::CreateVolunteerRequest volunteer;
  volunteer.set_parent(parent);
  volunteer.set_validate_only(validate_only);
  *volunteer.mutable_volunteer() = Parse<v1::Volunteer>(kEnquiry);
  v1::CreateOpportunityRequest role;
  role.set_parent(parent);
  role.set_validate_only(validate_only);
  *role.mutable_opportunity() = Parse<v1::Opportunity>("title: 'Driver'");
  const std::string outline = Outline(client.Call(&Volunteers::CreateVolunteer, volunteer).status());
  EXPECT_EQ(Outline(client.Call(&Opportunities::CreateOpportunity, role).status()), outline);
  return outline;
}

TEST(CentreNames, ACentreThatIsNoneTakesNoRecords) {
  MatchingWorld world;
  world.SetCentresSeen();
  EXPECT_EQ(Made(world.Lead(), "centres/ashfrod"), kNotFound);
  EXPECT_EQ(Made(world.Lead(), "centres/ashfrod", true), kNotFound);
  EXPECT_EQ(Made(world.Lead(), kDover), "OK");
  EXPECT_EQ(Made(world.Lead(), kDover, true), "OK");
  // Faults and rights come first, and tell nothing of centres.
  EXPECT_EQ(Outline(CreateVolunteer(world.Lead(), "centres/ashfrod", "display_name: 'A'").status()),
            "INVALID_ARGUMENT INVALID_FIELDS");
  EXPECT_EQ(Made(world.Caseworker(kDover), "centres/ashfrod"), "PERMISSION_DENIED PERMISSION_DENIED");
}

TEST(CentreNames, UntilTheRegistryWasHeardNobodyKnows) {
  MatchingWorld world;
  EXPECT_EQ(Made(world.Lead(), kSwale), "UNAVAILABLE REGISTRY_NEVER_SEEN");
  EXPECT_EQ(Made(world.Lead(), kSwale, true), "UNAVAILABLE REGISTRY_NEVER_SEEN");
  // The caller's own was given by the registry.
  EXPECT_EQ(Made(world.Caseworker(kSwale), kSwale), "OK");
}

TEST(CentreNames, ACentreMadeJustNowIsWaitedFor) {
  MatchingWorld world(false, absl::Seconds(30));  // a guard against hanging
  world.SetCentresSeen();
  std::jthread registry([&] { world.SetCentre(kSwale); });
  EXPECT_EQ(Made(world.Lead(), kSwale), "OK");
}

TEST(CentreNames, AWaitEndsWhenTheNameIsHeard) {
  CentreViews centres;
  centres.SetSeen();
  centres.Put(kAshford);
  absl::Status heard;
  std::jthread waiting([&] { heard = centres.Await(kSwale, absl::Now() + absl::Seconds(30)); });
  centres.Put(kDover);
  centres.Put(kSwale);
  waiting.join();
  EXPECT_TRUE(heard.ok()) << heard;
  centres.Remove(kSwale);
  EXPECT_EQ(centres.Await(kSwale, absl::Now()).code(), absl::StatusCode::kNotFound);
  EXPECT_TRUE(centres.Await(kDover, absl::Now()).ok());
}

}  // namespace
}  // namespace brokerage::matching
