// Random rules against a walk over the days that knows nothing of libical.
#include <algorithm>
#include <cstdint>
#include <gtest/gtest.h>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"

#include "schedule/recurrence.h"
#include "tests/schedule/london.h"
#include "tests/support/plain_calendar.h"

namespace brokerage::schedule {
namespace {

using support::DateOfDayNumber;
using support::DayNumber;
using support::FirstShown;
using support::PlainDate;
using support::WeekdayOf;

constexpr int64_t kDayMinutes = 1'440;
constexpr const char* kFrequencies[] = {"DAILY", "WEEKLY", "MONTHLY"};
constexpr const char* kDayNames[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};

struct PlainRule {
  int64_t first_local = 0;  // minutes of the London clock
  enum class Frequency { kDaily, kWeekly, kMonthly } frequency = Frequency::kDaily;
  int64_t interval = 1;
  std::vector<std::pair<int, int64_t>> days;  // ordinal (0: every) and weekday
  int64_t week_start = 0;
  std::optional<int> count;
  std::optional<int64_t> until_day;
  std::optional<int64_t> until_local;  // minutes of the London clock
  std::optional<int64_t> until_utc;    // minutes of UTC

  bool Gives(int64_t day) const {
    const int64_t first_day = first_local / kDayMinutes;
    const PlainDate date = DateOfDayNumber(day);
    const PlainDate first = DateOfDayNumber(first_day);
    switch (frequency) {
      case Frequency::kDaily:
        if ((day - first_day) % interval != 0) return false;
        break;
      case Frequency::kWeekly: {
        const auto week_of = [&](int64_t d) { return d - (WeekdayOf(d) - week_start + 7) % 7; };
        if ((week_of(day) - week_of(first_day)) / 7 % interval != 0) return false;
        if (days.empty() && WeekdayOf(day) != WeekdayOf(first_day)) return false;
        break;
      }
      case Frequency::kMonthly:
        if (((date.year - first.year) * 12 + date.month - first.month) % interval != 0) return false;
        if (days.empty() && date.day != first.day) return false;
        break;
    }
    return days.empty() || std::any_of(days.begin(), days.end(), [&](const auto& wanted) {
             if (WeekdayOf(day) != wanted.second) return false;
             const int left = support::DaysOfMonth(date.year, date.month) - date.day;
             return wanted.first == 0 || wanted.first == 1 + (date.day - 1) / 7 ||
                    wanted.first == -1 - left / 7;
           });
  }

  bool IsPast(int64_t local, int64_t minute) const {
    return (until_day && local / kDayMinutes > *until_day) || (until_local && local > *until_local) ||
           (until_utc && minute > *until_utc);
  }

  // What StartsOf is to give.
  std::vector<int64_t> Starts(const std::vector<int64_t>& left_out, const Expansion& expansion) const {
    std::vector<int64_t> starts;
    std::optional<int64_t> end;
    int given = 0;
    const int64_t last_day = DayNumber({kLastYear, 12, 31});
    for (int64_t day = first_local / kDayMinutes; day <= last_day; ++day) {
      if (!Gives(day)) continue;
      const int64_t local = day * kDayMinutes + first_local % kDayMinutes;
      const int64_t minute = FirstShown(local);
      if (IsPast(local, minute) || (count && given == *count)) break;
      ++given;
      if (minute < expansion.from_min) continue;
      if (std::find(left_out.begin(), left_out.end(), minute) != left_out.end()) continue;
      if (!end && minute >= expansion.to_min) end = day + expansion.horizon_days;
      if (end && day >= *end) break;
      starts.push_back(minute);
    }
    return starts;
  }
};

std::string DateText(int64_t day) {
  const PlainDate date = DateOfDayNumber(day);
  return absl::StrFormat("%04d%02d%02d", date.year, date.month, date.day);
}
std::string TimeText(int64_t minute) {
  const int64_t of_day = minute % kDayMinutes;
  return absl::StrFormat("%sT%02d%02d00", DateText(minute / kDayMinutes), of_day / 60, of_day % 60);
}

class RandomRule {
 public:
  explicit RandomRule(uint64_t seed) : random_(seed) {
    const int64_t year = OneOf<int>({2024, 2026, 2027});
    const int64_t day = DayNumber({static_cast<int>(year), 1, 1}) + Below(366);
    rule.first_local = day * kDayMinutes + OneOf<int64_t>({0, 30, 60, 75, 90, 119, 120, 600, 1'380, 1'439});
    // A moment, which is how a beginning is given, has no local time that does not exist.
    if (FirstShown(rule.first_local) == FirstShown(rule.first_local + 1)) rule.first_local += kDayMinutes;
    rule.frequency = static_cast<PlainRule::Frequency>(Below(3));
    rule.interval = Chance(50) ? 1 : OneOf<int64_t>({2, 3, 4, 5, 7, 12, 13, 53});
    if (Chance(65)) SomeDays();
    rule.week_start = Chance(50) ? 0 : Below(7);
    switch (Below(5)) {
      case 0:
        rule.count = 1 + static_cast<int>(Below(120));
        break;
      case 1:
        rule.until_day = day - 1 + Below(500);
        break;
      case 2:
        rule.until_local = rule.first_local + (Below(500) - 1) * kDayMinutes + Below(3) - 1;
        break;
      case 3:
        rule.until_utc = FirstShown(rule.first_local + (Below(500) - 1) * kDayMinutes) + Below(3) - 1;
        break;
      default:
        break;
    }
    expansion.from_min =
        FirstShown(rule.first_local) + Below(900) * kDayMinutes - 400 * kDayMinutes + Below(5) - 2;
    expansion.to_min = expansion.from_min + Below(4) * kDayMinutes;
    expansion.horizon_days = OneOf<int>({1, 7, 84});
    expansion.max_starts = 1'000;
    for (const int64_t start : rule.Starts({}, expansion)) {
      if (Chance(15)) left_out.push_back(start);
    }
  }

  std::string Text() {
    std::vector<std::string> parts = {absl::StrCat("FREQ=", kFrequencies[static_cast<int>(rule.frequency)])};
    if (rule.interval != 1 || Chance(20)) parts.push_back(absl::StrCat("INTERVAL=", rule.interval));
    if (!rule.days.empty()) {
      parts.push_back("BYDAY=" + absl::StrJoin(rule.days, ",", [](std::string* out, const auto& day) {
                        absl::StrAppend(out, day.first == 0 ? "" : absl::StrCat(day.first),
                                        kDayNames[day.second]);
                      }));
    }
    if (rule.week_start != 0 || Chance(20))
      parts.push_back(absl::StrCat("WKST=", kDayNames[rule.week_start]));
    if (rule.count) parts.push_back(absl::StrCat("COUNT=", *rule.count));
    if (rule.until_day) parts.push_back(absl::StrCat("UNTIL=", DateText(*rule.until_day)));
    if (rule.until_local) parts.push_back(absl::StrCat("UNTIL=", TimeText(*rule.until_local)));
    if (rule.until_utc) parts.push_back(absl::StrCat("UNTIL=", TimeText(*rule.until_utc), "Z"));
    std::shuffle(parts.begin(), parts.end(), random_);
    const std::string text = absl::StrJoin(parts, ";");
    return Chance(20) ? absl::AsciiStrToLower(text) : text;
  }

  PlainRule rule;
  std::vector<int64_t> left_out;
  Expansion expansion;

 private:
  void SomeDays() {
    const bool counted = rule.frequency == PlainRule::Frequency::kMonthly && Chance(70);
    for (int64_t count = 1 + Below(4); count > 0; --count) {
      const int ordinal = counted && Chance(80) ? OneOf<int>({1, 2, 3, 4, 5, -1, -2, -3, -4, -5}) : 0;
      const std::pair<int, int64_t> day(ordinal, Below(7));
      if (std::find(rule.days.begin(), rule.days.end(), day) == rule.days.end()) rule.days.push_back(day);
    }
  }

  int64_t Below(int64_t limit) { return std::uniform_int_distribution<int64_t>(0, limit - 1)(random_); }
  bool Chance(int percent) { return Below(100) < percent; }
  template <typename T>
  T OneOf(const std::vector<T>& list) {
    return list[static_cast<std::size_t>(Below(static_cast<int64_t>(list.size())))];
  }

  std::mt19937_64 random_;
};

TEST(RandomRules, AreWalkedAsByHand) {
  int with_starts = 0;
  for (uint64_t seed = 1; seed <= 2'000; ++seed) {
    RandomRule random(seed);
    const std::string text = random.Text();
    const ParsedRule parsed = ParseRule(text);
    ASSERT_TRUE(parsed.faults.empty()) << text << ": " << absl::StrJoin(parsed.faults, "; ");
    const Recurrence recurrence{FirstShown(random.rule.first_local), parsed.rule, random.left_out};
    const std::vector<int64_t> expected = random.rule.Starts(random.left_out, random.expansion);
    ASSERT_EQ(ShowUtc(StartsOf(recurrence, random.expansion, London())), ShowUtc(expected))
        << "seed " << seed << ": " << text << " from " << TimeText(random.rule.first_local) << ", asked from "
        << ShowUtc({random.expansion.from_min, random.expansion.to_min})[0];
    with_starts += expected.empty() ? 0 : 1;
  }
  EXPECT_GT(with_starts, 1'000);
}

}  // namespace
}  // namespace brokerage::schedule
