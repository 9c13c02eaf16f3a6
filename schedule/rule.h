// Recurrence rules: the part of RFC 5545's RRULE that roles need, and what is wrong with any other.
#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"

namespace brokerage::schedule {

inline constexpr int kMaxInterval = 366;  // days, weeks or months from one occurrence to the next
inline constexpr int kMaxCount = 1'000;   // occurrences that COUNT may ask for
inline constexpr int kMaxDayOrdinal = 5;  // of a weekday in its month, from either end

// The end of a rule, itself included: a whole local day, a local time, or a moment. None: it goes on.
using Until = std::variant<std::monostate, absl::CivilDay, absl::CivilSecond, absl::Time>;

struct Rule {
  std::string text;  // in capitals, as libical reads it
  Until until;
};

struct ParsedRule {
  Rule rule;                        // means something only without faults
  std::vector<std::string> faults;  // all of them, each a phrase that names its part: "COUNT must be …"
};

// Of "FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20271231": FREQ of DAILY, WEEKLY or MONTHLY, and any of INTERVAL, BYDAY
// (with ordinals, 2TU or -1FR, when MONTHLY), COUNT or UNTIL, and WKST, each once, in any order and case.
ParsedRule ParseRule(absl::string_view text);

}  // namespace brokerage::schedule
