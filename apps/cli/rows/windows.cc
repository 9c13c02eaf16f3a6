#include "apps/cli/rows/windows.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

#include "apps/cli/output/text.h"
#include "apps/cli/rows/cells.h"
#include "apps/cli/rows/row_reader.h"
#include "apps/cli/rows/times.h"
#include "base/text.h"

namespace brokerage::cli {
namespace {

constexpr int32_t kGrid = 30;
constexpr int32_t kDay = 24 * 60;
constexpr int kDaysOfWeek = 7;

// Minutes after Monday 00:00; the end is up to a day and, once rounded, an hour later than the start.
struct Span {
  int32_t start = 0;
  int32_t end = 0;
};

// Monday is 0; -1 when `name` is none. Any beginning of a day's name with two letters or more will do.
int DayIndex(absl::string_view name) {
  constexpr std::array<absl::string_view, kDaysOfWeek> kNames = {
      "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
  absl::ConsumeSuffix(&name, ".");
  if (name.size() < 2) return -1;
  for (int i = 0; i < kDaysOfWeek; ++i) {
    const absl::string_view day = kNames[static_cast<std::size_t>(i)];
    if (absl::StartsWith(day, name) || absl::StripSuffix(name, "s") == day) return i;
  }
  // As some write them.
  if (name == "tues") return 1;
  if (name == "weds") return 2;
  if (name == "thur" || name == "thurs") return 3;
  return -1;
}

// The days that `text`, folded, names; empty when it cannot be read.
std::vector<int> DaysOf(absl::string_view text) {
  if (text == "daily" || text == "every day") return {0, 1, 2, 3, 4, 5, 6};
  if (text == "weekdays") return {0, 1, 2, 3, 4};
  if (text == "weekends") return {5, 6};
  const std::string tidy =
      absl::StrReplaceAll(text, {{" - ", "-"}, {" to ", "-"}, {" and ", ","}, {"&", ","}, {"/", ","}});
  std::vector<int> days;
  for (const absl::string_view part : absl::StrSplit(tidy, absl::ByAnyChar(", "), absl::SkipEmpty())) {
    const std::vector<absl::string_view> ends = absl::StrSplit(part, '-');
    const int first = DayIndex(ends.front());
    const int last = DayIndex(ends.back());
    if (ends.size() > 2 || first < 0 || last < 0) return {};
    for (int day = first;; day = (day + 1) % kDaysOfWeek) {
      days.push_back(day);
      if (day == last) break;
    }
  }
  return days;
}

int32_t RoundDown(int32_t minutes) { return minutes / kGrid * kGrid; }
int32_t RoundUp(int32_t minutes) { return RoundDown(minutes + kGrid - 1); }

Span Round(Span span, Rounding rounding) {
  if (rounding == Rounding::kOutward) return {RoundDown(span.start), RoundUp(span.end)};
  return {RoundUp(span.start), RoundDown(span.end)};
}

common::v1::TimeOfDay TimeOfDayAt(int32_t minutes) {
  common::v1::TimeOfDay time;
  time.set_hours(minutes / 60);
  time.set_minutes(minutes % 60);
  return time;
}

// `span`, in windows of a day at most.
std::vector<common::v1::WeeklyWindow> WindowsOf(Span span) {
  std::vector<common::v1::WeeklyWindow> windows;
  while (span.start < span.end) {
    const int32_t end = std::min(span.end, span.start + kDay);
    const int32_t midnight = (span.start / kDay + 1) * kDay;
    common::v1::WeeklyWindow window;
    window.set_day_of_week(static_cast<common::v1::DayOfWeek>(span.start / kDay % kDaysOfWeek + 1));
    *window.mutable_start_time() = TimeOfDayAt(span.start % kDay);
    *window.mutable_end_time() = TimeOfDayAt(end == midnight ? kDay : end % kDay);
    windows.push_back(window);
    span.start = end;
  }
  return windows;
}

std::string FormatWindow(const common::v1::WeeklyWindow& window) {
  return absl::StrCat(FormatDay(window.day_of_week()), " ", FormatTimeOfDay(window.start_time()), "–",
                      FormatTimeOfDay(window.end_time()));
}

void AddSpan(Span span, Rounding rounding, absl::string_view typed, ParsedWindows* parsed) {
  const Span rounded = Round(span, rounding);
  const std::vector<common::v1::WeeklyWindow> windows = WindowsOf(rounded);
  if (windows.empty()) {
    parsed->notes.push_back(
        absl::StrCat("\"", typed, "\" holds no half hour from :00 or :30 and was left out"));
  } else if (rounded.start != span.start || rounded.end != span.end) {
    parsed->notes.push_back(absl::StrCat("\"", typed, "\" was read as ",
                                         absl::StrJoin(windows, " and ", [](std::string* out, const auto& w) {
                                           out->append(FormatWindow(w));
                                         })));
  }
  parsed->windows.insert(parsed->windows.end(), windows.begin(), windows.end());
}

// Start and end in minutes after midnight; an end at or before the start is taken to the next day.
absl::StatusOr<Span> ParseTimes(absl::string_view text) {
  const std::string tidy = absl::StrReplaceAll(text, {{"–", "-"}, {" to ", "-"}, {"until", "-"}});
  const std::vector<absl::string_view> ends = absl::StrSplit(tidy, '-');
  if (ends.size() != 2) return CellFault(text, "is no stretch of time: write 09:00-12:30");
  const absl::StatusOr<int32_t> start = ParseClockTime(absl::StripAsciiWhitespace(ends[0]), false);
  if (!start.ok()) return start.status();
  const absl::StatusOr<int32_t> end = ParseClockTime(absl::StripAsciiWhitespace(ends[1]), true);
  if (!end.ok()) return end.status();
  return Span{*start, *end > *start ? *end : *end + kDay};
}

}  // namespace

ParsedWindows ParseWindows(absl::string_view text, Rounding rounding) {
  ParsedWindows parsed;
  for (const absl::string_view typed : RowReader::SplitList(text)) {
    const std::string entry = base::FoldCase(typed);
    const bool all_day = absl::EndsWith(entry, "all day");
    const std::size_t split =
        all_day ? entry.size() - std::string("all day").size() : entry.find_first_of("0123456789");
    const absl::string_view days_text = absl::StripAsciiWhitespace(absl::string_view(entry).substr(0, split));
    const std::vector<int> days = DaysOf(days_text);
    if (days.empty() || split == std::string::npos) {
      parsed.faults.emplace_back(CellFault(typed, "names no day and time: write Mon 09:00-12:30").message());
      continue;
    }
    const absl::StatusOr<Span> times =
        all_day ? Span{0, kDay} : ParseTimes(absl::string_view(entry).substr(split));
    if (!times.ok()) {
      parsed.faults.emplace_back(times.status().message());
      continue;
    }
    for (const int day : days) {
      const Span span{day * kDay + times->start, day * kDay + times->end};
      const std::string named = days.size() == 1
                                    ? std::string(typed)
                                    : absl::StrCat(FormatDay(static_cast<common::v1::DayOfWeek>(day + 1)),
                                                   " ", absl::string_view(entry).substr(split));
      AddSpan(span, rounding, named, &parsed);
    }
  }
  return parsed;
}

}  // namespace brokerage::cli
