// A county that the tests of this folder look at, generated once.
#pragma once

#include "apps/demo/county.h"

namespace brokerage::demo {

inline constexpr absl::CivilDay kToday{2025, 12, 1};

// The county by default, as of kToday.
const County& DefaultCounty();

}  // namespace brokerage::demo
