// What every question of MatchingService rests on: the weights, how fresh the answer is to be, the state that
// answers.
#pragma once

#include <string>

#include "base/errors.h"
#include "base/resource_names.h"
#include "matcher/index.h"
#include "services/matching/freshness.h"
#include "services/rpc/requests.h"
#include "services/rpc/tokens.h"

namespace brokerage::matching {

// Adds what is wrong with a request's weight_set and at_least_as_fresh.
template <typename Request>
void CheckBasis(const Request& request, base::Violations& violations) {
  rpc::CheckName<base::WeightSetName>(request.weight_set(), "weight_set", violations);
  CheckToken(request.at_least_as_fresh(), violations);
}

// A state of the index as a consistency token.
inline std::string RevisionToken(const matcher::Revision& revision) {
  return rpc::FormatConsistencyToken({rpc::Origin::kMatching, revision.epoch, revision.sequence});
}

}  // namespace brokerage::matching
