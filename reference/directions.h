// Tells, of many points, the few that may be nearest to another, without trigonometry for each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "reference/point.h"

namespace brokerage::reference {

// Points as directions from the middle of the Earth: the straight line between two grows with the great
// circle, and takes three subtractions. Immutable after the last Add.
class Directions {
 public:
  // `index` is what Nearest calls it.
  void Add(uint32_t index, Point point);

  // All that the `count` nearest may be among, in the order in which they were added: whoever is left out is
  // further away than each of these, by GreatCircleM as by any other computation of the great circle.
  std::vector<uint32_t> Nearest(Point point, std::size_t count) const;

 private:
  std::vector<uint32_t> indexes_;
  std::vector<double> x_;
  std::vector<double> y_;
  std::vector<double> z_;
};

}  // namespace brokerage::reference
