#include "base/clock.h"

#include <cstdio>
#include <cstdlib>

namespace brokerage::base {

const absl::TimeZone& LondonTimeZone() {
  static const absl::TimeZone zone = [] {
    absl::TimeZone loaded;
    if (!absl::LoadTimeZone("Europe/London", &loaded)) {
      std::fputs("The time zone database lacks Europe/London: install Debian's tzdata.\n", stderr);
      std::abort();
    }
    return loaded;
  }();
  return zone;
}

absl::CivilDay LondonDate(absl::Time moment) { return absl::ToCivilDay(moment, LondonTimeZone()); }

}  // namespace brokerage::base
