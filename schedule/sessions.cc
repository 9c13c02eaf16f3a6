#include "schedule/sessions.h"

#include <algorithm>

#include "schedule/weekly.h"

namespace brokerage::schedule {
namespace {

// No change of a clock is longer: slots this far around a session can reach into it.
constexpr int kLongestChangeHours = 3;

absl::Time TimeOf(int64_t minute) { return absl::UnixEpoch() + absl::Minutes(minute); }

int64_t MinuteOf(absl::Time time) { return absl::ToUnixSeconds(time) / 60; }

// The instant at which a slot that begins at `local` begins, and one that ends there ends.
int64_t StartOf(absl::CivilMinute local, const absl::TimeZone& zone) {
  const absl::TimeZone::TimeInfo info = zone.At(absl::CivilSecond(local));
  return MinuteOf(info.kind == absl::TimeZone::TimeInfo::SKIPPED ? info.trans : info.pre);
}
int64_t EndOf(absl::CivilMinute local, const absl::TimeZone& zone) {
  const absl::TimeZone::TimeInfo info = zone.At(absl::CivilSecond(local));
  return MinuteOf(info.kind == absl::TimeZone::TimeInfo::SKIPPED ? info.trans : info.post);
}

uint16_t SlotOf(absl::CivilMinute local) {
  const int day = static_cast<int>(absl::GetWeekday(absl::CivilDay(local)));
  return static_cast<uint16_t>(day * kSlotsPerDay + (local.hour() * 60 + local.minute()) / kSlotMinutes);
}

}  // namespace

int32_t LocalDay(int64_t minute, const absl::TimeZone& zone) {
  return static_cast<int32_t>(absl::ToCivilDay(TimeOf(minute), zone) - absl::CivilDay(1970, 1, 1));
}

Session ExpandSession(int64_t start_min, int64_t duration_minutes, const absl::TimeZone& zone) {
  Session session;
  session.start_min = start_min;
  session.end_min = start_min + duration_minutes;
  session.local_date = LocalDay(start_min, zone);

  absl::CivilMinute local(absl::CivilHour(absl::ToCivilMinute(TimeOf(start_min), zone)) -
                          kLongestChangeHours);
  const absl::CivilMinute last =
      absl::ToCivilMinute(TimeOf(session.end_min), zone) + kLongestChangeHours * 60;
  for (; local < last; local += kSlotMinutes) {
    const int64_t from = std::max(StartOf(local, zone), session.start_min);
    const int64_t to = std::min(EndOf(local + kSlotMinutes, zone), session.end_min);
    if (from < to) session.spans.push_back({SlotOf(local), from, to});
  }
  return session;
}

}  // namespace brokerage::schedule
