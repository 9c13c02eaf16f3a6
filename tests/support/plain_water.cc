#include "tests/support/plain_water.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "tests/support/plain_fraction.h"

namespace brokerage::support {
namespace {

using matcher::GeoPoint;

struct Arrow {
  Wide north = 0;
  Wide east = 0;
};

Arrow From(GeoPoint a, GeoPoint b) {
  return {Wide{b.latitude_e7} - Wide{a.latitude_e7}, Wide{b.longitude_e7} - Wide{a.longitude_e7}};
}

Wide Area(Arrow a, Arrow b) { return a.north * b.east - a.east * b.north; }

bool StrictlyInside(Fraction part) {
  if (part.below < 0) part = {-part.above, -part.below};
  return part.above > 0 && part.above < part.below;
}

bool Apart(int32_t a, int32_t b, int32_t c, int32_t d) {
  return std::max(a, b) < std::min(c, d) || std::max(c, d) < std::min(a, b);
}

// a + t (b - a) = c + u (d - c), solved for t and u.
bool MeetInside(GeoPoint a, GeoPoint b, GeoPoint c, GeoPoint d) {
  if (Apart(a.latitude_e7, b.latitude_e7, c.latitude_e7, d.latitude_e7)) return false;
  if (Apart(a.longitude_e7, b.longitude_e7, c.longitude_e7, d.longitude_e7)) return false;
  const Wide both = Area(From(a, b), From(c, d));
  if (both == 0) return false;  // parallel
  return StrictlyInside({Area(From(a, c), From(c, d)), both}) &&
         StrictlyInside({Area(From(a, c), From(a, b)), both});
}

}  // namespace

int64_t PlainMetres(GeoPoint from, GeoPoint to) {
  const long double to_radians = std::acos(-1.0L) / 1'800'000'000.0L;
  const auto place = [&](GeoPoint point) {
    const long double latitude = point.latitude_e7 * to_radians;
    const long double longitude = point.longitude_e7 * to_radians;
    return std::array<long double, 3>{std::cos(latitude) * std::cos(longitude),
                                      std::cos(latitude) * std::sin(longitude), std::sin(latitude)};
  };
  const auto a = place(from);
  const auto b = place(to);
  const long double chord = std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
  return std::llround(2 * 6371008.8L * std::asin(std::min(1.0L, chord / 2)));
}

PlainWater::PlainWater(std::vector<std::vector<GeoPoint>> barriers, std::vector<GeoPoint> crossings)
    : barriers_(std::move(barriers)), crossings_(std::move(crossings)) {}

bool PlainWater::Between(GeoPoint a, GeoPoint b) const {
  for (const std::vector<GeoPoint>& barrier : barriers_) {
    for (std::size_t i = 1; i < barrier.size(); ++i) {
      if (MeetInside(a, b, barrier[i - 1], barrier[i])) return true;
    }
  }
  return false;
}

const PlainWater::Legs& PlainWater::LegsFrom(GeoPoint point) const {
  const auto [found, is_new] = legs_.try_emplace({point.latitude_e7, point.longitude_e7});
  if (is_new) {
    for (const GeoPoint crossing : crossings_) {
      found->second.push_back(Between(point, crossing) ? std::nullopt
                                                       : std::optional(PlainMetres(point, crossing)));
    }
  }
  return found->second;
}

// Bellman and Ford's: ways get shorter by one more leg until none does.
const PlainWater::Legs& PlainWater::WaysFrom(GeoPoint point) const {
  const auto [found, is_new] = ways_.try_emplace({point.latitude_e7, point.longitude_e7});
  if (!is_new) return found->second;
  Legs& ways = found->second;
  ways = LegsFrom(point);
  for (bool shorter = true; shorter;) {
    shorter = false;
    for (std::size_t i = 0; i < ways.size(); ++i) {
      const Legs& legs = LegsFrom(crossings_[i]);
      for (std::size_t j = 0; ways[i] && j < ways.size(); ++j) {
        if (!legs[j] || (ways[j] && *ways[j] <= *ways[i] + *legs[j])) continue;
        ways[j] = *ways[i] + *legs[j];
        shorter = true;
      }
    }
  }
  return ways;
}

std::optional<int64_t> PlainWater::Metres(GeoPoint a, GeoPoint b) const {
  const int64_t straight = PlainMetres(a, b);
  if (!Between(a, b)) return straight;
  const Legs& first = LegsFrom(a);
  const Legs& ways = WaysFrom(b);
  std::optional<int64_t> least;
  for (std::size_t i = 0; i < ways.size(); ++i) {
    if (!first[i] || !ways[i]) continue;
    least = std::min(least.value_or(*first[i] + *ways[i]), *first[i] + *ways[i]);
  }
  if (!least) return std::nullopt;
  return std::max(*least, straight);
}

}  // namespace brokerage::support
