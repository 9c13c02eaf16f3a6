// Points of the globe for tests, and often those where it is torn.
#pragma once

#include <algorithm>
#include <cstdint>
#include <random>

#include "matcher/types.h"

namespace brokerage::matcher {

constexpr int64_t kPoleE7 = 900'000'000;
constexpr int64_t kHalfCircleE7 = 1'800'000'000;

class SomePoints {
 public:
  int64_t Between(int64_t least, int64_t most) {
    return std::uniform_int_distribution<int64_t>(least, most)(random_);
  }
  // Anywhere, and often at a pole, at the date line or on the meridian.
  GeoPoint Anywhere() {
    GeoPoint point{static_cast<int32_t>(Between(-kPoleE7, kPoleE7)),
                   static_cast<int32_t>(Between(-kHalfCircleE7, kHalfCircleE7))};
    const int64_t kind = Between(0, 9);
    if (kind == 0) point.latitude_e7 = static_cast<int32_t>(kPoleE7 - Between(0, 1'000'000));
    if (kind == 1) point.longitude_e7 = static_cast<int32_t>(-kHalfCircleE7 + Between(0, 1'000'000));
    if (kind == 2) point.longitude_e7 = 0;
    return point;
  }
  GeoPoint Near(GeoPoint point, int64_t most_e7) {
    const int64_t latitude = point.latitude_e7 + Between(-most_e7, most_e7);
    int64_t longitude = point.longitude_e7 + Between(-most_e7, most_e7);
    if (longitude > kHalfCircleE7) longitude -= 2 * kHalfCircleE7;
    if (longitude < -kHalfCircleE7) longitude += 2 * kHalfCircleE7;
    return {static_cast<int32_t>(std::clamp(latitude, -kPoleE7, kPoleE7)), static_cast<int32_t>(longitude)};
  }

 private:
  std::mt19937_64 random_{11};
};

}  // namespace brokerage::matcher
