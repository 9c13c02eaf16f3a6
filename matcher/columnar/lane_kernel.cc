#include "matcher/columnar/lane_kernel.h"

#include <algorithm>

// Compiled once for each kind of vector that the compiler knows; the machine's best is chosen when it runs.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "matcher/columnar/lane_kernel.cc"
#include <hwy/foreach_target.h>  // NOLINT: includes this file again
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace brokerage::matcher {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

void KeepReachingVectors(const LaneTerm* terms, std::size_t count, const LaneSet& marked,
                         LaneThresholds thresholds, LaneSet& lanes) {
#if HWY_TARGET == HWY_SCALAR
  KeepReachingPlainly(absl::MakeConstSpan(terms, count), marked, thresholds, lanes);
#else
  // Of 8 lanes at least, so that a vector's lanes are whole bytes of a plane.
  const hn::CappedTag<uint16_t, 64> tag;
  const std::size_t width = hn::Lanes(tag);
  auto* const kept = reinterpret_cast<uint8_t*>(lanes.data());
  const auto* const is_marked = reinterpret_cast<const uint8_t*>(marked.data());
  const auto need_marked = hn::Set(tag, thresholds.marked);
  const auto need_unmarked = hn::Set(tag, thresholds.unmarked);
  for (int word = 0; word < kPlaneWords; ++word) {
    if (lanes[static_cast<std::size_t>(word)] == 0) continue;
    for (std::size_t lane = static_cast<std::size_t>(word) * 64;
         lane < (static_cast<std::size_t>(word) + 1) * 64; lane += width) {
      const std::size_t byte = lane / 8;
      auto sum = hn::Zero(tag);
      for (std::size_t i = 0; i < count; ++i) {
        const auto in = hn::LoadMaskBits(tag, reinterpret_cast<const uint8_t*>(terms[i].lanes.data()) + byte);
        sum = hn::SaturatedAdd(sum, hn::IfThenElseZero(in, hn::Set(tag, terms[i].units)));
      }
      const auto need = hn::IfThenElse(hn::LoadMaskBits(tag, is_marked + byte), need_marked, need_unmarked);
      const auto reaches = hn::Eq(hn::Max(sum, need), sum);
      hn::StoreMaskBits(tag, hn::And(reaches, hn::LoadMaskBits(tag, kept + byte)), kept + byte);
    }
  }
#endif
}

LaneMost SumUnitsVectors(const LaneTerm* terms, std::size_t count, const LaneSet& marked,
                         const LaneSet& lanes, LaneUnits& sums) {
#if HWY_TARGET == HWY_SCALAR
  return SumUnitsPlainly(absl::MakeConstSpan(terms, count), marked, lanes, sums);
#else
  const hn::CappedTag<uint16_t, 64> tag;
  const auto* const is_marked = reinterpret_cast<const uint8_t*>(marked.data());
  const auto* const is_in = reinterpret_cast<const uint8_t*>(lanes.data());
  auto most_marked = hn::Zero(tag);
  auto most_unmarked = hn::Zero(tag);
  for (std::size_t lane = 0; lane < kLanes; lane += hn::Lanes(tag)) {
    const std::size_t byte = lane / 8;
    auto sum = hn::Zero(tag);
    for (std::size_t i = 0; i < count; ++i) {
      const auto in = hn::LoadMaskBits(tag, reinterpret_cast<const uint8_t*>(terms[i].lanes.data()) + byte);
      sum = hn::SaturatedAdd(sum, hn::IfThenElseZero(in, hn::Set(tag, terms[i].units)));
    }
    hn::StoreU(sum, tag, sums.data() + lane);
    const auto mark = hn::LoadMaskBits(tag, is_marked + byte);
    const auto of_lanes = hn::IfThenElseZero(hn::LoadMaskBits(tag, is_in + byte), sum);
    most_marked = hn::Max(most_marked, hn::IfThenElseZero(mark, of_lanes));
    most_unmarked = hn::Max(most_unmarked, hn::IfThenZeroElse(mark, of_lanes));
  }
  const auto greatest = [&tag](auto vector) {
    uint16_t values[64] = {};
    hn::StoreU(vector, tag, values);
    return *std::max_element(values, values + hn::Lanes(tag));
  };
  return {greatest(most_marked), greatest(most_unmarked)};
#endif
}

void KeepSumsVectors(const LaneUnits& sums, const LaneSet& marked, LaneThresholds thresholds,
                     LaneSet& lanes) {
#if HWY_TARGET == HWY_SCALAR
  KeepReachingPlainly(sums, marked, thresholds, lanes);
#else
  const hn::CappedTag<uint16_t, 64> tag;
  auto* const kept = reinterpret_cast<uint8_t*>(lanes.data());
  const auto* const is_marked = reinterpret_cast<const uint8_t*>(marked.data());
  const auto need_marked = hn::Set(tag, thresholds.marked);
  const auto need_unmarked = hn::Set(tag, thresholds.unmarked);
  for (std::size_t lane = 0; lane < kLanes; lane += hn::Lanes(tag)) {
    const auto sum = hn::LoadU(tag, sums.data() + lane);
    const auto need = hn::IfThenElse(hn::LoadMaskBits(tag, is_marked + lane / 8), need_marked, need_unmarked);
    const auto reaches = hn::Eq(hn::Max(sum, need), sum);
    hn::StoreMaskBits(tag, hn::And(reaches, hn::LoadMaskBits(tag, kept + lane / 8)), kept + lane / 8);
  }
#endif
}

void KeepBetweenVectors(const LaneNumbers& numbers, int32_t least, int32_t most, LaneSet& lanes) {
#if HWY_TARGET == HWY_SCALAR
  KeepBetweenPlainly(numbers, least, most, lanes);
#else
  const hn::CappedTag<int32_t, 16> tag;
  const std::size_t width = hn::Lanes(tag);
  const auto low = hn::Set(tag, least);
  const auto high = hn::Set(tag, most);
  for (std::size_t word = 0; word < lanes.size(); ++word) {
    if (lanes[word] == 0) continue;
    uint64_t between = 0;
    for (std::size_t lane = 0; lane < 64; lane += width) {
      const auto number = hn::LoadU(tag, numbers.data() + word * 64 + lane);
      uint8_t bits[8] = {};
      const auto clamped = hn::Min(hn::Max(number, low), high);
      hn::StoreMaskBits(tag, hn::Eq(clamped, number), bits);
      between |= uint64_t{bits[0] | static_cast<unsigned>(bits[1]) << 8} << lane;
    }
    lanes[word] &= between;
  }
#endif
}

}  // namespace HWY_NAMESPACE
}  // namespace brokerage::matcher
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace brokerage::matcher {

HWY_EXPORT(KeepReachingVectors);
HWY_EXPORT(SumUnitsVectors);
HWY_EXPORT(KeepSumsVectors);
HWY_EXPORT(KeepBetweenVectors);

namespace {

bool Has(const LaneSet& set, std::size_t lane) { return (set[lane / 64] >> (lane % 64) & 1) != 0; }
void Drop(LaneSet& set, std::size_t lane) { set[lane / 64] &= ~(uint64_t{1} << (lane % 64)); }

}  // namespace

void KeepReaching(absl::Span<const LaneTerm> terms, const LaneSet& marked, LaneThresholds thresholds,
                  LaneSet& lanes) {
  HWY_DYNAMIC_DISPATCH(KeepReachingVectors)(terms.data(), terms.size(), marked, thresholds, lanes);
}

void KeepReachingPlainly(absl::Span<const LaneTerm> terms, const LaneSet& marked, LaneThresholds thresholds,
                         LaneSet& lanes) {
  LaneUnits sums;
  SumUnitsPlainly(terms, marked, lanes, sums);
  KeepReachingPlainly(sums, marked, thresholds, lanes);
}

LaneMost SumUnits(absl::Span<const LaneTerm> terms, const LaneSet& marked, const LaneSet& lanes,
                  LaneUnits& sums) {
  return HWY_DYNAMIC_DISPATCH(SumUnitsVectors)(terms.data(), terms.size(), marked, lanes, sums);
}

LaneMost SumUnitsPlainly(absl::Span<const LaneTerm> terms, const LaneSet& marked, const LaneSet& lanes,
                         LaneUnits& sums) {
  LaneMost most;
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    uint32_t sum = 0;
    for (const LaneTerm& term : terms) sum += Has(term.lanes, lane) ? term.units : 0;
    sums[lane] = static_cast<uint16_t>(std::min<uint32_t>(sum, 0xffff));
    uint16_t& of_kind = Has(marked, lane) ? most.marked : most.unmarked;
    if (Has(lanes, lane)) of_kind = std::max(of_kind, sums[lane]);
  }
  return most;
}

void KeepReaching(const LaneUnits& sums, const LaneSet& marked, LaneThresholds thresholds, LaneSet& lanes) {
  HWY_DYNAMIC_DISPATCH(KeepSumsVectors)(sums, marked, thresholds, lanes);
}

void KeepReachingPlainly(const LaneUnits& sums, const LaneSet& marked, LaneThresholds thresholds,
                         LaneSet& lanes) {
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    if (sums[lane] < (Has(marked, lane) ? thresholds.marked : thresholds.unmarked)) Drop(lanes, lane);
  }
}

void KeepBetween(const LaneNumbers& numbers, int32_t least, int32_t most, LaneSet& lanes) {
  HWY_DYNAMIC_DISPATCH(KeepBetweenVectors)(numbers, least, most, lanes);
}

void KeepBetweenPlainly(const LaneNumbers& numbers, int32_t least, int32_t most, LaneSet& lanes) {
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    if (numbers[lane] < least || numbers[lane] > most) Drop(lanes, lane);
  }
}

}  // namespace brokerage::matcher
#endif
