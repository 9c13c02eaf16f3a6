#include "matcher/availability.h"

#include <algorithm>
#include <array>
#include <bit>

namespace brokerage::matcher {
namespace {

// The slots in which a flexible role may be done.
SlotSet WindowsOf(const FlexibleSchedule& flexible) {
  return flexible.windows.any() ? flexible.windows : SlotSet().set();
}

// A week's slots as machine words, from the lowest up. It is a circle, and shorter than the words.
constexpr std::size_t kWords = sizeof(SlotSet) / sizeof(uint64_t);
using Week = std::array<uint64_t, kWords>;
static_assert(std::endian::native == std::endian::little);
constexpr std::size_t kWordSlots = 64;
constexpr std::size_t kLastWordSlots = kSlotsPerWeek - (kWords - 1) * kWordSlots;
constexpr uint64_t kLastWord = (uint64_t{1} << kLastWordSlots) - 1;
// The week is turned by at most so many slots at once.
constexpr std::size_t kMostTurned = kLastWordSlots;

// Slot i + by comes to slot i; 1 ≤ by < kMostTurned.
Week Earlier(const Week& week, std::size_t by) {
  Week turned;
  for (std::size_t i = 0; i + 1 < kWords; ++i) turned[i] = week[i] >> by | week[i + 1] << (kWordSlots - by);
  turned[kWords - 1] = (week[kWords - 1] >> by | week[0] << (kLastWordSlots - by)) & kLastWord;
  return turned;
}
// Slot i comes to slot i + by; 1 ≤ by < kMostTurned.
Week Later(const Week& week, std::size_t by) {
  Week turned;
  turned[0] = week[0] << by | week[kWords - 1] >> (kLastWordSlots - by);
  for (std::size_t i = 1; i < kWords; ++i) turned[i] = week[i] << by | week[i - 1] >> (kWordSlots - by);
  turned[kWords - 1] &= kLastWord;
  return turned;
}

const Interval* FirstEndingAfter(absl::Span<const Interval> intervals, Minute minute) {
  return std::lower_bound(intervals.begin(), intervals.end(), minute,
                          [](const Interval& interval, Minute m) { return interval.end_min <= m; });
}

// Minutes of [from, to) that lie in none of `intervals`.
int64_t MinutesOutside(absl::Span<const Interval> intervals, Minute from, Minute to) {
  int64_t minutes = to - from;
  for (const Interval* inside = FirstEndingAfter(intervals, from);
       inside != intervals.end() && inside->start_min < to; ++inside) {
    minutes -= std::min(inside->end_min, to) - std::max(inside->start_min, from);
  }
  return minutes;
}

absl::Span<const Session> SessionsInHorizon(absl::Span<const Session> sessions, Minute as_of_min) {
  const auto first = std::lower_bound(sessions.begin(), sessions.end(), as_of_min,
                                      [](const Session& session, Minute m) { return session.start_min < m; });
  if (first == sessions.end()) return {};
  const Day end_day = first->local_date + kHorizonDays;
  const auto last = std::find_if(first, sessions.end(),
                                 [&](const Session& session) { return session.local_date >= end_day; });
  return absl::MakeConstSpan(&*first, static_cast<std::size_t>(last - first));
}

}  // namespace

Commitment CommitmentOf(const Schedule& schedule, Moment moment) {
  Commitment commitment;
  commitment.first_day = moment.today;
  commitment.last_day = moment.today;
  if (const auto* weekly = std::get_if<WeeklySchedule>(&schedule)) {
    commitment.kind = Commitment::Kind::kWeekly;
    commitment.minutes = static_cast<int64_t>(weekly->windows.count()) * kSlotMinutes;
  } else if (const auto* flexible = std::get_if<FlexibleSchedule>(&schedule)) {
    commitment.kind = Commitment::Kind::kFlexible;
    commitment.minutes = flexible->minutes_per_week;
  } else if (const auto* dated = std::get_if<DatedSchedule>(&schedule)) {
    commitment.kind = Commitment::Kind::kDated;
    commitment.sessions = SessionsInHorizon(dated->sessions, moment.as_of_min);
    for (const Session& session : commitment.sessions)
      commitment.minutes += session.end_min - session.start_min;
    if (!commitment.sessions.empty()) {
      commitment.first_day = commitment.sessions.front().local_date;
      commitment.last_day = commitment.sessions.back().local_date;
    }
  }
  return commitment;
}

int64_t CoveredInSession(const Session& session, const FreeTime& free) {
  int64_t covered = 0;
  // What is free comes in the order of its starts, so what was counted lies before `counted_to`.
  Minute counted_to = session.start_min;
  const auto count = [&](Minute start, Minute end) {
    const Minute from = std::max(start, counted_to);
    if (end <= from) return;
    covered += MinutesOutside(free.away, from, end);
    counted_to = end;
  };
  const Interval* extra = FirstEndingAfter(free.extra, session.start_min);
  const auto count_extra_before = [&](Minute minute) {
    for (; extra != free.extra.end() && extra->start_min < minute; ++extra)
      count(extra->start_min, std::min(extra->end_min, session.end_min));
  };
  for (const SlotSpan& span : session.spans) {
    if (!free.weekly.test(span.slot)) continue;
    count_extra_before(span.start_min);
    count(span.start_min, span.end_min);
  }
  count_extra_before(session.end_min);
  return covered;
}

int64_t MinutesInBlocks(const SlotSet& open, int64_t minimum_block_minutes) {
  const int64_t wanted = std::max<int64_t>(1, (minimum_block_minutes + kSlotMinutes - 1) / kSlotMinutes);
  if (wanted > kSlotsPerWeek) return 0;
  const auto block = static_cast<std::size_t>(wanted);
  // First the slots at which a block of open slots begins, then every slot of such blocks: what is left are
  // the pieces that are long enough. Blocks are doubled, and a pass over the week is a few machine words.
  auto kept = std::bit_cast<Week>(open);
  const auto double_up = [&](auto&& step_over) {
    for (std::size_t length = 1; length < block;) {
      const std::size_t step = std::min({length, block - length, kMostTurned - 1});
      step_over(step);
      length += step;
    }
  };
  double_up([&](std::size_t step) {
    const Week turned = Earlier(kept, step);
    for (std::size_t i = 0; i < kWords; ++i) kept[i] &= turned[i];
  });
  double_up([&](std::size_t step) {
    const Week turned = Later(kept, step);
    for (std::size_t i = 0; i < kWords; ++i) kept[i] |= turned[i];
  });
  int64_t slots = 0;
  for (const uint64_t word : kept) slots += std::popcount(word);
  return slots * kSlotMinutes;
}

int64_t CoveredMinutes(const Schedule& schedule, const Commitment& commitment, const FreeTime& free) {
  if (const auto* weekly = std::get_if<WeeklySchedule>(&schedule)) {
    return static_cast<int64_t>((weekly->windows & free.weekly).count()) * kSlotMinutes;
  }
  if (const auto* flexible = std::get_if<FlexibleSchedule>(&schedule)) {
    const SlotSet open = free.weekly & WindowsOf(*flexible);
    const int64_t blocks = MinutesInBlocks(open, flexible->minimum_block_minutes);
    return std::min<int64_t>(flexible->minutes_per_week, blocks);
  }
  int64_t covered = 0;
  for (const Session& session : commitment.sessions) covered += CoveredInSession(session, free);
  return covered;
}

}  // namespace brokerage::matcher
