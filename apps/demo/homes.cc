#include "apps/demo/homes.h"

#include <array>
#include <cstdint>
#include <utility>

#include "absl/strings/str_cat.h"

#include "reference/districts.h"
#include "reference/postcode.h"

namespace brokerage::demo {
namespace {

// The second half of a postcode uses neither C, I, K, M, O nor V.
constexpr absl::string_view kUnitLetters = "ABDEFGHJLNPQRSTUWXYZ";

// Of a sector's 400 possible postcodes about every second to third is in use.
constexpr int kPostcodeTries = 200;
constexpr int kPointTries = 12;

// A few sectors hold the postcodes of large users far from the rest of their outcode.
constexpr double kElsewhereM = 12'000;

// About 200 m, in degrees · 10⁷.
constexpr int kScatterLatitude = 18'000;
constexpr int kScatterLongitude = 28'000;
// Coordinates are given to five decimals, about a metre.
constexpr int32_t kGrain = 100;

// The point `thousandths` of the way from `from` to `to`.
reference::Point Between(reference::Point from, reference::Point to, int thousandths) {
  const auto part = [thousandths](int32_t a, int32_t b) {
    return static_cast<int32_t>(a + (static_cast<int64_t>(b) - a) * thousandths / 1000);
  };
  return {part(from.latitude_e7, to.latitude_e7), part(from.longitude_e7, to.longitude_e7)};
}

bool MayLieIn(absl::string_view place_district, absl::string_view wanted) {
  return place_district.empty() || place_district == wanted;
}

}  // namespace

Homes::Homes(std::shared_ptr<const reference::PlaceIndex> places) : places_(std::move(places)) {
  const reference::Districts& districts = reference::KentDistricts();
  for (const reference::District& district : districts.all()) {
    district_ids_.push_back(district.id);
    populations_.push_back(district.population);
  }
  for (const Area& area : Areas()) {
    Ground ground;
    const reference::Point middle = *places_->OutcodeCentroid(area.outcode);
    ground.record_district = districts.ForRecord(area.code);
    for (char digit = '0'; digit <= '9'; ++digit) {
      const std::string code = absl::StrCat(area.outcode, " ", absl::string_view(&digit, 1));
      // The index knows sectors by their postcodes only; any will do.
      const auto place = places_->Resolve(*reference::Postcode::Parse(absl::StrCat(code, "AA")));
      if (!place || place->precision == reference::Precision::kOutcode) continue;
      if (!MayLieIn(place->district, ground.record_district)) continue;
      if (reference::GreatCircleM(place->point, middle) > kElsewhereM) continue;
      ground.sectors.push_back({code, place->point});
    }
    if (ground.sectors.empty()) {
      // Each of its sectors lies mostly beyond the border.
      ground.sectors.push_back({absl::StrCat(area.outcode, " 0"), middle});
    }
    grounds_.push_back(std::move(ground));
  }
}

const std::string& Homes::PickDistrict(Random& random) const {
  return district_ids_[random.Weighted(populations_)];
}

const Area& Homes::PickArea(absl::string_view district, bool outside, Random& random) const {
  std::vector<const Area*> areas;
  std::vector<int> weights;
  for (const Area& area : Areas()) {
    if (area.district != district || (IsOutside(area) && !outside)) continue;
    areas.push_back(&area);
    weights.push_back(area.postcodes);
  }
  return *areas[random.Weighted(weights)];
}

common::v1::Place Homes::PickPlace(const Area& area, Random& random) const {
  const Ground& ground = grounds_[static_cast<std::size_t>(&area - Areas().data())];
  common::v1::Place place;
  if (places_->postcode_count() > 0) place.set_postcode(PickPostcode(ground, random));
  if (!place.postcode().empty()) return place;
  const reference::Point point = PickPoint(ground, random);
  place.set_latitude(point.latitude_e7 / 1e7);
  place.set_longitude(point.longitude_e7 / 1e7);
  return place;
}

std::string Homes::PickPostcode(const Ground& ground, Random& random) const {
  for (int i = 0; i < kPostcodeTries; ++i) {
    const std::string& sector = random.Pick(ground.sectors).code;
    const std::array<char, 2> unit = {random.Pick(kUnitLetters), random.Pick(kUnitLetters)};
    const auto postcode =
        reference::Postcode::Parse(absl::StrCat(sector, absl::string_view(unit.data(), unit.size())));
    const auto place = places_->Resolve(*postcode);
    if (place && place->precision == reference::Precision::kPostcode &&
        place->district == ground.record_district) {
      return postcode->ToString();
    }
  }
  return "";
}

reference::Point Homes::PickPoint(const Ground& ground, Random& random) const {
  reference::Point point;
  for (int i = 0; i < kPointTries; ++i) {
    // Between neighbouring centroids there are mostly houses, and never the sea.
    const Sector& sector = random.Pick(ground.sectors);
    point = Between(sector.centroid, random.Pick(ground.sectors).centroid, random.Between(0, 350));
    point.latitude_e7 += random.Between(-kScatterLatitude, kScatterLatitude);
    point.longitude_e7 += random.Between(-kScatterLongitude, kScatterLongitude);
    point.latitude_e7 -= point.latitude_e7 % kGrain;
    point.longitude_e7 -= point.longitude_e7 % kGrain;
    if (MayLieIn(places_->ResolveCoordinates(point).district, ground.record_district)) break;
  }
  return point;
}

}  // namespace brokerage::demo
