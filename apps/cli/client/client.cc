#include "apps/cli/client/client.h"

#include <chrono>

#include "absl/strings/str_cat.h"

namespace brokerage::cli {

Client::Client(std::shared_ptr<grpc::Channel> matching, std::shared_ptr<grpc::Channel> registry,
               std::string token, absl::Duration timeout, std::function<void(absl::Duration)> sleep)
    : authorization_(absl::StrCat("Bearer ", token)), timeout_(timeout), sleep_(std::move(sleep)) {
  stubs_.volunteers = matching::v1::VolunteerService::NewStub(matching);
  stubs_.opportunities = matching::v1::OpportunityService::NewStub(matching);
  stubs_.referrals = matching::v1::ReferralService::NewStub(matching);
  stubs_.matching = matching::v1::MatchingService::NewStub(matching);
  stubs_.reports = matching::v1::ReportService::NewStub(matching);
  stubs_.matching_admin = matching::v1::AdminService::NewStub(matching);
  stubs_.organisations = registry::v1::OrganisationService::NewStub(registry);
  stubs_.centres = registry::v1::CentreService::NewStub(registry);
  stubs_.reference = registry::v1::ReferenceService::NewStub(registry);
  stubs_.registry_admin = registry::v1::AdminService::NewStub(registry);
}

void Client::Authorise(grpc::ClientContext& context) const {
  context.AddMetadata("authorization", authorization_);
}

void Client::Prepare(grpc::ClientContext& context) const {
  Authorise(context);
  context.set_deadline(std::chrono::system_clock::now() + absl::ToChronoNanoseconds(timeout_));
}

}  // namespace brokerage::cli
