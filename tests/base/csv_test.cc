#include "base/csv.h"

#include <cstdlib>
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <tuple>
#include <vector>

#include "base/files.h"

namespace brokerage::base {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::vector<CsvRow> Read(absl::string_view text, CsvLimits limits = {}) {
  std::vector<CsvRow> rows;
  ReadCsv(
      text,
      [&rows](const CsvRow& row) {
        rows.push_back(row);
        return true;
      },
      limits);
  return rows;
}

// "line-last_line: [field|field]" or "line-last_line: fault", for tables.
std::vector<std::string> Shown(const std::vector<CsvRow>& rows) {
  std::vector<std::string> shown;
  for (const CsvRow& row : rows) {
    std::string text = std::to_string(row.line) + "-" + std::to_string(row.last_line) + ":";
    if (!row.fault.empty()) {
      text += " fault";
    } else {
      for (const std::string& field : row.fields) text += " [" + field + "]";
    }
    shown.push_back(text);
  }
  return shown;
}

struct Case {
  const char* name;
  std::string text;
  std::vector<std::string> rows;
};

const std::vector<Case>& Cases() {
  static const std::vector<Case> cases = {
      {"Empty", "", {}},
      {"OneRow", "a,b\n", {"1-1: [a] [b]"}},
      {"NoLastLineBreak", "a,b", {"1-1: [a] [b]"}},
      {"WindowsLineEnds", "a,b\r\nc,d\r\n", {"1-1: [a] [b]", "2-2: [c] [d]"}},
      {"OldMacLineEnds", "a,b\rc,d\r", {"1-1: [a] [b]", "2-2: [c] [d]"}},
      {"ByteOrderMark",
       "\xEF\xBB\xBF"
       "a,b\n",
       {"1-1: [a] [b]"}},
      {"HalfAByteOrderMarkIsText",
       "\xEF\xBB"
       "a\n",
       {"1-1: fault"}},
      {"BlankLinesAreNoRows", "\n  \na\n\r\n\nb\n", {"3-3: [a]", "6-6: [b]"}},
      {"EmptyFields", ",,\n\"\"\n", {"1-1: [] [] []", "2-2: []"}},
      {"SpacesAroundAreTrimmed", " a b ,\tc\t, \" d \" \n", {"1-1: [a b] [c] [ d ]"}},
      {"QuotedComma", "\"a,b\",c\n", {"1-1: [a,b] [c]"}},
      {"DoubledQuote", "\"say \"\"hi\"\"\",c\n", {"1-1: [say \"hi\"] [c]"}},
      {"QuotedLineBreak", "\"a\nb\",c\nd\n", {"1-2: [a\nb] [c]", "3-3: [d]"}},
      {"QuotedWindowsLineBreak", "\"a\r\nb\",c\r\nd", {"1-2: [a\r\nb] [c]", "3-3: [d]"}},
      {"QuotedLineBreakWithoutLastLineBreak", "x\n\"a\n\nb\"", {"1-1: [x]", "2-4: [a\n\nb]"}},
      {"QuoteInsideUnquoted", "a\n5\" nails,b\nc\n", {"1-1: [a]", "2-2: fault", "3-3: [c]"}},
      {"TextAfterClosingQuote", "\"a\"b,c\nd\n", {"1-1: fault", "2-2: [d]"}},
      {"FaultInASecondLine", "\"a\nb\"c,d\ne\n", {"1-2: fault", "3-3: [e]"}},
      {"NeverClosed", "a\n\"b\nc\n", {"1-1: [a]", "2-3: fault"}},
      {"NeverClosedWithoutLastLineBreak", "a\n\"b\nc", {"1-1: [a]", "2-3: fault"}},
      {"FaultInTheLastLine", "a\nb\"c", {"1-1: [a]", "2-2: fault"}},
      {"NotUtf8", "a\n\xE9\nb\n", {"1-1: [a]", "2-2: fault", "3-3: [b]"}},
      {"Utf8", "caf\xC3\xA9,\xE2\x82\xAC\n", {"1-1: [caf\xC3\xA9] [\xE2\x82\xAC]"}},
  };
  return cases;
}

class CsvCases : public ::testing::TestWithParam<Case> {};

TEST_P(CsvCases, ReadsWhole) { EXPECT_EQ(Shown(Read(GetParam().text)), GetParam().rows); }

TEST_P(CsvCases, ReadsTheSameInPiecesOfAnySize) {
  for (std::size_t size = 1; size <= GetParam().text.size(); ++size) {
    std::vector<CsvRow> rows;
    CsvParser parser([&rows](const CsvRow& row) {
      rows.push_back(row);
      return true;
    });
    absl::string_view left = GetParam().text;
    while (!left.empty()) {
      EXPECT_TRUE(parser.Feed(left.substr(0, size)));
      left.remove_prefix(std::min(size, left.size()));
    }
    parser.Finish();
    EXPECT_EQ(Shown(rows), GetParam().rows) << "in pieces of " << size;
  }
}

INSTANTIATE_TEST_SUITE_P(Csv, CsvCases, ::testing::ValuesIn(Cases()),
                         [](const auto& tested) { return std::string(tested.param.name); });

TEST(Csv, FaultsSayWhatIsWrong) {
  EXPECT_THAT(Read("a\"b\n")[0].fault, HasSubstr("quotation mark"));
  EXPECT_THAT(Read("\"a\n")[0].fault, HasSubstr("never closed"));
  EXPECT_THAT(Read("\xFF\n")[0].fault, HasSubstr("UTF-8"));
  EXPECT_THAT(Read("a\"b\n")[0].fields, IsEmpty());
}

TEST(Csv, RowLimitHoldsAndOneByteMoreIsRefused) {
  const CsvLimits limits{.max_row_bytes = 6};
  EXPECT_THAT(Shown(Read("ab,cd\nx\n", limits)), ElementsAre("1-1: [ab] [cd]", "2-2: [x]"));
  const std::vector<CsvRow> rows = Read("ab,cde\nx\n", limits);
  EXPECT_THAT(Shown(rows), ElementsAre("1-1: fault", "2-2: [x]"));
  EXPECT_THAT(rows[0].fault, HasSubstr("more than 6 bytes"));
}

TEST(Csv, AnUnclosedQuoteCostsNoMoreThanTheRowLimit) {
  std::string text = "\"open\n";
  for (int i = 0; i < 10; ++i) text += "row,row\n";
  const std::vector<CsvRow> rows = Read(text, {.max_row_bytes = 20});
  ASSERT_FALSE(rows.empty());
  EXPECT_FALSE(rows[0].fault.empty());
  EXPECT_EQ(rows[0].last_line, 3);
  EXPECT_THAT(rows, SizeIs(9));
}

TEST(Csv, FieldLimitHoldsAndOneMoreIsRefused) {
  const CsvLimits limits{.max_fields = 2};
  EXPECT_THAT(Shown(Read("a,b\n", limits)), ElementsAre("1-1: [a] [b]"));
  EXPECT_THAT(Shown(Read("a,b,c\nd,e\n", limits)), ElementsAre("1-1: fault", "2-2: [d] [e]"));
}

TEST(Csv, TheVisitorStops) {
  int rows = 0;
  CsvParser parser([&rows](const CsvRow&) { return ++rows < 2; });
  EXPECT_FALSE(parser.Feed("a\nb\nc\n"));
  EXPECT_EQ(rows, 2);
  EXPECT_FALSE(parser.Feed("d\n"));
  parser.Finish();
  EXPECT_EQ(rows, 2);
}

TEST(Csv, ReadsAFileOfManyPieces) {
  const std::string path = ::testing::TempDir() + "/csv_test_" + std::to_string(::getpid()) + ".csv";
  std::string text;
  for (int i = 0; i < 60'000; ++i) text += std::to_string(i) + ",\"a\nb\"\n";
  ASSERT_TRUE(WriteFileAtomically(path, text).ok());
  int64_t next = 0;
  const absl::Status status = ReadCsvFile(path, [&next](const CsvRow& row) {
    EXPECT_EQ(row.line, 2 * next + 1);
    EXPECT_THAT(row.fields, ElementsAre(std::to_string(next), "a\nb"));
    ++next;
    return !::testing::Test::HasFailure();
  });
  std::filesystem::remove(path);
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(next, 60'000);
}

TEST(Csv, AMissingFileIsNamed) {
  const absl::Status status = ReadCsvFile("/nowhere/rows.csv", [](const CsvRow&) { return true; });
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(std::string(status.message()), HasSubstr("/nowhere/rows.csv"));
}

TEST(CsvHeader, FindsColumnsWithoutRegardToCase) {
  const CsvHeader header({"Name", " PostCode ", "name"});
  EXPECT_EQ(header.Find("name"), 0u);
  EXPECT_EQ(header.Find("postcode"), 1u);
  EXPECT_EQ(header.Find("other"), std::nullopt);
  EXPECT_EQ(header.FindAny({"other", "postcode", "name"}), 1u);
  EXPECT_EQ(header.size(), 3u);
}

TEST(FormatCsvRow, WhatIsWrittenIsReadBack) {
  const std::vector<std::vector<std::string>> rows = {
      {""},     {"a"}, {"", ""}, {"a,b", "c"}, {"say \"hi\""}, {" led", "trailed "}, {"two\nlines", "x"},
      {"\r\n"}, {"\""}};
  std::string text;
  for (const auto& row : rows) text += FormatCsvRow(row) + "\n";
  std::vector<std::vector<std::string>> read;
  for (const CsvRow& row : Read(text)) read.push_back(row.fields);
  EXPECT_EQ(read, rows);
  EXPECT_EQ(FormatCsvRow({"plain", "text here"}), "plain,text here");
}

}  // namespace
}  // namespace brokerage::base
