// Weight sets: how much each part of a score counts. Immutable; `weightSets/default` is built in.
#pragma once

#include <shared_mutex>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "base/errors.h"
#include "brokerage/matching/v1/matching_service.pb.h"
#include "brokerage/matching/v1/weight_set.pb.h"
#include "brokerage/storage/v1/record.pb.h"
#include "matcher/types.h"
#include "services/matching/context.h"
#include "services/rpc/records.h"

namespace brokerage::matching {

inline constexpr absl::string_view kDefaultWeightSet = "weightSets/default";

// Thread-safe. The context outlives it. The methods of MatchingService that are about weight sets end here,
// each with the errors of its method.
class WeightSets {
 public:
  explicit WeightSets(const Context& context);

  absl::Status Get(const rpc::Call& call, const v1::GetWeightSetRequest& request,
                   v1::WeightSet* answer) const;
  absl::Status List(const rpc::Call& call, const v1::ListWeightSetsRequest& request,
                    v1::ListWeightSetsResponse* answer) const;
  // Adds what is wrong with the set that is to be made; Create is for requests that pass.
  void Check(const v1::CreateWeightSetRequest& request, base::Violations& violations) const;
  absl::Status Create(const rpc::Call& call, const v1::CreateWeightSetRequest& request,
                      v1::WeightSet* answer) const;

  // A set as a query uses it.
  struct Found {
    std::string name;
    matcher::Weights weights;
  };
  // By the name that a request gives; empty: the default. Errors: INVALID_ARGUMENT, of the field weight_set,
  // for what is no name; NotFound.
  absl::StatusOr<Found> Find(absl::string_view name) const;

 private:
  using Record = storage::v1::WeightSetRecord;

  absl::StatusOr<v1::WeightSet> Read(const std::string& name) const;

  const Context& context_;
  const rpc::Records<Record> records_;
  // Sets never change, so what was read once is kept.
  mutable std::shared_mutex mutex_;
  mutable absl::flat_hash_map<std::string, matcher::Weights> known_;
};

}  // namespace brokerage::matching
