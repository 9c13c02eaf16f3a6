// When a role happens, from the columns that say so.
#pragma once

#include <optional>

#include "apps/cli/rows/row_reader.h"
#include "brokerage/matching/v1/opportunity.pb.h"

namespace brokerage::cli {

// From weekly, sessions, or flexible_time with flexible_block and flexible_windows: one of the three kinds.
// Nothing when all are empty. Windows grow to the half hour.
std::optional<matching::v1::Schedule> ReadSchedule(RowReader& row);

}  // namespace brokerage::cli
