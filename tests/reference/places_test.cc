#include "reference/places.h"

#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <limits>
#include <random>
#include <string>

#include "base/digest.h"
#include "reference/centroids.h"
#include "reference/places_import.h"
#include "reference/shipped.h"
#include "tests/reference/temporary_folder.h"

namespace brokerage::reference {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

const Centroid& Shipped(const std::string& code) {
  for (const Centroid& centroid : ShippedCentroids()) {
    if (centroid.code == code) return centroid;
  }
  ADD_FAILURE() << "no centroid of " << code;
  std::abort();
}

TEST(ShippedPlaces, APostcodeIsItsSectorElseItsOutcodeElseUnknown) {
  const auto places = ShippedPlaces(KentDistricts());
  const auto sector = places->Resolve(*Postcode::Parse("TN23 1AA"));
  ASSERT_TRUE(sector.has_value());
  EXPECT_EQ(sector->point, Shipped("TN23 1").point);
  EXPECT_EQ(sector->precision, Precision::kSector);
  EXPECT_EQ(sector->outcode, "TN23");
  EXPECT_EQ(sector->district, "E07000105");

  const auto outcode = places->Resolve(*Postcode::Parse("TN23 0AA"));
  ASSERT_TRUE(outcode.has_value());
  EXPECT_EQ(outcode->point, Shipped("TN23").point);
  EXPECT_EQ(outcode->precision, Precision::kOutcode);

  EXPECT_FALSE(places->Resolve(*Postcode::Parse("SW1A 1AA")).has_value());
  EXPECT_EQ(places->postcode_count(), 0u);
  EXPECT_EQ(places->version(), "shipped-" + base::HexEncode(base::Sha256(CentroidsCsv())).substr(0, 16));
}

TEST(ShippedPlaces, ADistrictIsSaidOnlyWhereAllPostcodesAgree) {
  const auto places = ShippedPlaces(KentDistricts());
  // BR8 is Sevenoaks' and Dartford's; so is its sector 7. The sector BR6 7 is Sevenoaks' and Bromley's.
  ASSERT_GT(Shipped("BR8").district_codes.size(), 1u);
  EXPECT_EQ(places->Resolve(*Postcode::Parse("BR8 7AA"))->district, "");
  EXPECT_EQ(places->Resolve(*Postcode::Parse("BR8 0AA"))->district, "");
  EXPECT_EQ(places->Resolve(*Postcode::Parse("BR6 7AA"))->district, "");
  // BR1 is Bromley's and Lewisham's: in neither case Kent's.
  ASSERT_EQ(Shipped("BR1").district_codes.size(), 2u);
  EXPECT_EQ(places->Resolve(*Postcode::Parse("BR1 9AA"))->district, kOutside);
  EXPECT_EQ(places->Resolve(*Postcode::Parse("ME7 1AA"))->district, kOutside);
}

TEST(ShippedPlaces, WhatIsOutsideIsConfiguration) {
  const auto medway = Districts::Parse("code,id,name,population\nE06000035,medway,Medway,279800\n");
  ASSERT_TRUE(medway.ok());
  const auto places = ShippedPlaces(*medway);
  EXPECT_EQ(places->Resolve(*Postcode::Parse("ME7 1AA"))->district, "E06000035");
  EXPECT_EQ(places->Resolve(*Postcode::Parse("TN23 1AA"))->district, kOutside);
  EXPECT_EQ(places->Resolve(*Postcode::Parse("BR8 7AA"))->district, kOutside) << "both its districts are";
}

TEST(ShippedPlaces, CentroidsOfOutcodes) {
  const auto places = ShippedPlaces(KentDistricts());
  EXPECT_EQ(places->OutcodeCentroid("TN23"), Shipped("TN23").point);
  EXPECT_EQ(places->OutcodeCentroid("TN23 1"), std::nullopt) << "a sector is no outcode";
  EXPECT_EQ(places->OutcodeCentroid("tn23"), std::nullopt);
  EXPECT_EQ(places->OutcodeCentroid("SW1A"), std::nullopt);
  EXPECT_EQ(places->OutcodeCentroid(""), std::nullopt);
}

TEST(ShippedPlaces, TheNearestOutcodeEqualsBruteForce) {
  const auto places = ShippedPlaces(KentDistricts());
  std::mt19937 random(3);
  std::uniform_int_distribution<int32_t> latitude(505'000'000, 520'000'000);
  std::uniform_int_distribution<int32_t> longitude(-5'000'000, 20'000'000);
  for (int i = 0; i < 200; ++i) {
    const Point point = {latitude(random), longitude(random)};
    std::string nearest;
    double least_m = std::numeric_limits<double>::infinity();
    for (const Centroid& centroid : ShippedCentroids()) {
      if (!ParseOutcode(centroid.code)) continue;
      const double distance_m = GreatCircleM(point, centroid.point);
      if (distance_m < least_m) {
        nearest = centroid.code;
        least_m = distance_m;
      }
    }
    ASSERT_EQ(places->NearestOutcode(point), nearest);
  }
  for (const Centroid& centroid : ShippedCentroids()) {
    if (ParseOutcode(centroid.code)) {
      EXPECT_EQ(places->NearestOutcode(centroid.point), centroid.code);
    }
  }
}

TEST(ShippedPlaces, APointOfItsOwn) {
  const auto places = ShippedPlaces(KentDistricts());
  const Point ashford = {511'467'000, 8'720'000};
  const ResolvedPlace place = places->ResolveCoordinates(ashford);
  EXPECT_EQ(place.point, ashford);
  EXPECT_EQ(place.precision, Precision::kCoordinates);
  EXPECT_EQ(place.outcode, places->NearestOutcode(ashford));
  EXPECT_EQ(place.district, "E07000105");
  // Paris, and the middle of the Channel: no sector near.
  EXPECT_EQ(places->ResolveCoordinates({488'566'000, 23'522'000}).district, "");
  EXPECT_EQ(places->ResolveCoordinates({506'000'000, 8'000'000}).district, "");
}

class LoadPlacesTest : public ::testing::Test {
 protected:
  absl::StatusOr<std::shared_ptr<const PlaceIndex>> Load() {
    return LoadPlaces(folder_.Path("places"), KentDistricts());
  }
  ImportReport Import(const std::string& rows) {
    const std::string file = folder_.Write("rows.csv", "postcode,lat,lon,district_code\n" + rows);
    const auto report = ImportPlaces({file}, folder_.Path("places"));
    EXPECT_TRUE(report.ok()) << report.status();
    EXPECT_NE(report->version, "");
    return *report;
  }

  const TemporaryFolder folder_;
};

TEST_F(LoadPlacesTest, WhereNothingWasImportedTheShippedOnesServe) {
  for (int round = 0; round < 2; ++round) {
    const auto places = Load();
    ASSERT_TRUE(places.ok()) << places.status();
    EXPECT_THAT((*places)->version(), StartsWith("shipped-"));
    std::filesystem::create_directories(folder_.Path("places"));
  }
}

TEST_F(LoadPlacesTest, ImportedPostcodesComeFirstAndShippedCentroidsStay) {
  Import("TN23 1AA,51.2,0.9,E07000106\n");
  const auto places = Load();
  ASSERT_TRUE(places.ok()) << places.status();
  const auto exact = (*places)->Resolve(*Postcode::Parse("TN23 1AA"));
  EXPECT_EQ(exact->point, (Point{512'000'000, 9'000'000}));
  EXPECT_EQ(exact->district, "E07000106");
  EXPECT_EQ(exact->precision, Precision::kPostcode);
  EXPECT_EQ((*places)->Resolve(*Postcode::Parse("TN23 1AB"))->point, Shipped("TN23 1").point);
  EXPECT_EQ((*places)->OutcodeCentroid("TN23"), Shipped("TN23").point)
      << "what stands for a home does not move with an import";
}

TEST_F(LoadPlacesTest, BeyondTheShippedTableImportedPostcodesMakeCentroids) {
  Import(
      "SW1A 1AA,51.5000000,-0.1000000,E09000033\n"
      "SW1A 1AB,51.5000001,-0.1000001,E09000033\n"
      "SW1A 2AA,51.6,-0.2,E09000022\n"
      "M1 1AA,53.4,-2.2,\n");
  const auto places = Load();
  ASSERT_TRUE(places.ok()) << places.status();
  const auto sector = (*places)->Resolve(*Postcode::Parse("SW1A 1ZZ"));
  EXPECT_EQ(sector->precision, Precision::kSector);
  EXPECT_EQ(sector->point, (Point{515'000'001, -1'000'000})) << "halves are rounded up";
  EXPECT_EQ(sector->district, kOutside);
  EXPECT_EQ((*places)->Resolve(*Postcode::Parse("SW1A 9ZZ"))->precision, Precision::kOutcode);
  EXPECT_EQ((*places)->Resolve(*Postcode::Parse("M1 9ZZ"))->point, (Point{534'000'000, -22'000'000}));
  EXPECT_EQ((*places)->Resolve(*Postcode::Parse("M1 1AA"))->district, "");
  EXPECT_FALSE((*places)->Resolve(*Postcode::Parse("M2 1AA")).has_value());
}

// The mean of a handful of postcodes could lie on the very home that it is to hide.
TEST_F(LoadPlacesTest, AnOutcodeOfTooFewImportedPostcodesStandsForNoHome) {
  constexpr Point kManchester = {534'000'000, -22'000'000};
  static_assert(kLeastPostcodesOfACentroid == 50);
  for (const std::size_t count : {49, 50}) {
    SCOPED_TRACE(count);
    std::string rows;
    for (std::size_t i = 0; i < count; ++i) {
      // Of two sectors: the outcode's postcodes are counted, not a sector's.
      const char letter = static_cast<char>('A' + i / 2);
      rows += "M1 " + std::to_string(i % 2) + letter + "A,53.4,-2.2,\n";
    }
    Import(rows);
    const auto places = Load();
    ASSERT_TRUE(places.ok()) << places.status();
    const bool enough = count == 50;
    EXPECT_EQ((*places)->OutcodeCentroid("M1"), enough ? std::optional<Point>(kManchester) : std::nullopt);
    EXPECT_EQ((*places)->NearestOutcode(kManchester) == "M1", enough);
    EXPECT_EQ((*places)->ResolveCoordinates(kManchester).outcode == "M1", enough);
    EXPECT_EQ((*places)->OutcodeCentroid("M1 1"), std::nullopt);
    // Within a centre the outcode is as good as it was.
    EXPECT_EQ((*places)->Resolve(*Postcode::Parse("M1 9ZZ"))->precision, Precision::kOutcode);
  }
}

TEST_F(LoadPlacesTest, ARowWithoutADistrictHasItsSectors) {
  Import("TN23 1AA,51.148,0.872,\nBR8 7AA,51.4,0.17,\n");
  const auto places = Load();
  ASSERT_TRUE(places.ok()) << places.status();
  EXPECT_EQ((*places)->Resolve(*Postcode::Parse("TN23 1AA"))->district, "E07000105");
  EXPECT_EQ((*places)->Resolve(*Postcode::Parse("BR8 7AA"))->district, "") << "its sector spans two";
}

TEST_F(LoadPlacesTest, APointHasTheDistrictOfTheNearestPostcode) {
  // In the middle of Ashford, postcodes that say otherwise: one about 700 m away, one about 1.4 km.
  Import("TN23 1AA,51.1530,0.872,E07000106\nTN23 1AB,51.1340,0.872,E06000035\n");
  const auto places = Load();
  ASSERT_TRUE(places.ok()) << places.status();
  EXPECT_EQ((*places)->ResolveCoordinates({511'467'000, 8'720'000}).district, "E07000106");
  EXPECT_EQ((*places)->ResolveCoordinates({511'340'000, 8'730'000}).district, kOutside);
  // 2 km from either, the sectors have their say again.
  EXPECT_EQ((*places)->ResolveCoordinates({511'467'000, 9'100'000}).district, "E07000105");
}

TEST_F(LoadPlacesTest, AnyDamageIsRefusedAndNamed) {
  const ImportReport report = Import("TN23 1AA,51.148,0.872,E07000105\n");
  const std::string whole = *base::ReadFile(report.path);
  const std::string pointer_path = folder_.Path("places/CURRENT");
  const std::string pointer = *base::ReadFile(pointer_path);
  ASSERT_TRUE(Load().ok());

  const auto expect_loss = [&](const std::string& text) {
    const auto places = Load();
    EXPECT_EQ(places.status().code(), absl::StatusCode::kDataLoss) << places.status();
    EXPECT_THAT(std::string(places.status().message()), HasSubstr(text));
  };
  std::string damaged = whole;
  damaged[30] = static_cast<char>(damaged[30] ^ 1);
  ASSERT_TRUE(base::WriteFileAtomically(report.path, damaged).ok());
  expect_loss("checksum");
  ASSERT_TRUE(base::WriteFileAtomically(report.path, "").ok());
  expect_loss(report.path);
  std::filesystem::remove(report.path);
  expect_loss("is missing");

  const std::string other_name = std::string(64, 'a') + ".places";
  ASSERT_TRUE(base::WriteFileAtomically(folder_.Path("places/" + other_name), whole).ok());
  ASSERT_TRUE(base::WriteFileAtomically(pointer_path, other_name + "\n").ok());
  expect_loss("another content than its name");
  for (const std::string& bad : {std::string(), std::string("../../etc/passwd\n"), std::string(64, 'a'),
                                 std::string(64, 'G') + ".places", ".places" + std::string(64, 'a')}) {
    ASSERT_TRUE(base::WriteFileAtomically(pointer_path, bad).ok());
    expect_loss("CURRENT");
  }

  // The same import again mends it.
  const ImportReport again = Import("TN23 1AA,51.148,0.872,E07000105\n");
  EXPECT_EQ(again.version, report.version);
  EXPECT_TRUE(Load().ok());
  EXPECT_EQ(*base::ReadFile(pointer_path), pointer);
}

}  // namespace
}  // namespace brokerage::reference
