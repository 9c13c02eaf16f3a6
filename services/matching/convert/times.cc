#include "services/matching/convert/times.h"

#include <algorithm>
#include <set>
#include <utility>
#include <variant>

#include "absl/time/civil_time.h"

#include "base/clock.h"
#include "base/limits.h"
#include "schedule/intervals.h"
#include "schedule/sessions.h"

namespace brokerage::matching {
namespace {

constexpr int64_t kSecondsPerMinute = 60;

static_assert(schedule::kLastYear == base::kMaxSessionYear);

int64_t MinuteOf(const google::protobuf::Timestamp& time) { return matching::MinuteOf(time.seconds()); }

matcher::Session MakeSession(int64_t start_min, const google::protobuf::Duration& duration) {
  const schedule::Session expanded =
      schedule::ExpandSession(start_min, duration.seconds() / kSecondsPerMinute, base::LondonTimeZone());
  matcher::Session facts;
  facts.start_min = expanded.start_min;
  facts.end_min = expanded.end_min;
  facts.local_date = expanded.local_date;
  facts.spans.reserve(expanded.spans.size());
  for (const auto& span : expanded.spans) facts.spans.push_back({span.slot, span.start_min, span.end_min});
  return facts;
}

// The first minute of a London day.
int64_t FirstMinuteOf(absl::CivilDay day) {
  return absl::ToUnixSeconds(absl::FromCivil(day, base::LondonTimeZone())) / kSecondsPerMinute;
}

matcher::DatedSchedule MakeDated(const v1::DatedSchedule& dated, absl::Time now) {
  matcher::DatedSchedule facts;
  std::set<int64_t> listed;
  for (const auto& session : dated.sessions()) {
    listed.insert(MinuteOf(session.start_time()));
    facts.sessions.push_back(MakeSession(MinuteOf(session.start_time()), session.duration()));
  }
  if (dated.has_recurrence()) {
    const absl::CivilDay today = base::LondonDate(now);
    const schedule::Expansion expansion{FirstMinuteOf(today - 1), FirstMinuteOf(today - 1 + kExpandedDays),
                                        matcher::kHorizonDays, kMaxExpandedSessions};
    for (const int64_t start :
         schedule::StartsOf(ToRecurrence(dated.recurrence()), expansion, base::LondonTimeZone())) {
      if (listed.count(start) == 0)
        facts.sessions.push_back(MakeSession(start, dated.recurrence().duration()));
    }
  }
  std::stable_sort(facts.sessions.begin(), facts.sessions.end(),
                   [](const auto& a, const auto& b) { return a.start_min < b.start_min; });
  return facts;
}

}  // namespace

matcher::Day DayOf(int year, int month, int day) {
  return static_cast<matcher::Day>(absl::CivilDay(year, month, day) - absl::CivilDay(1970, 1, 1));
}

matcher::Moment MomentAt(absl::Time now) {
  const absl::CivilDay today = base::LondonDate(now);
  return {MinuteOf(absl::ToUnixSeconds(now)),
          DayOf(static_cast<int>(today.year()), today.month(), today.day())};
}

schedule::WeeklyWindow ToWindow(const common::v1::WeeklyWindow& window) {
  return {static_cast<int>(window.day_of_week()) - 1,
          window.start_time().hours() * 60 + window.start_time().minutes(),
          window.end_time().hours() * 60 + window.end_time().minutes()};
}

matcher::SlotSet SlotsOf(const google::protobuf::RepeatedPtrField<common::v1::WeeklyWindow>& windows) {
  std::vector<schedule::WeeklyWindow> plain;
  plain.reserve(static_cast<std::size_t>(windows.size()));
  for (const auto& window : windows) plain.push_back(ToWindow(window));
  return schedule::SlotsOf(plain);
}

std::vector<matcher::Interval> UnitedOf(std::vector<schedule::Interval> intervals) {
  std::vector<matcher::Interval> united;
  for (const auto& interval : schedule::United(std::move(intervals)))
    united.push_back({interval.start_min, interval.end_min});
  return united;
}

schedule::Recurrence ToRecurrence(const v1::Recurrence& recurrence) {
  schedule::Recurrence plain{
      MinuteOf(recurrence.dtstart()), schedule::ParseRule(recurrence.rrule()).rule, {}};
  for (const auto& left_out : recurrence.exdates()) plain.left_out_min.push_back(MinuteOf(left_out));
  std::sort(plain.left_out_min.begin(), plain.left_out_min.end());
  return plain;
}

matcher::Schedule ToFacts(const v1::Schedule& schedule, absl::Time now) {
  switch (schedule.kind_case()) {
    case v1::Schedule::kWeekly:
      return matcher::WeeklySchedule{SlotsOf(schedule.weekly().windows())};
    case v1::Schedule::kFlexible: {
      matcher::FlexibleSchedule facts;
      facts.minutes_per_week = schedule.flexible().minutes_per_week();
      if (schedule.flexible().has_minimum_block_minutes()) {
        facts.minimum_block_minutes = schedule.flexible().minimum_block_minutes();
      }
      facts.windows = SlotsOf(schedule.flexible().windows());
      return facts;
    }
    case v1::Schedule::kDated:
      return MakeDated(schedule.dated(), now);
    case v1::Schedule::KIND_NOT_SET:
      break;
  }
  return std::monostate();
}

}  // namespace brokerage::matching
