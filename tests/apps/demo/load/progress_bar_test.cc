#include "apps/demo/load/progress_bar.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sstream>

namespace brokerage::demo {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string Shown(bool terminal, std::size_t total) {
  std::ostringstream out;
  std::ostringstream err;
  const cli::Environment environment{.out = out,
                                     .err = err,
                                     .out_is_terminal = terminal,
                                     .err_is_terminal = terminal,
                                     .variable = {},
                                     .now = {},
                                     .sleep = {},
                                     .connect = {}};
  {
    ProgressBar bar(environment, "volunteers", total);
    for (std::size_t i = 0; i < total; ++i) bar.Step();
  }
  EXPECT_EQ(out.str(), "");
  return err.str();
}

TEST(ProgressBarTest, SaysEveryQuarterWhereThereIsNoTerminal) {
  EXPECT_EQ(Shown(false, 20),
            "5 of 20 volunteers\n10 of 20 volunteers\n15 of 20 volunteers\n20 of 20 volunteers\n");
  EXPECT_EQ(Shown(false, 1), "1 of 1 volunteers\n");
}

TEST(ProgressBarTest, GrowsOnATerminalAndEndsItsLine) {
  const std::string shown = Shown(true, 80);
  EXPECT_THAT(shown, StartsWith("\r░░"));
  EXPECT_THAT(shown, HasSubstr("\r█░"));
  EXPECT_THAT(shown, HasSubstr(" 40 of 80 volunteers"));
  EXPECT_THAT(shown, EndsWith("█ 80 of 80 volunteers\x1B[K\n"));
}

TEST(ProgressBarTest, SaysNothingOfNothing) {
  EXPECT_EQ(Shown(true, 0), "");
  EXPECT_EQ(Shown(false, 0), "");
}

}  // namespace
}  // namespace brokerage::demo
