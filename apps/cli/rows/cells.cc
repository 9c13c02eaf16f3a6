#include "apps/cli/rows/cells.h"

#include <cmath>
#include <limits>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "absl/time/civil_time.h"

#include "apps/cli/output/describe.h"
#include "apps/cli/output/text.h"
#include "base/text.h"

namespace brokerage::cli {
namespace {

constexpr int kShownCellWidth = 40;
constexpr double kMetresPerKilometre = 1000.0;
constexpr double kMetresPerMile = 1609.344;

bool IsDigits(absl::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == absl::string_view::npos;
}

// Digits with at most one point between them.
bool IsPlainDecimal(absl::string_view text) {
  const std::vector<absl::string_view> parts = absl::StrSplit(text, absl::MaxSplits('.', 1));
  return IsDigits(parts[0]) && (parts.size() == 1 || IsDigits(parts[1]));
}

// Digits, or digits in groups of three.
absl::StatusOr<int64_t> ParseGroupedDigits(absl::string_view text, absl::string_view typed) {
  const std::vector<absl::string_view> groups = absl::StrSplit(text, ',');
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const bool fits = IsDigits(groups[i]) &&
                      (groups.size() == 1 || (i == 0 ? groups[i].size() <= 3 : groups[i].size() == 3));
    if (!fits) return CellFault(typed, "is no whole number");
  }
  int64_t number = 0;
  if (!absl::SimpleAtoi(absl::StrReplaceAll(text, {{",", ""}}), &number))
    return CellFault(typed, "is too large a number");
  return number;
}

// Hundredths of what `text` says; nothing beyond two places.
absl::StatusOr<int64_t> ParseHundredths(absl::string_view text, absl::string_view typed) {
  if (!IsPlainDecimal(text)) return CellFault(typed, "is no number");
  const std::vector<absl::string_view> parts = absl::StrSplit(text, '.');
  int64_t whole = 0;
  if (!absl::SimpleAtoi(parts[0], &whole) || whole > 1'000'000)
    return CellFault(typed, "is too large a number");
  if (parts.size() == 1) return whole * 100;
  if (parts[1].size() > 2) return CellFault(typed, "has more than two places after the point");
  int64_t fraction = 0;
  if (!absl::SimpleAtoi(parts[1], &fraction)) return CellFault(typed, "is no number");
  return whole * 100 + (parts[1].size() == 1 ? fraction * 10 : fraction);
}

}  // namespace

absl::Status CellFault(absl::string_view typed, absl::string_view problem) {
  return absl::InvalidArgumentError(
      absl::StrCat("\"", Shortened(Printable(typed), kShownCellWidth), "\" ", problem));
}

absl::StatusOr<bool> ParseYesNo(absl::string_view text) {
  const std::string folded = base::FoldCase(text);
  for (const absl::string_view yes : {"yes", "y", "true", "1"}) {
    if (folded == yes) return true;
  }
  for (const absl::string_view no : {"no", "n", "false", "0"}) {
    if (folded == no) return false;
  }
  return CellFault(text, "is neither yes nor no");
}

absl::StatusOr<int32_t> ParseWhole(absl::string_view text) {
  const absl::StatusOr<int64_t> number = ParseGroupedDigits(text, text);
  if (!number.ok()) return number.status();
  if (*number > std::numeric_limits<int32_t>::max()) return CellFault(text, "is too large a number");
  return static_cast<int32_t>(*number);
}

absl::StatusOr<int64_t> ParsePounds(absl::string_view text) {
  absl::string_view amount = text;
  absl::ConsumePrefix(&amount, "£");
  amount = absl::StripAsciiWhitespace(amount);
  absl::ConsumeSuffix(&amount, ".00");
  if (absl::StrContains(amount, ".")) return CellFault(text, "is not in whole pounds");
  return ParseGroupedDigits(amount, text);
}

absl::StatusOr<common::v1::Date> ParseDate(absl::string_view text) {
  const bool iso = absl::StrContains(text, "-");
  std::vector<absl::string_view> parts = absl::StrSplit(text, iso ? '-' : '/');
  if (!iso && parts.size() == 3) std::swap(parts[0], parts[2]);
  int year = 0;
  int month = 0;
  int day = 0;
  const bool shaped = parts.size() == 3 && parts[0].size() == 4 && parts[1].size() <= 2 &&
                      parts[2].size() <= 2 && IsDigits(parts[0]) && IsDigits(parts[1]) &&
                      IsDigits(parts[2]) && absl::SimpleAtoi(parts[0], &year) &&
                      absl::SimpleAtoi(parts[1], &month) && absl::SimpleAtoi(parts[2], &day);
  if (!shaped) return CellFault(text, "is no date: write 2025-03-01 or 1/3/2025");
  const absl::CivilDay civil(year, month, day);
  if (year < 1 || civil.year() != year || civil.month() != month || civil.day() != day) {
    return CellFault(text, "is no day of the calendar");
  }
  common::v1::Date date;
  date.set_year(year);
  date.set_month(month);
  date.set_day(day);
  return date;
}

absl::StatusOr<int32_t> ParsePercent(absl::string_view text) {
  const absl::string_view number = absl::StripAsciiWhitespace(absl::StripSuffix(text, "%"));
  const absl::StatusOr<int64_t> hundredths = ParseHundredths(number, text);
  if (!hundredths.ok()) return hundredths.status();
  if (*hundredths > 10'000) return CellFault(text, "is more than 100 %");
  return static_cast<int32_t>(*hundredths);
}

absl::StatusOr<int32_t> ParseTravelDistance(absl::string_view text) {
  const std::string folded = base::FoldCase(text);
  absl::string_view number = folded;
  double unit = kMetresPerKilometre;
  for (const absl::string_view miles : {"miles", "mile", "mi"}) {
    if (absl::ConsumeSuffix(&number, miles)) {
      unit = kMetresPerMile;
      break;
    }
  }
  if (unit == kMetresPerKilometre) absl::ConsumeSuffix(&number, "km");
  number = absl::StripAsciiWhitespace(number);
  double value = 0;
  if (!IsPlainDecimal(number) || !absl::SimpleAtod(number, &value)) {
    return CellFault(text, "is no distance: write 8, 8.5 km or 5 miles");
  }
  const double metres = std::floor(value * unit + 0.5);
  if (metres > std::numeric_limits<int32_t>::max()) return CellFault(text, "is too far");
  return static_cast<int32_t>(metres);
}

absl::StatusOr<double> ParseDegrees(absl::string_view text) {
  double value = 0;
  if (!IsPlainDecimal(absl::StripPrefix(text, "-")) || !absl::SimpleAtod(text, &value)) {
    return CellFault(text, "is no number of degrees: write 51.1465");
  }
  return value;
}

std::string EnumWord(const google::protobuf::EnumDescriptor& type, int value) {
  return absl::StrReplaceAll(FormatEnum(type, value), {{" ", "-"}});
}

absl::StatusOr<int> ParseEnumWord(const google::protobuf::EnumDescriptor& type, absl::string_view text) {
  const std::string word = absl::StrReplaceAll(base::FoldCase(text), {{" ", "-"}, {"_", "-"}});
  std::vector<std::string> words;
  for (int i = 0; i < type.value_count(); ++i) {
    const int number = type.value(i)->number();
    if (number == 0) continue;
    words.push_back(EnumWord(type, number));
    if (words.back() == word) return number;
  }
  return CellFault(text, absl::StrCat("is none of ", absl::StrJoin(words, ", ")));
}

}  // namespace brokerage::cli
