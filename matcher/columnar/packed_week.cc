#include "matcher/columnar/packed_week.h"

#include <algorithm>

namespace brokerage::matcher {
namespace {

// The first slot from `slot` on that is free, or is not; kSlotsPerWeek when there is none.
int NextSlot(const SlotWords& words, int slot, bool free) {
  while (slot < kSlotsPerWeek) {
    const uint64_t word = words[static_cast<std::size_t>(slot / 64)];
    const uint64_t left = (free ? word : ~word) >> (slot % 64);
    if (left != 0) return std::min(slot + std::countr_zero(left), kSlotsPerWeek);
    slot = (slot / 64 + 1) * 64;
  }
  return kSlotsPerWeek;
}

}  // namespace

PackedRuns RunsOf(const SlotSet& slots) {
  const auto words = std::bit_cast<SlotWords>(slots);
  PackedRuns runs;
  for (int first = NextSlot(words, 0, true); first < kSlotsPerWeek && runs.size() < kMostRuns;) {
    const int end = std::min(NextSlot(words, first, false), first + kMostFollowing + 1);
    runs.push_back(static_cast<PackedRun>(first << kRunBits | (end - first - 1)));
    first = NextSlot(words, end, true);
  }
  return runs;
}

}  // namespace brokerage::matcher
