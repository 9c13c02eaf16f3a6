#include "tests/matcher/condition_cases.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace brokerage::matcher {

void CheckConditions(const std::vector<ConditionCase>& cases) {
  for (const ConditionCase& test : cases) {
    Situation situation = MatchingSituation();
    test.adjust(situation);
    EXPECT_THAT(situation.Failing(), ::testing::ElementsAreArray(test.failing)) << test.what;
    EXPECT_EQ(situation.Explain().pair.score_millionths.has_value(), test.failing.empty()) << test.what;
  }
}

}  // namespace brokerage::matcher
