#include "matcher/columnar/seeker.h"

#include <algorithm>

#include "matcher/skills.h"

namespace brokerage::matcher {

Seeker::Seeker(const VolunteerRef& volunteer, const Taxonomies& taxonomies)
    : states_cause_(StatesCause(volunteer.causes, taxonomies.causes)),
      has_extra_(!volunteer.extra.empty()),
      free_(volunteer.free) {
  if (volunteer.travel_radius_m) {
    if (volunteer.home) home_.emplace(*volunteer.home, *volunteer.travel_radius_m);
    if (volunteer.outcode_centroid)
      centroid_.emplace(*volunteer.outcode_centroid, *volunteer.travel_radius_m);
  }
  for (std::size_t i = 0; i < taxonomies.causes.size(); ++i) {
    const auto cause = static_cast<CauseId>(i);
    if (FindSharedCause(volunteer.causes, {&cause, 1}, taxonomies.causes)) causes_ |= CauseBits({&cause, 1});
  }
  for (const HeldCheck& check : volunteer.checks) highest_check_ = std::max(highest_check_, check.level);
}

std::optional<int64_t> Seeker::Origin::PartAt(int64_t least_m) const {
  if (least_m > radius_m_) return std::nullopt;
  return least_m <= 0 ? kMillion : R(kMillion * (radius_m_ - least_m), radius_m_);
}

std::optional<int64_t> Seeker::AvailabilityBound(const RoleLane& lane) const {
  constexpr int64_t kBasisPoints = 10'000;
  const bool asks_any = lane.facts->minimum_coverage_bp > 0;
  if (lane.dated) {
    if (has_extra_ || (lane.slots & free_).any()) return kMillion;
    return asks_any ? std::nullopt : std::optional<int64_t>(0);
  }
  const int64_t committed = lane.committed_minutes;
  if (committed == 0) return 0;
  const auto free_minutes = static_cast<int64_t>((lane.slots & free_).count()) * kSlotMinutes;
  const int64_t covered = std::min(committed, free_minutes);
  if (kBasisPoints * covered < lane.facts->minimum_coverage_bp * committed) return std::nullopt;
  return R(kMillion * covered, committed);
}

}  // namespace brokerage::matcher
