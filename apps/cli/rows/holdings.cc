#include "apps/cli/rows/holdings.h"

#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

#include "apps/cli/rows/cells.h"
#include "base/text.h"

namespace brokerage::cli {
namespace {

constexpr int32_t kMaxLevel = 5;

// Takes `mark` and a number from 1 to 5 off the end of `text`, if they are there.
absl::StatusOr<std::optional<int32_t>> TakeRating(absl::string_view* text, char mark,
                                                  absl::string_view what) {
  const std::size_t at = text->rfind(mark);
  if (at == absl::string_view::npos) return std::optional<int32_t>();
  const absl::string_view digits = absl::StripAsciiWhitespace(text->substr(at + 1));
  int32_t value = 0;
  if (!absl::SimpleAtoi(digits, &value) || value < 1 || value > kMaxLevel) {
    return CellFault(*text,
                     absl::StrCat("has no ", what, " from 1 to 5 behind its ", absl::string_view(&mark, 1)));
  }
  *text = absl::StripAsciiWhitespace(text->substr(0, at));
  return std::optional<int32_t>(value);
}

absl::Status AddWorkforces(absl::string_view text, common::v1::HeldCheck* check) {
  for (const absl::string_view word : absl::StrSplit(text, absl::ByAnyChar(",+"), absl::SkipEmpty())) {
    const auto workforce = ParseEnum<common::v1::Workforce>(word);
    if (!workforce.ok()) return workforce.status();
    check->add_workforces(*workforce);
  }
  return absl::OkStatus();
}

absl::Status AddBarredLists(absl::string_view text, common::v1::HeldCheck* check) {
  for (const absl::string_view word : absl::StrSplit(text, absl::ByAnyChar(",+"), absl::SkipEmpty())) {
    const auto list = ParseEnum<common::v1::BarredList>(word);
    if (!list.ok()) return list.status();
    check->add_barred_lists(*list);
  }
  return absl::OkStatus();
}

// One word of a check behind its level.
absl::Status TakeCheckWord(absl::string_view word, common::v1::HeldCheck* check) {
  if (word == "update-service") {
    check->set_update_service(true);
    return absl::OkStatus();
  }
  if (absl::ConsumePrefix(&word, "list=")) return AddBarredLists(word, check);
  const bool until = absl::ConsumePrefix(&word, "until=");
  if (until || absl::ascii_isdigit(static_cast<unsigned char>(word.empty() ? ' ' : word.front()))) {
    const absl::StatusOr<common::v1::Date> date = ParseDate(word);
    if (!date.ok()) return date.status();
    *(until ? check->mutable_expire_date() : check->mutable_issue_date()) = *date;
    return absl::OkStatus();
  }
  if (word == "children" || word == "adults" || word == "other" || absl::StrContains(word, ",") ||
      absl::StrContains(word, "+")) {
    return AddWorkforces(word, check);
  }
  return CellFault(word,
                   "is no part of a check: write enhanced children 2025-03-01 list=children until=2028-03-01 "
                   "update-service");
}

}  // namespace

absl::StatusOr<SkillEntry> ParseSkillEntry(absl::string_view text, const Words& words) {
  SkillEntry entry;
  absl::string_view rest = text;
  auto importance = TakeRating(&rest, '*', "importance");
  if (!importance.ok()) return importance.status();
  auto level = TakeRating(&rest, ':', "level");
  if (!level.ok()) return level.status();
  absl::StatusOr<std::string> skill = words.Skill(rest);
  if (!skill.ok()) return skill.status();
  entry.skill = *std::move(skill);
  entry.level = *level;
  entry.importance = *importance;
  return entry;
}

absl::StatusOr<common::v1::HeldLicence> ParseHeldLicence(absl::string_view text) {
  common::v1::HeldLicence licence;
  absl::string_view kind = text;
  const std::size_t space = text.rfind(' ');
  // Whatever begins with a digit is a date, or meant to be.
  if (space != absl::string_view::npos && absl::ascii_isdigit(static_cast<unsigned char>(text[space + 1]))) {
    const absl::StatusOr<common::v1::Date> date = ParseDate(text.substr(space + 1));
    if (!date.ok()) return date.status();
    *licence.mutable_expire_date() = *date;
    kind = absl::StripAsciiWhitespace(text.substr(0, space));
  }
  const auto value = ParseEnum<common::v1::LicenceKind>(kind);
  if (!value.ok()) return value.status();
  licence.set_kind(*value);
  return licence;
}

absl::StatusOr<common::v1::HeldCheck> ParseHeldCheck(absl::string_view text) {
  const std::string folded = base::FoldCase(text);
  const std::vector<absl::string_view> parts =
      absl::StrSplit(folded, absl::ByAnyChar(" \t"), absl::SkipEmpty());
  common::v1::HeldCheck check;
  const auto level = ParseEnum<common::v1::CheckLevel>(parts.front());
  if (!level.ok()) return level.status();
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const absl::Status taken = TakeCheckWord(parts[i], &check);
    if (!taken.ok()) return taken;
  }
  const bool with_lists = *level == common::v1::CHECK_LEVEL_ENHANCED && check.barred_lists_size() > 0;
  check.set_level(with_lists ? common::v1::CHECK_LEVEL_ENHANCED_BARRED : *level);
  if (!check.has_issue_date()) return CellFault(text, "has no date of issue: write basic 2025-03-01");
  return check;
}

}  // namespace brokerage::cli
