// Built with -ffp-contract=off: a fused multiply-add would round differently from one machine to the next.
#include "matcher/distance.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <utility>

namespace brokerage::matcher {
namespace {

constexpr double kEarthRadiusM = 6'371'008.8;
constexpr double kRadiansPerUnit = 3.14159265358979323846 / 180.0 / 1e7;

// Below the true length of 10^-7 degrees of latitude, 0.01111950802… m, in 10^-6 m: a bound must not exceed
// it.
constexpr int64_t kLatitudeUnitUm = 11'119;
constexpr int64_t kSlackM = 1;

bool Before(GeoPoint a, GeoPoint b) {
  return a.latitude_e7 != b.latitude_e7 ? a.latitude_e7 < b.latitude_e7 : a.longitude_e7 < b.longitude_e7;
}

}  // namespace

int64_t DistanceM(GeoPoint a, GeoPoint b) {
  if (Before(b, a)) std::swap(a, b);
  const double latitude_a = a.latitude_e7 * kRadiansPerUnit;
  const double latitude_b = b.latitude_e7 * kRadiansPerUnit;
  const double sin_latitude = std::sin((latitude_b - latitude_a) / 2);
  const double longitude_units = static_cast<double>(b.longitude_e7) - static_cast<double>(a.longitude_e7);
  const double sin_longitude = std::sin(longitude_units * kRadiansPerUnit / 2);
  const double across = std::cos(latitude_a) * std::cos(latitude_b);
  const double h = sin_latitude * sin_latitude + across * (sin_longitude * sin_longitude);
  const double distance = 2 * kEarthRadiusM * std::asin(std::min(1.0, std::sqrt(h)));
  return static_cast<int64_t>(std::floor(distance + 0.5));
}

bool CertainlyFurther(GeoPoint a, GeoPoint b, int64_t limit_m) {
  const int64_t units = std::abs(static_cast<int64_t>(a.latitude_e7) - b.latitude_e7);
  return units * kLatitudeUnitUm > (limit_m + kSlackM) * 1'000'000;
}

}  // namespace brokerage::matcher
