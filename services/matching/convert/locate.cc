#include "services/matching/convert/locate.h"

#include <cmath>
#include <cstdint>
#include <utility>

#include "base/resource_names.h"
#include "reference/point.h"
#include "reference/postcode.h"

namespace brokerage::matching {
namespace {

int32_t ToE7(double degrees) { return static_cast<int32_t>(std::llround(degrees * reference::kDegreeE7)); }

std::optional<reference::Point> PointOf(const StatedPlace& place) {
  if (!place.latitude || !place.longitude) return std::nullopt;
  return reference::Point{ToE7(*place.latitude), ToE7(*place.longitude)};
}

}  // namespace

std::optional<reference::ResolvedPlace> Locate(const StatedPlace& place,
                                               const reference::PlaceIndex& places) {
  const auto point = PointOf(place);
  if (place.postcode.empty()) {
    if (!point) return std::nullopt;
    return places.ResolveCoordinates(*point);
  }
  const auto postcode = reference::Postcode::Parse(place.postcode);
  if (!postcode) return std::nullopt;
  if (point && place.precision == common::v1::PLACE_PRECISION_POSTCODE) {
    // What the record shows is what it is matched by, wherever places imported since put the postcode.
    return reference::ResolvedPlace{*point, std::string(base::LastSegment(place.district)),
                                    std::string(postcode->outcode()), reference::Precision::kPostcode};
  }
  return places.Resolve(*postcode);
}

std::optional<reference::ResolvedPlace> Locate(const common::v1::Place& place,
                                               const reference::PlaceIndex& places) {
  StatedPlace stated{place.postcode(), std::nullopt, std::nullopt, place.district(), place.precision()};
  if (place.has_latitude()) stated.latitude = place.latitude();
  if (place.has_longitude()) stated.longitude = place.longitude();
  return Locate(stated, places);
}

std::optional<Home> LocateHome(const StatedPlace& place, const reference::PlaceIndex& places) {
  // The district, of which no fact is made, is what takes longest to find of coordinates.
  const auto point = PointOf(place);
  if (place.postcode.empty() && point) return Home{*point, places.NearestOutcode(*point)};
  auto located = Locate(place, places);
  if (!located) return std::nullopt;
  return Home{located->point, std::move(located->outcode)};
}

}  // namespace brokerage::matching
