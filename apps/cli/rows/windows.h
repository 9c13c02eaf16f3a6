// Weekly windows as people write them: "Mon 09:00-12:30; Tue, Thu 6pm-9pm; weekends 10-16".
#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

#include "brokerage/common/v1/availability.pb.h"

namespace brokerage::cli {

// Records hold windows on the half hour. A role's windows grow to it, so that whoever covers what is recorded
// covers what was asked; a volunteer's shrink, so that nobody is taken to be free when they are not.
enum class Rounding { kInward, kOutward };

struct ParsedWindows {
  std::vector<common::v1::WeeklyWindow> windows;
  std::vector<std::string> notes;   // what was rounded, and to what
  std::vector<std::string> faults;  // entries that cannot be read
};

// Days are names of two letters or more, ranges (Mon-Fri), lists with commas, "daily", "weekdays" and
// "weekends"; times as in ParseClockTime, or "all day". An end at or before the start is on the next day.
ParsedWindows ParseWindows(absl::string_view text, Rounding rounding);

}  // namespace brokerage::cli
