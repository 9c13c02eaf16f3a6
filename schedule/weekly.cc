#include "schedule/weekly.h"

namespace brokerage::schedule {

std::vector<WindowFault> FaultsOf(const WeeklyWindow& window) {
  std::vector<WindowFault> faults;
  if (window.day < 0 || window.day > 6) faults.push_back(WindowFault::kDay);
  if (window.start_min < 0 || window.start_min >= kMinutesPerDay) faults.push_back(WindowFault::kStartRange);
  if (window.end_min < 0 || window.end_min > kMinutesPerDay) faults.push_back(WindowFault::kEndRange);
  if (window.start_min % kSlotMinutes != 0) faults.push_back(WindowFault::kStartOffGrid);
  if (window.end_min % kSlotMinutes != 0) faults.push_back(WindowFault::kEndOffGrid);
  return faults;
}

SlotSet SlotsOf(absl::Span<const WeeklyWindow> windows) {
  SlotSet slots;
  for (const WeeklyWindow& window : windows) {
    if (!FaultsOf(window).empty()) continue;
    const int first = window.day * kSlotsPerDay + window.start_min / kSlotMinutes;
    int length = (window.end_min - window.start_min) / kSlotMinutes;
    if (length <= 0) length += kSlotsPerDay;
    for (int i = 0; i < length; ++i) slots.set(static_cast<std::size_t>((first + i) % kSlotsPerWeek));
  }
  return slots;
}

}  // namespace brokerage::schedule
