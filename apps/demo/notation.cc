#include "apps/demo/notation.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "absl/time/civil_time.h"

namespace brokerage::demo {
namespace {

namespace common = brokerage::common::v1;
namespace matching = brokerage::matching::v1;

absl::Status Unreadable(absl::string_view what, absl::string_view word) {
  return absl::InvalidArgumentError(absl::StrCat("cannot read ", what, " \"", word, "\""));
}

std::optional<int> DayNumber(absl::string_view name) {
  constexpr std::array<absl::string_view, 7> kDays = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  for (std::size_t i = 0; i < kDays.size(); ++i) {
    if (kDays[i] == name) return static_cast<int>(i) + 1;
  }
  return std::nullopt;
}

std::optional<common::TimeOfDay> ParseTimeOfDay(absl::string_view text) {
  const std::pair<std::string, std::string> parts = absl::StrSplit(text, absl::MaxSplits(':', 1));
  int hours = 0;
  int minutes = 0;
  if (parts.second.size() != 2 || !absl::SimpleAtoi(parts.first, &hours) ||
      !absl::SimpleAtoi(parts.second, &minutes) || hours < 0 || minutes < 0 || minutes > 59 ||
      hours * 60 + minutes > 24 * 60) {
    return std::nullopt;
  }
  common::TimeOfDay time;
  time.set_hours(hours);
  time.set_minutes(minutes);
  return time;
}

// "Mon-Fri 09:00-17:00": one window a day.
absl::StatusOr<std::vector<common::WeeklyWindow>> WindowsOfDays(absl::string_view text) {
  const std::vector<std::string> words = Words(text);
  if (words.size() != 2) return Unreadable("window", text);
  const std::pair<std::string, std::string> days = absl::StrSplit(words[0], absl::MaxSplits('-', 1));
  const std::pair<std::string, std::string> times = absl::StrSplit(words[1], absl::MaxSplits('-', 1));
  const std::optional<int> first = DayNumber(days.first);
  const std::optional<int> last = days.second.empty() ? first : DayNumber(days.second);
  const std::optional<common::TimeOfDay> start = ParseTimeOfDay(times.first);
  const std::optional<common::TimeOfDay> end = ParseTimeOfDay(times.second);
  if (!first || !last || *last < *first || !start || !end) return Unreadable("window", text);
  std::vector<common::WeeklyWindow> windows;
  for (int day = *first; day <= *last; ++day) {
    common::WeeklyWindow window;
    window.set_day_of_week(static_cast<common::DayOfWeek>(day));
    *window.mutable_start_time() = *start;
    *window.mutable_end_time() = *end;
    windows.push_back(std::move(window));
  }
  return windows;
}

absl::StatusOr<matching::FlexibleSchedule> ParseFlexible(absl::string_view text) {
  matching::FlexibleSchedule flexible;
  const std::pair<absl::string_view, absl::string_view> parts = absl::StrSplit(text, absl::MaxSplits(' ', 1));
  const std::pair<std::string, std::string> numbers = absl::StrSplit(parts.first, absl::MaxSplits('/', 1));
  int minutes = 0;
  int block = 0;
  if (!absl::SimpleAtoi(numbers.first, &minutes)) return Unreadable("minutes a week", parts.first);
  flexible.set_minutes_per_week(minutes);
  if (!numbers.second.empty()) {
    if (!absl::SimpleAtoi(numbers.second, &block)) return Unreadable("shortest piece", parts.first);
    flexible.set_minimum_block_minutes(block);
  }
  if (absl::StripAsciiWhitespace(parts.second).empty()) return flexible;
  const auto windows = ParseWindows(parts.second);
  if (!windows.ok()) return windows.status();
  for (const common::WeeklyWindow& window : *windows) *flexible.add_windows() = window;
  return flexible;
}

// "2026-01-10 10:00 240".
absl::StatusOr<matching::Session> ParseSession(absl::string_view text, const absl::TimeZone& zone) {
  const std::vector<std::string> words = Words(text);
  absl::CivilMinute start;
  int minutes = 0;
  if (words.size() != 3 || !absl::ParseCivilTime(absl::StrCat(words[0], "T", words[1]), &start) ||
      !absl::SimpleAtoi(words[2], &minutes) || minutes < 1) {
    return Unreadable("session", text);
  }
  return MakeSession(absl::FromCivil(start, zone), minutes);
}

}  // namespace

std::vector<std::string> Words(absl::string_view text) {
  return absl::StrSplit(text, absl::ByAnyChar(" \t\n"), absl::SkipEmpty());
}

matching::Session MakeSession(absl::Time start, int minutes) {
  matching::Session session;
  session.mutable_start_time()->set_seconds(absl::ToUnixSeconds(start));
  session.mutable_duration()->set_seconds(static_cast<int64_t>(minutes) * 60);
  return session;
}

absl::StatusOr<std::vector<matching::WantedSkill>> ParseWantedSkills(absl::string_view text) {
  std::vector<matching::WantedSkill> skills;
  for (const std::string& word : Words(text)) {
    absl::string_view rest = word;
    matching::WantedSkill skill;
    skill.set_required(absl::ConsumeSuffix(&rest, "!"));
    const std::vector<std::string> parts = absl::StrSplit(rest, ':');
    int number = 0;
    if (parts[0].empty() || parts.size() > 3) return Unreadable("skill", word);
    skill.set_skill(absl::StrCat("skills/", parts[0]));
    if (parts.size() > 1) {
      if (!absl::SimpleAtoi(parts[1], &number) || number < 1 || number > 5) return Unreadable("level", word);
      skill.set_level(number);
    }
    if (parts.size() > 2) {
      if (!absl::SimpleAtoi(parts[2], &number) || number < 1 || number > 5)
        return Unreadable("importance", word);
      skill.set_importance(number);
    }
    skills.push_back(std::move(skill));
  }
  return skills;
}

absl::StatusOr<std::vector<common::WeeklyWindow>> ParseWindows(absl::string_view text) {
  std::vector<common::WeeklyWindow> windows;
  for (const absl::string_view part : absl::StrSplit(text, ',', absl::SkipWhitespace())) {
    const auto of_days = WindowsOfDays(part);
    if (!of_days.ok()) return of_days.status();
    windows.insert(windows.end(), of_days->begin(), of_days->end());
  }
  return windows;
}

absl::StatusOr<common::RequiredCheck> ParseRequiredCheck(absl::string_view text) {
  common::RequiredCheck check;
  if (text.empty() || text == "none") return check;
  if (text == "basic") {
    check.set_level(common::CHECK_LEVEL_BASIC);
    return check;
  }
  if (text == "standard") {
    check.set_level(common::CHECK_LEVEL_STANDARD);
    check.add_workforces(common::WORKFORCE_OTHER);
    check.add_eligibility_basis(common::ELIGIBILITY_BASIS_EXCEPTIONS_ORDER);
    return check;
  }
  absl::string_view who = text;
  const bool barred = absl::ConsumePrefix(&who, "barred-");
  if (!barred && !absl::ConsumePrefix(&who, "enhanced-")) return Unreadable("check", text);
  const bool children = who == "children" || who == "both";
  const bool adults = who == "adults" || who == "both";
  if (!children && !adults) return Unreadable("check", text);
  check.set_level(barred ? common::CHECK_LEVEL_ENHANCED_BARRED : common::CHECK_LEVEL_ENHANCED);
  if (children) {
    check.add_workforces(common::WORKFORCE_CHILDREN);
    if (barred) check.add_barred_lists(common::BARRED_LIST_CHILDREN);
    check.add_eligibility_basis(barred ? common::ELIGIBILITY_BASIS_REGULATED_ACTIVITY_CHILDREN
                                       : common::ELIGIBILITY_BASIS_WORK_WITH_CHILDREN);
  }
  if (adults) {
    check.add_workforces(common::WORKFORCE_ADULTS);
    if (barred) check.add_barred_lists(common::BARRED_LIST_ADULTS);
    check.add_eligibility_basis(barred ? common::ELIGIBILITY_BASIS_REGULATED_ACTIVITY_ADULTS
                                       : common::ELIGIBILITY_BASIS_WORK_WITH_ADULTS);
  }
  return check;
}

absl::StatusOr<std::vector<common::LicenceKind>> ParseLicences(absl::string_view text) {
  std::vector<common::LicenceKind> licences;
  for (const std::string& word : Words(text)) {
    const std::string name =
        absl::StrCat("LICENCE_KIND_", absl::AsciiStrToUpper(absl::StrReplaceAll(word, {{"-", "_"}})));
    common::LicenceKind kind = common::LICENCE_KIND_UNSPECIFIED;
    if (!common::LicenceKind_Parse(name, &kind) || kind == common::LICENCE_KIND_UNSPECIFIED) {
      return Unreadable("licence", word);
    }
    licences.push_back(kind);
  }
  return licences;
}

absl::StatusOr<matching::Schedule> ParseSchedule(absl::string_view text, const absl::TimeZone& zone) {
  matching::Schedule schedule;
  text = absl::StripAsciiWhitespace(text);
  if (text.empty() || text == "none") return schedule;
  if (absl::ConsumePrefix(&text, "weekly ")) {
    const auto windows = ParseWindows(text);
    if (!windows.ok()) return windows.status();
    for (const common::WeeklyWindow& window : *windows) *schedule.mutable_weekly()->add_windows() = window;
    return schedule;
  }
  if (absl::ConsumePrefix(&text, "flexible ")) {
    const auto flexible = ParseFlexible(text);
    if (!flexible.ok()) return flexible.status();
    *schedule.mutable_flexible() = *flexible;
    return schedule;
  }
  if (!absl::ConsumePrefix(&text, "dated ")) return Unreadable("schedule", text);
  for (const absl::string_view part : absl::StrSplit(text, ',', absl::SkipWhitespace())) {
    const auto session = ParseSession(part, zone);
    if (!session.ok()) return session.status();
    *schedule.mutable_dated()->add_sessions() = *session;
  }
  return schedule;
}

}  // namespace brokerage::demo
