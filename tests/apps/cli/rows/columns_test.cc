#include "apps/cli/rows/columns.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

#include "apps/cli/rows/opportunity_row.h"
#include "apps/cli/rows/organisation_row.h"
#include "apps/cli/rows/row_reader.h"
#include "apps/cli/rows/volunteer_row.h"
#include "base/files.h"

namespace brokerage::cli {
namespace {

using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;

const std::vector<Column>& TestColumns() {
  static const auto& columns =
      *new std::vector<Column>{{"display_name", "", "", true}, {"given_name", "", ""}, {"notes", "", ""}};
  return columns;
}

TEST(RowHeader, NamesAreComparedWithoutRegardToCaseSpacesAndHyphens) {
  const RowHeader header(TestColumns(), {"Display Name", "NOTES", "given-name"});
  EXPECT_THAT(header.faults(), IsEmpty());
  EXPECT_EQ(header.Find("display_name"), 0);
  EXPECT_EQ(header.Find("given_name"), 2);
  EXPECT_EQ(header.Find("else"), -1);
}

TEST(RowHeader, EveryFaultIsNamed) {
  const RowHeader header(TestColumns(), {"given_nmae", "notes", "Notes", "shoe_size"});
  EXPECT_THAT(header.faults(),
              ElementsAre(Remark{"given_nmae", "is no column of this kind of file; is given_name meant?"},
                          Remark{"notes", "stands in the header twice"},
                          Remark{"shoe_size", "is no column of this kind of file"},
                          Remark{"display_name", "is needed and is not in the header"}));
}

TEST(RowHeader, WhatTheErrorsFileAddsIsPassedOver) {
  const RowHeader header(TestColumns(), {"error_line", "error_reasons", "display_name", ""});
  EXPECT_THAT(header.faults(), IsEmpty());
  EXPECT_EQ(header.Find("error_line"), -1);
}

TEST(ColumnOfField, TakesTheLongestEntryAtOrAboveTheField) {
  const std::vector<FieldColumn> fields = {
      {"home", "home"}, {"home.latitude", "north"}, {"skills", "skills"}};
  const std::pair<const char*, const char*> cases[] = {
      {"volunteer.home", "home"},
      {"volunteer.home.postcode", "home"},
      {"volunteer.home.latitude", "north"},
      {"home.latitude", "north"},
      {"skills[2].level", "skills"},
      {"volunteer.skills[12]", "skills"},
      {"volunteer.homestead", ""},
      {"volunteer", ""},
      {"parent", ""},
      {"volunteer.skillset.home", ""},
  };
  for (const auto& [field, column] : cases)
    EXPECT_EQ(ColumnOfField(fields, "volunteer", field), column) << field;
}

TEST(RowReader, CellsAreTrimmedAndMayBeMissing) {
  const RowHeader header(TestColumns(), {"display_name", "notes"});
  const std::vector<std::string> fields = {"  Ann \n"};
  const RowReader reader(header, fields);
  EXPECT_EQ(reader.Cell("display_name"), "Ann");
  EXPECT_FALSE(reader.Has("notes")) << "the row ends before it";
  EXPECT_FALSE(reader.Has("given_name")) << "no such column";
}

TEST(RowReader, ARowWithMoreCellsThanTheHeaderIsFaulty) {
  const RowHeader header(TestColumns(), {"display_name", "notes"});
  const std::vector<std::string> fields = {"Ann", "likes tea", " biscuits"};
  RowReader reader(header, fields);
  EXPECT_THAT(reader.TakeFaults(), ElementsAre(Field(&Remark::text, HasSubstr("3 cells"))));
}

TEST(RowReader, TheSameFaultIsSaidOnce) {
  const RowHeader header(TestColumns(), {"notes"});
  const std::vector<std::string> fields = {""};
  RowReader reader(header, fields);
  for (const char* text : {"a", "b", "a"}) reader.Fault("notes", text);
  EXPECT_THAT(reader.TakeFaults(), ElementsAre(Remark{"notes", "a"}, Remark{"notes", "b"}));
}

TEST(RowReader, ListsAreSplitAtSemicolonsAndLines) {
  EXPECT_THAT(RowReader::SplitList(" a ;; b\r\nc;"), ElementsAre("a", "b", "c"));
  EXPECT_THAT(RowReader::SplitList(" ; "), IsEmpty());
}

TEST(Guard, FormulasAreDefusedAndComeBackAsTheyWere) {
  for (const char* formula :
       {"=1+1", "+44 1233 555", "-5", "@sum", "\tx", "\r", "=HYPERLINK(\"http://x\")"}) {
    EXPECT_EQ(GuardCell(formula), std::string("'") + formula);
  }
  for (const char* plain : {"", "Ann", "a=b", "'tis", "' =", "5-3", "'"}) EXPECT_EQ(GuardCell(plain), plain);
  for (const char* text : {"=1", "'=1", "''=1", "", "Ann", "'tis", "+44", "'", "''"}) {
    EXPECT_EQ(UnguardedCell(GuardCell(text)), text);
  }
}

// Whoever changes a column changes the page that people read.
TEST(Columns, AreAllOnTheirPage) {
  const auto page = base::ReadFile("docs/cli.md");
  ASSERT_TRUE(page.ok()) << page.status();
  for (const auto* columns : {&VolunteerColumns(), &OpportunityColumns(), &OrganisationColumns()}) {
    for (const Column& column : *columns) {
      EXPECT_THAT(*page, HasSubstr("| `" + column.name + "` | " + column.meaning));
    }
  }
}

}  // namespace
}  // namespace brokerage::cli
