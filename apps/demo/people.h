// One volunteer of the demonstration county.
#pragma once

#include <cstdint>

#include "absl/time/civil_time.h"

#include "apps/demo/county.h"
#include "apps/demo/homes.h"

namespace brokerage::demo {

// The volunteer number `index`, as of `today`.
CountyVolunteer MakeVolunteer(uint64_t seed, uint64_t index, absl::CivilDay today, const Homes& homes);

}  // namespace brokerage::demo
