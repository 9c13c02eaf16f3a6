// Stored messages as the matcher's facts: names become numbers, defaults values, places coordinates,
// calendars minutes.
//
// Records were validated when they were written; what the tables have since lost (a skill, a cause) is left
// out. Shared by the service, the benchmarks and the tests. Times are in times.h.
#pragma once

#include <optional>

#include "absl/time/time.h"

#include "brokerage/common/v1/date_time.pb.h"
#include "brokerage/common/v1/place.pb.h"
#include "brokerage/matching/v1/opportunity.pb.h"
#include "brokerage/matching/v1/volunteer.pb.h"
#include "brokerage/matching/v1/weight_set.pb.h"
#include "matcher/checks.h"
#include "matcher/types.h"
#include "reference/places.h"
#include "services/matching/convert/tables.h"

namespace brokerage::matching {

matcher::VolunteerFacts ToFacts(const v1::Volunteer& volunteer, const ReferenceTables& tables,
                                const reference::PlaceIndex& places);
// Recurring sessions are those that questions around `now` need (times.h): such a role is made anew each day.
matcher::OpportunityFacts ToFacts(const v1::Opportunity& opportunity, const ReferenceTables& tables,
                                  const reference::PlaceIndex& places, absl::Time now);

// A draft as a role that is open at `centre` and never expires.
matcher::OpportunityFacts DraftFacts(const v1::Opportunity& draft, absl::string_view centre,
                                     const ReferenceTables& tables, const reference::PlaceIndex& places,
                                     absl::Time now);

matcher::Weights ToWeights(const v1::WeightSet& weight_set);

// A valid date as days since 1970-01-01.
matcher::Day DayOf(const common::v1::Date& date);

// As a role asks for it, and why it may.
matcher::RequiredCheck ToFacts(const common::v1::RequiredCheck& check);
matcher::EligibilityBasisSet BasesOf(const common::v1::RequiredCheck& check);

// Where a stored place is. One known by its postcode is looked up again unless it was already known exactly,
// so that importing places improves what was stored before.
std::optional<reference::ResolvedPlace> Locate(const common::v1::Place& place,
                                               const reference::PlaceIndex& places);

}  // namespace brokerage::matching
