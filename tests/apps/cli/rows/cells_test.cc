#include "apps/cli/rows/cells.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <optional>
#include <string>

#include "apps/cli/output/text.h"
#include "brokerage/common/v1/access.pb.h"
#include "brokerage/common/v1/licence.pb.h"
#include "brokerage/registry/v1/organisation.pb.h"

namespace brokerage::cli {
namespace {

using testing::HasSubstr;

template <typename T>
std::optional<T> ValueOf(const absl::StatusOr<T>& read) {
  if (read.ok()) return *read;
  EXPECT_EQ(read.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_FALSE(read.status().message().empty());
  return std::nullopt;
}

TEST(Cells, YesNo) {
  for (const char* yes : {"yes", "Y", "TRUE", "1"}) EXPECT_EQ(ValueOf(ParseYesNo(yes)), true) << yes;
  for (const char* no : {"no", "N", "false", "0"}) EXPECT_EQ(ValueOf(ParseYesNo(no)), false) << no;
  for (const char* bad : {"maybe", "ja", "2", "yes no"})
    EXPECT_EQ(ValueOf(ParseYesNo(bad)), std::nullopt) << bad;
}

TEST(Cells, WholeNumbers) {
  const std::pair<const char*, std::optional<int32_t>> cases[] = {
      {"0", 0},
      {"7", 7},
      {"1,234", 1234},
      {"12,345,678", 12345678},
      {"2147483647", 2147483647},
      {"2147483648", {}},
      {"1,23", {}},
      {",123", {}},
      {"1,234,56", {}},
      {"-1", {}},
      {"1.5", {}},
      {"", {}},
      {"12 000", {}},
      {"five", {}},
      {"99999999999999999999", {}},
      {"1234,567", {}},
  };
  for (const auto& [text, expected] : cases) EXPECT_EQ(ValueOf(ParseWhole(text)), expected) << text;
}

TEST(Cells, Pounds) {
  const std::pair<const char*, std::optional<int64_t>> cases[] = {
      {"£12,345", 12345}, {"12345.00", 12345}, {"£ 7", 7},  {"0", 0},    {"1000000000000", 1000000000000},
      {"12.50", {}},      {"£", {}},           {"12k", {}}, {"-£5", {}},
  };
  for (const auto& [text, expected] : cases) EXPECT_EQ(ValueOf(ParsePounds(text)), expected) << text;
}

TEST(Cells, Dates) {
  const std::pair<const char*, const char*> good[] = {
      {"2025-03-01", "2025-03-01"}, {"1/3/2025", "2025-03-01"}, {"01/03/2025", "2025-03-01"},
      {"29/2/2024", "2024-02-29"},  {"2025-3-1", "2025-03-01"}, {"31/12/1999", "1999-12-31"},
  };
  for (const auto& [text, expected] : good) {
    const auto date = ParseDate(text);
    ASSERT_TRUE(date.ok()) << text;
    EXPECT_EQ(FormatDate(*date), expected) << text;
  }
  for (const char* bad : {"31/2/2025", "29/2/2025", "1/3/25", "2025-13-01", "2025-00-10", "0000-01-01",
                          "3/2025", "March 1", "2025-03-01T09:00", "1/3/2025/4", "", "--", "+2025-03-01"}) {
    EXPECT_FALSE(ParseDate(bad).ok()) << bad;
  }
}

TEST(Cells, Percentages) {
  const std::pair<const char*, std::optional<int32_t>> cases[] = {
      {"50%", 5000},  {"50", 5000},   {"33.3 %", 3330}, {"33.33", 3333}, {"0", 0},
      {"100", 10000}, {"100.01", {}}, {"33.333", {}},   {"-1", {}},      {"half", {}},
      {"%", {}},      {"1.", {}},     {".5", {}},
  };
  for (const auto& [text, expected] : cases) EXPECT_EQ(ValueOf(ParsePercent(text)), expected) << text;
}

TEST(Cells, TravelDistances) {
  const std::pair<const char*, std::optional<int32_t>> cases[] = {
      {"8", 8000},        {"8.5 km", 8500}, {"8.5km", 8500}, {"0", 0},    {"5 miles", 8047}, {"1 mile", 1609},
      {"2.5 mi", 4023},   {"0.0005", 1},    {"far", {}},     {"-3", {}},  {"8 km/h", {}},    {"1e3", {}},
      {"9999999999", {}}, {"nan", {}},      {"inf", {}},     {"8,5", {}},
  };
  for (const auto& [text, expected] : cases) EXPECT_EQ(ValueOf(ParseTravelDistance(text)), expected) << text;
}

TEST(Cells, Degrees) {
  EXPECT_EQ(ValueOf(ParseDegrees("51.1465")), 51.1465);
  EXPECT_EQ(ValueOf(ParseDegrees("-0.5")), -0.5);
  for (const char* bad : {"51°", "nan", "inf", "--1", "51,1", ""})
    EXPECT_FALSE(ParseDegrees(bad).ok()) << bad;
}

TEST(Cells, WordsOfEnumsAreTheirNamesInLowerCase) {
  EXPECT_EQ(EnumWord(*common::v1::Role_descriptor(), common::v1::ROLE_CENTRE_ADMIN), "centre-admin");
  EXPECT_EQ(EnumWord(*registry::v1::Organisation::Kind_descriptor(), registry::v1::Organisation::KIND_CIC),
            "cic");
  for (const char* text : {"first-aid", "First aid", "FIRST_AID"}) {
    EXPECT_EQ(ValueOf(ParseEnum<common::v1::LicenceKind>(text)), common::v1::LICENCE_KIND_FIRST_AID) << text;
  }
  const auto bad = ParseEnum<common::v1::Role>("admin");
  ASSERT_FALSE(bad.ok());
  EXPECT_THAT(std::string(bad.status().message()), HasSubstr("reader, caseworker, manager, centre-admin"));
  EXPECT_FALSE(ParseEnum<common::v1::Role>("unspecified").ok()) << "no file says that nothing is said";
}

TEST(Cells, WhatWasTypedIsQuotedShortAndPrintable) {
  const std::string message(CellFault("a\x1B[31m" + std::string(200, 'x'), "is wrong").message());
  EXPECT_EQ(message.find('\x1B'), std::string::npos);
  EXPECT_LT(message.size(), 80u);
  EXPECT_THAT(message, HasSubstr("…\" is wrong"));
}

}  // namespace
}  // namespace brokerage::cli
