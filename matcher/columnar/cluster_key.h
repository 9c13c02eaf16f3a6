// Where records belong among their like: those who are asked together lie together.
#pragma once

#include <cstdint>

#include "matcher/types.h"
#include "matcher/volunteer_ref.h"

namespace brokerage::matcher {

// A place along a Morton curve, of 48 bits: what is near by it is near on the ground.
uint64_t MortonOf(GeoPoint point);

// Orders volunteers by whether they are available, then by sharing, by the kinds of role they want, by the
// class of their travel radius, and along a Morton curve through their homes.
using ClusterKey = uint64_t;

ClusterKey ClusterKeyOf(const VolunteerRef& volunteer, bool available);

}  // namespace brokerage::matcher
