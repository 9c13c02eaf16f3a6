// The definition of distance. What is faster may only bound it.
#pragma once

#include <cstdint>

#include "matcher/types.h"

namespace brokerage::matcher {

// Great-circle distance in whole metres: haversine on a sphere of 6,371,008.8 m (the mean radius of WGS 84),
// in double without contraction, rounded half up. Symmetric to the bit.
int64_t DistanceM(GeoPoint a, GeoPoint b);

// Whether DistanceM(a, b) > limit_m is certain from the latitudes alone. False decides nothing.
bool CertainlyFurther(GeoPoint a, GeoPoint b, int64_t limit_m);

}  // namespace brokerage::matcher
