#include "matcher/columnar/distance_kernel.h"

// Compiled once for each kind of vector that the compiler knows; the machine's best is chosen when it runs.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "matcher/columnar/distance_kernel.cc"
#include <hwy/foreach_target.h>  // NOLINT: includes this file again
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace brokerage::matcher {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// The steps of DistanceBound, in the same order, so that what is said of several is said of each.
template <class Tag>
class Steps {
  using Vector = hn::Vec<Tag>;

 public:
  explicit Steps(const DistanceBound& from)
      : latitude_(from.from().latitude_e7), longitude_(from.from().longitude_e7), cosine_(from.cosine()) {}

  static Vector Set(double number) { return hn::Set(Tag(), number); }
  static Vector Load(const int32_t* numbers) {
    return hn::PromoteTo(Tag(), hn::LoadU(hn::Rebind<int32_t, Tag>(), numbers));
  }
  static Vector AtLeastNone(Vector x) { return hn::Max(x, hn::Zero(Tag())); }

  Vector FromLatitude(Vector latitude_e7) const { return hn::Sub(latitude_e7, Set(latitude_)); }
  Vector FromLongitude(Vector longitude_e7) const { return hn::Sub(longitude_e7, Set(longitude_)); }

  // From the least differences and the least cosine.
  Vector Haversine(Vector latitude_e7, Vector longitude_e7, Vector cosine) const {
    const Vector half_radians = Set(DistanceBound::kHalfRadians);
    const Vector sin_latitude = SineBelow(hn::Mul(latitude_e7, half_radians));
    const Vector sin_longitude = SineBelow(hn::Mul(longitude_e7, half_radians));
    const Vector along = hn::Mul(hn::Mul(hn::Mul(Set(cosine_), cosine), sin_longitude), sin_longitude);
    return hn::Add(hn::Mul(sin_latitude, sin_latitude), along);
  }
  static Vector Cosine(Vector latitude_e7) {
    const Vector x = hn::Mul(hn::Mul(latitude_e7, Set(DistanceBound::kHalfRadians)), Set(2));
    const Vector square = hn::Mul(x, x);
    const Vector sixth = hn::Sub(Set(1.0 / 24), hn::Mul(square, Set(1.0 / 720)));
    const Vector fourth = hn::Sub(Set(0.5), hn::Mul(square, sixth));
    return AtLeastNone(hn::Sub(Set(1), hn::Mul(square, fourth)));
  }

 private:
  static Vector SineBelow(Vector x) {
    return hn::Mul(x, hn::Sub(Set(1), hn::Mul(hn::Mul(x, x), Set(1.0 / 6))));
  }

  // Numbers and not vectors: of some machines' vectors the size is not known, and they can be no members.
  const double latitude_;
  const double longitude_;
  const double cosine_;
};

constexpr double kCircle = DistanceBound::kCircleE7;

void LowerMetresVectors(const DistanceBound& from, const Places& places, int32_t* metres) {
  const hn::CappedTag<double, kPlacesTogether> tag;
  const Steps<hn::CappedTag<double, kPlacesTogether>> steps(from);
  for (std::size_t i = 0; i < kPlacesTogether; i += hn::Lanes(tag)) {
    const auto latitude = steps.Load(&places.latitude_e7[i]);
    const auto direct = hn::Abs(steps.FromLongitude(steps.Load(&places.longitude_e7[i])));
    const auto h =
        steps.Haversine(hn::Abs(steps.FromLatitude(latitude)),
                        hn::Min(direct, hn::Sub(steps.Set(kCircle), direct)), steps.Cosine(latitude));
    const auto least = hn::Sub(hn::Mul(steps.Set(DistanceBound::kDiameterM), hn::Sqrt(h)),
                               steps.Set(DistanceBound::kSlackM));
    hn::StoreU(hn::DemoteTo(hn::Rebind<int32_t, decltype(tag)>(), least),
               hn::Rebind<int32_t, decltype(tag)>(), metres + i);
  }
}

unsigned BoxesWithinVectors(const DistanceBound& from, const GeoBoxes<kPlacesTogether>& boxes,
                            const int32_t* radii_m) {
  const hn::CappedTag<double, kPlacesTogether> tag;
  const Steps<hn::CappedTag<double, kPlacesTogether>> steps(from);
  unsigned within = 0;
  for (std::size_t i = 0; i < kPlacesTogether; i += hn::Lanes(tag)) {
    const auto south = steps.Load(&boxes.south_e7[i]);
    const auto north = steps.Load(&boxes.north_e7[i]);
    const auto west = steps.FromLongitude(steps.Load(&boxes.west_e7[i]));
    const auto east = steps.FromLongitude(steps.Load(&boxes.east_e7[i]));
    const auto latitude =
        steps.AtLeastNone(hn::Max(steps.FromLatitude(south), hn::Neg(steps.FromLatitude(north))));
    const auto direct = steps.AtLeastNone(hn::Max(west, hn::Neg(east)));
    // The other way round the globe.
    const auto round = steps.AtLeastNone(hn::Sub(steps.Set(kCircle), hn::Max(hn::Neg(west), east)));
    const auto h =
        steps.Haversine(latitude, hn::Min(direct, round), hn::Min(steps.Cosine(south), steps.Cosine(north)));
    // LowerM cuts to whole metres, hence one more.
    const auto most = hn::Add(steps.Load(radii_m + i), steps.Set(DistanceBound::kSlackM + 1));
    const auto square = hn::Mul(h, steps.Set(DistanceBound::kDiameterM * DistanceBound::kDiameterM));
    uint8_t bits[8] = {};
    hn::StoreMaskBits(tag, hn::Le(square, hn::Mul(most, most)), bits);
    within |= static_cast<unsigned>(bits[0]) << i;
  }
  return within;
}

}  // namespace HWY_NAMESPACE
}  // namespace brokerage::matcher
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace brokerage::matcher {

HWY_EXPORT(LowerMetresVectors);
HWY_EXPORT(BoxesWithinVectors);

std::array<int32_t, kPlacesTogether> LowerMetres(const DistanceBound& from, const Places& places) {
  std::array<int32_t, kPlacesTogether> metres;
  HWY_DYNAMIC_DISPATCH(LowerMetresVectors)(from, places, metres.data());
  return metres;
}

unsigned BoxesWithin(const DistanceBound& from, const GeoBoxes<kPlacesTogether>& boxes,
                     const std::array<int32_t, kPlacesTogether>& radii_m) {
  return HWY_DYNAMIC_DISPATCH(BoxesWithinVectors)(from, boxes, radii_m.data());
}

}  // namespace brokerage::matcher
#endif
