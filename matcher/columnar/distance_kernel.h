// Bounds of distances from one place to several at once. Vectors of whatever width the machine has.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "matcher/columnar/geo_box.h"

namespace brokerage::matcher {

// So many are taken together.
inline constexpr std::size_t kPlacesTogether = 8;

// Side by side.
struct Places {
  void Set(std::size_t i, GeoPoint point) {
    latitude_e7[i] = point.latitude_e7;
    longitude_e7[i] = point.longitude_e7;
  }

  std::array<int32_t, kPlacesTogether> latitude_e7{};
  std::array<int32_t, kPlacesTogether> longitude_e7{};
};

// from.LowerM(place) of each.
std::array<int32_t, kPlacesTogether> LowerMetres(const DistanceBound& from, const Places& places);

// A bit for each box that may have a point at most its radius away: all of whom from.LowerM(box) says so, and
// few more. No roots.
unsigned BoxesWithin(const DistanceBound& from, const GeoBoxes<kPlacesTogether>& boxes,
                     const std::array<int32_t, kPlacesTogether>& radii_m);

}  // namespace brokerage::matcher
