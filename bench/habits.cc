#include "bench/habits.h"

#include <algorithm>

namespace brokerage::bench {
namespace {

constexpr int kDays = 7;
constexpr int kSlotsPerDay = matcher::kSlotsPerWeek / kDays;
constexpr int kSaturday = 5;
constexpr int kDisorder = 59;  // shares no factor with the sizes of the tables

// Hours of a day, 0 to 24; `half` half-hours later.
void Set(matcher::SlotSet& slots, int day, int64_t first_half_hour, int64_t last_half_hour) {
  for (int64_t slot = first_half_hour; slot < last_half_hour; ++slot)
    slots.set(static_cast<std::size_t>(day * kSlotsPerDay + slot));
}

void Evenings(matcher::SlotSet& slots, Draws& draws, unsigned percent) {
  for (int day = 0; day < kSaturday; ++day) {
    if (draws.Chance(percent)) Set(slots, day, 35 + draws.Between(0, 3), 41 + draws.Between(0, 4));
  }
}

void Weekdays(matcher::SlotSet& slots, Draws& draws, unsigned percent) {
  for (int day = 0; day < kSaturday; ++day) {
    if (draws.Chance(percent)) Set(slots, day, 18 + draws.Between(0, 4), 25 + draws.Between(0, 10));
  }
}

void Weekend(matcher::SlotSet& slots, Draws& draws, unsigned percent) {
  for (int day = kSaturday; day < kDays; ++day) {
    if (draws.Chance(percent)) Set(slots, day, 17 + draws.Between(0, 6), 26 + draws.Between(0, 14));
  }
}

}  // namespace

matcher::SlotSet FreeWeek(Draws& draws) {
  matcher::SlotSet slots;
  constexpr int kKinds[] = {28, 22, 24, 18, 5, 3};
  switch (draws.Weighted(kKinds)) {
    case 0:
      Evenings(slots, draws, 60);
      break;
    case 1:
      Weekend(slots, draws, 80);
      break;
    case 2:
      Weekdays(slots, draws, 60);
      break;
    case 3:
      Evenings(slots, draws, 50);
      Weekend(slots, draws, 60);
      Weekdays(slots, draws, 30);
      break;
    case 4:  // at any hour of the day
      for (int day = 0; day < kDays; ++day) Set(slots, day, 14, 44);
      break;
    default:  // nothing recorded
      break;
  }
  return slots;
}

matcher::SlotSet Shifts(Draws& draws) {
  matcher::SlotSet slots;
  const int64_t first = draws.Chance(40) ? 36 : draws.Between(18, 28);
  const int64_t length = draws.Between(4, 8);
  for (int64_t shifts = draws.Between(1, 3); shifts > 0; --shifts) {
    Set(slots, static_cast<int>(draws.Below(kDays)), first, first + length);
  }
  return slots;
}

int SomeTerm(Draws& draws, int count) {
  const double unit = draws.Unit();
  const int rank = static_cast<int>(unit * unit * count);
  return rank * kDisorder % count;
}

std::vector<int> SomeTerms(Draws& draws, int count, std::size_t wanted) {
  std::vector<int> terms;
  while (terms.size() < wanted) {
    const int term = SomeTerm(draws, count);
    if (std::find(terms.begin(), terms.end(), term) == terms.end()) terms.push_back(term);
  }
  return terms;
}

}  // namespace brokerage::bench
