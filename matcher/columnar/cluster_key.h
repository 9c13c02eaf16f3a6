// Where a volunteer belongs among its centre's: those who are asked together lie together.
#pragma once

#include <cstdint>

#include "matcher/volunteer_ref.h"

namespace brokerage::matcher {

// Orders volunteers by whether they are available, then by sharing, by the kinds of role they want, by the
// class of their travel radius, and along a Morton curve through their homes.
using ClusterKey = uint64_t;

ClusterKey ClusterKeyOf(const VolunteerRef& volunteer, bool available);

}  // namespace brokerage::matcher
