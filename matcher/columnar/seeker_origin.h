// A place that a volunteer's pairs are measured from, and how far they travel.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "matcher/columnar/geo_box.h"
#include "matcher/round.h"
#include "matcher/types.h"

namespace brokerage::matcher {

class SeekerOrigin {
 public:
  SeekerOrigin(GeoPoint from, uint32_t radius_m)
      : from_(from), radius_m_(radius_m), within_(BoxAround(from, radius_m)), distance_(from) {
    // Haversine's h is at least (k · Δφ/2)² + cos φ · c · (k' · Δλ/2)², where c is the least cosine in the
    // box, and k = 1 - x²/6 ≤ sin x / x for the greatest half difference x there. The distance is at least 2
    // R √h; it is too far when it is rounded to more than the radius, and half a metre is left for rounding
    // here.
    const double limit = (radius_m_ + 1.0) / kEarthRadiusM;
    const double south = std::cos(within_.south_e7 * kRadians);
    const double north = std::cos(within_.north_e7 * kRadians);
    const double cosines = std::cos(from.latitude_e7 * kRadians) * std::min(south, north);
    per_latitude_ = Square(LeastSlope(double(within_.north_e7) - within_.south_e7) * kRadians / limit);
    per_longitude_ = std::max(cosines, 0.0) *
                     Square(LeastSlope(double(within_.east_e7) - within_.west_e7) * kRadians / limit);
  }

  // Every place that is near enough lies here.
  const GeoBox& within() const { return within_; }
  // Of a place: false only when it is too far. No roots, for many are asked about.
  bool MayReach(GeoPoint place) const {
    const double latitude = double(place.latitude_e7) - double(from_.latitude_e7);
    const double longitude = double(place.longitude_e7) - double(from_.longitude_e7);
    return latitude * latitude * per_latitude_ + longitude * longitude * per_longitude_ <= 1;
  }
  // The most that the location part can be, of a place or of a box of them; below 0: too far.
  template <typename Where>
  int64_t LocationBound(const Where& where) const {
    const int64_t least_m = distance_.LowerM(where);
    if (least_m > radius_m_) return -1;
    return least_m <= 0 ? kMillion : R(kMillion * (radius_m_ - least_m), radius_m_);
  }

 private:
  static constexpr double kEarthRadiusM = 6'371'008.8;
  static constexpr double kRadians = 3.14159265358979323846 / 180.0 / 1e7;

  static double Square(double x) { return x * x; }
  // Of sin x / x, where twice x is nowhere more than so many degrees · 10^7; 0 where that is much of a
  // circle.
  static double LeastSlope(double most_e7) { return std::max(0.0, 1 - Square(most_e7 * kRadians / 2) / 6); }

  GeoPoint from_;
  int64_t radius_m_;
  GeoBox within_;
  DistanceBound distance_;
  double per_latitude_;  // of the square of a difference, so that 1 in all is as far as one travels
  double per_longitude_;
};

}  // namespace brokerage::matcher
