// Where a volunteer stands with their centre, and the steps between.
#pragma once

#include <vector>

#include "base/errors.h"
#include "brokerage/matching/v1/volunteer.pb.h"
#include "services/rpc/transitions.h"

namespace brokerage::matching {

using VolunteerTransition = rpc::Transition<v1::Volunteer>;

// The whole table; docs/api.md shows the same.
const std::vector<VolunteerTransition>& VolunteerTransitions();

// Whether a volunteer in `state` is registered, and has not left: what registering needs must go on holding.
bool IsRegistered(v1::Volunteer::State state);

// Adds what `volunteer` lacks to be registered, each under `path` and the field's name: a home or remote
// work; and without a radius to travel, remote work.
void CheckRegistered(const v1::Volunteer& volunteer, absl::string_view path, base::Violations& lacks);

}  // namespace brokerage::matching
