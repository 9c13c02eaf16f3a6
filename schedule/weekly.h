// Weekly windows as half-hours of the week.
#pragma once

#include <bitset>
#include <vector>

#include "absl/types/span.h"

namespace brokerage::schedule {

inline constexpr int kSlotMinutes = 30;
inline constexpr int kSlotsPerDay = 48;
inline constexpr int kSlotsPerWeek = 7 * kSlotsPerDay;
inline constexpr int kMinutesPerDay = 24 * 60;

// Slot 0 is Monday 00:00 to 00:30.
using SlotSet = std::bitset<kSlotsPerWeek>;

// Local times of day in minutes after midnight. An end at or before the start runs into the next day (equal:
// 24 hours), Sunday into Monday.
struct WeeklyWindow {
  int day = 0;        // 0 is Monday, 6 is Sunday
  int start_min = 0;  // 0 to 1,410, on the half-hour like the end
  int end_min = 0;    // 0 to 1,440; 1,440 is the midnight that ends the day
};

enum class WindowFault {
  kDay,           // not 0 to 6
  kStartRange,    // not 0 to 1,439 (24:00 is an end only)
  kEndRange,      // not 0 to 1,440
  kStartOffGrid,  // not on the half-hour
  kEndOffGrid,
};
// All of the faults; empty for a window that may be given to SlotsOf.
std::vector<WindowFault> FaultsOf(const WeeklyWindow& window);

// The union of the windows. Windows with faults are left out.
SlotSet SlotsOf(absl::Span<const WeeklyWindow> windows);

}  // namespace brokerage::schedule
