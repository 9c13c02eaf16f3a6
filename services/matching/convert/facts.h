// Stored messages as the matcher's facts: names become numbers, defaults values, places coordinates,
// calendars minutes.
//
// Records were validated when they were written; what the tables have since lost (a skill, a cause) is left
// out. Shared by the service, the benchmarks and the tests.
#pragma once

#include <optional>

#include "absl/time/time.h"
#include "google/protobuf/repeated_ptr_field.h"

#include "brokerage/common/v1/availability.pb.h"
#include "brokerage/common/v1/date_time.pb.h"
#include "brokerage/common/v1/place.pb.h"
#include "brokerage/matching/v1/opportunity.pb.h"
#include "brokerage/matching/v1/volunteer.pb.h"
#include "brokerage/matching/v1/weight_set.pb.h"
#include "matcher/checks.h"
#include "matcher/types.h"
#include "reference/places.h"
#include "schedule/weekly.h"
#include "services/matching/convert/tables.h"

namespace brokerage::matching {

matcher::VolunteerFacts ToFacts(const v1::Volunteer& volunteer, const ReferenceTables& tables,
                                const reference::PlaceIndex& places);
matcher::OpportunityFacts ToFacts(const v1::Opportunity& opportunity, const ReferenceTables& tables,
                                  const reference::PlaceIndex& places);

// A draft as a role that is open at `centre` and never expires.
matcher::OpportunityFacts DraftFacts(const v1::Opportunity& draft, absl::string_view centre,
                                     const ReferenceTables& tables, const reference::PlaceIndex& places);

matcher::Weights ToWeights(const v1::WeightSet& weight_set);

// The moment of a query: `now` cut to the minute, and its London date.
matcher::Moment MomentAt(absl::Time now);

// A valid date as days since 1970-01-01.
matcher::Day DayOf(const common::v1::Date& date);

// As a role asks for it, and why it may.
matcher::RequiredCheck ToFacts(const common::v1::RequiredCheck& check);
matcher::EligibilityBasisSet BasesOf(const common::v1::RequiredCheck& check);

// A window in minutes of its day, not yet checked (schedule::FaultsOf does that).
schedule::WeeklyWindow ToWindow(const common::v1::WeeklyWindow& window);

// Where a stored place is. One known by its postcode is looked up again unless it was already known exactly,
// so that importing places improves what was stored before.
std::optional<reference::ResolvedPlace> Locate(const common::v1::Place& place,
                                               const reference::PlaceIndex& places);

}  // namespace brokerage::matching
