#include "matcher/availability.h"

#include <algorithm>

namespace brokerage::matcher {
namespace {

// The slots in which a flexible role may be done.
SlotSet WindowsOf(const FlexibleSchedule& flexible) {
  return flexible.windows.any() ? flexible.windows : SlotSet().set();
}

// The week turned by so many slots; it is a circle.
SlotSet Earlier(const SlotSet& slots, std::size_t by) {
  return (slots >> by) | (slots << (kSlotsPerWeek - by));
}
SlotSet Later(const SlotSet& slots, std::size_t by) {
  return (slots << by) | (slots >> (kSlotsPerWeek - by));
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
  SlotSet kept = open;
  for (std::size_t length = 1; length < block;) {
    const std::size_t step = std::min(length, block - length);
    kept &= Earlier(kept, step);
    length += step;
  }
  for (std::size_t length = 1; length < block;) {
    const std::size_t step = std::min(length, block - length);
    kept |= Later(kept, step);
    length += step;
  }
  return static_cast<int64_t>(kept.count()) * kSlotMinutes;
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
