#include "services/matching/matching_handlers.h"

namespace brokerage::matching {

grpc::ServerUnaryReactor* MatchingHandlers::MatchVolunteers(grpc::CallbackServerContext* context,
                                                            const v1::MatchVolunteersRequest* request,
                                                            v1::MatchVolunteersResponse* response) {
  const auto check = [this, request](const rpc::Call& call, base::Violations& violations) {
    queries_.Check(call, *request, violations);
  };
  return context_.runner.Start(*context, *request, check, [this, request, response](const rpc::Call& call) {
    return queries_.MatchVolunteers(call, *request, response);
  });
}

grpc::ServerUnaryReactor* MatchingHandlers::MatchOpportunities(grpc::CallbackServerContext* context,
                                                               const v1::MatchOpportunitiesRequest* request,
                                                               v1::MatchOpportunitiesResponse* response) {
  const auto check = [this, request](const rpc::Call& call, base::Violations& violations) {
    queries_.Check(call, *request, violations);
  };
  return context_.runner.Start(*context, *request, check, [this, request, response](const rpc::Call& call) {
    return queries_.MatchOpportunities(call, *request, response);
  });
}

grpc::ServerUnaryReactor* MatchingHandlers::ExplainMatch(grpc::CallbackServerContext* context,
                                                         const v1::ExplainMatchRequest* request,
                                                         v1::ExplainMatchResponse* response) {
  const auto check = [this, request](const rpc::Call& call, base::Violations& violations) {
    queries_.Check(call, *request, violations);
  };
  return context_.runner.Start(*context, *request, check, [this, request, response](const rpc::Call& call) {
    return queries_.ExplainMatch(call, *request, response);
  });
}

grpc::Status MatchingHandlers::GetWeightSet(grpc::ServerContext* context,
                                            const v1::GetWeightSetRequest* request, v1::WeightSet* response) {
  return context_.runner.Run(
      *context, *request, [&](const rpc::Call& call) { return weight_sets_.Get(call, *request, response); });
}

grpc::Status MatchingHandlers::ListWeightSets(grpc::ServerContext* context,
                                              const v1::ListWeightSetsRequest* request,
                                              v1::ListWeightSetsResponse* response) {
  return context_.runner.Run(
      *context, *request, [&](const rpc::Call& call) { return weight_sets_.List(call, *request, response); });
}

grpc::Status MatchingHandlers::CreateWeightSet(grpc::ServerContext* context,
                                               const v1::CreateWeightSetRequest* request,
                                               v1::WeightSet* response) {
  const auto check = [&](const rpc::Call&, base::Violations& violations) {
    weight_sets_.Check(*request, violations);
  };
  return context_.runner.Run(*context, *request, check, [&](const rpc::Call& call) {
    return weight_sets_.Create(call, *request, response);
  });
}

}  // namespace brokerage::matching
