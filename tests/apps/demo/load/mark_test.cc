#include "apps/demo/load/mark.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace brokerage::demo {
namespace {

Mark Example() {
  return {.seed = 18'446'744'073'709'551'615ULL,
          .organisations = 400,
          .opportunities = 1'200,
          .volunteers = 20'000,
          .today = absl::CivilDay(2026, 2, 9),
          .places_version = "shipped-0123456789abcdef",
          .complete = false};
}

TEST(MarkTest, IsFoundInATextAsItWasWritten) {
  for (const bool complete : {false, true}) {
    Mark mark = Example();
    mark.complete = complete;
    const auto found = FindMark("Shares food. " + FormatMark(mark) + " More.");
    ASSERT_TRUE(found.has_value()) << FormatMark(mark);
    EXPECT_TRUE(found->IsOfSameCounty(mark));
    EXPECT_EQ(found->today, mark.today);
    EXPECT_EQ(found->complete, complete);
  }
}

TEST(MarkTest, TextsWithoutAWholeMarkHaveNone) {
  const std::string whole = FormatMark(Example());
  EXPECT_FALSE(FindMark("").has_value());
  EXPECT_FALSE(FindMark("[demonstration ]").has_value());
  EXPECT_FALSE(FindMark(whole.substr(0, whole.size() - 1)).has_value());
  for (const absl::string_view word :
       {"seed", "organisations", "opportunities", "volunteers", "today", "state"}) {
    std::string text = whole;
    text.replace(text.find(std::string(word) + "="), word.size(), "other");
    EXPECT_FALSE(FindMark(text).has_value()) << text;
  }
}

TEST(MarkTest, IsOfTheSameCountyWhateverTheDayAndHoweverFar) {
  const Mark mark = Example();
  Mark later = mark;
  later.today += 1;
  later.complete = true;
  EXPECT_TRUE(mark.IsOfSameCounty(later));
  for (auto change : {+[](Mark& m) { m.seed = 1; }, +[](Mark& m) { m.organisations = 1; },
                      +[](Mark& m) { m.opportunities = 1; }, +[](Mark& m) { m.volunteers = 1; },
                      +[](Mark& m) { m.places_version = "x"; }}) {
    Mark other = mark;
    change(other);
    EXPECT_FALSE(mark.IsOfSameCounty(other)) << FormatMark(other);
  }
}

TEST(MarkTest, GivesBackTheOptions) {
  const CountyOptions options = OptionsOf(MarkOf(OptionsOf(Example()), "v"));
  EXPECT_EQ(options.seed, Example().seed);
  EXPECT_EQ(options.today, Example().today);
  EXPECT_EQ(options.organisations, 400);
  EXPECT_EQ(options.opportunities, 1'200);
  EXPECT_EQ(options.volunteers, 20'000);
}

}  // namespace
}  // namespace brokerage::demo
