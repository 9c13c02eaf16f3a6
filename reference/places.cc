#include "reference/places.h"

#include <limits>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

#include "base/digest.h"
#include "base/files.h"
#include "reference/centroids.h"
#include "reference/directions.h"
#include "reference/nearest.h"
#include "reference/places_file.h"
#include "reference/shipped.h"

namespace brokerage::reference {
namespace {

constexpr double kNearPostcodeM = 2'000;
constexpr double kNearSectorM = 10'000;
constexpr std::size_t kShippedVersionDigits = 16;
constexpr uint16_t kIncodesInASector = 26 * 26;

// Says one district for many places: theirs when all agree. Places whose district nobody knows have no say.
class Agreement {
 public:
  void Add(const std::string& district) {
    if (district.empty()) return;
    if (!district_.empty() && district_ != district) split_ = true;
    district_ = district;
  }
  std::string district() const { return split_ ? "" : district_; }

 private:
  std::string district_;
  bool split_ = false;
};

// total / count rounded half up, for either sign.
int32_t Mean(int64_t total, int64_t count) {
  const int64_t doubled = 2 * total + count;
  const int64_t divisor = 2 * count;
  const int64_t quotient = doubled / divisor;
  return static_cast<int32_t>(doubled % divisor < 0 ? quotient - 1 : quotient);
}

struct Area {
  std::string code;
  Point point;
  std::string district;
  bool stands_for_homes = false;  // an outcode whose centroid gives no home away
};

class Places final : public PlaceIndex {
 public:
  Places(const Districts& districts, PostcodeTable table, std::string version)
      : table_(std::move(table)),
        nearest_(table_.latitudes_e7, table_.longitudes_e7),
        version_(std::move(version)) {
    for (const std::string& code : table_.districts) record_districts_.push_back(districts.ForRecord(code));
    for (const Centroid& centroid : ShippedCentroids()) {
      Agreement agreement;
      for (const std::string& code : centroid.district_codes) agreement.Add(districts.ForRecord(code));
      AddArea({centroid.code, centroid.point, agreement.district(), !IsSector(centroid.code)});
    }
    AddImportedAreas();
    for (uint32_t i = 0; i < areas_.size(); ++i) {
      if (areas_[i].stands_for_homes) homes_.Add(i, areas_[i].point);
      if (IsSector(areas_[i].code)) sectors_.Add(i, areas_[i].point);
    }
  }

  Places(const Places&) = delete;
  Places& operator=(const Places&) = delete;

  std::optional<ResolvedPlace> Resolve(const Postcode& postcode) const override {
    const std::string outcode(postcode.outcode());
    if (const auto row = table_.Find(postcode)) {
      return ResolvedPlace{table_.PointAt(*row), DistrictOfRow(*row, postcode.sector()), outcode,
                           Precision::kPostcode};
    }
    if (const Area* const sector = FindArea(postcode.sector())) {
      return ResolvedPlace{sector->point, sector->district, outcode, Precision::kSector};
    }
    if (const Area* const area = FindArea(outcode)) {
      return ResolvedPlace{area->point, area->district, outcode, Precision::kOutcode};
    }
    return std::nullopt;
  }

  ResolvedPlace ResolveCoordinates(Point point) const override {
    return {point, DistrictAt(point), NearestOutcode(point), Precision::kCoordinates};
  }

  std::optional<Point> OutcodeCentroid(absl::string_view outcode) const override {
    const Area* const area = FindArea(outcode);
    if (area == nullptr || !area->stands_for_homes) return std::nullopt;
    return area->point;
  }

  std::string NearestOutcode(Point point) const override {
    const Area* nearest = nullptr;
    double nearest_m = std::numeric_limits<double>::infinity();
    for (const uint32_t index : homes_.Nearest(point, 1)) {
      const Area& area = areas_[index];
      const double distance_m = GreatCircleM(point, area.point);
      if (distance_m < nearest_m || (distance_m == nearest_m && area.code < nearest->code)) {
        nearest = &area;
        nearest_m = distance_m;
      }
    }
    return nearest->code;  // the shipped table is never empty
  }

  const std::string& version() const override { return version_; }
  std::size_t postcode_count() const override { return table_.size(); }

 private:
  static bool IsSector(absl::string_view code) { return absl::StrContains(code, ' '); }

  void AddArea(Area area) {
    if (!area_of_.emplace(area.code, areas_.size()).second) return;
    areas_.push_back(std::move(area));
  }

  // The outcodes and sectors that only the imported file knows, from its own postcodes.
  void AddImportedAreas() {
    for (std::size_t o = 0; o < table_.outcodes.size(); ++o) {
      const std::size_t begin = table_.first_row[o];
      const std::size_t end = table_.first_row[o + 1];
      if (!area_of_.contains(table_.outcodes[o])) AddArea(AreaOf(table_.outcodes[o], begin, end));
      for (std::size_t at = begin; at < end;) {
        const int digit = table_.incodes[at] / kIncodesInASector;
        std::size_t sector_end = at;
        while (sector_end < end && table_.incodes[sector_end] / kIncodesInASector == digit) ++sector_end;
        const std::string code = absl::StrCat(table_.outcodes[o], " ", digit);
        if (!area_of_.contains(code)) AddArea(AreaOf(code, at, sector_end));
        at = sector_end;
      }
    }
  }

  Area AreaOf(const std::string& code, std::size_t begin, std::size_t end) const {
    int64_t latitude = 0;
    int64_t longitude = 0;
    Agreement agreement;
    for (std::size_t row = begin; row < end; ++row) {
      latitude += table_.latitudes_e7[row];
      longitude += table_.longitudes_e7[row];
      agreement.Add(record_districts_[table_.district_index[row]]);
    }
    const auto count = static_cast<int64_t>(end - begin);
    return {code,
            {Mean(latitude, count), Mean(longitude, count)},
            agreement.district(),
            !IsSector(code) && end - begin >= kLeastPostcodesOfACentroid};
  }

  const Area* FindArea(absl::string_view code) const {
    const auto found = area_of_.find(code);
    return found == area_of_.end() ? nullptr : &areas_[found->second];
  }

  // A few rows of the sources name no district: theirs is their sector's, when all others there agree.
  std::string DistrictOfRow(std::size_t row, absl::string_view sector) const {
    const std::string& own = record_districts_[table_.district_index[row]];
    if (!own.empty()) return own;
    const Area* const area = FindArea(sector);
    return area == nullptr ? "" : area->district;
  }

  std::string DistrictAt(Point point) const {
    if (const auto row = nearest_.Find(point, kNearPostcodeM)) {
      const std::string& district = record_districts_[table_.district_index[*row]];
      if (!district.empty()) return district;
    }
    // One centroid alone would be wrong near the borders of districts about six times as often as two that
    // agree.
    const Area* first = nullptr;
    const Area* second = nullptr;
    double first_m = kNearSectorM;
    double second_m = std::numeric_limits<double>::infinity();
    for (const uint32_t index : sectors_.Nearest(point, 2)) {
      const Area& area = areas_[index];
      const double distance_m = GreatCircleM(point, area.point);
      if (distance_m <= first_m) {
        second = std::exchange(first, &area);
        second_m = std::exchange(first_m, distance_m);
      } else if (distance_m < second_m) {
        second = &area;
        second_m = distance_m;
      }
    }
    const bool agree = first != nullptr && second != nullptr && first->district == second->district;
    return agree ? first->district : "";
  }

  const PostcodeTable table_;
  const NearestPoint nearest_;
  const std::string version_;
  std::vector<std::string> record_districts_;  // by index of district
  std::vector<Area> areas_;                    // outcodes and sectors
  Directions homes_;                           // of those that stand for homes, by their places in areas_
  Directions sectors_;
  absl::flat_hash_map<std::string, std::size_t> area_of_;
};

// The table of a program into which nothing was imported.
PostcodeTable NoPostcodes() {
  PostcodeTable table;
  table.districts = {""};
  table.first_row = {0};
  return table;
}

absl::Status Unreadable(const std::string& path, absl::StatusCode code, absl::string_view why) {
  return absl::Status(code, absl::StrCat(path, ": ", why));
}

}  // namespace

std::shared_ptr<const PlaceIndex> ShippedPlaces(const Districts& districts) {
  const std::string digest = base::HexEncode(base::Sha256(CentroidsCsv()));
  return std::make_shared<Places>(districts, NoPostcodes(),
                                  absl::StrCat("shipped-", digest.substr(0, kShippedVersionDigits)));
}

absl::StatusOr<std::shared_ptr<const PlaceIndex>> LoadPlaces(const std::string& dir,
                                                             const Districts& districts) {
  if (dir.empty()) return ShippedPlaces(districts);
  const std::string pointer_path = absl::StrCat(dir, "/", kCurrentPlacesFile);
  const absl::StatusOr<std::string> pointer = base::ReadFile(pointer_path);
  if (absl::IsNotFound(pointer.status())) return ShippedPlaces(districts);
  if (!pointer.ok()) return pointer.status();

  // The name is a digest: nothing else is opened, whatever the pointer says.
  const std::string name(absl::StripAsciiWhitespace(*pointer));
  const absl::string_view digest = absl::StripSuffix(name, kPlacesFileSuffix);
  if (digest.size() != 64 || digest.size() == name.size() ||
      digest.find_first_not_of("0123456789abcdef") != absl::string_view::npos) {
    return Unreadable(pointer_path, absl::StatusCode::kDataLoss, "names no file of places");
  }
  const std::string path = absl::StrCat(dir, "/", name);
  const absl::StatusOr<std::string> bytes = base::ReadFile(path);
  if (absl::IsNotFound(bytes.status())) {
    return Unreadable(path, absl::StatusCode::kDataLoss, "is missing: import the places again");
  }
  if (!bytes.ok()) return bytes.status();
  absl::StatusOr<DecodedPlaces> decoded = DecodePlacesFile(*bytes);
  if (!decoded.ok()) return Unreadable(path, decoded.status().code(), decoded.status().message());
  if (decoded->version != digest) {
    return Unreadable(path, absl::StatusCode::kDataLoss, "has another content than its name says");
  }
  return std::make_shared<Places>(districts, std::move(decoded->table), std::move(decoded->version));
}

}  // namespace brokerage::reference
