#include "apps/cli/rows/sessions.h"

#include <optional>

#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"

#include "apps/cli/output/text.h"
#include "apps/cli/rows/cells.h"
#include "apps/cli/rows/row_reader.h"
#include "apps/cli/rows/times.h"
#include "base/clock.h"

namespace brokerage::cli {
namespace {

constexpr absl::string_view kRecurringShape =
    "is no recurrence: write 2026-12-01 19:00 2h FREQ=WEEKLY;BYDAY=TU";
constexpr absl::string_view kShape = "is no session: write 2026-12-05 09:00 3h, or 2026-12-05 09:00-12:00";

// The moment of `minutes` after midnight of `day` in London, and a note when the clocks change just then.
struct Moment {
  absl::Time time;
  std::string note;
};

Moment MomentOf(absl::CivilDay day, int32_t minutes, bool is_end) {
  const absl::CivilSecond civil = absl::CivilSecond(day) + minutes * 60;
  const absl::TimeZone::TimeInfo info = base::LondonTimeZone().At(civil);
  const std::string written = absl::FormatCivilTime(absl::CivilMinute(civil));
  switch (info.kind) {
    case absl::TimeZone::TimeInfo::SKIPPED:
      return {info.trans, absl::StrCat(written, " does not exist, the clocks go forward: read as ",
                                       FormatTime(ToTimestamp(info.trans)))};
    case absl::TimeZone::TimeInfo::REPEATED:
      return {is_end ? info.post : info.pre,
              absl::StrCat(written, " happens twice, the clocks go back: read as the ",
                           is_end ? "second" : "first")};
    case absl::TimeZone::TimeInfo::UNIQUE:
      break;
  }
  return {info.pre, ""};
}

absl::StatusOr<matching::v1::Session> ParseSession(absl::string_view typed, std::vector<std::string>* notes) {
  const std::vector<absl::string_view> halves =
      absl::StrSplit(typed, absl::MaxSplits(absl::ByAnyChar(" \t"), 1), absl::SkipEmpty());
  if (halves.size() != 2) return CellFault(typed, kShape);
  const absl::StatusOr<common::v1::Date> date = ParseDate(halves[0]);
  if (!date.ok()) return date.status();
  const absl::CivilDay day(date->year(), date->month(), date->day());

  const std::string times = absl::StrReplaceAll(halves[1], {{"–", "-"}, {" to ", "-"}});
  const bool has_end = times.find('-') != std::string::npos;
  std::vector<absl::string_view> parts;
  if (has_end) {
    parts = absl::StrSplit(times, absl::MaxSplits('-', 1));
  } else {
    parts = absl::StrSplit(absl::StripAsciiWhitespace(times), absl::MaxSplits(absl::ByAnyChar(" \t"), 1));
  }
  if (parts.size() != 2) return CellFault(typed, kShape);
  const absl::StatusOr<int32_t> start = ParseClockTime(absl::StripAsciiWhitespace(parts[0]), false);
  if (!start.ok()) return start.status();
  const absl::StatusOr<int32_t> second = has_end ? ParseClockTime(absl::StripAsciiWhitespace(parts[1]), true)
                                                 : ParseMinutes(absl::StripAsciiWhitespace(parts[1]), false);
  if (!second.ok()) return second.status();

  const Moment begin = MomentOf(day, *start, false);
  if (!begin.note.empty()) notes->push_back(begin.note);
  absl::Duration duration = absl::Minutes(*second);
  if (has_end) {
    const Moment end = MomentOf(*second > *start ? day : day + 1, *second, true);
    if (!end.note.empty()) notes->push_back(end.note);
    duration = end.time - begin.time;
    if (duration <= absl::ZeroDuration())
      return CellFault(typed, "ends before it begins, by the change of the clocks");
  }
  matching::v1::Session session;
  *session.mutable_start_time() = ToTimestamp(begin.time);
  session.mutable_duration()->set_seconds(absl::ToInt64Seconds(duration));
  return session;
}

}  // namespace

ParsedSessions ParseSessions(absl::string_view text) {
  ParsedSessions parsed;
  for (const absl::string_view typed : RowReader::SplitList(text)) {
    absl::StatusOr<matching::v1::Session> session = ParseSession(typed, &parsed.notes);
    if (session.ok()) {
      parsed.sessions.push_back(*std::move(session));
    } else {
      parsed.faults.emplace_back(session.status().message());
    }
  }
  return parsed;
}

ParsedRecurrence ParseRecurrence(absl::string_view text, absl::string_view left_out) {
  ParsedRecurrence parsed;
  text = absl::StripAsciiWhitespace(text);
  const std::size_t space = text.find_last_of(" \t");
  const absl::string_view rule = space == absl::string_view::npos ? text : text.substr(space + 1);
  if (space == absl::string_view::npos || !absl::StrContains(rule, '=')) {
    parsed.faults.emplace_back(CellFault(text, kRecurringShape).message());
    return parsed;
  }
  const absl::StatusOr<matching::v1::Session> first = ParseSession(text.substr(0, space), &parsed.notes);
  if (!first.ok()) {
    parsed.faults.emplace_back(first.status().message());
    return parsed;
  }
  *parsed.recurrence.mutable_dtstart() = first->start_time();
  *parsed.recurrence.mutable_duration() = first->duration();
  parsed.recurrence.set_rrule(std::string(rule));
  const absl::CivilMinute start = absl::ToCivilMinute(ToTime(first->start_time()), base::LondonTimeZone());
  for (const absl::string_view typed : RowReader::SplitList(left_out)) {
    const absl::StatusOr<common::v1::Date> date = ParseDate(typed);
    if (!date.ok()) {
      parsed.left_out_faults.emplace_back(date.status().message());
      continue;
    }
    const absl::CivilDay day(date->year(), date->month(), date->day());
    *parsed.recurrence.add_exdates() =
        ToTimestamp(MomentOf(day, start.hour() * 60 + start.minute(), false).time);
  }
  return parsed;
}

}  // namespace brokerage::cli
