// What check may be asked on which basis, and ages, papers and calendars apart.
#include "matcher/checks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "matcher/ages.h"
#include "tests/matcher/situation.h"

namespace brokerage::matcher {
namespace {

using ::testing::ElementsAreArray;
using enum CheckLevel;

TEST(OverAsking, EveryBasisAndLevel) {
  const BarredListSet both = kChildrenBarredList | kAdultsBarredList;
  const CheckFault level = CheckFault::kLevelNotEligible;
  const CheckFault list = CheckFault::kBarredListNotEligible;
  struct Case {
    std::string what;
    EligibilityBasisSet bases;
    CheckLevel asked;
    BarredListSet lists;
    std::vector<CheckFault> faults;
  };
  const std::vector<Case> cases = {
      {"no basis, no check", kBasisNone, kNone, 0, {}},
      {"no basis, basic", kBasisNone, kBasic, 0, {}},
      {"no basis, standard", kBasisNone, kStandard, 0, {level}},
      {"exceptions order, standard", kExceptionsOrder, kStandard, 0, {}},
      {"exceptions order, enhanced", kExceptionsOrder, kEnhanced, 0, {level}},
      {"children, enhanced", kWorkWithChildren, kEnhanced, 0, {}},
      {"children, barred", kWorkWithChildren, kEnhancedBarred, kChildrenBarredList, {level}},
      {"adults, enhanced", kWorkWithAdults, kEnhanced, 0, {}},
      {"adults, barred", kWorkWithAdults, kEnhancedBarred, kAdultsBarredList, {level}},
      {"children regulated, their list",
       kRegulatedActivityChildren,
       kEnhancedBarred,
       kChildrenBarredList,
       {}},
      {"children regulated, less", kRegulatedActivityChildren, kBasic, 0, {}},
      {"children regulated, the adults' list",
       kRegulatedActivityChildren,
       kEnhancedBarred,
       kAdultsBarredList,
       {list}},
      {"children regulated, both lists", kRegulatedActivityChildren, kEnhancedBarred, both, {list}},
      {"adults regulated, their list", kRegulatedActivityAdults, kEnhancedBarred, kAdultsBarredList, {}},
      {"adults regulated, the children's list",
       kRegulatedActivityAdults,
       kEnhancedBarred,
       kChildrenBarredList,
       {list}},
      {"both regulated, both lists",
       kRegulatedActivityChildren | kRegulatedActivityAdults,
       kEnhancedBarred,
       both,
       {}},
      {"a union: exceptions and children", kExceptionsOrder | kWorkWithChildren, kEnhanced, 0, {}},
      {"a union: adults and children regulated",
       kWorkWithAdults | kRegulatedActivityChildren,
       kEnhancedBarred,
       kAdultsBarredList,
       {list}},
      {"barred without a list",
       kRegulatedActivityChildren,
       kEnhancedBarred,
       0,
       {CheckFault::kBarredListMissing}},
      {"a list without barred",
       kRegulatedActivityChildren,
       kEnhanced,
       kChildrenBarredList,
       {CheckFault::kBarredListUnexpected}},
      {"all at once", kBasisNone, kEnhanced, kChildrenBarredList, {CheckFault::kBarredListUnexpected, level}},
  };
  for (const Case& test : cases) {
    EXPECT_THAT(FaultsOf({test.asked, 0, test.lists}, test.bases), ElementsAreArray(test.faults))
        << test.what;
  }
}

TEST(Ages, OnTheDay) {
  struct Case {
    std::string what;
    BirthDate birth;
    Day day;
    int64_t age;
  };
  const std::vector<Case> cases = {
      {"the day before a birthday", {2008, 6, 15}, DayAt(2026, 6, 14), 17},
      {"a birthday", {2008, 6, 15}, DayAt(2026, 6, 15), 18},
      {"the day after", {2008, 6, 15}, DayAt(2026, 6, 16), 18},
      {"new year's eve", {2008, 1, 1}, DayAt(2025, 12, 31), 17},
      {"new year's day", {2008, 1, 1}, DayAt(2026, 1, 1), 18},
      {"29 February in a common year, the day before", {2008, 2, 29}, DayAt(2026, 2, 28), 17},
      {"29 February in a common year: 1 March", {2008, 2, 29}, DayAt(2026, 3, 1), 18},
      {"29 February in a leap year", {2008, 2, 29}, DayAt(2028, 2, 29), 20},
      {"29 February in a leap year, the day before", {2008, 2, 29}, DayAt(2028, 2, 28), 19},
      {"29 February in 2100, a common year", {2008, 2, 29}, DayAt(2100, 2, 28), 91},
      {"28 February", {2009, 2, 28}, DayAt(2027, 2, 28), 18},
      {"the day of birth", {2026, 6, 15}, DayAt(2026, 6, 15), 0},
      {"before it", {2026, 6, 15}, DayAt(2026, 6, 14), -1},
      {"born before 1970", {1946, 12, 31}, DayAt(2026, 12, 30), 79},
  };
  for (const Case& test : cases) EXPECT_EQ(AgeOn(test.birth, test.day), test.age) << test.what;
}

TEST(Moments, AnExpiryIsRoundedUpToTheMinute) {
  EXPECT_EQ(CeilToMinute(600, 0), 10);
  EXPECT_EQ(CeilToMinute(600, 1), 11);
  EXPECT_EQ(CeilToMinute(601, 0), 11);
  EXPECT_EQ(CeilToMinute(659, 999'999'999), 11);
  EXPECT_EQ(CeilToMinute(0, 0), 0);
  EXPECT_EQ(CeilToMinute(-1, 0), 0);
  EXPECT_EQ(CeilToMinute(-60, 0), -1);
  EXPECT_EQ(CeilToMinute(-61, 0), -1);
}

}  // namespace
}  // namespace brokerage::matcher
