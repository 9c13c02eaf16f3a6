// The plain scorer's water: the definition of travel distance read once more, in other arithmetic.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "matcher/types.h"

namespace brokerage::support {

// The great circle in whole metres, along the chord between two points of the sphere.
int64_t PlainMetres(matcher::GeoPoint from, matcher::GeoPoint to);

// Not thread-safe: it remembers what it was asked.
class PlainWater {
 public:
  PlainWater() = default;  // none
  PlainWater(std::vector<std::vector<matcher::GeoPoint>> barriers, std::vector<matcher::GeoPoint> crossings);

  // Whether the two lines meet inside both: where they meet is worked out as fractions of each.
  bool Between(matcher::GeoPoint a, matcher::GeoPoint b) const;
  // Unset: no crossing leads there.
  std::optional<int64_t> Metres(matcher::GeoPoint a, matcher::GeoPoint b) const;

 private:
  using Legs = std::vector<std::optional<int64_t>>;     // metres to each crossing; unset: there is no way
  const Legs& LegsFrom(matcher::GeoPoint point) const;  // straight
  const Legs& WaysFrom(matcher::GeoPoint point) const;  // over any others

  std::vector<std::vector<matcher::GeoPoint>> barriers_;
  std::vector<matcher::GeoPoint> crossings_;
  mutable std::map<std::pair<int32_t, int32_t>, Legs> legs_;
  mutable std::map<std::pair<int32_t, int32_t>, Legs> ways_;
};

}  // namespace brokerage::support
