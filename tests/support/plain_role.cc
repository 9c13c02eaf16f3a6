#include "tests/support/plain_role.h"

#include <algorithm>
#include <optional>
#include <variant>

#include "tests/support/plain_calendar.h"

namespace brokerage::support {
namespace {

std::vector<Stretch> StretchesOf(int64_t start, int64_t end) {
  std::vector<Stretch> stretches;
  for (int64_t minute = start; minute < end; ++minute) {
    std::vector<int> slots = SlotsAtMinute(minute);
    if (stretches.empty() || stretches.back().slots != slots)
      stretches.push_back({std::move(slots), minute, 0});
    ++stretches.back().minutes;
  }
  return stretches;
}

// The week laid out twice: a piece that begins in the first copy is counted there, however far it runs.
int64_t PiecesOf(const matcher::FlexibleSchedule& flexible, const matcher::SlotSet& free) {
  const auto open = [&](int slot) {
    const auto index = static_cast<std::size_t>(slot % 336);
    return free[index] && (flexible.windows.none() || flexible.windows[index]);
  };
  int64_t total = 0;
  bool always = true;
  for (int begin = 0; begin < 336; ++begin) {
    if (!open(begin)) always = false;
    if (!open(begin) || open(begin + 335)) continue;
    int64_t minutes = 0;
    for (int slot = begin; open(slot); ++slot) minutes += 30;
    if (minutes >= flexible.minimum_block_minutes) total += minutes;
  }
  if (always) return flexible.minimum_block_minutes <= 10'080 ? 10'080 : 0;
  return total;
}

bool IsWithin(const std::vector<matcher::Interval>& intervals, int64_t minute) {
  return std::any_of(intervals.begin(), intervals.end(), [&](const matcher::Interval& interval) {
    return interval.start_min <= minute && minute < interval.end_min;
  });
}

}  // namespace

PlainRole RoleAt(const matcher::OpportunityFacts& opportunity, int64_t as_of) {
  PlainRole role;
  role.facts = &opportunity;
  role.as_of = as_of;
  role.first_day = role.last_day = LondonDayNumber(as_of);
  if (const auto* weekly = std::get_if<matcher::WeeklySchedule>(&opportunity.schedule)) {
    for (int slot = 0; slot < 336; ++slot)
      role.committed += weekly->windows[static_cast<std::size_t>(slot)] ? 30 : 0;
  }
  if (const auto* flexible = std::get_if<matcher::FlexibleSchedule>(&opportunity.schedule)) {
    role.committed = flexible->minutes_per_week;
  }
  const auto* dated = std::get_if<matcher::DatedSchedule>(&opportunity.schedule);
  if (dated == nullptr) return role;
  role.dated = true;
  std::optional<int64_t> first_start;
  for (const matcher::Session& session : dated->sessions) {
    if (session.start_min >= as_of && (!first_start || session.start_min < *first_start)) {
      first_start = session.start_min;
    }
  }
  if (!first_start) return role;
  role.first_day = role.last_day = LondonDayNumber(*first_start);
  for (const matcher::Session& session : dated->sessions) {
    const int64_t day = LondonDayNumber(session.start_min);
    if (session.start_min < as_of || day >= role.first_day + 84) continue;
    role.sessions.push_back(
        {session.start_min, session.end_min, day, StretchesOf(session.start_min, session.end_min)});
    role.committed += session.end_min - session.start_min;
    role.last_day = std::max(role.last_day, day);
  }
  return role;
}

int64_t CoveredOf(const PlainRole& role, const matcher::VolunteerFacts& volunteer) {
  const auto free = [&](int slot) { return volunteer.free[static_cast<std::size_t>(slot)]; };
  int64_t covered = 0;
  if (const auto* weekly = std::get_if<matcher::WeeklySchedule>(&role.facts->schedule)) {
    for (int slot = 0; slot < 336; ++slot) {
      if (weekly->windows[static_cast<std::size_t>(slot)] && free(slot)) covered += 30;
    }
  } else if (const auto* flexible = std::get_if<matcher::FlexibleSchedule>(&role.facts->schedule)) {
    covered = std::min<int64_t>(flexible->minutes_per_week, PiecesOf(*flexible, volunteer.free));
  }
  for (const PlainSession& session : role.sessions) {
    for (const Stretch& stretch : session.stretches) {
      const bool weekly_free = std::any_of(stretch.slots.begin(), stretch.slots.end(), free);
      for (int64_t minute = stretch.start; minute < stretch.start + stretch.minutes; ++minute) {
        if (!IsWithin(volunteer.away, minute) && (weekly_free || IsWithin(volunteer.extra, minute)))
          ++covered;
      }
    }
  }
  return covered;
}

}  // namespace brokerage::support
