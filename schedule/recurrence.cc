#include "schedule/recurrence.h"

#include <algorithm>
#include <libical/ical.h>
#include <memory>
#include <optional>

#include "absl/time/civil_time.h"

namespace brokerage::schedule {
namespace {

constexpr int64_t kDayMinutes = 24 * 60;
constexpr int kDaysOfEveryMonth = 28;

absl::Time TimeOf(int64_t minute) { return absl::UnixEpoch() + absl::Minutes(minute); }

icaltimetype ToIcal(absl::CivilMinute local) {
  icaltimetype time = icaltime_null_time();
  time.year = static_cast<int>(local.year());
  time.month = local.month();
  time.day = local.day();
  time.hour = local.hour();
  time.minute = local.minute();
  return time;
}

bool NamesDays(const icalrecurrencetype& rule) { return rule.by_day[0] != ICAL_RECURRENCE_ARRAY_MAX; }

// Days from the week's first day to `day`.
int DaysIntoWeek(const icalrecurrencetype& rule, int day) { return (day - rule.week_start + 7) % 7; }

// Where to begin so that libical gives what `rule` gives from `first` on, and perhaps more before it. Its
// weeks go wrong when they begin on a day that the rule does not name.
absl::CivilMinute BeginningOf(const icalrecurrencetype& rule, absl::CivilMinute first) {
  if (rule.freq != ICAL_WEEKLY_RECURRENCE || !NamesDays(rule)) return first;
  int earliest = 6;
  for (const short* day = rule.by_day; *day != ICAL_RECURRENCE_ARRAY_MAX; ++day)
    earliest = std::min(earliest, DaysIntoWeek(rule, icalrecurrencetype_day_day_of_week(*day)));
  const int days = DaysIntoWeek(rule, icaltime_day_of_week(ToIcal(first))) - earliest;
  return first - days * kDayMinutes;
}

// `begin` as many whole periods of `rule` later as lie before the day `from`: from there on it gives the
// same. (icalrecur_iterator_set_start loses the phase of weeks.)
absl::CivilMinute SkipTo(absl::CivilDay from, absl::CivilMinute begin, const icalrecurrencetype& rule) {
  const absl::CivilDay day(begin);
  if (from <= day) return begin;
  if (rule.freq != ICAL_MONTHLY_RECURRENCE) {
    const int64_t period = rule.interval * (rule.freq == ICAL_WEEKLY_RECURRENCE ? 7 : 1);
    return begin + (from - day) / period * period * kDayMinutes;
  }
  const int64_t months = (absl::CivilMonth(from) - absl::CivilMonth(day)) / rule.interval * rule.interval;
  if (months == 0) return begin;
  // Days that not every month has are walked to, from the first of them on.
  if (!NamesDays(rule) && day.day() > kDaysOfEveryMonth) return begin;
  const absl::CivilDay later =
      absl::CivilDay(absl::CivilMonth(day) + months) + (NamesDays(rule) ? 0 : day.day() - 1);
  return absl::CivilMinute(later) + begin.hour() * 60 + begin.minute();
}

struct FreeIterator {
  void operator()(icalrecur_iterator* iterator) const { icalrecur_iterator_free(iterator); }
};

struct Start {
  int64_t minute = 0;
  absl::CivilMinute local;  // as the rule has it
};

// The starts in order, from about `from_min` on; those left out are among them.
class Walk {
 public:
  Walk(const Recurrence& recurrence, int64_t from_min, const absl::TimeZone& zone)
      : until_(recurrence.rule.until), zone_(zone) {
    icalrecurrencetype rule = icalrecurrencetype_from_string(recurrence.rule.text.c_str());
    if (rule.freq == ICAL_NO_RECURRENCE) return;
    first_ = absl::ToCivilMinute(TimeOf(recurrence.first_min), zone);
    absl::CivilMinute begin = BeginningOf(rule, first_);
    if (rule.count > 0) {
      left_ = rule.count;  // to be counted from the very first
    } else {
      begin = SkipTo(absl::ToCivilDay(TimeOf(from_min), zone), begin, rule);
    }
    // Both are kept to here: what is before the first does not count, and libical does not know the zone.
    rule.count = 0;
    rule.until = icaltime_null_time();
    iterator_.reset(icalrecur_iterator_new(rule, ToIcal(begin)));
  }

  std::optional<Start> Next() {
    while (iterator_ != nullptr && left_ != 0) {
      const icaltimetype next = icalrecur_iterator_next(iterator_.get());
      if (icaltime_is_null_time(next) || next.year > kLastYear) return std::nullopt;
      const absl::CivilMinute local(next.year, next.month, next.day, next.hour, next.minute);
      if (local < first_) continue;
      const absl::TimeZone::TimeInfo info = zone_.At(absl::CivilSecond(local));
      const absl::Time moment = info.kind == absl::TimeZone::TimeInfo::SKIPPED ? info.trans : info.pre;
      if (IsPast(local, moment)) return std::nullopt;
      if (left_.has_value()) --*left_;
      return Start{absl::ToUnixSeconds(moment) / 60, local};
    }
    return std::nullopt;
  }

 private:
  bool IsPast(absl::CivilMinute local, absl::Time moment) const {
    if (const auto* day = std::get_if<absl::CivilDay>(&until_)) return absl::CivilDay(local) > *day;
    if (const auto* time = std::get_if<absl::CivilSecond>(&until_)) return absl::CivilSecond(local) > *time;
    if (const auto* end = std::get_if<absl::Time>(&until_)) return moment > *end;
    return false;
  }

  const Until& until_;
  absl::CivilMinute first_;
  std::optional<int> left_;  // occurrences that COUNT still allows
  const absl::TimeZone& zone_;
  std::unique_ptr<icalrecur_iterator, FreeIterator> iterator_;
};

}  // namespace

std::vector<int64_t> StartsOf(const Recurrence& recurrence, const Expansion& expansion,
                              const absl::TimeZone& zone) {
  std::vector<int64_t> starts;
  Walk walk(recurrence, expansion.from_min, zone);
  std::optional<absl::CivilDay> end;  // of the horizon of the first start from `to_min` on
  while (static_cast<int>(starts.size()) < expansion.max_starts) {
    const std::optional<Start> start = walk.Next();
    if (!start.has_value()) break;
    if (start->minute < expansion.from_min ||
        std::binary_search(recurrence.left_out_min.begin(), recurrence.left_out_min.end(), start->minute)) {
      continue;
    }
    const absl::CivilDay day(start->local);
    if (!end.has_value() && start->minute >= expansion.to_min) end = day + expansion.horizon_days;
    if (end.has_value() && day >= *end) break;
    starts.push_back(start->minute);
  }
  return starts;
}

bool HasStart(const Recurrence& recurrence, const absl::TimeZone& zone) {
  const Expansion all{recurrence.first_min, recurrence.first_min, 1, 1};
  return !StartsOf(recurrence, all, zone).empty();
}

bool IsSecondPass(int64_t minute, const absl::TimeZone& zone) {
  const absl::Time moment = TimeOf(minute);
  const absl::TimeZone::TimeInfo info = zone.At(absl::ToCivilSecond(moment, zone));
  return info.kind == absl::TimeZone::TimeInfo::REPEATED && moment >= info.trans;
}

}  // namespace brokerage::schedule
