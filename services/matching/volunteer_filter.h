// By what lists of volunteers are filtered.
#pragma once

#include <vector>

#include "brokerage/matching/v1/volunteer.pb.h"
#include "services/rpc/filter.h"

namespace brokerage::matching {

// docs/api.md lists the same. They are read of what the caller is shown, so that a filter tells nothing more.
const std::vector<rpc::FilterField<v1::Volunteer>>& VolunteerFilterFields();

}  // namespace brokerage::matching
