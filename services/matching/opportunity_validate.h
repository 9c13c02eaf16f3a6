// What makes a role's record sound.
#pragma once

#include "absl/strings/string_view.h"

#include "base/errors.h"
#include "brokerage/matching/v1/opportunity.pb.h"
#include "services/matching/rules.h"

namespace brokerage::matching {

// Adds every fault of `opportunity`, those of the limits included, under `path` ("opportunity."), and brings
// it into the form that is stored: the place resolved, sharing stated. `before` is what is stored, null for a
// new one or a draft that is only matched: a place that was not changed is left as it was resolved; and what
// handing in needs must hold from then on. Whether the organisation is active is not asked.
void CheckOpportunity(const Rules& rules, absl::string_view path, const v1::Opportunity* before,
                      v1::Opportunity& opportunity, base::Violations& violations);

}  // namespace brokerage::matching
