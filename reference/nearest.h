// Finds the nearest of many points within a short distance.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "reference/point.h"

namespace brokerage::reference {

// A grid of cells over points whose coordinates somebody else keeps: four bytes a point. Immutable.
class NearestPoint {
 public:
  // Both have one entry a point and must outlive this object unchanged.
  NearestPoint(const std::vector<int32_t>& latitudes_e7, const std::vector<int32_t>& longitudes_e7);

  // The index of the point with the least great-circle distance, if that is at most `within_m`; of equally
  // near ones the lowest index.
  std::optional<uint32_t> Find(Point point, double within_m) const;

 private:
  Point At(uint32_t index) const { return {latitudes_e7_[index], longitudes_e7_[index]}; }
  std::optional<uint32_t> FindInBox(Point point, double within_m) const;

  const std::vector<int32_t>& latitudes_e7_;
  const std::vector<int32_t>& longitudes_e7_;
  // The cells cover the box of all points, rows of latitude from the south, in each from the west.
  int32_t south_e7_ = 0;
  int32_t west_e7_ = 0;
  int64_t rows_ = 0;
  int64_t columns_ = 0;
  std::vector<uint32_t> first_;  // of each cell, in order_; one more at the end
  std::vector<uint32_t> order_;  // indexes of points, cell by cell
};

}  // namespace brokerage::reference
