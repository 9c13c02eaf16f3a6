// Ages on dates.
#pragma once

#include <cstdint>

#include "matcher/types.h"
#include "matcher/volunteer_ref.h"

namespace brokerage::matcher {

inline constexpr int64_t kAdultAge = 18;

// Whole years on `day`; negative before birth. A birthday of 29 February falls on 1 March in a common year.
int64_t AgeOn(const BirthDate& birth, Day day);

// Whether the ages asked for, and the guardian's consent, hold between the first and the last day of a role.
bool AgeHolds(const OpportunityFacts& opportunity, const VolunteerRef& volunteer, Day first_day,
              Day last_day);

}  // namespace brokerage::matcher
