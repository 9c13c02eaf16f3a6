// A volunteer who looks for roles: what of them answers what roles ask, skills apart, looked up once for many
// roles.
#pragma once

#include <cstdint>
#include <optional>

#include "matcher/columnar/geo_box.h"
#include "matcher/columnar/role_leaf.h"
#include "matcher/round.h"
#include "matcher/taxonomy.h"
#include "matcher/types.h"
#include "matcher/volunteer_ref.h"

namespace brokerage::matcher {

// Every bound is at least the truth in the same whole numbers, so that no role is lost by it.
class Seeker {
 public:
  // The volunteer and the taxonomies outlive it.
  Seeker(const VolunteerRef& volunteer, const Taxonomies& taxonomies);

  // A place that pairs are measured from (Pair::Origin), for on-site roles.
  class Origin {
   public:
    Origin(GeoPoint from, uint32_t radius_m)
        : radius_m_(radius_m), within_(BoxAround(from, radius_m)), distance_(from) {}
    // Every place that is near enough lies here.
    const GeoBox& within() const { return within_; }
    // The most that the location part can be; unset: too far.
    std::optional<int64_t> LocationBound(const GeoBox& places) const {
      return PartAt(distance_.LowerM(places));
    }
    std::optional<int64_t> LocationBound(GeoPoint place) const { return PartAt(distance_.LowerM(place)); }

   private:
    std::optional<int64_t> PartAt(int64_t least_m) const;

    int64_t radius_m_;
    GeoBox within_;
    DistanceBound distance_;
  };
  // For pairs within the volunteer's centre, and for the others. Unset: no role on site is near enough.
  const std::optional<Origin>& home() const { return home_; }
  const std::optional<Origin>& centroid() const { return centroid_; }

  bool states_cause() const { return states_cause_; }
  // 10^6 where a cause may be shared, else 0.
  int64_t CausesBound(const RoleLane& lane) const { return (lane.causes & causes_) != 0 ? kMillion : 0; }
  bool MayHoldCheck(const RoleLane& lane) const { return lane.check_level <= highest_check_; }
  // The most that the availability part can be; unset: COVERAGE fails.
  std::optional<int64_t> AvailabilityBound(const RoleLane& lane) const;

 private:
  std::optional<Origin> home_;
  std::optional<Origin> centroid_;
  uint64_t causes_ = 0;  // CauseBits of those that share one of the volunteer's
  bool states_cause_ = false;
  bool has_extra_ = false;
  CheckLevel highest_check_ = CheckLevel::kNone;
  SlotSet free_;
};

}  // namespace brokerage::matcher
