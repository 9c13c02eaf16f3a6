// The methods of MatchingService that follow from lists: advice on thin ones, and following them.

#include "services/matching/matching_handlers.h"

namespace brokerage::matching {

grpc::Status MatchingHandlers::SuggestRelaxations(grpc::ServerContext* context,
                                                  const v1::SuggestRelaxationsRequest* request,
                                                  v1::SuggestRelaxationsResponse* response) {
  const auto check = [&](const rpc::Call&, base::Violations& violations) {
    relaxations_.Check(*request, violations);
  };
  return context_.runner.Run(*context, *request, check, [&](const rpc::Call& call) {
    return relaxations_.Suggest(call, *request, response);
  });
}

grpc::Status MatchingHandlers::WatchMatches(grpc::ServerContext* context,
                                            const v1::WatchMatchesRequest* request,
                                            grpc::ServerWriter<v1::WatchMatchesResponse>* writer) {
  const auto check = [&](const rpc::Call&, base::Violations& violations) {
    watch_.Check(*request, violations);
  };
  return context_.runner.Run(*context, *request, check, [&](const rpc::Call& call) {
    return watch_.Serve(call, *context, *request, *writer);
  });
}

}  // namespace brokerage::matching
