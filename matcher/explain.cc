#include "matcher/explain.h"

#include <algorithm>

#include "matcher/ages.h"
#include "matcher/availability.h"
#include "matcher/checks.h"
#include "matcher/pair.h"
#include "matcher/papers.h"
#include "matcher/skills.h"

namespace brokerage::matcher {
namespace {

// The first session after `expire_day`.
std::optional<SessionRef> FirstAfter(absl::Span<const Session> sessions, Day expire_day) {
  for (std::size_t i = 0; i < sessions.size(); ++i) {
    if (sessions[i].local_date > expire_day)
      return SessionRef{static_cast<int64_t>(i) + 1, sessions[i].local_date};
  }
  return std::nullopt;
}

PaperWorking Expires(const Commitment& commitment, Day expire_day) {
  return {Validity::kExpires, FirstAfter(commitment.sessions, expire_day), expire_day};
}

TravelWorking ExplainTravel(const VolunteerFacts& volunteer, const OpportunityFacts& opportunity,
                            const Waters& waters, Pair& pair) {
  TravelWorking working;
  working.remote = opportunity.remote;
  working.accepts_remote = volunteer.accepts_remote;
  working.home_known = pair.Origin().has_value();
  working.place_known = !opportunity.remote && opportunity.place.has_value();
  working.by_centroid = !pair.SameCentre();
  if (volunteer.travel_radius_m.has_value()) working.radius_m = *volunteer.travel_radius_m;
  working.distance_m = pair.ShownDistanceM();
  working.no_crossing = pair.NoCrossing();
  if (working.home_known && working.place_known) {
    const Crossing* first = WaysFrom(waters, *opportunity.place).FirstCrossing(*pair.Origin());
    if (first != nullptr) working.by = first->name;
  }
  return working;
}

// The check nearest to satisfying: of the right kind and issued in time, the one that lasts longest.
CheckWorking ExplainCheck(const RequiredCheck& required, absl::Span<const HeldCheck> held,
                          const Commitment& commitment) {
  CheckWorking working{required, {}};
  if (required.level == CheckLevel::kNone) return working;
  bool level_held = false;
  bool issued_later = false;
  const HeldCheck* nearest = nullptr;
  for (const HeldCheck& check : held) {
    level_held = level_held || check.level >= required.level;
    if (!Covers(check, required)) continue;
    if (check.issue_day > commitment.first_day) {
      issued_later = true;
    } else if (nearest == nullptr || LastsLonger(check.expire_day, nearest->expire_day)) {
      nearest = &check;
    }
  }
  if (nearest != nullptr && ValidThrough(*nearest, {commitment.first_day, commitment.last_day})) {
    working.paper.validity = Validity::kValid;
  } else if (nearest != nullptr) {
    working.paper = Expires(commitment, *nearest->expire_day);
  } else if (issued_later) {
    working.paper.validity = Validity::kIssuedLater;
    if (!commitment.sessions.empty()) working.paper.session = SessionRef{1, commitment.first_day};
  } else if (held.empty()) {
    working.paper.validity = Validity::kMissing;
  } else {
    working.paper.validity = level_held ? Validity::kOtherScope : Validity::kTooLow;
  }
  return working;
}

LicenceWorking ExplainLicence(LicenceKind kind, absl::Span<const HeldLicence> held,
                              const Commitment& commitment) {
  LicenceWorking working{kind, {Validity::kMissing, std::nullopt, 0}};
  const HeldLicence* longest = nullptr;
  for (const HeldLicence& licence : held) {
    if (licence.kind != kind) continue;
    if (longest == nullptr || LastsLonger(licence.expire_day, longest->expire_day)) longest = &licence;
  }
  if (longest == nullptr) return working;
  if (ValidThrough(*longest, {commitment.first_day, commitment.last_day})) {
    working.paper.validity = Validity::kValid;
  } else {
    working.paper = Expires(commitment, *longest->expire_day);
  }
  return working;
}

AgeWorking ExplainAge(const OpportunityFacts& opportunity, const VolunteerFacts& volunteer,
                      const Commitment& commitment) {
  AgeWorking working;
  if (opportunity.minimum_age.has_value()) working.minimum = *opportunity.minimum_age;
  if (opportunity.maximum_age.has_value()) working.maximum = *opportunity.maximum_age;
  working.guardian_consent_asked = opportunity.guardian_consent;
  working.guardian_consent_given = volunteer.guardian_consent;
  if (volunteer.birth_date.has_value()) {
    working.first_age = AgeOn(*volunteer.birth_date, commitment.first_day);
    working.last_age = AgeOn(*volunteer.birth_date, commitment.last_day);
  }
  using Outcome = AgeWorking::Outcome;
  const bool limited = working.minimum.has_value() || working.maximum.has_value();
  if (AgeHolds(opportunity, volunteer, commitment.first_day, commitment.last_day)) {
    working.outcome = limited || working.guardian_consent_asked ? Outcome::kHolds : Outcome::kNotAsked;
  } else if (!working.first_age.has_value()) {
    working.outcome = Outcome::kUnknown;
  } else if (working.minimum.has_value() && *working.first_age < *working.minimum) {
    working.outcome = Outcome::kTooYoung;
  } else if (working.maximum.has_value() && *working.last_age > *working.maximum) {
    working.outcome = Outcome::kTooOld;
  } else {
    working.outcome = Outcome::kGuardianConsentMissing;
  }
  return working;
}

CoverageWorking ExplainCoverage(const OpportunityFacts& opportunity, const VolunteerFacts& volunteer,
                                const Commitment& commitment, int64_t covered_minutes) {
  CoverageWorking working;
  switch (commitment.kind) {
    case Commitment::Kind::kNone:
      working.kind = CoverageWorking::Kind::kNoSchedule;
      break;
    case Commitment::Kind::kWeekly:
      working.kind = CoverageWorking::Kind::kWeekly;
      break;
    case Commitment::Kind::kFlexible:
      working.kind = CoverageWorking::Kind::kFlexible;
      break;
    case Commitment::Kind::kDated:
      working.kind = CoverageWorking::Kind::kDated;
      break;
  }
  working.nothing_recorded = volunteer.free.none() && volunteer.extra.empty();
  working.covered_minutes = covered_minutes;
  working.committed_minutes = commitment.minutes;
  working.minimum_bp = opportunity.minimum_coverage_bp;
  working.sessions = static_cast<int64_t>(commitment.sessions.size());
  working.sessions_covered =
      std::count_if(commitment.sessions.begin(), commitment.sessions.end(), [&](const Session& session) {
        return CoveredInSession(session, FreeTime(volunteer)) == session.end_min - session.start_min;
      });
  return working;
}

PlacementWorking ExplainPlacements(const PairHistory& history, const Commitment& commitment) {
  PlacementWorking working;
  working.placements = static_cast<int64_t>(history.held_placements.size());
  for (std::size_t i = 0; i < commitment.sessions.size(); ++i) {
    const Session& session = commitment.sessions[i];
    for (const HeldPlacement& placement : history.held_placements) {
      for (const Interval& held : placement.sessions) {
        if (session.start_min >= held.end_min || held.start_min >= session.end_min) continue;
        working.clash = SessionRef{static_cast<int64_t>(i) + 1, session.local_date};
        working.clash_opportunity = placement.opportunity;
        return working;
      }
    }
  }
  return working;
}

CauseWorking ExplainCauses(const VolunteerFacts& volunteer, const OpportunityFacts& opportunity,
                           const Taxonomy& causes, const Parts& parts) {
  CauseWorking working;
  working.stated = parts.causes.has_value();
  if (const auto shared = FindSharedCause(volunteer.causes, opportunity.causes, causes)) {
    working.volunteer_cause = shared->volunteer;
    working.opportunity_cause = shared->opportunity;
  }
  return working;
}

}  // namespace

Explanation ExplainPair(const VolunteerFacts& volunteer, const OpportunityFacts& opportunity,
                        const PairHistory& history, OrganisationStanding organisation, const World& world,
                        Moment moment, const Weights& weights) {
  const Travel distances(world.waters);
  const Role role(opportunity, organisation, moment, distances);
  Pair pair(volunteer, role, history, world.taxonomies);
  const Commitment& commitment = role.commitment;

  Explanation result;
  result.same_centre = pair.SameCentre();
  result.today = moment.today;
  for (const Condition condition : kAllConditions) {
    result.holds[static_cast<std::size_t>(condition)] = pair.Holds(condition);
  }
  result.pair = pair.Score(weights);
  result.weights = weights;

  result.volunteer = {volunteer.state, volunteer.on_break_until,
                      static_cast<int64_t>(history.held_placements.size()), volunteer.placement_limit};
  result.opportunity = {opportunity.state,
                        opportunity.expire_min.has_value() && *opportunity.expire_min <= moment.as_of_min,
                        opportunity.places, opportunity.places_filled, commitment.NoSessionLeft()};
  result.organisation = organisation;
  result.sharing = {result.same_centre, volunteer.sharing == Sharing::kCounty,
                    opportunity.sharing == Sharing::kCounty};
  result.travel = ExplainTravel(volunteer, opportunity, world.waters, pair);
  for (const WantedSkill& wanted : opportunity.skills) {
    const SkillCredit credit = CreditFor(wanted, volunteer.skills, world.taxonomies.skills);
    result.skills.push_back({wanted, credit.held, credit.factor, credit.credit});
  }
  result.check = ExplainCheck(opportunity.required_check, volunteer.checks, commitment);
  result.age = ExplainAge(opportunity, volunteer, commitment);
  for (const LicenceKind kind : opportunity.licences) {
    result.licences.push_back(ExplainLicence(kind, volunteer.licences, commitment));
  }
  for (const LanguageId language : opportunity.languages) {
    const bool held = std::find(volunteer.languages.begin(), volunteer.languages.end(), language) !=
                      volunteer.languages.end();
    result.languages.push_back({language, held});
  }
  result.coverage = ExplainCoverage(opportunity, volunteer, commitment, pair.CoveredMinutes());
  result.placements = ExplainPlacements(history, commitment);
  result.referral.live_referral = history.live_referral;
  if (history.declined_until.has_value() && moment.today < *history.declined_until) {
    result.referral.declined_until = history.declined_until;
  }
  result.causes = ExplainCauses(volunteer, opportunity, world.taxonomies.causes, result.pair.parts);
  return result;
}

}  // namespace brokerage::matcher
