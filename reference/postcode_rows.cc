#include "reference/postcode_rows.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

#include "base/csv.h"
#include "base/text.h"
#include "reference/districts.h"

namespace brokerage::reference {
namespace {

// Great Britain and Northern Ireland with their islands.
constexpr Point kSouthWest = {49 * kDegreeE7, -9 * kDegreeE7};
constexpr Point kNorthEast = {62 * kDegreeE7, 3 * kDegreeE7};

// The latitude that the ONS Postcode Directory gives a postcode without a position: 99.999999.
constexpr int32_t kOnsNoLatitudeE7 = 999'999'990;
constexpr std::size_t kCodePointColumns = 10;

// The fields that every kind shares.
PostcodeRow Begin(const std::string& postcode, const std::string& district) {
  PostcodeRow row;
  row.postcode = Postcode::Parse(postcode);
  if (!row.postcode) row.reasons.push_back(absl::StrCat("\"", postcode, "\" is no postcode"));
  if (!district.empty() && !IsOnsCode(district)) {
    row.reasons.push_back(absl::StrCat("\"", district, "\" is no ONS code of a district"));
  }
  row.district_code = district;
  return row;
}

PostcodeRow End(PostcodeRow row) {
  row.kind = row.reasons.empty() ? PostcodeRow::Kind::kPlace : PostcodeRow::Kind::kFaulty;
  return row;
}

// A row passed over: what else is wrong with it still counts.
PostcodeRow PassOver(PostcodeRow row, PostcodeRow::Kind kind) {
  row.kind = row.reasons.empty() ? kind : PostcodeRow::Kind::kFaulty;
  return row;
}

PostcodeRow WrongFieldCount(std::size_t found, std::size_t wanted) {
  PostcodeRow row;
  row.reasons.push_back(absl::StrCat("there are ", found, " fields instead of ", wanted));
  return row;
}

void SetPoint(const std::string& latitude, const std::string& longitude, PostcodeRow& row) {
  const auto latitude_e7 = ParseDegreesE7(latitude);
  const auto longitude_e7 = ParseDegreesE7(longitude);
  if (!latitude_e7) row.reasons.push_back(absl::StrCat("\"", latitude, "\" is no latitude in degrees"));
  if (!longitude_e7) row.reasons.push_back(absl::StrCat("\"", longitude, "\" is no longitude in degrees"));
  if (!latitude_e7 || !longitude_e7) return;
  row.point = {*latitude_e7, *longitude_e7};
  if (row.point.latitude_e7 < kSouthWest.latitude_e7 || row.point.latitude_e7 > kNorthEast.latitude_e7 ||
      row.point.longitude_e7 < kSouthWest.longitude_e7 || row.point.longitude_e7 > kNorthEast.longitude_e7) {
    row.reasons.push_back(absl::StrCat(latitude, ", ", longitude, " lies outside the United Kingdom"));
  }
}

class CodePointReader final : public PostcodeRowReader {
 public:
  explicit CodePointReader(const GridConverter& grid) : grid_(grid) {}

  PostcodeRow Read(const std::vector<std::string>& fields) const override {
    if (fields.size() != kCodePointColumns) return WrongFieldCount(fields.size(), kCodePointColumns);
    PostcodeRow row = Begin(fields[0], fields[8]);
    double easting_m = 0;
    double northing_m = 0;
    const bool has_easting = absl::SimpleAtod(fields[2], &easting_m);
    const bool has_northing = absl::SimpleAtod(fields[3], &northing_m);
    if (!has_easting) row.reasons.push_back(absl::StrCat("\"", fields[2], "\" is no easting in metres"));
    if (!has_northing) row.reasons.push_back(absl::StrCat("\"", fields[3], "\" is no northing in metres"));
    if (!has_easting || !has_northing) return End(std::move(row));
    if (easting_m == 0 && northing_m == 0)
      return PassOver(std::move(row), PostcodeRow::Kind::kWithoutPosition);
    if (const auto point = grid_.ToPoint(easting_m, northing_m)) {
      row.point = *point;
    } else {
      row.reasons.push_back(absl::StrCat(fields[2], ", ", fields[3], " lies outside the National Grid"));
    }
    return End(std::move(row));
  }

 private:
  const GridConverter& grid_;
};

// Columns found by their names, for both kinds that have a header.
struct NamedColumns {
  std::size_t count = 0;
  std::size_t postcode = 0;
  std::size_t latitude = 0;
  std::size_t longitude = 0;
  std::optional<std::size_t> district;
  std::optional<std::size_t> terminated;
};

class NamedReader final : public PostcodeRowReader {
 public:
  explicit NamedReader(NamedColumns columns) : columns_(columns) {}

  PostcodeRow Read(const std::vector<std::string>& fields) const override {
    if (fields.size() != columns_.count) return WrongFieldCount(fields.size(), columns_.count);
    PostcodeRow row = Begin(fields[columns_.postcode], columns_.district ? fields[*columns_.district] : "");
    const std::string& latitude = fields[columns_.latitude];
    const std::string& longitude = fields[columns_.longitude];
    if (columns_.terminated) {
      if (!fields[*columns_.terminated].empty())
        return PassOver(std::move(row), PostcodeRow::Kind::kTerminated);
      const bool empty = latitude.empty() && longitude.empty();
      if (empty || ParseDegreesE7(latitude) == kOnsNoLatitudeE7) {
        return PassOver(std::move(row), PostcodeRow::Kind::kWithoutPosition);
      }
    }
    SetPoint(latitude, longitude, row);
    return End(std::move(row));
  }

 private:
  const NamedColumns columns_;
};

// The ONS names the column after the year of its boundaries: "lad25cd".
std::optional<std::size_t> FindLocalAuthority(const base::CsvHeader& header,
                                              const std::vector<std::string>& names) {
  if (const auto column = header.FindAny({"oslaua", "laua", "ladcd"})) return column;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string name = base::FoldCase(names[i]);
    if (name.size() == 7 && name.rfind("lad", 0) == 0 && name.substr(5) == "cd" &&
        absl::ascii_isdigit(static_cast<unsigned char>(name[3])) &&
        absl::ascii_isdigit(static_cast<unsigned char>(name[4]))) {
      return i;
    }
  }
  return std::nullopt;
}

std::optional<NamedColumns> FindColumns(const std::vector<std::string>& names) {
  const base::CsvHeader header(names);
  NamedColumns columns;
  columns.count = names.size();
  const auto latitude = header.Find("lat");
  const auto ons_postcode = header.FindAny({"pcds", "pcd8", "pcd2", "pcd7", "pcd"});
  if (const auto longitude = header.Find("long"); ons_postcode && latitude && longitude) {
    columns.district = FindLocalAuthority(header, names);
    columns.terminated = header.Find("doterm");
    if (!columns.district || !columns.terminated) return std::nullopt;
    columns.postcode = *ons_postcode;
    columns.latitude = *latitude;
    columns.longitude = *longitude;
    return columns;
  }
  const auto postcode = header.Find("postcode");
  if (const auto longitude = header.Find("lon"); postcode && latitude && longitude) {
    columns.district = header.Find("district_code");
    columns.postcode = *postcode;
    columns.latitude = *latitude;
    columns.longitude = *longitude;
    return columns;
  }
  return std::nullopt;
}

}  // namespace

absl::StatusOr<PostcodeFormat> DetectPostcodeFormat(const std::vector<std::string>& first_row,
                                                    const GridConverter& grid) {
  if (const auto columns = FindColumns(first_row)) {
    return PostcodeFormat{std::make_unique<NamedReader>(*columns), false};
  }
  // Either sign will do, so that a faulty first row is listed with the others.
  double metres = 0;
  if (first_row.size() == kCodePointColumns &&
      (Postcode::Parse(first_row[0]) ||
       (absl::SimpleAtod(first_row[2], &metres) && absl::SimpleAtod(first_row[3], &metres)))) {
    return PostcodeFormat{std::make_unique<CodePointReader>(grid), true};
  }
  return absl::InvalidArgumentError(
      "the first row is neither the header postcode,lat,lon (and district_code), nor one of the ONS Postcode "
      "Directory "
      "(pcds, lat, long, doterm and oslaua, laua or a name like lad25cd), nor a row of OS Code-Point Open "
      "(ten columns, "
      "a postcode first)");
}

}  // namespace brokerage::reference
