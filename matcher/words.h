// Numbers, days and ids in British English.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

#include "matcher/types.h"

namespace brokerage::matcher {

// "4 May 2026".
std::string DayText(Day day);

// "850 m" below a kilometre; else kilometres to the nearest tenth, without a needless ".0": "8 km", "1.3 km".
std::string LengthText(int64_t metres);

// The same, rounded up to the next ten metres, or tenth of a kilometre: what is lacking is never understated.
std::string LackText(int64_t metres);

// "1 session", "3 sessions".
std::string CountText(int64_t count, absl::string_view singular);

// "a, b and c".
std::string ListText(const std::vector<std::string>& items);

// "an enhanced check with the children's barred list (child workforce)". `required.level` is not kNone.
std::string CheckText(const RequiredCheck& required);

}  // namespace brokerage::matcher
