// OpportunityService.
#pragma once

#include <functional>
#include <string>

#include "brokerage/matching/v1/opportunity_service.grpc.pb.h"
#include "brokerage/matching/v1/referral.pb.h"
#include "brokerage/storage/v1/record.pb.h"
#include "services/matching/context.h"
#include "services/matching/records.h"
#include "services/rpc/records.h"

namespace brokerage::matching {

// Thread-safe. The context outlives it.
class OpportunityHandlers final : public v1::OpportunityService::Service {
 public:
  explicit OpportunityHandlers(const Context& context);

  grpc::Status CreateOpportunity(grpc::ServerContext* context, const v1::CreateOpportunityRequest* request,
                                 v1::Opportunity* answer) override;
  grpc::Status GetOpportunity(grpc::ServerContext* context, const v1::GetOpportunityRequest* request,
                              v1::Opportunity* answer) override;
  grpc::Status UpdateOpportunity(grpc::ServerContext* context, const v1::UpdateOpportunityRequest* request,
                                 v1::Opportunity* answer) override;
  grpc::Status ListOpportunities(grpc::ServerContext* context, const v1::ListOpportunitiesRequest* request,
                                 v1::ListOpportunitiesResponse* answer) override;
  grpc::Status DeleteOpportunity(grpc::ServerContext* context, const v1::DeleteOpportunityRequest* request,
                                 v1::Opportunity* answer) override;
  grpc::Status UndeleteOpportunity(grpc::ServerContext* context,
                                   const v1::UndeleteOpportunityRequest* request,
                                   v1::Opportunity* answer) override;
  grpc::Status SubmitOpportunity(grpc::ServerContext* context, const v1::SubmitOpportunityRequest* request,
                                 v1::Opportunity* answer) override;
  grpc::Status ApproveOpportunity(grpc::ServerContext* context, const v1::ApproveOpportunityRequest* request,
                                  v1::Opportunity* answer) override;
  grpc::Status RejectOpportunity(grpc::ServerContext* context, const v1::RejectOpportunityRequest* request,
                                 v1::Opportunity* answer) override;
  grpc::Status PauseOpportunity(grpc::ServerContext* context, const v1::PauseOpportunityRequest* request,
                                v1::Opportunity* answer) override;
  grpc::Status ResumeOpportunity(grpc::ServerContext* context, const v1::ResumeOpportunityRequest* request,
                                 v1::Opportunity* answer) override;
  grpc::Status CloseOpportunity(grpc::ServerContext* context, const v1::CloseOpportunityRequest* request,
                                v1::Opportunity* answer) override;
  grpc::Status ConfirmOpportunity(grpc::ServerContext* context, const v1::ConfirmOpportunityRequest* request,
                                  v1::Opportunity* answer) override;
  // listing_handlers.cc
  grpc::Status SearchOpportunities(grpc::ServerContext* context,
                                   const v1::SearchOpportunitiesRequest* request,
                                   v1::SearchOpportunitiesResponse* answer) override;

 private:
  using Record = storage::v1::OpportunityRecord;
  using Also = std::function<absl::Status(const rpc::Call&, Record&)>;

  // A step of the table of states. `also` does what else belongs to it, once the step is allowed and taken. A
  // step that `ends` the role ends its live referrals for that reason.
  template <typename Request>
  grpc::Status Step(const grpc::ServerContext& context, const Request& request, v1::Opportunity& answer,
                    const Also& also = nullptr, v1::Referral::Reason ends = v1::Referral::REASON_UNSPECIFIED);
  // Errors: OrganisationNotActive; RegistryNeverSeen when that is why it is not known.
  absl::Status CheckOrganisation(const v1::Opportunity& opportunity) const;
  // Confirmed now: offered for another period.
  void Confirm(const rpc::Call& call, v1::Opportunity& opportunity) const;
  // The answer to a write: whole, for only those write who see all of a record.
  static v1::Opportunity Written(const rpc::Call& call, rpc::Outcome<Record> outcome);

  const Context& context_;
  const rpc::Records<Record> records_;
};

}  // namespace brokerage::matching
