#include "services/places/resolve.h"

#include <cmath>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/util/message_differencer.h"

#include "base/resource_names.h"
#include "reference/centroids.h"
#include "reference/point.h"
#include "reference/postcode.h"

namespace brokerage::places {
namespace {

using common::v1::Place;

constexpr double kDegree = reference::kDegreeE7;

std::optional<reference::Point> PointOf(const Place& place) {
  if (!place.has_latitude() || !place.has_longitude()) return std::nullopt;
  // Written so that NaN is out of range too.
  if (!(std::abs(place.latitude()) <= 90) || !(std::abs(place.longitude()) <= 180)) return std::nullopt;
  return reference::Point{static_cast<int32_t>(std::llround(place.latitude() * kDegree)),
                          static_cast<int32_t>(std::llround(place.longitude() * kDegree))};
}

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

void SetResolution(const reference::ResolvedPlace& resolved, Place& place) {
  place.clear_district();
  if (!resolved.district.empty()) place.set_district(base::FormatDistrictName(resolved.district));
  place.set_precision(PrecisionOf(resolved.precision));
}

}  // namespace

std::optional<reference::Postcode> ReadPostcode(const std::string& text, absl::string_view path,
                                                base::Violations& violations) {
  auto postcode = reference::Postcode::Parse(text);
  if (postcode) return postcode;
  const std::string fixed = reference::FixPostcode(text);
  violations.Add(path, reference::Postcode::Parse(fixed)
                           ? absl::StrCat("is not a postcode; did you mean ", fixed, "?")
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
  SetResolution(*resolved, place);
  return place;
}

void ResolvePlace(Place& place, absl::string_view path, const reference::PlaceIndex& places,
                  base::Violations& violations) {
  if (place.postcode().empty()) {
    if (!place.has_latitude() && !place.has_longitude()) {
      violations.Add(path, "needs a postcode, or latitude and longitude");
    } else if (!place.has_latitude()) {
      violations.Add(absl::StrCat(path, ".latitude"), "is required beside longitude");
    } else if (!place.has_longitude()) {
      violations.Add(absl::StrCat(path, ".longitude"), "is required beside latitude");
    } else if (const auto point = PointOf(place)) {
      SetResolution(places.ResolveCoordinates(*point), place);
    }
    return;
  }
  const std::string postcode_path = absl::StrCat(path, ".postcode");
  const auto postcode = ReadPostcode(place.postcode(), postcode_path, violations);
  if (!postcode) return;
  if (auto located = Locate(*postcode, places)) {
    place = *std::move(located);
  } else {
    violations.Add(postcode_path, "is not a postcode that is known here");
  }
}

bool ResolveAgain(Place& place, const reference::PlaceIndex& places) {
  if (place.precision() != common::v1::PLACE_PRECISION_SECTOR &&
      place.precision() != common::v1::PLACE_PRECISION_OUTCODE) {
    return false;
  }
  // A place that is known no more stays where it was.
  const auto postcode = reference::Postcode::Parse(place.postcode());
  auto located = postcode ? Locate(*postcode, places) : std::nullopt;
  if (!located || google::protobuf::util::MessageDifferencer::Equals(*located, place)) return false;
  place = *std::move(located);
  return true;
}

void NormalisePostcode(std::string& postcode, absl::string_view path, base::Violations& violations) {
  if (postcode.empty()) return;
  if (const auto parsed = ReadPostcode(postcode, path, violations)) postcode = parsed->ToString();
}

bool SamePlaceGiven(const Place& a, const Place& b) {
  if (!a.postcode().empty() || !b.postcode().empty()) {
    const auto postcode_a = reference::Postcode::Parse(a.postcode());
    return postcode_a && postcode_a == reference::Postcode::Parse(b.postcode());
  }
  const auto point = PointOf(a);
  return point && point == PointOf(b);
}

void ForgetResolution(Place& place) {
  if (!place.postcode().empty()) {
    place.clear_latitude();
    place.clear_longitude();
  }
  place.clear_district();
  place.clear_precision();
}

std::string OutcodeOf(const Place& place, const reference::PlaceIndex& places) {
  if (const auto postcode = reference::Postcode::Parse(place.postcode())) {
    return std::string(postcode->outcode());
  }
  const auto point = PointOf(place);
  return point ? places.NearestOutcode(*point) : "";
}

std::string DistrictOfOutcode(absl::string_view outcode, const reference::Districts& districts) {
  static const auto* const by_code = [] {
    auto* map = new absl::flat_hash_map<std::string, const reference::Centroid*>();
    for (const auto& centroid : reference::ShippedCentroids()) map->emplace(centroid.code, &centroid);
    return map;
  }();
  const auto found = by_code->find(outcode);
  if (found == by_code->end()) return "";
  std::string district;
  for (const std::string& code : found->second->district_codes) {
    const std::string of_code = districts.ForRecord(code);
    if (!district.empty() && of_code != district) return "";
    district = of_code;
  }
  return district;
}

Place OutcodeOnly(const Place& place, const reference::PlaceIndex& places,
                  const reference::Districts& districts) {
  Place shown;
  const std::string outcode = OutcodeOf(place, places);
  if (outcode.empty()) return shown;
  shown.set_postcode(outcode);
  const std::string district = DistrictOfOutcode(outcode, districts);
  if (!district.empty()) shown.set_district(base::FormatDistrictName(district));
  shown.set_precision(common::v1::PLACE_PRECISION_OUTCODE);
  return shown;
}

}  // namespace brokerage::places
