// The shipped centroids: facts about the sectors and outcodes of Kent and its neighbours (see
// reference/data).
#pragma once

#include <string>
#include <vector>

#include "reference/point.h"

namespace brokerage::reference {

struct Centroid {
  std::string code;  // "TN23" or "TN23 1"
  Point point;
  std::vector<std::string> district_codes;  // ONS codes of the districts that its postcodes lie in
};

// In the order of the codes, bytewise.
const std::vector<Centroid>& ShippedCentroids();

}  // namespace brokerage::reference
