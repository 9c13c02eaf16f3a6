#include "base/text.h"

#include <gtest/gtest.h>
#include <string>

#include "absl/strings/str_join.h"

namespace brokerage::base {
namespace {

TEST(Text, IsUtf8) {
  for (const char* good : {"", "plain", "caf\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x8C\xB3"}) {
    EXPECT_TRUE(IsUtf8(good)) << good;
  }
  for (const char* bad :
       {"\xE9", "a\xC3", "\xE2\x82", "\xC0\xAF", "\xED\xA0\x80", "\xF5\x80\x80\x80", "\xFF"}) {
    EXPECT_FALSE(IsUtf8(bad)) << bad;
  }
}

TEST(Text, HasControlCharacters) {
  EXPECT_FALSE(HasControlCharacters("caf\xC3\xA9 \xF0\x9F\x8C\xB3", false));
  EXPECT_TRUE(HasControlCharacters("a\tb", false));
  EXPECT_FALSE(HasControlCharacters("a\tb\r\nc", true));
  EXPECT_TRUE(HasControlCharacters(std::string("a\0b", 3), true));
  EXPECT_TRUE(HasControlCharacters("a\x1B[31m", true));
  EXPECT_TRUE(HasControlCharacters("a\x7F", true));
  EXPECT_TRUE(HasControlCharacters("a\xC2\x85", true)) << "next line, U+0085";
  // The last of each range, and what comes after it.
  EXPECT_TRUE(HasControlCharacters("\x1F", false));
  EXPECT_FALSE(HasControlCharacters(" ", false));
  EXPECT_FALSE(HasControlCharacters("~", false));
  EXPECT_TRUE(HasControlCharacters("\xC2\x80", false)) << "U+0080";
  EXPECT_TRUE(HasControlCharacters("\xC2\x9F", false)) << "U+009F";
  EXPECT_FALSE(HasControlCharacters("\xC2\xA0", false)) << "a space that holds words together, U+00A0";
  EXPECT_FALSE(HasControlCharacters("\xE2\x80\xA7", true)) << "U+2027";
  EXPECT_TRUE(HasControlCharacters("\xE2\x80\xA8", true)) << "a line's end, U+2028";
  EXPECT_TRUE(HasControlCharacters("\xE2\x80\xAE", true)) << "all from right to left from here on, U+202E";
  EXPECT_FALSE(HasControlCharacters("\xE2\x80\xAF", true)) << "U+202F";
  EXPECT_FALSE(HasControlCharacters("\xE2\x81\xA5", true)) << "U+2065";
  EXPECT_TRUE(HasControlCharacters("\xE2\x81\xA6", true)) << "U+2066";
  EXPECT_TRUE(HasControlCharacters("\xE2\x81\xA9", true)) << "U+2069";
  EXPECT_FALSE(HasControlCharacters("\xE2\x81\xAA", true)) << "U+206A";
  EXPECT_FALSE(HasControlCharacters("\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D", false)) << "Hebrew";
}

TEST(Text, FoldCaseMakesOneOfWhatReadsTheSame) {
  EXPECT_EQ(FoldCase("Ashford"), "ashford");
  EXPECT_EQ(FoldCase("\xC3\x89"), FoldCase("\xC3\xA9"));
  EXPECT_EQ(FoldCase("e\xCC\x81"), FoldCase("\xC3\xA9"));
  EXPECT_EQ(FoldCase("STRASSE"), FoldCase("stra\xC3\x9F"
                                          "e"));
  EXPECT_EQ(FoldCase("\xEF\xBC\xA1"), "a") << "full-width A";
  EXPECT_NE(FoldCase("cafe"), FoldCase("caf\xC3\xA9"));
  EXPECT_EQ(FoldCase(""), "");
  EXPECT_EQ(FoldCase(FoldCase("\xC4\xB0stanbul")), FoldCase("\xC4\xB0stanbul"));
}

TEST(Text, FoldedWordsAreLettersAndDigits) {
  const auto words = [](absl::string_view text) { return absl::StrJoin(FoldedWords(text), "|"); };
  EXPECT_EQ(words("Cook, and SERVE"), "cook|and|serve");
  EXPECT_EQ(words("  people's \u2013 people\u2019s\tÉ-1 "), "peoples|peoples|é|1");
  EXPECT_EQ(words("Nin\u0303o Straße"), "niño|strasse");
  EXPECT_EQ(words(""), "");
  EXPECT_EQ(words(" ,;. \u2026"), "");
  EXPECT_EQ(words("A\xFF"), "");
}

TEST(Text, DisplayWidthIsWhatATerminalShows) {
  EXPECT_EQ(DisplayWidth(""), 0);
  EXPECT_EQ(DisplayWidth("Ashford"), 7);
  EXPECT_EQ(DisplayWidth("caf\xC3\xA9"), 4);
  EXPECT_EQ(DisplayWidth("cafe\xCC\x81"), 4) << "a combining accent";
  EXPECT_EQ(DisplayWidth("\xE6\x9D\x8E"), 2) << "a wide character";
  EXPECT_EQ(DisplayWidth("\xE2\x9C\x93"), 1) << "a tick";
  EXPECT_EQ(DisplayWidth("\xFF\xFF"), 2) << "malformed";
}

TEST(Text, FoldCaseLeavesMalformedTextAlone) { EXPECT_EQ(FoldCase("A\xFF"), "A\xFF"); }

}  // namespace
}  // namespace brokerage::base
