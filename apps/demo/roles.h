// The roles that the demonstration's organisations offer.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/time/civil_time.h"

#include "apps/demo/county.h"
#include "apps/demo/homes.h"
#include "apps/demo/organisations.h"

namespace brokerage::demo {

// `count` roles as of `today`. The first is the first organisation's: open, on site, shared, and easy to do.
// `organisations` is not empty unless `count` is 0.
std::vector<CountyOpportunity> MakeOpportunities(uint64_t seed, int count, absl::CivilDay today,
                                                 const std::vector<OrganisationPlan>& organisations,
                                                 const Homes& homes);

}  // namespace brokerage::demo
