// The answer of GetDistrictCoverage, counted from the records of a store as plainly as can be: nothing is
// shared with services/matching/reports.
#pragma once

#include "absl/time/time.h"

#include "brokerage/matching/v1/report_service.pb.h"
#include "reference/places.h"
#include "services/matching/convert/tables.h"
#include "services/rpc/policy.h"
#include "storage/store.h"

namespace brokerage::matching {

struct PlainWorld {
  const storage::Store& store;
  const ReferenceTables& tables;
  const reference::PlaceIndex& places;
};

// All but the moment. `cause` and `skill` as in a request that passes.
v1::GetDistrictCoverageResponse PlainCoverage(const PlainWorld& world, const rpc::Acting& acting,
                                              const std::string& cause, const std::string& skill,
                                              absl::Time now);

}  // namespace brokerage::matching
