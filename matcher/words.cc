#include "matcher/words.h"

#include <array>
#include <chrono>

#include "absl/strings/str_cat.h"

namespace brokerage::matcher {
namespace {

constexpr int64_t kMetresPerKm = 1'000;
constexpr int64_t kMetresPerTenth = 100;

constexpr std::array<absl::string_view, 12> kMonths = {"January",   "February", "March",    "April",
                                                       "May",       "June",     "July",     "August",
                                                       "September", "October",  "November", "December"};

std::string TenthsOfKm(int64_t tenths) {
  if (tenths % 10 == 0) return absl::StrCat(tenths / 10, " km");
  return absl::StrCat(tenths / 10, ".", tenths % 10, " km");
}

}  // namespace

std::string DayText(Day day) {
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{day}}};
  return absl::StrCat(static_cast<unsigned>(date.day()), " ",
                      kMonths[static_cast<unsigned>(date.month()) - 1], " ", static_cast<int>(date.year()));
}

std::string LengthText(int64_t metres) {
  if (metres < kMetresPerKm) return absl::StrCat(metres, " m");
  return TenthsOfKm((metres + kMetresPerTenth / 2) / kMetresPerTenth);
}

std::string LackText(int64_t metres) {
  const int64_t tens = (metres + 9) / 10 * 10;
  if (tens < kMetresPerKm) return absl::StrCat(tens, " m");
  return TenthsOfKm((metres + kMetresPerTenth - 1) / kMetresPerTenth);
}

std::string CountText(int64_t count, absl::string_view singular) {
  return absl::StrCat(count, " ", singular, count == 1 ? "" : "s");
}

std::string ListText(const std::vector<std::string>& items) {
  std::string text;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) absl::StrAppend(&text, i + 1 == items.size() ? " and " : ", ");
    absl::StrAppend(&text, items[i]);
  }
  return text;
}

std::string CheckText(const RequiredCheck& required) {
  std::string text;
  switch (required.level) {
    case CheckLevel::kNone:
      return "no check";
    case CheckLevel::kBasic:
      text = "a basic check";
      break;
    case CheckLevel::kStandard:
      text = "a standard check";
      break;
    case CheckLevel::kEnhanced:
    case CheckLevel::kEnhancedBarred:
      text = "an enhanced check";
      break;
  }
  std::vector<std::string> lists;
  if ((required.barred_lists & kChildrenBarredList) != 0) lists.push_back("children's");
  if ((required.barred_lists & kAdultsBarredList) != 0) lists.push_back("adults'");
  if (!lists.empty()) {
    absl::StrAppend(&text, " with the ", ListText(lists),
                    lists.size() == 1 ? " barred list" : " barred lists");
  }
  std::vector<std::string> workforces;
  if ((required.workforces & kChildWorkforce) != 0) workforces.push_back("child");
  if ((required.workforces & kAdultWorkforce) != 0) workforces.push_back("adult");
  if ((required.workforces & kOtherWorkforce) != 0) workforces.push_back("other");
  if (!workforces.empty()) {
    absl::StrAppend(&text, " (", ListText(workforces),
                    workforces.size() == 1 ? " workforce)" : " workforces)");
  }
  return text;
}

}  // namespace brokerage::matcher
