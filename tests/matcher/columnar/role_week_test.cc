// A packed week is the week that was packed, and counts what it would.
#include "matcher/columnar/role_week.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <initializer_list>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace brokerage::matcher {
namespace {

// Pieces of a week: the first half-hour, and the last.
SlotSet Week(std::initializer_list<std::pair<int, int>> pieces) {
  SlotSet slots;
  for (const auto& [first, last] : pieces) {
    for (int slot = first; slot <= last; ++slot) slots.set(static_cast<std::size_t>(slot));
  }
  return slots;
}

struct Case {
  std::string name;
  SlotSet slots;
  bool fits;
};

TEST(RoleWeek, HoldsUpToThreePieces) {
  const std::vector<Case> cases = {
      {"nothing", Week({}), true},
      {"the first half-hour", Week({{0, 0}}), true},
      {"the last half-hour", Week({{335, 335}}), true},
      {"the whole week", Week({{0, 335}}), true},
      {"nine to five on weekdays", Week({{18, 33}, {66, 81}, {114, 129}, {162, 177}, {210, 225}}), true},
      {"over midnight", Week({{46, 49}}), true},
      {"over the week's end", Week({{333, 335}, {0, 2}}), true},
      {"three on one day", Week({{2, 3}, {5, 6}, {8, 9}}), true},
      {"four on one day", Week({{2, 2}, {4, 4}, {6, 6}, {8, 8}}), false},
      {"other hours on each of four days", Week({{0, 0}, {48, 49}, {96, 98}, {144, 147}}), false},
  };
  for (const Case& one : cases) {
    const auto packed = RoleWeek::Of(one.slots);
    ASSERT_EQ(packed.has_value(), one.fits) << one.name;
    if (packed) {
      EXPECT_EQ(packed->Slots(), one.slots) << one.name;
    }
  }
}

TEST(RoleWeek, CountsWhatIsShared) {
  std::mt19937_64 random(5);
  const auto below = [&](int limit) { return std::uniform_int_distribution<int>(0, limit - 1)(random); };
  const auto some_pieces = [&](int most) {
    SlotSet slots;
    for (int count = below(most + 1); count > 0; --count) {
      const int first = below(kSlotsPerWeek);
      const int last = std::min(kSlotsPerWeek - 1, first + below(60));
      slots |= Week({{first, last}});
    }
    return slots;
  };
  int role_weeks = 0;
  for (int round = 0; round < 5'000; ++round) {
    const SlotSet slots = some_pieces(3);
    const SlotSet free = some_pieces(12);
    const auto packed = RoleWeek::Of(slots);
    if (!packed) continue;
    ++role_weeks;
    ASSERT_EQ(packed->Slots(), slots);
    ASSERT_EQ(packed->CountIn(ByDays(free)), static_cast<int>((slots & free).count()));
  }
  EXPECT_GT(role_weeks, 2'000);
}

}  // namespace
}  // namespace brokerage::matcher
