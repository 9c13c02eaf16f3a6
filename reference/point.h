// Points on the Earth in whole numbers, and how far apart they are.
#pragma once

#include <cstdint>
#include <optional>

#include "absl/strings/string_view.h"

namespace brokerage::reference {

// A point on WGS 84, in degrees · 10⁷.
struct Point {
  int32_t latitude_e7 = 0;
  int32_t longitude_e7 = 0;
  friend bool operator==(const Point&, const Point&) = default;
};

inline constexpr int32_t kDegreeE7 = 10'000'000;

// Decimal degrees ("51.148000", "-0.5") as degrees · 10⁷, exactly, without going through binary fractions;
// what lies beyond the seventh decimal is rounded, halves away from zero. Nothing when `text` is no plain
// decimal number or its size is above 180.
std::optional<int32_t> ParseDegreesE7(absl::string_view text);

// Great circle by the haversine formula on a sphere of 6,371,008.8 m (the IUGG mean radius), in metres.
double GreatCircleM(Point a, Point b);

}  // namespace brokerage::reference
