#include "services/registry/places.h"

#include <cmath>

#include "absl/strings/str_cat.h"
#include "google/protobuf/util/message_differencer.h"

#include "base/resource_names.h"
#include "reference/point.h"

namespace brokerage::registry {
namespace {

using common::v1::Place;

constexpr double kDegree = reference::kDegreeE7;

common::v1::PlacePrecision PrecisionOf(reference::Precision precision) {
  switch (precision) {
    case reference::Precision::kCoordinates:
      return common::v1::PLACE_PRECISION_COORDINATES;
    case reference::Precision::kPostcode:
      return common::v1::PLACE_PRECISION_POSTCODE;
    case reference::Precision::kSector:
      return common::v1::PLACE_PRECISION_SECTOR;
    case reference::Precision::kOutcode:
      return common::v1::PLACE_PRECISION_OUTCODE;
  }
  return common::v1::PLACE_PRECISION_UNSPECIFIED;
}

void SetKnown(const reference::ResolvedPlace& resolved, Place& place) {
  place.clear_district();
  if (!resolved.district.empty()) place.set_district(base::FormatDistrictName(resolved.district));
  place.set_precision(PrecisionOf(resolved.precision));
}

// Degrees as whole ten-millionths; nothing outside the globe, NaN included.
std::optional<int32_t> ToE7(double degrees, double limit) {
  if (!(std::abs(degrees) <= limit)) return std::nullopt;
  return static_cast<int32_t>(std::llround(degrees * kDegree));
}

void ResolvePoint(Place& place, absl::string_view path, const reference::PlaceIndex& places,
                  base::Violations& violations) {
  if (!place.has_latitude() && !place.has_longitude()) {
    violations.Add(path, "needs a postcode, or latitude and longitude");
  } else if (!place.has_latitude()) {
    violations.Add(absl::StrCat(path, ".latitude"), "is required beside longitude");
  } else if (!place.has_longitude()) {
    violations.Add(absl::StrCat(path, ".longitude"), "is required beside latitude");
  } else {
    const auto latitude = ToE7(place.latitude(), 90);
    const auto longitude = ToE7(place.longitude(), 180);
    if (latitude && longitude) SetKnown(places.ResolveCoordinates({*latitude, *longitude}), place);
  }
}

}  // namespace

std::optional<reference::Postcode> ReadPostcode(const std::string& text, absl::string_view path,
                                                base::Violations& violations) {
  auto postcode = reference::Postcode::Parse(text);
  if (postcode) return postcode;
  const std::string likely = reference::FixPostcode(text);
  violations.Add(path, reference::Postcode::Parse(likely)
                           ? absl::StrCat("is not a postcode; did you mean ", likely, "?")
                           : "is not a postcode");
  return std::nullopt;
}

std::optional<Place> Locate(const reference::Postcode& postcode, const reference::PlaceIndex& places) {
  const auto resolved = places.Resolve(postcode);
  if (!resolved) return std::nullopt;
  Place place;
  place.set_postcode(postcode.ToString());
  place.set_latitude(resolved->point.latitude_e7 / kDegree);
  place.set_longitude(resolved->point.longitude_e7 / kDegree);
  SetKnown(*resolved, place);
  return place;
}

void ResolvePlace(Place& place, absl::string_view path, const reference::PlaceIndex& places,
                  base::Violations& violations) {
  if (place.postcode().empty()) {
    ResolvePoint(place, path, places, violations);
    return;
  }
  const std::string postcode_path = absl::StrCat(path, ".postcode");
  const auto postcode = ReadPostcode(place.postcode(), postcode_path, violations);
  if (!postcode) return;
  auto located = Locate(*postcode, places);
  if (located) {
    place = *std::move(located);
  } else {
    violations.Add(postcode_path, "is not a postcode that is known here");
  }
}

bool SamePlaceGiven(const Place& a, const Place& b) {
  if (!a.postcode().empty() || !b.postcode().empty()) {
    const auto postcode = reference::Postcode::Parse(a.postcode());
    return postcode && postcode == reference::Postcode::Parse(b.postcode());
  }
  const bool whole = a.has_latitude() && a.has_longitude() && b.has_latitude() && b.has_longitude();
  return whole && a.latitude() == b.latitude() && a.longitude() == b.longitude();
}

bool ResolveAgain(Place& place, const reference::PlaceIndex& places) {
  if (place.precision() != common::v1::PLACE_PRECISION_SECTOR &&
      place.precision() != common::v1::PLACE_PRECISION_OUTCODE) {
    return false;
  }
  const auto postcode = reference::Postcode::Parse(place.postcode());
  const auto located = postcode ? Locate(*postcode, places) : std::nullopt;
  if (!located || google::protobuf::util::MessageDifferencer::Equals(*located, place)) return false;
  place = *located;
  return true;
}

}  // namespace brokerage::registry
