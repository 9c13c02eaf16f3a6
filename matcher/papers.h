// Checks and licences on the dates that a role needs them.
#pragma once

#include <cstdint>
#include <optional>

#include "absl/types/span.h"

#include "matcher/types.h"

namespace brokerage::matcher {

// An expiry within these days is told in a note, where no session's date decides.
inline constexpr Day kExpiryNoteDays = 84;

// From the first to the last day on which a paper must be valid.
struct DaySpan {
  Day first = 0;
  Day last = 0;
};

// Both ends of a paper's validity are included.
bool ValidThrough(const HeldCheck& held, DaySpan days);
bool ValidThrough(const HeldLicence& held, DaySpan days);

// The satisfying check, or licence of `kind`, that lasts longest; nullptr when there is none.
// `required.level` is not kNone.
const HeldCheck* FindCheck(const RequiredCheck& required, absl::Span<const HeldCheck> held, DaySpan days);
const HeldLicence* FindLicence(LicenceKind kind, absl::Span<const HeldLicence> held, DaySpan days);

// Whether `a` lasts longer than `b`; without an expiry, for ever.
bool LastsLonger(const std::optional<Day>& a, const std::optional<Day>& b);

}  // namespace brokerage::matcher
