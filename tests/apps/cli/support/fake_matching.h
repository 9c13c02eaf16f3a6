// Stands in for the matching service: keeps what it is given, and refuses what tests ask it to.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "brokerage/matching/v1/admin_service.grpc.pb.h"
#include "brokerage/matching/v1/matching_service.grpc.pb.h"
#include "brokerage/matching/v1/opportunity_service.grpc.pb.h"
#include "brokerage/matching/v1/volunteer_service.grpc.pb.h"
#include "tests/apps/cli/support/switchboard.h"

namespace brokerage::cli {

// Refuses a display name that holds "REFUSED", a home whose postcode begins with ZZ, and sharing with the
// county without a consent. Finds a possible duplicate for every email that it knows already.
class FakeVolunteers final : public matching::v1::VolunteerService::Service {
 public:
  explicit FakeVolunteers(Switchboard& board) : board_(board) {}

  grpc::Status CreateVolunteer(grpc::ServerContext*, const matching::v1::CreateVolunteerRequest*,
                               matching::v1::Volunteer*) override;
  grpc::Status GetVolunteer(grpc::ServerContext*, const matching::v1::GetVolunteerRequest*,
                            matching::v1::Volunteer*) override;
  grpc::Status ListVolunteers(grpc::ServerContext*, const matching::v1::ListVolunteersRequest*,
                              matching::v1::ListVolunteersResponse*) override;
  grpc::Status RegisterVolunteer(grpc::ServerContext*, const matching::v1::RegisterVolunteerRequest*,
                                 matching::v1::Volunteer*) override;
  grpc::Status ActivateVolunteer(grpc::ServerContext*, const matching::v1::ActivateVolunteerRequest*,
                                 matching::v1::Volunteer*) override;

  std::map<std::string, matching::v1::Volunteer> kept;  // by name
  matching::v1::ListVolunteersRequest last_list;

 private:
  Switchboard& board_;
};

// Refuses a title that holds "REFUSED". Submit and Approve need the organisation to be in `active`.
class FakeOpportunities final : public matching::v1::OpportunityService::Service {
 public:
  explicit FakeOpportunities(Switchboard& board) : board_(board) {}

  grpc::Status CreateOpportunity(grpc::ServerContext*, const matching::v1::CreateOpportunityRequest*,
                                 matching::v1::Opportunity*) override;
  grpc::Status GetOpportunity(grpc::ServerContext*, const matching::v1::GetOpportunityRequest*,
                              matching::v1::Opportunity*) override;
  grpc::Status ListOpportunities(grpc::ServerContext*, const matching::v1::ListOpportunitiesRequest*,
                                 matching::v1::ListOpportunitiesResponse*) override;
  grpc::Status SubmitOpportunity(grpc::ServerContext*, const matching::v1::SubmitOpportunityRequest*,
                                 matching::v1::Opportunity*) override;
  grpc::Status ApproveOpportunity(grpc::ServerContext*, const matching::v1::ApproveOpportunityRequest*,
                                  matching::v1::Opportunity*) override;

  std::map<std::string, matching::v1::Opportunity> kept;  // by name
  std::vector<std::string> inactive;                      // organisations that are not active

 private:
  absl::Status Step(const std::string& name, matching::v1::Opportunity::State from,
                    matching::v1::Opportunity::State to, matching::v1::Opportunity* answer);

  Switchboard& board_;
};

// Answers what it is told to, page by page.
class FakeMatching final : public matching::v1::MatchingService::Service {
 public:
  explicit FakeMatching(Switchboard& board) : board_(board) {}

  grpc::Status MatchVolunteers(grpc::ServerContext*, const matching::v1::MatchVolunteersRequest*,
                               matching::v1::MatchVolunteersResponse*) override;
  grpc::Status MatchOpportunities(grpc::ServerContext*, const matching::v1::MatchOpportunitiesRequest*,
                                  matching::v1::MatchOpportunitiesResponse*) override;
  grpc::Status ExplainMatch(grpc::ServerContext*, const matching::v1::ExplainMatchRequest*,
                            matching::v1::ExplainMatchResponse*) override;
  grpc::Status SuggestRelaxations(grpc::ServerContext*, const matching::v1::SuggestRelaxationsRequest*,
                                  matching::v1::SuggestRelaxationsResponse*) override;

  grpc::Status WatchMatches(grpc::ServerContext*, const matching::v1::WatchMatchesRequest*,
                            grpc::ServerWriter<matching::v1::WatchMatchesResponse>*) override;

  std::vector<matching::v1::Match> matches;
  std::vector<matching::v1::WatchMatchesResponse> events;  // of a watch, which then is over
  matching::v1::ExplainMatchResponse explanation;
  matching::v1::SuggestRelaxationsResponse relaxations;
  matching::v1::MatchVolunteersRequest first_request;  // for volunteers, of the last run
  matching::v1::MatchOpportunitiesRequest last_opportunities;
  matching::v1::ExplainMatchRequest last_explain;
  matching::v1::SuggestRelaxationsRequest last_relaxations;
  matching::v1::WatchMatchesRequest last_watch;

 private:
  Switchboard& board_;
};

class FakeMatchingAdmin final : public matching::v1::AdminService::Service {
 public:
  explicit FakeMatchingAdmin(Switchboard& board) : board_(board) {}

  grpc::Status CreateBackup(grpc::ServerContext*, const matching::v1::CreateBackupRequest*,
                            matching::v1::Backup*) override;
  grpc::Status GetStatus(grpc::ServerContext*, const matching::v1::GetStatusRequest*,
                         matching::v1::ServiceStatus*) override;

  matching::v1::ServiceStatus status;

 private:
  Switchboard& board_;
};

}  // namespace brokerage::cli
