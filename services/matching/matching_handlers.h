// MatchingService: each method is one call of a question to the index or to the weight sets.
#pragma once

#include "brokerage/matching/v1/matching_service.grpc.pb.h"
#include "services/matching/context.h"
#include "services/matching/match_queries.h"
#include "services/matching/match_watch.h"
#include "services/matching/relaxation_queries.h"
#include "services/matching/weight_sets.h"
#include "services/rpc/message_pool.h"

namespace brokerage::matching {

// Questions to the index are answered on the threads that read the network, of which there are few: they
// wait for nothing but by the call's parking. The other methods have threads of their own.
using MatchingServiceFront = v1::MatchingService::WithCallbackMethod_MatchVolunteers<
    v1::MatchingService::WithCallbackMethod_MatchOpportunities<
        v1::MatchingService::WithCallbackMethod_ExplainMatch<v1::MatchingService::Service>>>;

class MatchingHandlers final : public MatchingServiceFront {
 public:
  MatchingHandlers(const Context& context, const MatchQueries& queries, const RelaxationQueries& relaxations,
                   const MatchWatch& watch, const WeightSets& weight_sets)
      : context_(context),
        queries_(queries),
        relaxations_(relaxations),
        watch_(watch),
        weight_sets_(weight_sets) {
    SetMessageAllocatorFor_MatchVolunteers(&volunteers_messages_);
    SetMessageAllocatorFor_MatchOpportunities(&opportunities_messages_);
    SetMessageAllocatorFor_ExplainMatch(&explain_messages_);
  }

  grpc::ServerUnaryReactor* MatchVolunteers(grpc::CallbackServerContext* context,
                                            const v1::MatchVolunteersRequest* request,
                                            v1::MatchVolunteersResponse* response) override;
  grpc::ServerUnaryReactor* MatchOpportunities(grpc::CallbackServerContext* context,
                                               const v1::MatchOpportunitiesRequest* request,
                                               v1::MatchOpportunitiesResponse* response) override;
  grpc::ServerUnaryReactor* ExplainMatch(grpc::CallbackServerContext* context,
                                         const v1::ExplainMatchRequest* request,
                                         v1::ExplainMatchResponse* response) override;
  grpc::Status SuggestRelaxations(grpc::ServerContext* context, const v1::SuggestRelaxationsRequest* request,
                                  v1::SuggestRelaxationsResponse* response) override;
  grpc::Status WatchMatches(grpc::ServerContext* context, const v1::WatchMatchesRequest* request,
                            grpc::ServerWriter<v1::WatchMatchesResponse>* writer) override;
  grpc::Status GetWeightSet(grpc::ServerContext* context, const v1::GetWeightSetRequest* request,
                            v1::WeightSet* response) override;
  grpc::Status ListWeightSets(grpc::ServerContext* context, const v1::ListWeightSetsRequest* request,
                              v1::ListWeightSetsResponse* response) override;
  grpc::Status CreateWeightSet(grpc::ServerContext* context, const v1::CreateWeightSetRequest* request,
                               v1::WeightSet* response) override;

 private:
  const Context& context_;
  const MatchQueries& queries_;
  const RelaxationQueries& relaxations_;
  const MatchWatch& watch_;
  const WeightSets& weight_sets_;
  rpc::MessagePool<v1::MatchVolunteersRequest, v1::MatchVolunteersResponse> volunteers_messages_;
  rpc::MessagePool<v1::MatchOpportunitiesRequest, v1::MatchOpportunitiesResponse> opportunities_messages_;
  rpc::MessagePool<v1::ExplainMatchRequest, v1::ExplainMatchResponse> explain_messages_;
};

}  // namespace brokerage::matching
