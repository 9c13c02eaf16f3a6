// The methods of MatchingService that follow from lists: advice on thin ones.

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

}  // namespace brokerage::matching
