// Where the benchmark's people live: counties of 20 towns, as many as the volunteers need at a constant
// density. A county alone has a centre for each district; of several, each has one.
#pragma once

#include <cstdint>

#include "bench/draws.h"
#include "matcher/types.h"

namespace brokerage::bench {

inline constexpr int kCentresOfOneCounty = 12;
inline constexpr int64_t kVolunteersPerCounty = 20'000;

struct Spot {
  matcher::GeoPoint point;
  matcher::GeoPoint outcode_centroid;
  int centre = 0;  // its number
};

// Immutable.
class Geography {
 public:
  Geography(uint64_t seed, int64_t volunteers);

  // A home: mostly in a town, sometimes between towns.
  Spot Home(Draws& draws) const;
  // A place of work: in a town.
  Spot Venue(Draws& draws) const;

 private:
  struct Offset {
    double east_m = 0;
    double north_m = 0;
  };
  Spot InTown(Draws& draws) const;
  Spot InTheCountry(Draws& draws) const;
  matcher::GeoPoint At(int64_t county, Offset offset) const;

  int CentreOf(int64_t county, int64_t part) const;

  uint64_t seed_;
  int64_t counties_;
  int64_t counties_a_row_;
};

}  // namespace brokerage::bench
