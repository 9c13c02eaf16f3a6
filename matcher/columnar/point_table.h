// Points that many records share (the centroids of outcodes), kept once and known by a number.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <utility>

#include "matcher/columnar/stable_list.h"
#include "matcher/types.h"

namespace brokerage::matcher {

// Points are only ever added. Readers look up numbers that they were given by a published state, without
// locks; those who add take turns.
class PointTable {
 public:
  uint32_t NumberOf(GeoPoint point) {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto [it, added] =
        numbers_.try_emplace({point.latitude_e7, point.longitude_e7}, static_cast<uint32_t>(points_.size()));
    if (added) points_.Add(point);
    return it->second;
  }

  GeoPoint At(uint32_t number) const { return points_[number]; }

 private:
  std::mutex mutex_;
  std::map<std::pair<int32_t, int32_t>, uint32_t> numbers_;
  StableList<GeoPoint> points_;
};

}  // namespace brokerage::matcher
