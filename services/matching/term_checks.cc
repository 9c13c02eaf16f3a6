#include "services/matching/term_checks.h"

#include <algorithm>

#include "base/resource_names.h"
#include "schedule/weekly.h"
#include "services/matching/convert/times.h"

namespace brokerage::matching {
namespace {

// Adds `fault` for each word that is not `known`; empty words are the limits' to refuse.
template <typename Known>
void CheckWords(const Words& words, absl::string_view path, absl::string_view fault, Known known,
                base::Violations& violations) {
  for (int i = 0; i < words.size(); ++i) {
    if (!words[i].empty() && !known(words[i])) violations.Add(absl::StrCat(path, "[", i, "]"), fault);
  }
}

bool InRange(const common::v1::TimeOfDay& time) {
  return time.hours() >= 0 && time.hours() <= 24 && time.minutes() >= 0 && time.minutes() <= 59;
}

}  // namespace

std::string FaultOfSkill(absl::string_view name, const ReferenceTables& tables) {
  if (name.empty() || SkillIdOf(tables, name)) return "";
  const auto id = base::ParseSkillName(name);
  if (!id) return "must be skills/{skill}";
  const auto& groups = tables.skills.groups();
  const bool group = std::any_of(groups.begin(), groups.end(), [&](const auto& g) { return g.id == *id; });
  return group ? "is a group of skills, not a skill" : "is not a skill of the table";
}

std::string FaultOfCause(absl::string_view name, const ReferenceTables& tables) {
  return name.empty() || CauseIdOf(tables, name) ? "" : "is not a cause of the table (causes/{cause})";
}

void CheckCauses(const Words& causes, absl::string_view path, const ReferenceTables& tables,
                 base::Violations& violations) {
  for (int i = 0; i < causes.size(); ++i) {
    const std::string fault = FaultOfCause(causes[i], tables);
    if (!fault.empty()) violations.Add(absl::StrCat(path, "[", i, "]"), fault);
  }
}

void CheckLanguages(const Words& codes, absl::string_view path, const ReferenceTables& tables,
                    base::Violations& violations) {
  CheckWords(
      codes, path, "is not an ISO 639-1 code, nor bfi",
      [&](const std::string& code) { return LanguageIdOf(tables, code).has_value(); }, violations);
}

void CheckAccessNeeds(const Words& ids, absl::string_view path, const ReferenceTables& tables,
                      base::Violations& violations) {
  CheckWords(
      ids, path, "is not in the vocabulary of access needs",
      [&](const std::string& id) { return AccessNeedOf(tables, id).has_value(); }, violations);
}

void CheckWindows(const google::protobuf::RepeatedPtrField<common::v1::WeeklyWindow>& windows,
                  absl::string_view path, base::Violations& violations) {
  for (int i = 0; i < windows.size(); ++i) {
    common::v1::WeeklyWindow window = windows[i];
    const std::string item = absl::StrCat(path, "[", i, "]");
    const std::string start = absl::StrCat(item, ".start_time");
    const std::string end = absl::StrCat(item, ".end_time");
    // Days, absent times and their ranges are the limits' to refuse.
    const bool has_start = window.has_start_time() && InRange(window.start_time());
    const bool has_end = window.has_end_time() && InRange(window.end_time());
    if (!has_start) window.clear_start_time();
    if (!has_end) window.clear_end_time();
    for (const schedule::WindowFault fault : schedule::FaultsOf(ToWindow(window))) {
      switch (fault) {
        case schedule::WindowFault::kDay:
          break;
        case schedule::WindowFault::kStartRange:
          if (has_start) violations.Add(start, "must be 00:00 to 23:30; 24:00 is an end only");
          break;
        case schedule::WindowFault::kStartOffGrid:
          if (has_start) violations.Add(start, "must be on the hour or half hour");
          break;
        case schedule::WindowFault::kEndRange:
          if (has_end) violations.Add(end, "must be 00:00 to 24:00");
          break;
        case schedule::WindowFault::kEndOffGrid:
          if (has_end) violations.Add(end, "must be on the hour or half hour");
          break;
      }
    }
  }
}

}  // namespace brokerage::matching
