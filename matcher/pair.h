// One pair at one moment: which conditions hold, its parts and its score.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "matcher/availability.h"
#include "matcher/conditions.h"
#include "matcher/result.h"
#include "matcher/taxonomy.h"
#include "matcher/types.h"
#include "matcher/volunteer_ref.h"
#include "matcher/waters.h"

namespace brokerage::matcher {

// An opportunity with what is the same for every volunteer at a moment. `facts` and `travel` must outlive it.
struct Role {
  Role(const OpportunityFacts& opportunity, OrganisationStanding standing, Moment at, const Travel& distances)
      : facts(&opportunity),
        organisation(standing),
        moment(at),
        travel(&distances),
        commitment(CommitmentOf(opportunity.schedule, at)) {}

  const OpportunityFacts* facts;
  OrganisationStanding organisation;
  Moment moment;
  const Travel* travel;
  Commitment commitment;
};

// VOLUNTEER_NOT_AVAILABLE holds: searching, or placed below their own placement limit.
bool IsAvailable(const VolunteerRef& volunteer, std::size_t placements);

// R(Σ weight · part, Σ weight) over the parts that are present; 0 when their weights are all 0.
int64_t ScoreOf(const Parts& parts, const Weights& weights);

// Looks at things once and only when asked. Its arguments must outlive it.
class Pair {
 public:
  Pair(const VolunteerRef& volunteer, const Role& role, const PairHistory& history,
       const Taxonomies& taxonomies)
      : volunteer_(volunteer),
        role_(role),
        history_(history),
        taxonomies_(taxonomies),
        same_centre_(volunteer.centre == role.facts->centre) {}

  bool Holds(Condition condition);
  // Stops at the first that fails, the cheapest first.
  bool HoldsAll();

  bool SameCentre() const { return same_centre_; }
  // Where this pair is measured from; unset: not known.
  const std::optional<GeoPoint>& Origin() const {
    return SameCentre() ? volunteer_.home : volunteer_.outcode_centroid;
  }
  // The travel distance, exact; unset for remote roles, unknown places and where no crossing leads there.
  std::optional<int64_t> DistanceM();
  // Both places are known, and no crossing leads from one to the other.
  bool NoCrossing() { return BothPlacesKnown() && !DistanceM().has_value(); }
  // Rounded up to the kilometre when the centres differ.
  std::optional<int64_t> ShownDistanceM();
  int64_t CoveredMinutes();

  // Always there: 0 when TOO_FAR fails.
  int64_t LocationPart();
  std::optional<int64_t> AvailabilityPart();
  Parts PartsOf();
  std::vector<Note> Notes() const;
  // A pair that has these parts and, if it is a match, this score, as it is shown; without its notes.
  PairScore Shown(const Parts& parts, std::optional<int64_t> score_millionths);
  // Everything, whether it is a match or not.
  PairScore Score(const Weights& weights);

 private:
  bool OpportunityOpen() const;
  bool Shared() const;
  bool Near();
  bool BothPlacesKnown() const {
    return !role_.facts->remote && Origin().has_value() && role_.facts->place.has_value();
  }
  // The great circle between the places, when both are known.
  int64_t StraightM();
  bool SkillsHeld() const;
  bool CheckHeld() const;
  bool LicencesHeld() const;
  bool LanguagesHeld() const;
  bool Covered();
  bool NotDoubleBooked() const;
  bool NotReferred() const;

  const VolunteerRef volunteer_;
  const Role& role_;
  const PairHistory& history_;
  const Taxonomies& taxonomies_;
  const bool same_centre_;
  std::optional<int64_t> straight_m_;
  std::optional<int64_t> distance_m_;
  bool distance_known_ = false;  // whether distance_m_ was looked at
  std::optional<int64_t> covered_minutes_;
};

}  // namespace brokerage::matcher
