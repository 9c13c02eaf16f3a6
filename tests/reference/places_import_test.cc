#include "reference/places_import.h"

#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "reference/places.h"
#include "tests/reference/temporary_folder.h"

namespace brokerage::reference {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kPlainHeader[] =
    "postcode,lat,lon,easting,northing,district_code,ward_code,positional_quality\n";
constexpr char kOnsHeader[] = "pcd,pcds,dointr,doterm,oslaua,lat,long\n";

class PlacesImportTest : public ::testing::Test {
 protected:
  absl::StatusOr<ImportReport> Import(const std::vector<std::string>& inputs, ImportOptions options = {}) {
    return ImportPlaces(inputs, folder_.Path("places"), options);
  }
  std::shared_ptr<const PlaceIndex> Load() {
    auto places = LoadPlaces(folder_.Path("places"), KentDistricts());
    EXPECT_TRUE(places.ok()) << places.status();
    return *places;
  }
  ResolvedPlace Resolve(const std::string& postcode) {
    return Load()->Resolve(*Postcode::Parse(postcode)).value();
  }
  // "file:line: reason | reason", for tables.
  static std::vector<std::string> Shown(const ImportReport& report) {
    std::vector<std::string> shown;
    for (const ImportFault& fault : report.faults) {
      std::string text =
          std::filesystem::path(fault.file).filename().string() + ":" + std::to_string(fault.line);
      for (const std::string& reason : fault.reasons) text += " | " + reason;
      shown.push_back(text);
    }
    return shown;
  }
  bool NothingWritten() const { return !std::filesystem::exists(folder_.Path("places")); }

  const TemporaryFolder folder_;
};

TEST_F(PlacesImportTest, FilesWithTheirOwnHeader) {
  const std::string file =
      folder_.Write("plain.csv", std::string(kPlainHeader) +
                                     "TN23 1AA,51.148000,0.872000,1,1,E07000105,E05000001,10\n"
                                     "me71aa,51.39,0.54,1,1,E06000035,,10\n"
                                     "CT5 9DB,51.358684,1.030638,1,1,,,60\n");
  const auto report = Import({file});
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_THAT(Shown(*report), IsEmpty());
  EXPECT_EQ(report->rows_read, 3);
  EXPECT_EQ(report->postcodes, 3);
  EXPECT_EQ(report->without_district, 1);
  EXPECT_THAT(report->path, EndsWith("/places/" + report->version + ".places"));
  EXPECT_EQ(Load()->version(), report->version);
  EXPECT_EQ(Load()->postcode_count(), 3u);

  const ResolvedPlace ashford = Resolve("TN23 1AA");
  EXPECT_EQ(ashford.point, (Point{511'480'000, 8'720'000}));
  EXPECT_EQ(ashford.district, "E07000105");
  EXPECT_EQ(ashford.outcode, "TN23");
  EXPECT_EQ(ashford.precision, Precision::kPostcode);
  EXPECT_EQ(Resolve("ME7 1AA").district, kOutside);
}

TEST_F(PlacesImportTest, ColumnsAreFoundByNameInAnyOrder) {
  const std::string file = folder_.Write("short.csv", "LON,Postcode,note,LAT\n0.872,TN23 1AA,,51.148\n");
  ASSERT_TRUE(Import({file}).ok());
  EXPECT_EQ(Resolve("TN23 1AA").point, (Point{511'480'000, 8'720'000}));
}

TEST_F(PlacesImportTest, CodePointOpen) {
  // The columns of the Ordnance Survey's files; the second postcode has no position.
  const std::string file = folder_.Write("br.csv",
                                         "\"BR6 "
                                         "7NZ\",10,546703,160652,\"E92000001\",\"E19000003\",\"E18000007\","
                                         "\"E10000016\",\"E07000111\",\"E05005018\"\n"
                                         "\"BR6 7ZZ\",90,0,0,\"E92000001\",\"\",\"\",\"\",\"\",\"\"\n");
  const auto report = Import({file});
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_THAT(Shown(*report), IsEmpty());
  EXPECT_EQ(report->rows_read, 2);
  EXPECT_EQ(report->postcodes, 1);
  EXPECT_EQ(report->without_position, 1);
  const ResolvedPlace place = Resolve("BR6 7NZ");
  EXPECT_NEAR(place.point.latitude_e7, 513'260'540, 100);
  EXPECT_NEAR(place.point.longitude_e7, 1'041'390, 100);
  EXPECT_EQ(place.district, "E07000111");
}

TEST_F(PlacesImportTest, OnsPostcodeDirectory) {
  const std::string file =
      folder_.Write("onspd.csv", std::string(kOnsHeader) +
                                     "TN231AA,TN23 1AA,198001,,E07000105,51.148,0.872\n"
                                     "TN231AB,TN23 1AB,198001,201012,E07000105,51.149,0.873\n"
                                     "JE2 3AA,JE2 3AA,198001,,L99999999,99.999999,0.000000\n"
                                     "TN231AD,TN23 1AD,198001,,E07000105,,\n");
  const auto report = Import({file});
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_THAT(Shown(*report), IsEmpty());
  EXPECT_EQ(report->rows_read, 4);
  EXPECT_EQ(report->postcodes, 1);
  EXPECT_EQ(report->terminated, 1);
  EXPECT_EQ(report->without_position, 2);
  EXPECT_EQ(Resolve("TN23 1AA").precision, Precision::kPostcode);
  EXPECT_EQ(Resolve("TN23 1AB").precision, Precision::kSector);
}

TEST_F(PlacesImportTest, OnsPostcodeDirectoryByTheNamesOfEachYear) {
  for (const std::string header :
       {"pcd7,pcd8,pcds,dointr,doterm,cty25cd,lad25cd,lat,long",
        "pcd,pcd2,pcds,dointr,doterm,x,laua,lat,long", "pcd,PCD2,pcds,dointr,DOTERM,x,OSLAUA,LAT,LONG"}) {
    const std::string file = folder_.Write(
        "onspd.csv", header + "\nTN231AA,TN23 1AA,TN23 1AA,198001,,E99999999,E07000105,51.148,0.872\n");
    const auto report = Import({file});
    ASSERT_TRUE(report.ok()) << header << ": " << report.status();
    EXPECT_EQ(Resolve("TN23 1AA").district, "E07000105") << header;
  }
}

TEST_F(PlacesImportTest, EveryFaultyRowIsListedWithAllItsReasonsAndNothingIsWritten) {
  const std::string plain = folder_.Write("a.csv", std::string(kPlainHeader) +
                                                       "TN23 1AA,51.148,0.872,1,1,E07000105,,10\n"
                                                       "TN23,north,,1,1,Ashford,,10\n"
                                                       "TN23 1AB,51.148\n"
                                                       "TN23 1AC,48.9999999,0.8,1,1,,,10\n"
                                                       "TN23 1AD,51.1,3.0000001,1,1,,,10\n"
                                                       "TN23 1\"AE,51.1,0.8,1,1,,,10\n"
                                                       "\n"
                                                       "TN23 1AF,51.1,0.8,1,1,E0700010,,10\n");
  const std::string code_point = folder_.Write("b.csv",
                                               "TN24 1AA,10,x,,E,,,,E07000105,\n"
                                               "TN24 1AB,10,700001,1,E,,,,E07000105,\n"
                                               "TN24,90,0,0,E,,,,,\n");
  const std::string ons = folder_.Write("c.csv", std::string(kOnsHeader) +
                                                     "x,TN2,198001,201012,E07000105,,\n"
                                                     "x,TN25 1AA,198001,,E07000105,91,0.8\n");
  const auto report = Import({plain, code_point, ons});
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_THAT(
      Shown(*report),
      ElementsAre(
          AllOf(HasSubstr("a.csv:3 |"), HasSubstr("\"TN23\" is no postcode"),
                HasSubstr("\"Ashford\" is no ONS"), HasSubstr("\"north\" is no latitude"),
                HasSubstr("\"\" is no longitude")),
          "a.csv:4 | there are 2 fields instead of 8", HasSubstr("a.csv:5 | 48.9999999, 0.8 lies outside"),
          HasSubstr("a.csv:6 | 51.1, 3.0000001 lies outside"), HasSubstr("a.csv:7 | a quotation mark"),
          HasSubstr("a.csv:9 | \"E0700010\" is no ONS"),
          AllOf(HasSubstr("b.csv:1 |"), HasSubstr("\"x\" is no easting"), HasSubstr("\"\" is no northing")),
          HasSubstr("b.csv:2 | 700001, 1 lies outside the National Grid"),
          HasSubstr("b.csv:3 | \"TN24\" is no postcode"), HasSubstr("c.csv:2 | \"TN2\" is no postcode"),
          HasSubstr("c.csv:3 | 91, 0.8 lies outside")));
  EXPECT_EQ(report->rows_read, 12);
  EXPECT_EQ(report->postcodes, 1);
  EXPECT_EQ(report->path, "");
  EXPECT_EQ(report->version, "");
  EXPECT_TRUE(NothingWritten());
}

TEST_F(PlacesImportTest, KeepGoodWritesTheGoodRows) {
  const std::string file =
      folder_.Write("a.csv", std::string(kPlainHeader) +
                                 "TN23 1AA,51.148,0.872,1,1,E07000105,,10\nbad,51.148,0.8,1,1,,,10\n");
  const auto report = Import({file}, {.keep_good = true, .progress = nullptr});
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->faults.size(), 1u);
  EXPECT_EQ(Load()->version(), report->version);
  EXPECT_EQ(Load()->postcode_count(), 1u);
}

TEST_F(PlacesImportTest, OfNoGoodRowNothingIsWritten) {
  const std::string file = folder_.Write("a.csv", std::string(kPlainHeader) + "bad,51.148,0.8,1,1,,,10\n");
  const auto report = Import({file}, {.keep_good = true, .progress = nullptr});
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->version, "");
  EXPECT_TRUE(NothingWritten());
}

TEST_F(PlacesImportTest, ARowSaidAgainIsPassedOverAndOneThatDiffersIsAFault) {
  const std::string first = folder_.Write("a.csv",
                                          "postcode,lat,lon,district_code\n"
                                          "TN23 1AA,51.148,0.872,E07000105\n"
                                          "TN23 1AB,51.149,0.872,\n"
                                          "TN23 1AC,51.150,0.872,E07000105\n"
                                          "TN23 1AD,51.151,0.872,E07000105\n");
  const std::string second = folder_.Write("b.csv",
                                           "postcode,lat,lon,district_code\n"
                                           "TN23 1AA,51.14801,0.87199,E07000105\n"
                                           "TN23 1AB,51.149,0.872,E07000105\n"
                                           "TN23 1AC,51.1500101,0.872,E07000105\n"
                                           "TN23 1AD,51.151,0.872,E07000106\n");
  const auto strict = Import({first, second});
  ASSERT_TRUE(strict.ok()) << strict.status();
  EXPECT_EQ(strict->duplicates, 2);
  EXPECT_THAT(
      Shown(*strict),
      ElementsAre(AllOf(HasSubstr("b.csv:4 | TN23 1AC has another place in line 4 of "), EndsWith("a.csv")),
                  HasSubstr("b.csv:5 | TN23 1AD has another place in line 5 of ")));
  EXPECT_TRUE(NothingWritten());

  ASSERT_TRUE(Import({first, second}, {.keep_good = true, .progress = nullptr}).ok());
  EXPECT_EQ(Load()->postcode_count(), 4u);
  EXPECT_EQ(Resolve("TN23 1AA").point, (Point{511'480'000, 8'720'000})) << "the first row's";
  EXPECT_EQ(Resolve("TN23 1AB").district, "E07000105") << "the only one said";
  EXPECT_EQ(Resolve("TN23 1AC").point, (Point{511'500'000, 8'720'000}));
  EXPECT_EQ(Resolve("TN23 1AD").district, "E07000105");
}

TEST_F(PlacesImportTest, AFolderIsItsCsvFiles) {
  const std::string header = "postcode,lat,lon\n";
  folder_.Write("in/b.csv", header + "TN23 1AB,51.149,0.872\nbad,51,0\n");
  folder_.Write("in/a.csv", header + "worse,51,0\nTN23 1AA,51.148,0.872\n");
  folder_.Write("in/readme.txt", "nothing to import");
  const auto report = Import({folder_.Path("in")});
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_THAT(Shown(*report), ElementsAre(HasSubstr("a.csv:2"), HasSubstr("b.csv:3")));
  EXPECT_EQ(report->postcodes, 2);
}

TEST_F(PlacesImportTest, TheSameRowsGiveTheSameFileWhateverTheOrderOfFiles) {
  const std::string one = folder_.Write("a.csv", "postcode,lat,lon\nTN23 1AB,51.149,0.872\n");
  const std::string two =
      folder_.Write("b.csv", "postcode,lat,lon,district_code\nCT1 1AA,51.28,1.08,E07000106\n");
  const auto forth = Import({one, two});
  const auto back = Import({two, one});
  ASSERT_TRUE(forth.ok() && back.ok());
  EXPECT_EQ(forth->version, back->version);
  EXPECT_EQ(forth->path, back->path);
  const auto fewer = Import({two});
  ASSERT_TRUE(fewer.ok());
  EXPECT_NE(fewer->version, forth->version);
  EXPECT_EQ(Load()->version(), fewer->version) << "the last import is the one in use";
  EXPECT_TRUE(std::filesystem::exists(forth->path)) << "a file once written stays as it is";
}

TEST_F(PlacesImportTest, WhatCannotBeImportedIsRefusedByName) {
  const auto expect = [&](const std::string& input, absl::StatusCode code, const std::string& text) {
    const auto report = Import({input});
    EXPECT_EQ(report.status().code(), code) << input;
    EXPECT_THAT(std::string(report.status().message()), AllOf(HasSubstr(input), HasSubstr(text)));
  };
  expect(folder_.Path("missing.csv"), absl::StatusCode::kNotFound, "no such file");
  expect(folder_.Write("empty.csv", ""), absl::StatusCode::kInvalidArgument, "is empty");
  expect(folder_.Write("other.csv", "name,town\nx,y\n"), absl::StatusCode::kInvalidArgument,
         "the first row is neither");
  expect(folder_.Write("nodistrict.csv", "pcds,lat,long,doterm\n"), absl::StatusCode::kInvalidArgument,
         "oslaua");
  std::filesystem::create_directories(folder_.Path("bare"));
  expect(folder_.Path("bare"), absl::StatusCode::kInvalidArgument, "no .csv file");
  EXPECT_EQ(Import({}).status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_TRUE(NothingWritten());
}

TEST_F(PlacesImportTest, ProgressEndsAtTheWhole) {
  const std::string one = folder_.Write("a.csv", "postcode,lat,lon\nTN23 1AB,51.149,0.872\n");
  const std::string two = folder_.Write("b.csv", "postcode,lat,lon\nTN23 1AC,51.149,0.872\n");
  std::vector<ImportProgress> seen;
  ASSERT_TRUE(Import({one, two},
                     {.keep_good = false, .progress = [&](const ImportProgress& at) { seen.push_back(at); }})
                  .ok());
  ASSERT_FALSE(seen.empty());
  for (std::size_t i = 1; i < seen.size(); ++i) EXPECT_GE(seen[i].bytes_read, seen[i - 1].bytes_read);
  EXPECT_EQ(seen.front().file, one);
  EXPECT_EQ(seen.back().file, two);
  EXPECT_EQ(seen.back().rows, 2);
  EXPECT_EQ(seen.back().bytes_read, seen.back().bytes_total);
}

TEST_F(PlacesImportTest, WhereNothingCanBeWrittenTheImportFails) {
  const std::string file = folder_.Write("a.csv", "postcode,lat,lon\nTN23 1AB,51.149,0.872\n");
  folder_.Write("places", "a file where the folder should be");
  EXPECT_EQ(Import({file}).status().code(), absl::StatusCode::kUnavailable);
}

}  // namespace
}  // namespace brokerage::reference
