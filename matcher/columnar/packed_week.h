// Half-hours of a week as runs of free ones, which is shorter for most people than a bit for each.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "absl/container/inlined_vector.h"

#include "matcher/types.h"

namespace brokerage::matcher {

// A bitset's words hold its bits from the lowest up, as little-endian bytes do.
using SlotBytes = std::array<uint8_t, sizeof(SlotSet)>;
using SlotWords = std::array<uint64_t, sizeof(SlotSet) / 8>;
static_assert(std::endian::native == std::endian::little);

// Of a bit for each.
inline constexpr std::size_t kWeekBytes = kSlotsPerWeek / 8;

// A run: its first half-hour, and how many follow it.
using PackedRun = uint16_t;
inline constexpr int kRunBits = 7;
inline constexpr int kMostFollowing = (1 << kRunBits) - 1;
// As many as are shorter than a bit for each, and one more.
inline constexpr std::size_t kMostRuns = kWeekBytes / sizeof(PackedRun) + 1;
using PackedRuns = absl::InlinedVector<PackedRun, kMostRuns>;

// The first kMostRuns of them, in order.
PackedRuns RunsOf(const SlotSet& slots);
inline void AddRun(PackedRun run, SlotWords& words) {
  const auto first = static_cast<unsigned>(run >> kRunBits);
  const unsigned last = first + (run & kMostFollowing);
  for (unsigned word = first / 64; word <= last / 64; ++word) {
    const unsigned from = word == first / 64 ? first % 64 : 0;
    const unsigned to = word == last / 64 ? last % 64 : 63;
    words[word] |= ~uint64_t{0} >> (63 - to) & ~uint64_t{0} << from;
  }
}

}  // namespace brokerage::matcher
