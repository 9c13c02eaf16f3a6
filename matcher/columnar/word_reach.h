// Of each word of a leaf's lanes: where its volunteers live, and how far they travel at most.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "matcher/columnar/distance_kernel.h"
#include "matcher/columnar/geo_box.h"
#include "matcher/columnar/planes.h"

namespace brokerage::matcher {

// Bounds may be wider than they need be. A leaf's volunteers lie in its lanes as they live, so a word of them
// is a neighbourhood, and most leaves that may be near have few words that are.
class WordReach {
 public:
  // A volunteer who lives at the point and travels so far.
  void Add(std::size_t word, GeoPoint point, uint32_t radius_m) {
    boxes_.Add(word, point);
    radii_m_[word] = std::max(radii_m_[word], static_cast<int32_t>(std::min(radius_m, kMostRadiusM)));
  }

  void Set(std::size_t word, const GeoBox& box, uint32_t radius_m) {
    boxes_.Set(word, box);
    radii_m_[word] = static_cast<int32_t>(std::min(radius_m, kMostRadiusM));
  }

  // A bit for each word in which someone may reach the place, all going so much further than they state.
  unsigned Reaching(const DistanceBound& place, uint32_t further_m) const {
    if (further_m == 0) return BoxesWithin(place, boxes_, radii_m_);
    std::array<int32_t, kPlaneWords> radii_m = radii_m_;
    for (int32_t& radius_m : radii_m) radius_m += static_cast<int32_t>(std::min(further_m, kMostRadiusM));
    return BoxesWithin(place, boxes_, radii_m);
  }

  // How much wider the word's box grows by a point, in degrees · 10^7.
  int64_t Growth(std::size_t word, GeoPoint point) const {
    const GeoBox box = boxes_.At(word);
    GeoBox wider = box;
    wider.Add(point);
    return wider.HalfPerimeter() - box.HalfPerimeter();
  }

  void Prefetch() const {
    const auto* const bytes = reinterpret_cast<const char*>(this);
    for (std::size_t line = 0; line < sizeof(*this); line += 64) __builtin_prefetch(bytes + line);
  }

 private:
  // Further than any two places are apart.
  static constexpr uint32_t kMostRadiusM = 30'000'000;

  GeoBoxes<kPlaneWords> boxes_;
  std::array<int32_t, kPlaneWords> radii_m_{};
};

}  // namespace brokerage::matcher
