// Which single change would bring more matches: SuggestRelaxations, asked of the index.
#pragma once

#include <string>

#include "absl/status/status.h"

#include "base/errors.h"
#include "brokerage/matching/v1/matching_service.pb.h"
#include "matcher/index.h"
#include "matcher/relaxations.h"
#include "services/matching/context.h"
#include "services/matching/freshness.h"
#include "services/matching/weight_sets.h"
#include "services/rpc/run.h"

namespace brokerage::matching {

// Thread-safe. Everything that it is given outlives it.
class RelaxationQueries {
 public:
  RelaxationQueries(const Context& context, const matcher::Index& index, const WeightSets& weight_sets,
                    const Freshness& freshness)
      : context_(context), index_(index), weight_sets_(weight_sets), freshness_(freshness) {}

  // Adds what is wrong with a request beyond the limits of its fields.
  void Check(const v1::SuggestRelaxationsRequest& request, base::Violations& violations) const;

  // For requests that pass. Errors: Policy::ActFor's, WeightSets::Find's, Freshness::Await's; NotFound;
  // Cancelled.
  absl::Status Suggest(const rpc::Call& call, const v1::SuggestRelaxationsRequest& request,
                       v1::SuggestRelaxationsResponse* response) const;

 private:
  const Context& context_;
  const matcher::Index& index_;
  const WeightSets& weight_sets_;
  const Freshness& freshness_;
};

}  // namespace brokerage::matching
