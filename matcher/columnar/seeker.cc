#include "matcher/columnar/seeker.h"

#include <algorithm>

#include "matcher/availability.h"
#include "matcher/skills.h"

namespace brokerage::matcher {
namespace {

constexpr int64_t kBasisPoints = 10'000;
constexpr int64_t kWholeLevel = 60;

}  // namespace

Seeker::Seeker(const VolunteerRef& volunteer, uint32_t centre, const Taxonomies& taxonomies,
               const SeekerTables& tables)
    : centre_(centre),
      states_cause_(StatesCause(volunteer.causes, taxonomies.causes)),
      has_extra_(!volunteer.extra.empty()),
      free_(volunteer.free),
      free_days_(ByDays(free_)),
      free_minutes_(static_cast<int64_t>(free_.count()) * kSlotMinutes),
      free_minutes_in_hours_(MinutesInBlocks(free_, 2 * kSlotMinutes)),
      most_skills_(volunteer.skills.empty() ? 0 : kMillion),
      most_availability_(free_minutes_ == 0 && !has_extra_ ? 0 : kMillion),
      credits_(taxonomies.skills.size()) {
  if (volunteer.travel_radius_m) {
    if (volunteer.home) home_.emplace(*volunteer.home, *volunteer.travel_radius_m);
    if (volunteer.outcode_centroid)
      centroid_.emplace(*volunteer.outcode_centroid, *volunteer.travel_radius_m);
  }
  if (home_) reach_.Add(home_->within());
  if (centroid_) reach_.Add(centroid_->within());
  for (const CauseId cause : volunteer.causes) causes_ |= tables.BitsSharedWith(cause);
  for (const HeldCheck& check : volunteer.checks) highest_check_ = std::max(highest_check_, check.level);
  for (const HeldSkill& held : volunteer.skills) {
    for (const SeekerTables::Answered& answered : tables.AnsweredBy(held.skill)) {
      for (uint8_t level = 1; level <= kLevels; ++level) {
        // As CreditFor does.
        const int64_t credit = std::min(kWholeLevel, kWholeLevel * held.level / level) * answered.factor;
        uint8_t& best = credits_[answered.wanted][level];
        best = std::max(best, static_cast<uint8_t>(credit));
      }
    }
  }
}

bool Seeker::Bound(const RoleLane& lane, const GeoPoint* place, MostParts& most) const {
  most.skills = lane.wants_count <= RoleLane::kWants
                    ? SkillsBound(absl::MakeConstSpan(lane.wants.data(), lane.wants_count))
                    : SkillsBound(lane.facts->skills);
  if (most.skills < 0) return false;
  most.availability = AvailabilityBound(lane);
  if (most.availability < 0) return false;
  most.location = place == nullptr ? kMillion : LocationBound(lane, *place);
  most.causes = (lane.causes & causes_) != 0 ? kMillion : 0;
  return most.location >= 0;
}

template <typename Wants>
int64_t Seeker::SkillsBound(const Wants& wants) const {
  int64_t earned = 0;
  int64_t importance = 0;
  for (const auto& want : wants) {
    const int64_t credit =
        want.skill < credits_.size() ? credits_[want.skill][std::min(want.level, kLevels)] : 0;
    if (want.required && credit < kFullCredit) return -1;
    earned += want.importance * credit;
    importance += want.importance;
  }
  return earned == 0 ? 0 : R(kMillion * earned, kFullCredit * importance);
}

int64_t Seeker::CountFree(const RoleLane& lane) const {
  if (lane.whole_week) return lane.week.CountIn(free_days_);
  const auto* const weekly = std::get_if<WeeklySchedule>(&lane.facts->schedule);
  const auto* const flexible = std::get_if<FlexibleSchedule>(&lane.facts->schedule);
  if (weekly != nullptr) return static_cast<int64_t>((weekly->windows & free_).count());
  if (flexible != nullptr) return static_cast<int64_t>((flexible->windows & free_).count());
  return kSlotsPerWeek;  // too many sessions to look at
}

int64_t Seeker::AvailabilityBound(const RoleLane& lane) const {
  const int64_t committed = lane.committed_minutes;
  int64_t covered = 0;
  switch (lane.time) {
    case RoleTime::kUnscheduled:
      return 0;
    case RoleTime::kDated:
      if (has_extra_ || CountFree(lane) > 0) return kMillion;
      return lane.minimum_coverage_bp > 0 ? -1 : 0;
    case RoleTime::kAnyTime:
      covered = std::min(committed, lane.in_hours ? free_minutes_in_hours_ : free_minutes_);
      break;
    case RoleTime::kWeekly:
    case RoleTime::kWindows:
      covered = std::min(committed, CountFree(lane) * kSlotMinutes);
      break;
  }
  if (kBasisPoints * covered < lane.minimum_coverage_bp * committed) return -1;
  return covered == committed ? kMillion : R(kMillion * covered, committed);
}

int64_t Seeker::LocationBound(const RoleLane& lane, GeoPoint place) const {
  if (lane.centre == RoleLane::kSomeCentre) return LocationBound(BoxOf(place));
  const std::optional<SeekerOrigin>& origin = lane.centre == centre_ ? home_ : centroid_;
  return origin ? origin->LocationBound(place) : -1;
}

int64_t Seeker::LocationBound(const GeoBox& places) const {
  int64_t most = -1;
  for (const std::optional<SeekerOrigin>* const origin : {&home_, &centroid_}) {
    if (origin->has_value() && (*origin)->within().Meets(places))
      most = std::max(most, (*origin)->LocationBound(places));
  }
  return most;
}

}  // namespace brokerage::matcher
