// People and roles for the tests of the real programs, made as a caller makes them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

#include "brokerage/matching/v1/admin_service.grpc.pb.h"
#include "brokerage/matching/v1/matching_service.grpc.pb.h"
#include "brokerage/matching/v1/opportunity_service.grpc.pb.h"
#include "brokerage/matching/v1/volunteer_service.grpc.pb.h"
#include "brokerage/registry/v1/admin_service.grpc.pb.h"
#include "brokerage/registry/v1/centre_service.grpc.pb.h"
#include "brokerage/registry/v1/organisation_service.grpc.pb.h"
#include "tests/e2e/deployment.h"

namespace brokerage::e2e {

inline constexpr char kCentre[] = "centres/ashford";

// The stubs of both services, over channels of their own. Thread-safe, as stubs are.
struct Stubs {
  explicit Stubs(const Deployment& deployment);

  std::unique_ptr<matching::v1::VolunteerService::Stub> volunteers;
  std::unique_ptr<matching::v1::OpportunityService::Stub> opportunities;
  std::unique_ptr<matching::v1::MatchingService::Stub> match;
  std::unique_ptr<matching::v1::AdminService::Stub> matching_admin;
  std::unique_ptr<registry::v1::OrganisationService::Stub> organisations;
  std::unique_ptr<registry::v1::CentreService::Stub> centres;
  std::unique_ptr<registry::v1::AdminService::Stub> registry_admin;
};

// Someone who works from home on Tuesday evenings.
matching::v1::Volunteer Helper(const std::string& display_name);
// A role that anyone who works from home on Tuesday evenings can do.
matching::v1::Opportunity RemoteRole(const std::string& organisation);

// As the holder of `token`: creates, registers and activates; creates an organisation; creates, submits and
// approves. Each answers the record as last answered.
absl::StatusOr<matching::v1::Volunteer> AddSearching(const Stubs& stubs, const std::string& token,
                                                     const matching::v1::Volunteer& volunteer);
absl::StatusOr<registry::v1::Organisation> AddOrganisation(const Stubs& stubs, const std::string& token,
                                                           const std::string& display_name);
absl::StatusOr<matching::v1::Opportunity> AddOpen(const Stubs& stubs, const std::string& token,
                                                  const matching::v1::Opportunity& opportunity);

// The names of all roles that `volunteer` could do, best first, in a state that holds the write of
// `as_fresh_as` (a consistency token; empty: any). Asks again while a token is not yet visible.
absl::StatusOr<std::vector<std::string>> RolesFor(const Stubs& stubs, const std::string& token,
                                                  const std::string& volunteer,
                                                  const std::string& as_fresh_as);

}  // namespace brokerage::e2e
