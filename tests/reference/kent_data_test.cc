// Every real postcode of Kent and its neighbours, where this machine has them.
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

#include "base/csv.h"
#include "reference/grid.h"
#include "reference/places.h"
#include "reference/places_import.h"
#include "reference/shipped.h"
#include "tests/reference/temporary_folder.h"
#include "tests/support/shared_data.h"

namespace brokerage::reference {
namespace {

using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;

constexpr char kKent[] = "geography/kent_postcodes.csv";
constexpr char kFringe[] = "geography/kent_fringe_postcodes.csv";
// The sources give positions to the millionth of a degree; a metre is about ten of these.
constexpr int32_t kOneMillionthE7 = 10;

struct RealRow {
  std::string postcode;
  Point point;
  std::string easting;
  std::string northing;
  std::string district;
  std::string quality;
};

class KentDataTest : public ::testing::Test {
 protected:
  void SetUp() override {
    SKIP_WITHOUT_SHARED_DATA(kKent);
    SKIP_WITHOUT_SHARED_DATA(kFringe);
    for (const char* file : {kKent, kFringe}) {
      const absl::Status status =
          base::ReadCsvFile(testing::SharedDataPath(file), [this](const base::CsvRow& row) {
            if (row.line == 1) return true;
            const auto& f = row.fields;
            rows_.push_back({f.at(0),
                             {*ParseDegreesE7(f.at(1)), *ParseDegreesE7(f.at(2))},
                             f.at(3),
                             f.at(4),
                             f.at(5),
                             f.at(7)});
            return true;
          });
      ASSERT_TRUE(status.ok()) << status;
    }
    ASSERT_THAT(rows_, SizeIs(45'958 + 25'647));
  }

  std::shared_ptr<const PlaceIndex> ImportAndLoad(const std::vector<std::string>& inputs) {
    const auto report = ImportPlaces(inputs, folder_.Path("places"));
    EXPECT_TRUE(report.ok()) << report.status();
    EXPECT_THAT(report->faults, IsEmpty());
    EXPECT_EQ(report->duplicates, 0);
    EXPECT_EQ(report->rows_read, report->postcodes);
    const auto places = LoadPlaces(folder_.Path("places"), KentDistricts());
    EXPECT_TRUE(places.ok()) << places.status();
    EXPECT_EQ((*places)->version(), report->version);
    return *places;
  }

  std::vector<RealRow> rows_;
  const TemporaryFolder folder_;
};

TEST_F(KentDataTest, EveryPostcodeResolvesToItsOwnPointAndDistrict) {
  const auto places = ImportAndLoad({testing::SharedDataPath(kKent), testing::SharedDataPath(kFringe)});
  EXPECT_EQ(places->postcode_count(), rows_.size());
  int without_district = 0;
  for (const RealRow& row : rows_) {
    const auto place = places->Resolve(*Postcode::Parse(row.postcode));
    ASSERT_TRUE(place.has_value()) << row.postcode;
    ASSERT_EQ(place->point, row.point) << row.postcode;
    ASSERT_EQ(place->precision, Precision::kPostcode) << row.postcode;
    ASSERT_EQ(place->outcode, row.postcode.substr(0, row.postcode.find(' ')));
    if (row.district.empty()) {
      ++without_district;
      ASSERT_EQ(place->district, "E07000106") << row.postcode << " lies in Canterbury, as all its sector";
    } else {
      ASSERT_EQ(place->district, KentDistricts().ForRecord(row.district)) << row.postcode;
    }
  }
  EXPECT_EQ(without_district, 7);
}

TEST_F(KentDataTest, KentAloneLeavesItsNeighboursToTheirSectors) {
  const auto places = ImportAndLoad({testing::SharedDataPath(kKent)});
  EXPECT_EQ(places->postcode_count(), 45'958u);
  const auto medway = places->Resolve(*Postcode::Parse("ME7 1AA"));
  ASSERT_TRUE(medway.has_value());
  EXPECT_EQ(medway->precision, Precision::kSector);
  EXPECT_EQ(medway->district, kOutside);
}

// The same postcodes as the Ordnance Survey's files have them: the grid references decide.
TEST_F(KentDataTest, CodePointRowsGiveTheSamePlaces) {
  std::map<std::string, std::string> files;
  for (const RealRow& row : rows_) {
    absl::StrAppend(&files[row.postcode.substr(0, 2)], "\"", row.postcode, "\",", row.quality, ",",
                    row.easting, ",", row.northing, ",\"E92000001\",\"\",\"\",\"\",\"", row.district,
                    "\",\"\"\n");
  }
  for (const auto& [area, text] : files) folder_.Write("csv/" + area + ".csv", text);
  const auto places = ImportAndLoad({folder_.Path("csv")});
  int32_t worst_e7 = 0;
  for (const RealRow& row : rows_) {
    const auto place = places->Resolve(*Postcode::Parse(row.postcode));
    ASSERT_TRUE(place.has_value()) << row.postcode;
    ASSERT_EQ(place->precision, Precision::kPostcode) << row.postcode;
    worst_e7 = std::max({worst_e7, std::abs(place->point.latitude_e7 - row.point.latitude_e7),
                         std::abs(place->point.longitude_e7 - row.point.longitude_e7)});
  }
  EXPECT_LE(worst_e7, kOneMillionthE7);
}

TEST_F(KentDataTest, BothFormsOfTheSamePostcodesAgree) {
  std::string text;
  for (const RealRow& row : rows_) {
    absl::StrAppend(&text, row.postcode, ",10,", row.easting, ",", row.northing, ",E,,,,", row.district,
                    ",\n");
  }
  const std::string code_point = folder_.Write("all.csv", text);
  const auto report = ImportPlaces(
      {testing::SharedDataPath(kKent), testing::SharedDataPath(kFringe), code_point}, folder_.Path("places"));
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_THAT(report->faults, IsEmpty());
  EXPECT_EQ(report->duplicates, static_cast<int64_t>(rows_.size()));
}

// The shipped means, worked out again with other arithmetic.
TEST_F(KentDataTest, ShippedCentroidsAreTheMeansOfTheirPostcodes) {
  struct Sum {
    double latitude = 0;
    double longitude = 0;
    int count = 0;
  };
  std::map<std::string, Sum> sums;
  for (const RealRow& row : rows_) {
    const auto postcode = Postcode::Parse(row.postcode);
    for (const std::string& code : {std::string(postcode->outcode()), postcode->sector()}) {
      Sum& sum = sums[code];
      sum.latitude += row.point.latitude_e7;
      sum.longitude += row.point.longitude_e7;
      ++sum.count;
    }
  }
  const auto places = ShippedPlaces(KentDistricts());
  for (const auto& [code, sum] : sums) {
    const bool is_outcode = ParseOutcode(code).has_value();
    const auto place = places->Resolve(*Postcode::Parse(is_outcode ? code + " 0ZZ" : code + "AA"));
    const Point point = is_outcode ? places->OutcodeCentroid(code).value() : place.value().point;
    EXPECT_NEAR(point.latitude_e7, sum.latitude / sum.count, kOneMillionthE7) << code;
    EXPECT_NEAR(point.longitude_e7, sum.longitude / sum.count, kOneMillionthE7) << code;
  }
}

TEST_F(KentDataTest, TheScriptMakesTheShippedCentroidsAgain) {
  const std::string folder = std::filesystem::path(testing::SharedDataPath(kKent)).parent_path().string();
  const std::string output = folder_.Path("centroids.csv");
  const std::string command =
      absl::StrCat("python3 reference/data/make_centroids.py '", folder, "' > '", output, "'");
  ASSERT_EQ(std::system(command.c_str()), 0) << command;
  EXPECT_TRUE(base::ReadFile(output).value() == CentroidsCsv());
}

// A point's district is an estimate near borders: how good, with and without imported postcodes.
TEST_F(KentDataTest, DistrictsOfPointsAreSeldomWrong) {
  const auto shipped = ShippedPlaces(KentDistricts());
  const auto imported = ImportAndLoad({testing::SharedDataPath(kKent), testing::SharedDataPath(kFringe)});
  int asked = 0;
  int unknown = 0;
  int wrong = 0;
  int wrong_when_imported = 0;
  for (std::size_t i = 0; i < rows_.size(); i += 23) {
    const RealRow& row = rows_[i];
    if (row.district.empty()) continue;
    const std::string truth = KentDistricts().ForRecord(row.district);
    const std::string estimate = shipped->ResolveCoordinates(row.point).district;
    ++asked;
    if (estimate.empty()) ++unknown;
    if (!estimate.empty() && estimate != truth) ++wrong;
    if (imported->ResolveCoordinates(row.point).district != truth) ++wrong_when_imported;
  }
  RecordProperty("asked", asked);
  RecordProperty("unknown", unknown);
  RecordProperty("wrong", wrong);
  RecordProperty("wrong_when_imported", wrong_when_imported);
  EXPECT_GT(asked, 3'000);
  EXPECT_LE(wrong, asked / 200) << "of " << asked << ", " << unknown << " unknown";
  EXPECT_LE(unknown, asked / 2);
  // Some points carry two postcodes of different districts, as a block of flats on a border does.
  EXPECT_LE(wrong_when_imported, asked / 1'000);
}

}  // namespace
}  // namespace brokerage::reference
