// Boxes of degrees, and a distance that no point of one is nearer than.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "matcher/types.h"

namespace brokerage::matcher {

struct GeoBox {
  int32_t south_e7 = std::numeric_limits<int32_t>::max();
  int32_t north_e7 = std::numeric_limits<int32_t>::min();
  int32_t west_e7 = std::numeric_limits<int32_t>::max();
  int32_t east_e7 = std::numeric_limits<int32_t>::min();

  bool IsEmpty() const { return south_e7 > north_e7; }
  void Add(GeoPoint point) {
    south_e7 = std::min(south_e7, point.latitude_e7);
    north_e7 = std::max(north_e7, point.latitude_e7);
    west_e7 = std::min(west_e7, point.longitude_e7);
    east_e7 = std::max(east_e7, point.longitude_e7);
  }
  // Of height and width, in degrees · 10^7; 0 of an empty box.
  int64_t HalfPerimeter() const {
    return IsEmpty() ? 0 : int64_t{north_e7} - south_e7 + int64_t{east_e7} - west_e7;
  }
  bool Meets(const GeoBox& box) const {
    return south_e7 <= box.north_e7 && box.south_e7 <= north_e7 && west_e7 <= box.east_e7 &&
           box.west_e7 <= east_e7;
  }
  void Add(const GeoBox& box) {
    south_e7 = std::min(south_e7, box.south_e7);
    north_e7 = std::max(north_e7, box.north_e7);
    west_e7 = std::min(west_e7, box.west_e7);
    east_e7 = std::max(east_e7, box.east_e7);
  }
};

// As many boxes, side by side, so that they are compared at once.
template <std::size_t kCount>
struct GeoBoxes {
  GeoBoxes() {
    for (std::size_t i = 0; i < kCount; ++i) Set(i, GeoBox());
  }

  GeoBox At(std::size_t i) const { return {south_e7[i], north_e7[i], west_e7[i], east_e7[i]}; }
  void Set(std::size_t i, const GeoBox& box) {
    south_e7[i] = box.south_e7;
    north_e7[i] = box.north_e7;
    west_e7[i] = box.west_e7;
    east_e7[i] = box.east_e7;
  }
  void Add(std::size_t i, GeoPoint point) {
    GeoBox box = At(i);
    box.Add(point);
    Set(i, box);
  }

  std::array<int32_t, kCount> south_e7;
  std::array<int32_t, kCount> north_e7;
  std::array<int32_t, kCount> west_e7;
  std::array<int32_t, kCount> east_e7;
};

inline GeoBox BoxOf(GeoPoint point) {
  return {point.latitude_e7, point.latitude_e7, point.longitude_e7, point.longitude_e7};
}

// A box in which every point lies whose DistanceM (matcher/distance.h) from `centre` is at most `radius_m`.
//
// On a sphere the difference of latitudes is at most d / R, and by haversine sin(Δλ/2) is at most
// sin(d/2R) / √(cos φ · cos φ'). A metre is added for rounding, and a unit of degrees.
inline GeoBox BoxAround(GeoPoint centre, int64_t radius_m) {
  constexpr double kRadiusM = 6'371'008.8;
  constexpr double kDegreesE7 = 1e7 * 180.0 / 3.14159265358979323846;
  constexpr int64_t kPoleE7 = 900'000'000;
  constexpr int64_t kHalfCircleE7 = 1'800'000'000;
  const double angle = static_cast<double>(radius_m + 1) / kRadiusM;
  const auto latitude_e7 = static_cast<int64_t>(std::min(angle, 4.0) * kDegreesE7) + 1;
  const int64_t south_e7 = centre.latitude_e7 - latitude_e7;
  const int64_t north_e7 = centre.latitude_e7 + latitude_e7;
  GeoBox box;
  box.south_e7 = static_cast<int32_t>(std::max(south_e7, -kPoleE7));
  box.north_e7 = static_cast<int32_t>(std::min(north_e7, kPoleE7));
  box.west_e7 = static_cast<int32_t>(-kHalfCircleE7);
  box.east_e7 = static_cast<int32_t>(kHalfCircleE7);
  if (south_e7 <= -kPoleE7 || north_e7 >= kPoleE7) return box;  // a pole is in reach: all ways round
  const double cosine = std::cos(static_cast<double>(centre.latitude_e7) / kDegreesE7);
  const double least_cosine = std::min(std::cos(static_cast<double>(south_e7) / kDegreesE7),
                                       std::cos(static_cast<double>(north_e7) / kDegreesE7));
  const double sine = std::sin(std::min(angle / 2, 1.5)) / std::sqrt(cosine * least_cosine);
  if (!(sine < 1)) return box;
  const auto longitude_e7 = static_cast<int64_t>(2 * std::asin(sine) * kDegreesE7) + 2;
  const int64_t west_e7 = centre.longitude_e7 - longitude_e7;
  const int64_t east_e7 = centre.longitude_e7 + longitude_e7;
  if (west_e7 < -kHalfCircleE7 || east_e7 > kHalfCircleE7) return box;  // on both sides of the date line
  box.west_e7 = static_cast<int32_t>(west_e7);
  box.east_e7 = static_cast<int32_t>(east_e7);
  return box;
}

// A lower bound of DistanceM (matcher/distance.h) from one point to points and boxes, without trigonometry.
//
// haversine's h is at least (s(Δφ/2))² + cos φ · cos φ' · (s(Δλ/2))² with the least differences and the least
// cosine there, s(x) = x - x³/6 ≤ sin x, and the distance is at least 2 R √h. Three quarters of a metre are
// taken off for rounding, here and there.
class DistanceBound {
 public:
  explicit DistanceBound(GeoPoint from) : from_(from), cosine_(Cosine(from.latitude_e7)) {}

  int64_t LowerM(GeoPoint to) const {
    const int64_t direct = std::abs(int64_t{to.longitude_e7} - from_.longitude_e7);
    return LowerM(std::abs(int64_t{to.latitude_e7} - from_.latitude_e7), std::min(direct, kCircleE7 - direct),
                  Cosine(to.latitude_e7));
  }

  // Of an empty box: anything.
  int64_t LowerM(const GeoBox& box) const {
    const int64_t south = int64_t{box.south_e7} - from_.latitude_e7;
    const int64_t north = int64_t{from_.latitude_e7} - box.north_e7;
    const int64_t latitude = std::max<int64_t>({south, north, 0});
    const int64_t west = int64_t{box.west_e7} - from_.longitude_e7;
    const int64_t east = int64_t{from_.longitude_e7} - box.east_e7;
    const int64_t direct = std::max<int64_t>({west, east, 0});
    // The other way round the globe.
    const int64_t round = kCircleE7 - std::max(std::abs(int64_t{box.west_e7} - from_.longitude_e7),
                                               std::abs(int64_t{box.east_e7} - from_.longitude_e7));
    const int64_t longitude = std::max<int64_t>(std::min(direct, round), 0);
    return LowerM(latitude, longitude, std::min(Cosine(box.south_e7), Cosine(box.north_e7)));
  }

  GeoPoint from() const { return from_; }
  double cosine() const { return cosine_; }

  static constexpr int64_t kCircleE7 = 3'600'000'000;
  static constexpr double kHalfRadians = 3.14159265358979323846 / 360.0 / 1e7;
  static constexpr double kDiameterM = 2 * 6'371'008.8;
  static constexpr double kSlackM = 0.75;

 private:
  // From the least differences and the least cosine.
  int64_t LowerM(int64_t latitude_e7, int64_t longitude_e7, double cosine) const {
    const double sin_latitude = SineBelow(static_cast<double>(latitude_e7) * kHalfRadians);
    const double sin_longitude = SineBelow(static_cast<double>(longitude_e7) * kHalfRadians);
    const double h = sin_latitude * sin_latitude + cosine_ * cosine * sin_longitude * sin_longitude;
    return static_cast<int64_t>(kDiameterM * std::sqrt(h) - kSlackM);
  }

  // Fractions are multiplied by, for a division costs more than all the rest.
  static double SineBelow(double x) { return x * (1 - x * x * (1.0 / 6)); }
  // At most the cosine, by its series, which is alternating.
  static double Cosine(int32_t latitude_e7) {
    const double x = static_cast<double>(latitude_e7) * kHalfRadians * 2;
    const double square = x * x;
    return std::max(0.0, 1 - square * (0.5 - square * (1.0 / 24 - square * (1.0 / 720))));
  }

  GeoPoint from_;
  double cosine_;
};

}  // namespace brokerage::matcher
