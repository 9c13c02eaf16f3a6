// What counts say of districts: how many volunteers there are for each open place, and where they are few.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "brokerage/matching/v1/report_service.pb.h"
#include "services/matching/convert/tables.h"
#include "services/matching/reports/district_counts.h"

namespace brokerage::matching {

// Volunteers for each open place, in hundredths: below one for each, they are few.
inline constexpr int64_t kThinBelowHundredths = 100;
// Skills, and causes, that are told of a district.
inline constexpr std::size_t kThinnestTerms = 5;

// 100 * volunteers / places, rounded down; unset without places.
std::optional<int64_t> VolunteersPerPlaceHundredths(const Counts& counts);
// Whether there are places, and the ratio is below kThinBelowHundredths.
bool IsThin(const Counts& counts);

// Fills in all of an answer but its moment.
void FillCoverage(const DistrictTally& tally, const ReferenceTables& tables,
                  v1::GetDistrictCoverageResponse& response);

}  // namespace brokerage::matching
