#include "schedule/intervals.h"

#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace brokerage::schedule {
namespace {

TEST(Intervals, United) {
  struct Case {
    std::string what;
    std::vector<Interval> given;
    std::vector<Interval> united;
  };
  const std::vector<Case> cases = {
      {"none", {}, {}},
      {"one", {{5, 7}}, {{5, 7}}},
      {"in order", {{9, 10}, {-3, 2}, {5, 7}}, {{-3, 2}, {5, 7}, {9, 10}}},
      {"a minute apart", {{5, 7}, {8, 9}}, {{5, 7}, {8, 9}}},
      {"that touch", {{5, 7}, {7, 9}}, {{5, 9}}},
      {"that overlap", {{5, 8}, {7, 9}}, {{5, 9}}},
      {"the same twice", {{5, 7}, {5, 7}}, {{5, 7}}},
      {"one within another", {{5, 20}, {7, 9}}, {{5, 20}}},
      {"of one start, the shorter first", {{5, 6}, {5, 9}}, {{5, 9}}},
      {"one over many", {{1, 2}, {4, 5}, {8, 9}, {0, 7}}, {{0, 7}, {8, 9}}},
      {"without length", {{5, 5}, {9, 7}, {6, 7}}, {{6, 7}}},
  };
  for (const Case& test : cases) EXPECT_EQ(United(test.given), test.united) << test.what;
}

}  // namespace
}  // namespace brokerage::schedule
