// A report tells who did not answer, and who answered otherwise.
#include "bench/report.h"

#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace brokerage::bench {
namespace {

using testing::DoubleEq;
using testing::HasSubstr;
using testing::Pair;

class ReportTest : public testing::Test {
 protected:
  ReportTest() {
    std::filesystem::remove_all(root_);
    std::filesystem::create_directories(folder_);
    Write("answers.columnar.tsv",
          "local/0\t10,30,20\t5:900:900,7:800:800\nlocal/1\t40,40,40\t\nties/0\t1,1,1\t1:0:0\n");
    Write("floors.tsv", "local/0\t100\t16\t4\t1\t3\nlocal/1\t100\t16\t4\t1\t5\n");
  }
  ~ReportTest() override { std::filesystem::remove_all(root_); }

  void Write(absl::string_view file, absl::string_view text) const {
    std::ofstream(absl::StrCat(folder_, "/", file)) << text;
  }
  Report Told() const {
    auto report = ReportOf({folder_});
    EXPECT_TRUE(report.ok()) << report.status();
    return *report;
  }

  // Each test its own: they run at once.
  const std::string root_ = absl::StrCat(testing::TempDir(), "/report_test.",
                                         testing::UnitTest::GetInstance()->current_test_info()->name());
  const std::string folder_ = absl::StrCat(root_, "/top20.9k");
};

TEST_F(ReportTest, TakesInWhatAnotherProgramFound) {
  Report report = Told();
  EXPECT_FALSE(AddPart(folder_, report).ok());
  Write("figures.tsv", "endtoend.9k.share_of_echo.16\t0.75\nendtoend.9k.p50_us.16\t1e3\n");
  Write("table.txt", "the other table\n");
  ASSERT_TRUE(AddPart(folder_, report).ok());
  EXPECT_THAT(report.figures, testing::Contains(Pair("endtoend.9k.share_of_echo.16", DoubleEq(0.75))));
  EXPECT_THAT(report.figures, testing::Contains(Pair("endtoend.9k.p50_us.16", DoubleEq(1'000))));
  EXPECT_THAT(report.table, HasSubstr("the other table"));
  EXPECT_THAT(report.figures, testing::Contains(Pair("top20.9k.local.us", DoubleEq(30))));
}

TEST_F(ReportTest, ComparesMeansOfMediansUnderStableNames) {
  Write("answers.postgresql.tsv", "local/0\t100,500,300\t5:900:900,7:800:800\nlocal/1\t600,600,600\t\n");
  Write("absent.lucene", "Lucene is not installed\n");
  const Report report = Told();
  EXPECT_THAT(report.figures, testing::Contains(Pair("top20.9k.local.us", DoubleEq(30))));
  EXPECT_THAT(report.figures, testing::Contains(Pair("top20.9k.local.ratio_to_postgresql", DoubleEq(15))));
  EXPECT_THAT(report.figures, testing::Contains(Pair("top20.9k.local.ratio_to_floor", DoubleEq(7.5))));
  EXPECT_THAT(report.absent,
              testing::Contains(Pair("top20.9k.local.ratio_to_lucene", "Lucene is not installed")));
  EXPECT_THAT(report.absent,
              testing::Contains(Pair("top20.9k.ties.ratio_to_postgresql", HasSubstr("asked"))));
  EXPECT_EQ(report.figures.count("top20.9k.local.ratio_to_lucene"), 0u);
  EXPECT_EQ(report.contradictions, 0);
  EXPECT_THAT(report.table, HasSubstr("without lucene: Lucene is not installed"));
}

struct Other {
  absl::string_view what;
  absl::string_view places;  // of local/0
  int rounded;
  int contradictions;
};

TEST_F(ReportTest, TellsOtherAnswers) {
  const Other cases[] = {
      {"the same", "5:900:900,7:800:800", 0, 0},
      {"a metre of 2 km", "5:900:900,7:300:300", 1, 0},
      {"more than a metre", "5:900:900,7:299:299", 0, 1},
      {"one too few", "5:900:900", 0, 1},
      {"one too many", "5:900:900,7:800:800,8:1:1", 0, 1},
      {"the first two exchanged, a metre apart", "7:900:900,5:800:800", 1, 0},
      {"somebody else with the same score", "5:900:900,6:800:800", 0, 1},
  };
  for (const Other& other : cases) {
    SCOPED_TRACE(std::string(other.what));
    Write("answers.lucene.tsv", absl::StrCat("local/0\t1,1,1\t", other.places, "\n"));
    const Report report = Told();
    EXPECT_EQ(report.contradictions, other.contradictions);
    EXPECT_EQ(report.figures.at("top20.9k.lucene.answers_rounded_otherwise"), other.rounded);
    EXPECT_EQ(report.figures.at("top20.9k.lucene.answers_compared"), 1);
  }
}

TEST_F(ReportTest, RefusesWhatIsNoAnswer) {
  Write("answers.lucene.tsv", "local/0\tfast\t5:900:900\n");
  EXPECT_FALSE(ReportOf({folder_}).ok());
}

}  // namespace
}  // namespace brokerage::bench
