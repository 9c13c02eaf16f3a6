// The organisations of the demonstration county.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/time/civil_time.h"

#include "apps/demo/areas.h"
#include "apps/demo/county.h"
#include "apps/demo/homes.h"
#include "apps/demo/organisation_kinds.h"

namespace brokerage::demo {

// An organisation, and what its roles are made from.
struct OrganisationPlan {
  CountyOrganisation record;
  const OrganisationKind* kind = nullptr;
  const Area* area = nullptr;  // of its first place
};

// `count` of them. The first is a larder in Ashford, active and known to its centre. Names are unique.
std::vector<OrganisationPlan> MakeOrganisations(uint64_t seed, int count, const Homes& homes);

}  // namespace brokerage::demo
