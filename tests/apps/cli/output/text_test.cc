#include "apps/cli/output/text.h"

#include <gtest/gtest.h>
#include <sstream>
#include <string>

#include "apps/cli/output/table.h"

namespace brokerage::cli {
namespace {

TEST(Text, NothingSteersATerminal) {
  EXPECT_EQ(Printable("caf\xC3\xA9\n\tx"), "caf\xC3\xA9  x");
  EXPECT_EQ(Printable("a\x1B[31mb"), "a\xEF\xBF\xBD[31mb");
  EXPECT_EQ(Printable("\x07"), "\xEF\xBF\xBD");
  EXPECT_EQ(Printable("\xC2\x9B"), "\xEF\xBF\xBD") << "a control sequence in one character";
  EXPECT_EQ(Printable("a\xFFz"), "a\xEF\xBF\xBDz") << "no UTF-8";
}

TEST(Text, ShortenedByColumnsNotBytes) {
  EXPECT_EQ(Shortened("Ashford", 7), "Ashford");
  EXPECT_EQ(Shortened("Ashford", 6), "Ashfo…");
  EXPECT_EQ(Shortened("caf\xC3\xA9s", 5), "caf\xC3\xA9s");
  EXPECT_EQ(Shortened("\xE6\x9D\x8E\xE6\x9D\x8E\xE6\x9D\x8E", 5), "\xE6\x9D\x8E\xE6\x9D\x8E…");
}

TEST(Text, Values) {
  EXPECT_EQ(FormatMinutes(45), "45 min");
  EXPECT_EQ(FormatMinutes(60), "1 h");
  EXPECT_EQ(FormatMinutes(210), "3 h 30 min");
  EXPECT_EQ(FormatDistance(0), "0 m");
  EXPECT_EQ(FormatDistance(999), "999 m");
  EXPECT_EQ(FormatDistance(1000), "1.0 km");
  EXPECT_EQ(FormatDistance(1349), "1.3 km");
  EXPECT_EQ(FormatDistance(1350), "1.4 km");
  EXPECT_EQ(FormatDistance(9949), "9.9 km");
  EXPECT_EQ(FormatDistance(9950), "10 km");
  EXPECT_EQ(FormatDistance(27499), "27 km");
  EXPECT_EQ(FormatShare(0), "0.0 %");
  EXPECT_EQ(FormatShare(873'111), "87.3 %");
  EXPECT_EQ(FormatShare(999'500), "100.0 %");
  EXPECT_EQ(FormatShare(1'000'000), "100.0 %");
  EXPECT_EQ(FormatCount(0), "0");
  EXPECT_EQ(FormatCount(999), "999");
  EXPECT_EQ(FormatCount(1234567), "1,234,567");
  EXPECT_EQ(FormatCount(-1000), "-1,000");
  EXPECT_EQ(CountOf(1, "row", "rows"), "1 row");
  EXPECT_EQ(CountOf(2000, "row", "rows"), "2,000 rows");
  EXPECT_EQ(FormatBar(0), "░░░░░░░░░░");
  EXPECT_EQ(FormatBar(500'000), "█████░░░░░");
  EXPECT_EQ(FormatBar(1'000'000), "██████████");
  EXPECT_EQ(FormatAge(absl::Seconds(-5)), "0 s");
  EXPECT_EQ(FormatAge(absl::Seconds(41)), "41 s");
  EXPECT_EQ(FormatAge(absl::Seconds(125)), "2 min 5 s");
  EXPECT_EQ(FormatAge(absl::Hours(3) + absl::Minutes(4)), "3 h 4 min");
  EXPECT_EQ(FormatAge(absl::Hours(51)), "2 d 3 h");
}

TEST(Text, TimesAreOnTheLondonClock) {
  google::protobuf::Timestamp summer;
  summer.set_seconds(1782115200);  // 2026-06-22T08:00Z
  EXPECT_EQ(FormatTime(summer), "2026-06-22 09:00");
  EXPECT_EQ(FormatTime({}), "");
  EXPECT_EQ(ToTimestamp(ToTime(summer)).seconds(), summer.seconds());
}

TEST(Table, ColumnsAreAlignedByWhatIsSeen) {
  Table table({{"NAME"}, {"COUNT", Align::kRight}, {"NOTE", Align::kLeft, 8}});
  table.Add({"café", "7", "short"});
  table.Add({"Ashford", "1,234", "far too long for it"});
  table.AddNote("below\nit");
  table.Add({"李", ""});
  std::ostringstream out;
  table.Print(out);
  EXPECT_EQ(out.str(),
            "NAME     COUNT  NOTE\n"
            "café         7  short\n"
            "Ashford  1,234  far too…\n"
            "    below it\n"
            "李\n");
}

}  // namespace
}  // namespace brokerage::cli
