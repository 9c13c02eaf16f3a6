#include "schedule/rule.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace brokerage::schedule {
namespace {

using Parts = std::map<std::string, std::string>;

constexpr absl::string_view kNames[] = {"FREQ", "INTERVAL", "BYDAY", "COUNT", "UNTIL", "WKST"};
constexpr absl::string_view kFrequencies[] = {"DAILY", "WEEKLY", "MONTHLY"};
constexpr absl::string_view kDays[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};

// Longer words of a caller's are not repeated to it.
constexpr std::size_t kLongestQuote = 20;

template <std::size_t size>
bool IsOneOf(const absl::string_view (&words)[size], absl::string_view word) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

std::string Quoted(absl::string_view word) {
  const bool plain = std::all_of(word.begin(), word.end(),
                                 [](char c) { return absl::ascii_isprint(static_cast<unsigned char>(c)); });
  return plain && !word.empty() && word.size() <= kLongestQuote ? absl::StrCat("\"", word, "\"")
                                                                : "what it has";
}

bool IsNumber(absl::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isdigit(static_cast<unsigned char>(c));
  });
}

// 1 to `max`, without a sign.
bool IsWithin(absl::string_view text, int max) {
  int number = 0;
  return IsNumber(text) && absl::SimpleAtoi(text, &number) && number >= 1 && number <= max;
}

// "20271231" of digits alone; a date that exists.
std::optional<absl::CivilDay> DayIn(absl::string_view text) {
  if (text.size() != 8 || !IsNumber(text)) return std::nullopt;
  int year = 0;
  int month = 0;
  int day = 0;
  if (!absl::SimpleAtoi(text.substr(0, 4), &year) || !absl::SimpleAtoi(text.substr(4, 2), &month) ||
      !absl::SimpleAtoi(text.substr(6, 2), &day)) {
    return std::nullopt;
  }
  const absl::CivilDay civil(year, month, day);
  if (year < 1 || civil.month() != month || civil.day() != day) return std::nullopt;
  return civil;
}

std::optional<Until> UntilIn(absl::string_view text) {
  const bool utc = absl::ConsumeSuffix(&text, "Z");
  const auto day = DayIn(text.substr(0, 8));
  if (!day.has_value()) return std::nullopt;
  if (text.size() == 8 && !utc) return Until(*day);
  absl::string_view time = text.substr(8);
  if (!absl::ConsumePrefix(&time, "T") || time.size() != 6 || !IsNumber(time)) return std::nullopt;
  int hour = 0;
  int minute = 0;
  int second = 0;
  if (!absl::SimpleAtoi(time.substr(0, 2), &hour) || !absl::SimpleAtoi(time.substr(2, 2), &minute) ||
      !absl::SimpleAtoi(time.substr(4, 2), &second) || hour > 23 || minute > 59 || second > 59) {
    return std::nullopt;
  }
  const absl::CivilSecond civil(day->year(), day->month(), day->day(), hour, minute, second);
  if (utc) return Until(absl::FromCivil(civil, absl::UTCTimeZone()));
  return Until(civil);
}

void CheckDays(absl::string_view list, bool monthly, std::vector<std::string>& faults) {
  std::vector<absl::string_view> seen;
  bool ordinals = false;
  for (const absl::string_view item : absl::StrSplit(list, ',')) {
    absl::string_view ordinal = item.substr(0, item.size() < 2 ? 0 : item.size() - 2);
    if (!IsOneOf(kDays, item.substr(ordinal.size()))) {
      faults.push_back(
          absl::StrCat("BYDAY must list days of MO, TU, WE, TH, FR, SA and SU, not ", Quoted(item)));
      continue;
    }
    if (std::find(seen.begin(), seen.end(), item) != seen.end())
      faults.push_back(absl::StrCat("BYDAY has ", Quoted(item), " twice"));
    seen.push_back(item);
    if (ordinal.empty()) continue;
    ordinals = true;
    if (!absl::ConsumePrefix(&ordinal, "-")) absl::ConsumePrefix(&ordinal, "+");
    if (!IsWithin(ordinal, kMaxDayOrdinal)) {
      faults.push_back(absl::StrCat("BYDAY must count days from 1 to ", kMaxDayOrdinal, " or -1 to -",
                                    kMaxDayOrdinal, ", not ", Quoted(item)));
    }
  }
  if (ordinals && !monthly) faults.push_back("BYDAY may count days (2TU, -1FR) only with FREQ=MONTHLY");
}

// The parts by name; what is no part is a fault.
Parts Split(absl::string_view text, std::vector<std::string>& faults) {
  Parts parts;
  bool empty = false;
  for (const absl::string_view part : absl::StrSplit(text, ';')) {
    const std::pair<absl::string_view, absl::string_view> both =
        absl::StrSplit(part, absl::MaxSplits('=', 1));
    if (part.empty()) {
      empty = true;
    } else if (!absl::StrContains(part, '=')) {
      faults.push_back(absl::StrCat("must consist of NAME=VALUE, not ", Quoted(part)));
    } else if (!IsOneOf(kNames, both.first)) {
      faults.push_back(
          absl::StrCat("may have FREQ, INTERVAL, BYDAY, COUNT, UNTIL and WKST, not ", Quoted(both.first)));
    } else if (!parts.emplace(both.first, both.second).second) {
      faults.push_back(absl::StrCat(both.first, " is there twice"));
    }
  }
  if (empty && !text.empty()) faults.push_back("has an empty part");
  return parts;
}

}  // namespace

ParsedRule ParseRule(absl::string_view text) {
  ParsedRule parsed;
  parsed.rule.text = absl::AsciiStrToUpper(text);
  std::vector<std::string>& faults = parsed.faults;
  const Parts parts = Split(parsed.rule.text, faults);
  const auto value = [&](const char* name) -> const std::string* {
    const auto found = parts.find(name);
    return found == parts.end() ? nullptr : &found->second;
  };
  const std::string* frequency = value("FREQ");
  if (frequency == nullptr) {
    faults.push_back("FREQ is required");
  } else if (!IsOneOf(kFrequencies, *frequency)) {
    faults.push_back(absl::StrCat("FREQ must be DAILY, WEEKLY or MONTHLY, not ", Quoted(*frequency)));
  }
  if (const auto* interval = value("INTERVAL"); interval != nullptr && !IsWithin(*interval, kMaxInterval))
    faults.push_back(absl::StrCat("INTERVAL must be 1 to ", kMaxInterval));
  if (const auto* days = value("BYDAY"))
    CheckDays(*days, frequency != nullptr && *frequency == "MONTHLY", faults);
  const std::string* count = value("COUNT");
  if (count != nullptr && !IsWithin(*count, kMaxCount))
    faults.push_back(absl::StrCat("COUNT must be 1 to ", kMaxCount));
  if (const auto* end = value("UNTIL")) {
    if (const auto until = UntilIn(*end)) {
      parsed.rule.until = *until;
    } else {
      faults.push_back(
          "UNTIL must be a date (20271231), a time in London (20271231T190000) or one in UTC "
          "(20271231T190000Z)");
    }
    if (count != nullptr) faults.push_back("COUNT and UNTIL exclude each other");
  }
  if (const auto* start = value("WKST"); start != nullptr && !IsOneOf(kDays, *start))
    faults.push_back(absl::StrCat("WKST must be one of MO, TU, WE, TH, FR, SA and SU, not ", Quoted(*start)));
  return parsed;
}

}  // namespace brokerage::schedule
