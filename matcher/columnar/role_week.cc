#include "matcher/columnar/role_week.h"

#include <algorithm>

namespace brokerage::matcher {

namespace {

using WeekWords = std::array<uint64_t, sizeof(SlotSet) / 8>;
// One word more, so that the last day is read and written like the others.
using DayWords = std::array<uint64_t, sizeof(SlotSet) / 8 + 1>;

}  // namespace

WeekByDays ByDays(const SlotSet& slots) {
  DayWords words{};
  const auto week = std::bit_cast<WeekWords>(slots);
  std::copy(week.begin(), week.end(), words.begin());
  WeekByDays days;
  for (std::size_t day = 0; day < days.size(); ++day) {
    const std::size_t first = day * kSlotsPerDay;
    // A shift by 64 is none.
    const uint64_t low = words[first / 64] >> (first % 64);
    const uint64_t high = first % 64 == 0 ? 0 : words[first / 64 + 1] << (64 - first % 64);
    days[day] = (low | high) & ((uint64_t{1} << kSlotsPerDay) - 1);
  }
  return days;
}

std::optional<RoleWeek> RoleWeek::Of(const SlotSet& slots) {
  constexpr uint64_t kPieceWithoutDays = (uint64_t{1} << kDaysAt) - 1;
  std::array<uint64_t, kPieces> pieces{};
  std::size_t count = 0;
  const WeekByDays days = ByDays(slots);
  for (std::size_t day = 0; day < days.size(); ++day) {
    for (uint64_t left = days[day]; left != 0;) {
      const int first = std::countr_zero(left);
      const int length = std::countr_one(left >> first);
      left &= left + (uint64_t{1} << first);  // carries through the piece, and clears it
      const uint64_t piece = static_cast<uint64_t>(length) << kLengthAt | static_cast<uint64_t>(first);
      std::size_t at = 0;
      while (at < count && (pieces[at] & kPieceWithoutDays) != piece) ++at;
      if (at == pieces.size()) return std::nullopt;
      if (at == count) pieces[count++] = piece;
      pieces[at] |= uint64_t{1} << (kDaysAt + static_cast<int>(day));
    }
  }
  RoleWeek packed;
  for (std::size_t i = 0; i < count; ++i) packed.pieces_ |= pieces[i] << (static_cast<int>(i) * kPieceBits);
  return packed;
}

SlotSet RoleWeek::Slots() const {
  DayWords words{};
  ForEachPiece([&](std::size_t day, uint64_t slots) {
    const std::size_t first = day * kSlotsPerDay;
    words[first / 64] |= slots << (first % 64);
    if (first % 64 != 0) words[first / 64 + 1] |= slots >> (64 - first % 64);
  });
  WeekWords week;
  std::copy(words.begin(), words.end() - 1, week.begin());
  return std::bit_cast<SlotSet>(week);
}

}  // namespace brokerage::matcher
