#include "schedule/weekly.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace brokerage::schedule {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr int kMonday = 0;
constexpr int kWednesday = 2;
constexpr int kSunday = 6;

constexpr int At(int hour, int minute = 0) { return hour * 60 + minute; }

// Slots `first` to `last`, both included.
SlotSet Range(int first, int last) {
  SlotSet slots;
  for (int slot = first; slot <= last; ++slot) slots.set(static_cast<std::size_t>(slot));
  return slots;
}

SlotSet Slots(const std::vector<WeeklyWindow>& windows) { return SlotsOf(windows); }

struct WindowCase {
  std::string what;
  std::vector<WeeklyWindow> windows;
  SlotSet slots;
};

TEST(Weekly, SlotsOfWindows) {
  const std::vector<WindowCase> cases = {
      {"no windows", {}, SlotSet()},
      {"the first half-hour of the week", {{kMonday, At(0), At(0, 30)}}, Range(0, 0)},
      {"a morning", {{kWednesday, At(9), At(12, 30)}}, Range(2 * 48 + 18, 2 * 48 + 24)},
      {"24:00 is the midnight that ends the day", {{kMonday, At(22), At(24)}}, Range(44, 47)},
      {"a whole day by 24:00", {{kMonday, At(0), At(24)}}, Range(0, 47)},
      {"00:00 as an end is the same midnight", {{kMonday, At(22), At(0)}}, Range(44, 47)},
      {"into the next day", {{kMonday, At(22), At(2)}}, Range(44, 51)},
      {"equal ends are 24 hours", {{kMonday, At(6), At(6)}}, Range(12, 59)},
      {"equal ends at midnight are the day", {{kMonday, At(0), At(0)}}, Range(0, 47)},
      {"an end one slot before the start", {{kMonday, At(6), At(5, 30)}}, Range(12, 58)},
      {"Sunday into Monday", {{kSunday, At(23), At(1)}}, Range(334, 335) | Range(0, 1)},
      {"Sunday to its midnight", {{kSunday, At(23, 30), At(24)}}, Range(335, 335)},
      {"Sunday, 24 hours from noon", {{kSunday, At(12), At(12)}}, Range(312, 335) | Range(0, 23)},
      {"overlaps are united", {{kMonday, At(9), At(11)}, {kMonday, At(10), At(12)}}, Range(18, 23)},
      {"twice the same", {{kMonday, At(9), At(10)}, {kMonday, At(9), At(10)}}, Range(18, 19)},
      {"those with faults are left out",
       {{kMonday, At(9, 15), At(10)}, {kMonday, At(10), At(11)}},
       Range(20, 21)},
  };
  for (const WindowCase& test : cases) EXPECT_EQ(Slots(test.windows), test.slots) << test.what;
}

TEST(Weekly, EveryDayFromMidnightToMidnightIsTheWeek) {
  std::vector<WeeklyWindow> windows;
  for (int day = kMonday; day <= kSunday; ++day) windows.push_back({day, At(0), At(24)});
  EXPECT_TRUE(Slots(windows).all());
}

TEST(Weekly, FaultsAtTheBorders) {
  EXPECT_THAT(FaultsOf({kMonday, At(0), At(24)}), IsEmpty());
  EXPECT_THAT(FaultsOf({kSunday, At(23, 30), At(0)}), IsEmpty());
  EXPECT_THAT(FaultsOf({-1, At(9), At(10)}), ElementsAre(WindowFault::kDay));
  EXPECT_THAT(FaultsOf({7, At(9), At(10)}), ElementsAre(WindowFault::kDay));
  EXPECT_THAT(FaultsOf({kMonday, At(24), At(10)}), ElementsAre(WindowFault::kStartRange));
  EXPECT_THAT(FaultsOf({kMonday, -30, At(10)}), ElementsAre(WindowFault::kStartRange));
  EXPECT_THAT(FaultsOf({kMonday, At(9), At(24, 30)}), ElementsAre(WindowFault::kEndRange));
  EXPECT_THAT(FaultsOf({kMonday, At(9), -30}), ElementsAre(WindowFault::kEndRange));
  EXPECT_THAT(FaultsOf({kMonday, At(9, 29), At(10)}), ElementsAre(WindowFault::kStartOffGrid));
  EXPECT_THAT(FaultsOf({kMonday, At(9, 30), At(10, 1)}), ElementsAre(WindowFault::kEndOffGrid));
  EXPECT_THAT(FaultsOf({9, -1, 1441}),
              ElementsAre(WindowFault::kDay, WindowFault::kStartRange, WindowFault::kEndRange,
                          WindowFault::kStartOffGrid, WindowFault::kEndOffGrid));
}

}  // namespace
}  // namespace brokerage::schedule
