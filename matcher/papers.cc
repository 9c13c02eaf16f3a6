#include "matcher/papers.h"

#include "matcher/checks.h"

namespace brokerage::matcher {

bool ValidThrough(const HeldCheck& held, DaySpan days) {
  return held.issue_day <= days.first && (!held.expire_day.has_value() || days.last <= *held.expire_day);
}

bool ValidThrough(const HeldLicence& held, DaySpan days) {
  return !held.expire_day.has_value() || days.last <= *held.expire_day;
}

bool LastsLonger(const std::optional<Day>& a, const std::optional<Day>& b) {
  if (!b.has_value()) return false;
  return !a.has_value() || *a > *b;
}

const HeldCheck* FindCheck(const RequiredCheck& required, absl::Span<const HeldCheck> held, DaySpan days) {
  const HeldCheck* best = nullptr;
  for (const HeldCheck& check : held) {
    if (!Covers(check, required) || !ValidThrough(check, days)) continue;
    if (best == nullptr || LastsLonger(check.expire_day, best->expire_day)) best = &check;
  }
  return best;
}

const HeldLicence* FindLicence(LicenceKind kind, absl::Span<const HeldLicence> held, DaySpan days) {
  const HeldLicence* best = nullptr;
  for (const HeldLicence& licence : held) {
    if (licence.kind != kind || !ValidThrough(licence, days)) continue;
    if (best == nullptr || LastsLonger(licence.expire_day, best->expire_day)) best = &licence;
  }
  return best;
}

}  // namespace brokerage::matcher
