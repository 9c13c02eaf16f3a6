// A volunteer who looks for roles: what of them answers what roles ask, looked up once for many roles.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "absl/types/span.h"

#include "matcher/columnar/geo_box.h"
#include "matcher/columnar/role_leaf.h"
#include "matcher/columnar/seeker_origin.h"
#include "matcher/columnar/seeker_tables.h"
#include "matcher/round.h"
#include "matcher/skills.h"
#include "matcher/taxonomy.h"
#include "matcher/types.h"
#include "matcher/volunteer_ref.h"

namespace brokerage::matcher {

// The most that the parts of a pair can be; of a part that the pair has not, anything.
struct MostParts {
  int64_t skills = kMillion;
  int64_t location = kMillion;
  int64_t availability = kMillion;
  int64_t causes = kMillion;
};

// Every bound is at least the truth in the same whole numbers, so that no role is lost by it. Those of skills
// are the truth itself (of levels above 5 they are that of 5, which earns no less), and so are those of
// causes while there are at most 64, and of availability for weekly roles, and for flexible ones at any time
// in pieces of at most an hour: in longer pieces, or within windows, no more of the time is free.
class Seeker {
 public:
  // The table's number of the volunteer's centre. The rest outlives it.
  Seeker(const VolunteerRef& volunteer, uint32_t centre, const Taxonomies& taxonomies,
         const SeekerTables& tables);

  // Of any role at all, on site at its door.
  MostParts Most() const { return {most_skills_, kMillion, most_availability_, kMillion}; }
  // What at least is missing of the skills part, in 120ths of a millionth, of roles in which a main skill has
  // at least such a share of it; kNone: REQUIRED_SKILL fails. Nothing earns more than the lowest level.
  int64_t LeastMissing(MainSkill main_skill, int64_t least_share) const {
    if (!main_skill.any()) return 0;
    const int64_t credit = main_skill.skill() < credits_.size() ? credits_[main_skill.skill()][1] : 0;
    return main_skill.required() && credit < kFullCredit ? kNone : least_share * (kFullCredit - credit);
  }
  static constexpr int64_t kNone = std::numeric_limits<int64_t>::max();
  // Finds it of a remote role, or of one on site there. False: REQUIRED_SKILL, COVERAGE or TOO_FAR fails.
  bool Bound(const RoleLane& lane, const GeoPoint* place, MostParts& most) const;

  // No role on site lies outside of it and is near enough.
  const GeoBox& reach() const { return reach_; }
  // Whether a role on site there, within the reach, may be near enough.
  bool MayReach(GeoPoint place) const {
    return (home_ && home_->MayReach(place)) || (centroid_ && centroid_->MayReach(place));
  }
  // The most that the location part can be of roles on site there; below 0: all are too far.
  int64_t LocationBound(const GeoBox& places) const;

  bool states_cause() const { return states_cause_; }
  CheckLevel highest_check() const { return highest_check_; }

 private:
  static constexpr uint8_t kLevels = 5;

  // Below 0 when the condition fails. (What is optional is slow to return: its halves are written apart, and
  // read together.)
  template <typename Wants>
  int64_t SkillsBound(const Wants& wants) const;
  int64_t AvailabilityBound(const RoleLane& lane) const;
  // The half-hours of a role's week that are free.
  int64_t CountFree(const RoleLane& lane) const;
  int64_t LocationBound(const RoleLane& lane, GeoPoint place) const;

  // For pairs within the volunteer's centre, and for the others. Unset: no role on site is near enough.
  std::optional<SeekerOrigin> home_;
  std::optional<SeekerOrigin> centroid_;
  GeoBox reach_;
  uint32_t centre_;
  uint64_t causes_ = 0;  // CauseBits of those that share one of the volunteer's
  bool states_cause_;
  bool has_extra_;
  CheckLevel highest_check_ = CheckLevel::kNone;
  SlotSet free_;
  WeekByDays free_days_;
  int64_t free_minutes_;
  int64_t free_minutes_in_hours_;
  int64_t most_skills_;
  int64_t most_availability_;
  // Of wanted skills by level, in 120ths.
  std::vector<std::array<uint8_t, kLevels + 1>> credits_;
};

}  // namespace brokerage::matcher
