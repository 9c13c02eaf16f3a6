#include "reference/nearest.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace brokerage::reference {
namespace {

constexpr int64_t kCellE7 = kDegreeE7 / 50;  // 2.2 km of latitude, in Kent 1.4 km of longitude
constexpr double kMetresPerDegree =
    111'194;  // of latitude, a little less than the sphere's, so boxes are generous
// Small boxes are tried first: in towns the nearest postcode is a few steps away.
constexpr double kFirstBoxM = 125;
constexpr double kBoxGrowth = 4;

}  // namespace

NearestPoint::NearestPoint(const std::vector<int32_t>& latitudes_e7,
                           const std::vector<int32_t>& longitudes_e7)
    : latitudes_e7_(latitudes_e7), longitudes_e7_(longitudes_e7) {
  if (latitudes_e7.empty()) return;
  const auto [south, north] = std::minmax_element(latitudes_e7.begin(), latitudes_e7.end());
  const auto [west, east] = std::minmax_element(longitudes_e7.begin(), longitudes_e7.end());
  south_e7_ = *south;
  west_e7_ = *west;
  rows_ = (static_cast<int64_t>(*north) - south_e7_) / kCellE7 + 1;
  columns_ = (static_cast<int64_t>(*east) - west_e7_) / kCellE7 + 1;

  const auto cell_of = [&](std::size_t i) {
    const int64_t row = (static_cast<int64_t>(latitudes_e7[i]) - south_e7_) / kCellE7;
    const int64_t column = (static_cast<int64_t>(longitudes_e7[i]) - west_e7_) / kCellE7;
    return static_cast<std::size_t>(row * columns_ + column);
  };
  // Counting sort: points of a cell keep the order of their indexes.
  first_.assign(static_cast<std::size_t>(rows_ * columns_) + 1, 0);
  for (std::size_t i = 0; i < latitudes_e7.size(); ++i) ++first_[cell_of(i) + 1];
  for (std::size_t cell = 1; cell < first_.size(); ++cell) first_[cell] += first_[cell - 1];
  order_.resize(latitudes_e7.size());
  std::vector<uint32_t> next(first_.begin(), first_.end() - 1);
  for (std::size_t i = 0; i < latitudes_e7.size(); ++i) order_[next[cell_of(i)]++] = static_cast<uint32_t>(i);
}

std::optional<uint32_t> NearestPoint::Find(Point point, double within_m) const {
  if (order_.empty()) return std::nullopt;
  for (double box_m = std::min(kFirstBoxM, within_m);; box_m = std::min(box_m * kBoxGrowth, within_m)) {
    if (const auto found = FindInBox(point, box_m)) return found;
    if (box_m >= within_m) return std::nullopt;
  }
}

std::optional<uint32_t> NearestPoint::FindInBox(Point point, double within_m) const {
  // Every point within the distance lies in this box of degrees; one cell more on each side costs little.
  const double degrees = within_m / kMetresPerDegree;
  const double cosine = std::cos(point.latitude_e7 * std::numbers::pi / 180.0 / kDegreeE7);
  const auto reach_e7 = static_cast<int64_t>(degrees * kDegreeE7) + kCellE7;
  const auto reach_east_e7 = static_cast<int64_t>(degrees / std::max(cosine, 0.01) * kDegreeE7) + kCellE7;
  const auto row_at = [&](int64_t latitude_e7) { return (latitude_e7 - south_e7_) / kCellE7; };
  const auto column_at = [&](int64_t longitude_e7) { return (longitude_e7 - west_e7_) / kCellE7; };
  const int64_t first_row = std::max<int64_t>(row_at(point.latitude_e7 - reach_e7), 0);
  const int64_t last_row = std::min(row_at(point.latitude_e7 + reach_e7), rows_ - 1);
  const int64_t first_column = std::max<int64_t>(column_at(point.longitude_e7 - reach_east_e7), 0);
  const int64_t last_column = std::min(column_at(point.longitude_e7 + reach_east_e7), columns_ - 1);

  std::optional<uint32_t> nearest;
  double nearest_m = within_m;
  for (int64_t row = first_row; row <= last_row; ++row) {
    for (int64_t column = first_column; column <= last_column; ++column) {
      const auto cell = static_cast<std::size_t>(row * columns_ + column);
      for (uint32_t at = first_[cell]; at < first_[cell + 1]; ++at) {
        const uint32_t index = order_[at];
        const double distance_m = GreatCircleM(point, At(index));
        const bool nearer =
            distance_m < nearest_m || (distance_m == nearest_m && (!nearest || index < *nearest));
        if (!nearer) continue;
        nearest = index;
        nearest_m = distance_m;
      }
    }
  }
  return nearest;
}

}  // namespace brokerage::reference
