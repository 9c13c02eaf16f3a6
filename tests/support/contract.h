// The whole contract, for tests that go through all of it.
#pragma once

#include <vector>

#include "google/protobuf/descriptor.h"

#include "brokerage/matching/v1/admin_service.pb.h"
#include "brokerage/matching/v1/matching_service.pb.h"
#include "brokerage/matching/v1/opportunity_service.pb.h"
#include "brokerage/matching/v1/referral_service.pb.h"
#include "brokerage/matching/v1/report_service.pb.h"
#include "brokerage/matching/v1/volunteer_service.pb.h"
#include "brokerage/registry/v1/admin_service.pb.h"
#include "brokerage/registry/v1/centre_service.pb.h"
#include "brokerage/registry/v1/organisation_service.pb.h"
#include "brokerage/registry/v1/reference_service.pb.h"

namespace brokerage::support {

inline std::vector<const google::protobuf::ServiceDescriptor*> MatchingServices() {
  return {matching::v1::GetVolunteerRequest::descriptor()->file()->service(0),
          matching::v1::GetOpportunityRequest::descriptor()->file()->service(0),
          matching::v1::MatchVolunteersRequest::descriptor()->file()->service(0),
          matching::v1::GetReferralRequest::descriptor()->file()->service(0),
          matching::v1::GetDistrictCoverageRequest::descriptor()->file()->service(0),
          matching::v1::GetStatusRequest::descriptor()->file()->service(0)};
}

inline std::vector<const google::protobuf::ServiceDescriptor*> RegistryServices() {
  return {registry::v1::GetOrganisationRequest::descriptor()->file()->service(0),
          registry::v1::GetCentreRequest::descriptor()->file()->service(0),
          registry::v1::ListDistrictsRequest::descriptor()->file()->service(0),
          registry::v1::GetStatusRequest::descriptor()->file()->service(0)};
}

inline std::vector<const google::protobuf::ServiceDescriptor*> AllServices() {
  auto all = MatchingServices();
  for (const auto* service : RegistryServices()) all.push_back(service);
  return all;
}

inline std::vector<const google::protobuf::MethodDescriptor*> MethodsOf(
    const std::vector<const google::protobuf::ServiceDescriptor*>& services) {
  std::vector<const google::protobuf::MethodDescriptor*> methods;
  for (const auto* service : services) {
    for (int i = 0; i < service->method_count(); ++i) methods.push_back(service->method(i));
  }
  return methods;
}

}  // namespace brokerage::support
