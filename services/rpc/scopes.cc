#include "services/rpc/scopes.h"

#include "google/protobuf/descriptor.h"

#include "brokerage/common/v1/access.pb.h"
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

namespace brokerage::rpc {

const std::set<std::string>& KnownScopes() {
  static const auto* const scopes = [] {
    auto* found = new std::set<std::string>();
    // A message of each service's file stands for the file.
    for (const google::protobuf::Descriptor* message :
         {matching::v1::GetStatusRequest::descriptor(), matching::v1::MatchVolunteersRequest::descriptor(),
          matching::v1::GetOpportunityRequest::descriptor(), matching::v1::GetReferralRequest::descriptor(),
          matching::v1::GetDistrictCoverageRequest::descriptor(),
          matching::v1::GetVolunteerRequest::descriptor(), registry::v1::GetStatusRequest::descriptor(),
          registry::v1::GetCentreRequest::descriptor(), registry::v1::GetOrganisationRequest::descriptor(),
          registry::v1::ListDistrictsRequest::descriptor()}) {
      const auto* file = message->file();
      for (int i = 0; i < file->service_count(); ++i) {
        for (int j = 0; j < file->service(i)->method_count(); ++j) {
          const auto& access = file->service(i)->method(j)->options().GetExtension(common::v1::access);
          if (!access.scope().empty()) found->insert(access.scope());
        }
      }
    }
    return found;
  }();
  return *scopes;
}

}  // namespace brokerage::rpc
