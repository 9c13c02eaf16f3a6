#include "reference/directions.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace brokerage::reference {
namespace {

// Squares of lines that differ by less are taken as equal: of the line itself, and of a fraction of a
// millimetre, for coordinates are rounded.
constexpr double kShare = 1e-9;
constexpr double kRounding = 1e-20;

std::array<double, 3> DirectionOf(Point point) {
  constexpr double kRadiansPerE7 = std::numbers::pi / 180.0 / kDegreeE7;
  const double latitude = point.latitude_e7 * kRadiansPerE7;
  const double longitude = point.longitude_e7 * kRadiansPerE7;
  return {std::cos(latitude) * std::cos(longitude), std::cos(latitude) * std::sin(longitude),
          std::sin(latitude)};
}

}  // namespace

void Directions::Add(uint32_t index, Point point) {
  const auto [x, y, z] = DirectionOf(point);
  indexes_.push_back(index);
  x_.push_back(x);
  y_.push_back(y);
  z_.push_back(z);
}

std::vector<uint32_t> Directions::Nearest(Point point, std::size_t count) const {
  const auto [x, y, z] = DirectionOf(point);
  std::vector<double> squares(indexes_.size());
  for (std::size_t i = 0; i < squares.size(); ++i) {
    const double dx = x_[i] - x;
    const double dy = y_[i] - y;
    const double dz = z_[i] - z;
    squares[i] = dx * dx + dy * dy + dz * dz;
  }
  std::vector<uint32_t> nearest;
  if (count >= squares.size()) return indexes_;
  if (count == 0) return nearest;
  std::vector<double> least(count);
  std::partial_sort_copy(squares.begin(), squares.end(), least.begin(), least.end());
  const double most = least.back() * (1 + kShare) + kRounding;
  for (std::size_t i = 0; i < squares.size(); ++i) {
    if (squares[i] <= most) nearest.push_back(indexes_[i]);
  }
  return nearest;
}

}  // namespace brokerage::reference
