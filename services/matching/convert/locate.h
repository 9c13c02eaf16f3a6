// Where a stored place is. One known by its postcode is looked up again unless it was already known exactly,
// so that importing places improves what was stored before.
#pragma once

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

#include "brokerage/common/v1/place.pb.h"
#include "reference/places.h"

namespace brokerage::matching {

// A common.v1.Place, wherever its words are kept.
struct StatedPlace {
  absl::string_view postcode;
  std::optional<double> latitude;
  std::optional<double> longitude;
  absl::string_view district;
  common::v1::PlacePrecision precision = common::v1::PLACE_PRECISION_UNSPECIFIED;
};

std::optional<reference::ResolvedPlace> Locate(const StatedPlace& place, const reference::PlaceIndex& places);
std::optional<reference::ResolvedPlace> Locate(const common::v1::Place& place,
                                               const reference::PlaceIndex& places);

// What a home is matched by.
struct Home {
  reference::Point point;
  std::string outcode;
};
std::optional<Home> LocateHome(const StatedPlace& place, const reference::PlaceIndex& places);

}  // namespace brokerage::matching
