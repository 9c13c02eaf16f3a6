#include "matcher/pair.h"

#include <algorithm>
#include <array>

#include "matcher/ages.h"
#include "matcher/distance.h"
#include "matcher/papers.h"
#include "matcher/round.h"
#include "matcher/skills.h"

namespace brokerage::matcher {
namespace {

constexpr int64_t kMetresPerKm = 1'000;
constexpr int64_t kBasisPoints = 10'000;

// What costs least and fails most comes first; the answer does not depend on it.
constexpr std::array<Condition, kConditionCount> kCheapestFirst = {
    Condition::kVolunteerNotAvailable,
    Condition::kOpportunityNotOpen,
    Condition::kOrganisationNotActive,
    Condition::kRemoteNotWanted,
    Condition::kNotShared,
    Condition::kAlreadyReferred,
    Condition::kLicence,
    Condition::kLanguage,
    Condition::kCheckLevel,
    Condition::kRequiredSkill,
    Condition::kTooFar,
    Condition::kAge,
    Condition::kCoverage,
    Condition::kDoubleBooked,
};

template <typename T>
bool Contains(absl::Span<const T> list, T item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

bool Overlaps(const Session& session, const HeldPlacement& placement) {
  return std::any_of(placement.sessions.begin(), placement.sessions.end(), [&](const Interval& held) {
    return session.start_min < held.end_min && held.start_min < session.end_min;
  });
}

DaySpan DaysOf(const Commitment& commitment) { return {commitment.first_day, commitment.last_day}; }

}  // namespace

bool IsAvailable(const VolunteerRef& volunteer, std::size_t placements) {
  if (volunteer.state == VolunteerState::kSearching) return true;
  return volunteer.state == VolunteerState::kPlaced && placements < volunteer.placement_limit;
}

int64_t ScoreOf(const Parts& parts, const Weights& weights) {
  int64_t sum = 0;
  int64_t weight_sum = 0;
  const auto add = [&](const std::optional<int64_t>& part, int64_t weight) {
    if (!part.has_value()) return;
    sum += weight * *part;
    weight_sum += weight;
  };
  add(parts.skills, weights.skills);
  add(parts.location, weights.location);
  add(parts.availability, weights.availability);
  add(parts.causes, weights.causes);
  return weight_sum == 0 ? 0 : R(sum, weight_sum);
}

bool Pair::Holds(Condition condition) {
  switch (condition) {
    case Condition::kVolunteerNotAvailable:
      return IsAvailable(volunteer_, history_.held_placements.size());
    case Condition::kOpportunityNotOpen:
      return OpportunityOpen();
    case Condition::kOrganisationNotActive:
      return role_.organisation == OrganisationStanding::kActive;
    case Condition::kNotShared:
      return Shared();
    case Condition::kTooFar:
      return Near();
    case Condition::kRemoteNotWanted:
      return !role_.facts->remote || volunteer_.accepts_remote;
    case Condition::kRequiredSkill:
      return SkillsHeld();
    case Condition::kCheckLevel:
      return CheckHeld();
    case Condition::kAge:
      return AgeHolds(*role_.facts, volunteer_, role_.commitment.first_day, role_.commitment.last_day);
    case Condition::kLicence:
      return LicencesHeld();
    case Condition::kLanguage:
      return LanguagesHeld();
    case Condition::kCoverage:
      return Covered();
    case Condition::kDoubleBooked:
      return NotDoubleBooked();
    case Condition::kAlreadyReferred:
      return NotReferred();
  }
  return false;
}

bool Pair::HoldsAll() {
  return std::all_of(kCheapestFirst.begin(), kCheapestFirst.end(),
                     [this](Condition condition) { return Holds(condition); });
}

bool Pair::OpportunityOpen() const {
  const OpportunityFacts& role = *role_.facts;
  return role.state == OpportunityState::kOpen &&
         (!role.expire_min.has_value() || role_.moment.as_of_min < *role.expire_min) &&
         role.places_filled < role.places && !role_.commitment.NoSessionLeft();
}

bool Pair::Shared() const {
  return volunteer_.sharing == Sharing::kCounty || role_.facts->sharing == Sharing::kCounty || SameCentre();
}

bool Pair::Near() {
  if (role_.facts->remote) return true;
  if (!volunteer_.travel_radius_m.has_value() || !BothPlacesKnown()) return false;
  const int64_t radius_m = *volunteer_.travel_radius_m;
  // No way is shorter than the straight one.
  if (!straight_m_.has_value() && CertainlyFurther(*Origin(), *role_.facts->place, radius_m)) return false;
  if (StraightM() > radius_m) return false;
  const std::optional<int64_t> distance_m = DistanceM();
  return distance_m.has_value() && *distance_m <= radius_m;
}

bool Pair::SkillsHeld() const {
  return std::all_of(role_.facts->skills.begin(), role_.facts->skills.end(), [&](const WantedSkill& wanted) {
    return !wanted.required || CreditOf(wanted, volunteer_.skills, taxonomies_.skills) == kFullCredit;
  });
}

bool Pair::CheckHeld() const {
  const RequiredCheck& required = role_.facts->required_check;
  return required.level == CheckLevel::kNone ||
         FindCheck(required, volunteer_.checks, DaysOf(role_.commitment)) != nullptr;
}

bool Pair::LicencesHeld() const {
  return std::all_of(role_.facts->licences.begin(), role_.facts->licences.end(), [&](LicenceKind kind) {
    return FindLicence(kind, volunteer_.licences, DaysOf(role_.commitment)) != nullptr;
  });
}

bool Pair::LanguagesHeld() const {
  return std::all_of(role_.facts->languages.begin(), role_.facts->languages.end(),
                     [&](LanguageId language) { return Contains(volunteer_.languages, language); });
}

bool Pair::Covered() {
  return kBasisPoints * CoveredMinutes() >=
         static_cast<int64_t>(role_.facts->minimum_coverage_bp) * role_.commitment.minutes;
}

bool Pair::NotDoubleBooked() const {
  return std::none_of(
      role_.commitment.sessions.begin(), role_.commitment.sessions.end(), [&](const Session& session) {
        return std::any_of(history_.held_placements.begin(), history_.held_placements.end(),
                           [&](const HeldPlacement& placement) { return Overlaps(session, placement); });
      });
}

bool Pair::NotReferred() const {
  return !history_.live_referral &&
         (!history_.declined_until.has_value() || role_.moment.today >= *history_.declined_until);
}

int64_t Pair::StraightM() {
  if (!straight_m_.has_value()) straight_m_ = matcher::DistanceM(*Origin(), *role_.facts->place);
  return *straight_m_;
}

std::optional<int64_t> Pair::DistanceM() {
  if (!distance_known_) {
    distance_known_ = true;
    if (BothPlacesKnown()) distance_m_ = role_.travel->TravelM(*Origin(), *role_.facts->place, StraightM());
  }
  return distance_m_;
}

std::optional<int64_t> Pair::ShownDistanceM() {
  const std::optional<int64_t> exact = DistanceM();
  if (!exact.has_value() || SameCentre()) return exact;
  return (*exact + kMetresPerKm - 1) / kMetresPerKm * kMetresPerKm;
}

int64_t Pair::CoveredMinutes() {
  if (!covered_minutes_.has_value()) {
    covered_minutes_ = matcher::CoveredMinutes(role_.facts->schedule, role_.commitment, FreeTime(volunteer_));
  }
  return *covered_minutes_;
}

int64_t Pair::LocationPart() {
  if (role_.facts->remote) return kMillion;
  if (!Near()) return 0;
  const int64_t radius_m = *volunteer_.travel_radius_m;
  return radius_m == 0 ? kMillion : R(kMillion * (radius_m - *DistanceM()), radius_m);
}

std::optional<int64_t> Pair::AvailabilityPart() {
  if (role_.commitment.minutes == 0) return std::nullopt;
  return R(kMillion * CoveredMinutes(), role_.commitment.minutes);
}

Parts Pair::PartsOf() {
  Parts parts;
  parts.skills = SkillsPart(role_.facts->skills, volunteer_.skills, taxonomies_.skills);
  parts.location = LocationPart();
  parts.availability = AvailabilityPart();
  parts.causes = CausesPart(volunteer_.causes, role_.facts->causes, taxonomies_.causes);
  return parts;
}

std::vector<Note> Pair::Notes() const {
  std::vector<Note> notes;
  const OpportunityFacts& role = *role_.facts;
  const Day today = role_.moment.today;
  const auto note_expiry = [&](Note::Kind kind, uint16_t id, const std::optional<Day>& expire_day) {
    if (expire_day.has_value() && *expire_day - today <= kExpiryNoteDays)
      notes.push_back({kind, id, *expire_day});
  };
  if (role_.commitment.kind == Commitment::Kind::kNone) notes.push_back({Note::Kind::kNoSchedule, 0, 0});
  if (role_.commitment.kind != Commitment::Kind::kDated) {
    if (role.required_check.level != CheckLevel::kNone) {
      const HeldCheck* check = FindCheck(role.required_check, volunteer_.checks, {today, today});
      if (check != nullptr) note_expiry(Note::Kind::kCheckExpiresSoon, 0, check->expire_day);
    }
    for (const LicenceKind kind : role.licences) {
      const HeldLicence* licence = FindLicence(kind, volunteer_.licences, {today, today});
      if (licence != nullptr) note_expiry(Note::Kind::kLicenceExpiresSoon, kind, licence->expire_day);
    }
  }
  for (const AccessNeed need : volunteer_.access_needs) {
    if (!Contains(absl::MakeConstSpan(role.access_support), need))
      notes.push_back({Note::Kind::kAccessNeedNotOffered, need, 0});
  }
  return notes;
}

PairScore Pair::Shown(const Parts& parts, std::optional<int64_t> score_millionths) {
  PairScore result;
  result.score_millionths = score_millionths;
  result.parts = parts;
  result.distance_m = ShownDistanceM();
  result.covered_minutes = CoveredMinutes();
  result.committed_minutes = role_.commitment.minutes;
  return result;
}

PairScore Pair::Score(const Weights& weights) {
  const Parts parts = PartsOf();
  PairScore result = Shown(parts, HoldsAll() ? std::optional(ScoreOf(parts, weights)) : std::nullopt);
  result.notes = Notes();
  return result;
}

}  // namespace brokerage::matcher
