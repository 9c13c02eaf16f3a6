// Stored messages as the matcher's facts: names become numbers, defaults values, places coordinates,
// calendars minutes. Volunteers are in volunteer_reader.h.
//
// Records were validated when they were written; what the tables have since lost (a skill, a cause) is left
// out. Shared by the service, the benchmarks and the tests. Times are in times.h.
#pragma once

#include "absl/time/time.h"

#include "brokerage/common/v1/check.pb.h"
#include "brokerage/matching/v1/opportunity.pb.h"
#include "brokerage/matching/v1/weight_set.pb.h"
#include "matcher/checks.h"
#include "matcher/types.h"
#include "reference/places.h"
#include "services/matching/convert/tables.h"

namespace brokerage::matching {

// Recurring sessions are those that questions around `now` need (times.h): such a role is made anew each day.
matcher::OpportunityFacts ToFacts(const v1::Opportunity& opportunity, const ReferenceTables& tables,
                                  const reference::PlaceIndex& places, absl::Time now);

// A draft as a role that is open at `centre` and never expires.
matcher::OpportunityFacts DraftFacts(const v1::Opportunity& draft, absl::string_view centre,
                                     const ReferenceTables& tables, const reference::PlaceIndex& places,
                                     absl::Time now);

matcher::Weights ToWeights(const v1::WeightSet& weight_set);

// As a role asks for it, and why it may.
matcher::RequiredCheck ToFacts(const common::v1::RequiredCheck& check);
matcher::EligibilityBasisSet BasesOf(const common::v1::RequiredCheck& check);

}  // namespace brokerage::matching
