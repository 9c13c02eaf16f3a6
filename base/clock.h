// The moment "now", as a collaborator: whatever depends on time takes a Clock, and only main() names the real
// one.
#pragma once

#include "absl/time/civil_time.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace brokerage::base {

// Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual absl::Time Now() const = 0;
};

// The machine's clock.
class SystemClock final : public Clock {
 public:
  absl::Time Now() const override { return absl::Now(); }
};

// Europe/London, from the machine's time zone database. Aborts at start-up when the database lacks it.
const absl::TimeZone& LondonTimeZone();

// The London calendar date at `moment`.
absl::CivilDay LondonDate(absl::Time moment);

}  // namespace brokerage::base
