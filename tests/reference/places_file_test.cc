#include "reference/places_file.h"

#include <cstring>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "base/digest.h"

namespace brokerage::reference {
namespace {

using ::testing::HasSubstr;

PostcodeTable SmallTable() {
  PostcodeTable table;
  table.districts = {"", "E06000035", "E07000105"};
  table.outcodes = {"ME7", "TN23"};
  table.first_row = {0, 1, 4};
  table.incodes = {IncodeNumber("1AA"), IncodeNumber("1AA"), IncodeNumber("1AB"), IncodeNumber("9ZZ")};
  table.district_index = {1, 2, 0, 2};
  table.latitudes_e7 = {513'900'000, 511'480'000, 511'480'001, -1};
  table.longitudes_e7 = {5'400'000, 8'700'000, 8'700'001, -8'000'000};
  return table;
}

// Whatever bytes, with a digest that fits them: damage that only a faulty writer could do.
std::string Sealed(std::string content) {
  content += base::Sha256(content);
  return content;
}

std::string Content(const std::string& file) { return file.substr(0, file.size() - 32); }

TEST(PlacesFile, WhatIsWrittenIsRead) {
  const PostcodeTable table = SmallTable();
  const std::string bytes = EncodePlacesFile(table);
  EXPECT_EQ(bytes.size(), 24u + 3 * 9 + 2 * 8 + 4 * 12 + 32);
  const auto decoded = DecodePlacesFile(bytes);
  ASSERT_TRUE(decoded.ok()) << decoded.status();
  EXPECT_EQ(decoded->version, base::HexEncode(base::Sha256(Content(bytes))));
  EXPECT_EQ(decoded->table.districts, table.districts);
  EXPECT_EQ(decoded->table.outcodes, table.outcodes);
  EXPECT_EQ(decoded->table.first_row, table.first_row);
  EXPECT_EQ(decoded->table.incodes, table.incodes);
  EXPECT_EQ(decoded->table.district_index, table.district_index);
  EXPECT_EQ(decoded->table.latitudes_e7, table.latitudes_e7);
  EXPECT_EQ(decoded->table.longitudes_e7, table.longitudes_e7);
  EXPECT_EQ(EncodePlacesFile(decoded->table), bytes);
}

// The bytes of format 1, fixed for ever: a change of the layout needs a new format.
TEST(PlacesFile, Format1IsAsItAlwaysWas) {
  EXPECT_EQ(base::HexEncode(base::Sha256(Content(EncodePlacesFile(SmallTable())))),
            "d2926ee0dd23a285c437382a9c548031a4a70da7fb1b4917f4c67d92c8d91261");
}

TEST(PlacesFile, FindsWhatIsThere) {
  const PostcodeTable table = SmallTable();
  EXPECT_EQ(table.Find(*Postcode::Parse("ME7 1AA")), 0u);
  EXPECT_EQ(table.Find(*Postcode::Parse("TN23 1AA")), 1u);
  EXPECT_EQ(table.Find(*Postcode::Parse("TN23 9ZZ")), 3u);
  for (const char* absent : {"ME7 1AB", "TN23 1AC", "TN23 0AA", "TN2 1AA", "TN24 1AA", "A1 1AA", "ZZ9 9ZZ"}) {
    EXPECT_EQ(table.Find(*Postcode::Parse(absent)), std::nullopt) << absent;
  }
}

TEST(PlacesFile, IncodesCountUpInTheirOrder) {
  EXPECT_EQ(IncodeNumber("0AA"), 0);
  EXPECT_EQ(IncodeNumber("0AB"), 1);
  EXPECT_EQ(IncodeNumber("0BA"), 26);
  EXPECT_EQ(IncodeNumber("1AA"), 676);
  EXPECT_EQ(IncodeNumber("9ZZ"), 6759);
}

TEST(PlacesFile, EveryFlippedBitIsNoticed) {
  const std::string bytes = EncodePlacesFile(SmallTable());
  for (std::size_t i = 0; i < bytes.size() * 8; ++i) {
    std::string damaged = bytes;
    damaged[i / 8] = static_cast<char>(damaged[i / 8] ^ (1 << (i % 8)));
    ASSERT_EQ(DecodePlacesFile(damaged).status().code(), absl::StatusCode::kDataLoss) << "bit " << i;
  }
}

TEST(PlacesFile, EveryLostTailIsNoticed) {
  const std::string bytes = EncodePlacesFile(SmallTable());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    ASSERT_EQ(DecodePlacesFile(bytes.substr(0, size)).status().code(), absl::StatusCode::kDataLoss) << size;
  }
  EXPECT_EQ(DecodePlacesFile(bytes + "x").status().code(), absl::StatusCode::kDataLoss);
}

TEST(PlacesFile, ALaterFormatIsNotGuessedAt) {
  std::string content = Content(EncodePlacesFile(SmallTable()));
  content[8] = 2;
  const auto decoded = DecodePlacesFile(Sealed(content));
  EXPECT_EQ(decoded.status().code(), absl::StatusCode::kUnimplemented);
  EXPECT_THAT(std::string(decoded.status().message()), HasSubstr("format 2"));
}

TEST(PlacesFile, CountsThatDoNotFitTheLengthAreNoticed) {
  const std::string content = Content(EncodePlacesFile(SmallTable()));
  for (const std::size_t at : {12, 16, 20}) {
    for (const char count : {char{0}, char{1}, char{5}, char{-1}}) {
      std::string changed = content;
      if (changed[at] == count) continue;
      std::memset(&changed[at], count, 4);
      EXPECT_EQ(DecodePlacesFile(Sealed(changed)).status().code(), absl::StatusCode::kDataLoss) << at;
    }
  }
}

TEST(PlacesFile, DisorderIsNoticedUnderAFittingDigest) {
  const std::vector<std::pair<const char*, void (*)(PostcodeTable&)>> faults = {
      {"no empty district", [](PostcodeTable& t) { t.districts[0] = "A00000000"; }},
      {"districts descend", [](PostcodeTable& t) { std::swap(t.districts[1], t.districts[2]); }},
      {"outcodes descend", [](PostcodeTable& t) { std::swap(t.outcodes[0], t.outcodes[1]); }},
      {"an outcode twice", [](PostcodeTable& t) { t.outcodes[1] = t.outcodes[0]; }},
      {"an outcode without postcodes", [](PostcodeTable& t) { t.first_row[1] = 0; }},
      {"an outcode that begins late", [](PostcodeTable& t) { t.first_row[0] = 1; }},
      {"an outcode beyond the end", [](PostcodeTable& t) { t.first_row[1] = 9; }},
      {"incodes descend", [](PostcodeTable& t) { std::swap(t.incodes[1], t.incodes[2]); }},
      {"an incode twice", [](PostcodeTable& t) { t.incodes[2] = t.incodes[1]; }},
      {"an incode out of range", [](PostcodeTable& t) { t.incodes[3] = 6760; }},
      {"a district out of range", [](PostcodeTable& t) { t.district_index[0] = 3; }},
  };
  for (const auto& [name, spoil] : faults) {
    PostcodeTable table = SmallTable();
    spoil(table);
    EXPECT_EQ(DecodePlacesFile(EncodePlacesFile(table)).status().code(), absl::StatusCode::kDataLoss) << name;
  }
}

}  // namespace
}  // namespace brokerage::reference
