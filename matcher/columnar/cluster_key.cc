#include "matcher/columnar/cluster_key.h"

#include <algorithm>
#include <bit>

namespace brokerage::matcher {
namespace {

constexpr int kCurveBits = 48;
constexpr int kRadiusBits = 1;
constexpr int kKindBits = 2;

// Short ways and long ones: leaves of the first are left out sooner. More classes would make every leaf wide.
uint64_t RadiusClass(uint32_t radius_m) { return radius_m < 8'000 ? 0 : 1; }

// The 24 highest bits of `value`, each followed by an empty one.
uint64_t Spread(uint32_t value) {
  uint64_t bits = value >> 8;
  bits = (bits | bits << 16) & 0x0000'ffff'0000'ffff;
  bits = (bits | bits << 8) & 0x00ff'00ff'00ff'00ff;
  bits = (bits | bits << 4) & 0x0f0f'0f0f'0f0f'0f0f;
  bits = (bits | bits << 2) & 0x3333'3333'3333'3333;
  return (bits | bits << 1) & 0x5555'5555'5555'5555;
}

}  // namespace

uint64_t MortonOf(GeoPoint point) {
  const auto unsigned_of = [](int32_t e7) { return static_cast<uint32_t>(e7) ^ 0x8000'0000u; };
  return Spread(unsigned_of(point.latitude_e7)) << 1 | Spread(unsigned_of(point.longitude_e7));
}

ClusterKey ClusterKeyOf(const VolunteerRef& volunteer, bool available) {
  const bool on_site = volunteer.travel_radius_m.has_value();
  const uint64_t kind = on_site ? (volunteer.accepts_remote ? 1 : 0) : 2;
  const GeoPoint at = volunteer.home.value_or(volunteer.outcode_centroid.value_or(GeoPoint()));
  uint64_t key = available ? 0 : 1;
  key = key << 1 | (volunteer.sharing == Sharing::kCounty ? 0 : 1);
  key = key << kKindBits | kind;
  key = key << kRadiusBits | RadiusClass(volunteer.travel_radius_m.value_or(0));
  return key << kCurveBits | MortonOf(at);
}

}  // namespace brokerage::matcher
