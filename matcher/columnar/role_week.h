// Half-hours of a week in eight bytes, as most roles have them: the same hours on several days.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "matcher/types.h"

namespace brokerage::matcher {

inline constexpr int kWeekDays = 7;
inline constexpr int kSlotsPerDay = kSlotsPerWeek / kWeekDays;

// A bit for each half-hour, day by day.
using WeekByDays = std::array<uint64_t, kWeekDays>;
WeekByDays ByDays(const SlotSet& slots);

// Up to three unbroken pieces of a day, each on one day or several.
class RoleWeek {
 public:
  RoleWeek() = default;  // nothing
  // Unset when it takes more pieces.
  static std::optional<RoleWeek> Of(const SlotSet& slots);

  SlotSet Slots() const;
  // Of these half-hours, how many are among those.
  int CountIn(const WeekByDays& days) const {
    int count = 0;
    ForEachPiece([&](std::size_t day, uint64_t slots) { count += std::popcount(days[day] & slots); });
    return count;
  }

 private:
  // A piece: its first half-hour, how many there are, and a bit for each day. No piece is 0.
  static constexpr int kLengthAt = 6;
  static constexpr int kDaysAt = 12;
  static constexpr int kPieceBits = 20;
  static constexpr int kPieces = 3;
  static constexpr uint64_t kSixBits = 0x3f;
  static constexpr uint64_t kSevenBits = 0x7f;

  template <typename Function>
  void ForEachPiece(const Function& function) const {
    for (uint64_t piece = pieces_; piece != 0; piece >>= kPieceBits) {
      const uint64_t slots = ((uint64_t{1} << (piece >> kLengthAt & kSixBits)) - 1) << (piece & kSixBits);
      for (uint64_t on = piece >> kDaysAt & kSevenBits; on != 0; on &= on - 1)
        function(static_cast<std::size_t>(std::countr_zero(on)), slots);
    }
  }

  uint64_t pieces_ = 0;
};

}  // namespace brokerage::matcher
