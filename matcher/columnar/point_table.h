// Points that many records share (the centroids of outcodes), kept once and known by a number.
#pragma once

#include <cstdint>
#include <mutex>
#include <shared_mutex>
#include <utility>

#include "absl/container/flat_hash_map.h"

#include "matcher/columnar/stable_list.h"
#include "matcher/types.h"

namespace brokerage::matcher {

// Points are only ever added. Readers look up numbers that they were given by a published state, without
// locks; those who add may be several.
class PointTable {
 public:
  uint32_t NumberOf(GeoPoint point) {
    const std::pair<int32_t, int32_t> key(point.latitude_e7, point.longitude_e7);
    {
      const std::shared_lock lock(mutex_);
      if (const auto known = numbers_.find(key); known != numbers_.end()) return known->second;
    }
    const std::lock_guard lock(mutex_);
    const auto [it, added] = numbers_.try_emplace(key, static_cast<uint32_t>(points_.size()));
    if (added) points_.Add(point);
    return it->second;
  }

  GeoPoint At(uint32_t number) const { return points_[number]; }

 private:
  std::shared_mutex mutex_;
  absl::flat_hash_map<std::pair<int32_t, int32_t>, uint32_t> numbers_;
  StableList<GeoPoint> points_;
};

}  // namespace brokerage::matcher
