#include "tests/support/plain_scorer.h"

#include <algorithm>
#include <set>
#include <variant>

#include "tests/support/plain_calendar.h"
#include "tests/support/plain_fraction.h"
#include "tests/support/plain_role.h"

namespace brokerage::support {
namespace {

using matcher::CheckLevel;
using matcher::Condition;
using matcher::GeoPoint;
using matcher::OpportunityFacts;
using matcher::VolunteerFacts;

constexpr Wide kMillion = 1'000'000;

// All terms at and above `term`.
std::set<int> Upwards(const std::vector<matcher::Taxonomy::Term>& terms, int term) {
  std::set<int> met;
  while (term >= 0 && static_cast<std::size_t>(term) < terms.size() && met.insert(term).second) {
    const auto& parent = terms[static_cast<std::size_t>(term)].parent;
    term = parent ? *parent : -1;
  }
  return met;
}

bool IsTerm(const std::vector<matcher::Taxonomy::Term>& terms, int term) {
  return static_cast<std::size_t>(term) < terms.size() && !terms[static_cast<std::size_t>(term)].is_group;
}

// In 120ths.
int64_t BestCredit(const PlainWorld& world, const matcher::WantedSkill& wanted,
                   const VolunteerFacts& volunteer) {
  int64_t best = 0;
  for (const matcher::HeldSkill& held : volunteer.skills) {
    if (!IsTerm(world.skills, held.skill) || !IsTerm(world.skills, wanted.skill)) continue;
    int64_t times = 0;
    if (Upwards(world.skills, held.skill).count(wanted.skill) > 0) {
      times = 2;
    } else if (world.skills[wanted.skill].parent == held.skill) {
      times = 1;
    }
    int64_t share = 0;
    while (share < 60 && (share + 1) * wanted.level <= 60 * held.level) ++share;
    best = std::max(best, share * times);
  }
  return best;
}

bool CauseShared(const PlainWorld& world, const VolunteerFacts& volunteer,
                 const OpportunityFacts& opportunity) {
  for (const int a : volunteer.causes) {
    for (const int b : opportunity.causes) {
      if (!IsTerm(world.causes, a) || !IsTerm(world.causes, b)) continue;
      if (Upwards(world.causes, a).count(b) > 0 || Upwards(world.causes, b).count(a) > 0) return true;
    }
  }
  return false;
}

bool StatesCause(const PlainWorld& world, const std::vector<matcher::CauseId>& causes) {
  return std::any_of(causes.begin(), causes.end(), [&](int cause) { return IsTerm(world.causes, cause); });
}

bool CheckHolds(const PlainRole& role, const VolunteerFacts& volunteer) {
  const matcher::RequiredCheck& required = role.facts->required_check;
  if (required.level == CheckLevel::kNone) return true;
  for (const matcher::HeldCheck& held : volunteer.checks) {
    bool enough = static_cast<int>(held.level) >= static_cast<int>(required.level);
    for (int bit = 0; bit < 8; ++bit) {
      if (((required.workforces >> bit) & 1) == 1 && ((held.workforces >> bit) & 1) == 0) enough = false;
      if (((required.barred_lists >> bit) & 1) == 1 && ((held.barred_lists >> bit) & 1) == 0) enough = false;
    }
    const auto valid_on = [&](int64_t day) {
      return held.issue_day <= day && (!held.expire_day || day <= *held.expire_day);
    };
    enough = enough && valid_on(role.first_day) && valid_on(role.last_day);
    for (const PlainSession& session : role.sessions) enough = enough && valid_on(session.day);
    if (enough) return true;
  }
  return false;
}

bool LicenceHolds(const PlainRole& role, const VolunteerFacts& volunteer, matcher::LicenceKind kind) {
  return std::any_of(volunteer.licences.begin(), volunteer.licences.end(),
                     [&](const matcher::HeldLicence& held) {
                       return held.kind == kind && (!held.expire_day || role.last_day <= *held.expire_day);
                     });
}

bool AgeHolds(const PlainRole& role, const VolunteerFacts& volunteer) {
  const OpportunityFacts& facts = *role.facts;
  if (!volunteer.birth_date) return !facts.minimum_age && !facts.maximum_age;
  const PlainDate birth{volunteer.birth_date->year, volunteer.birth_date->month, volunteer.birth_date->day};
  const int64_t first = AgeInYears(birth, role.first_day);
  if (facts.minimum_age && first < int64_t{*facts.minimum_age}) return false;
  if (facts.maximum_age && AgeInYears(birth, role.last_day) > int64_t{*facts.maximum_age}) return false;
  return !(facts.guardian_consent && first < 18 && !volunteer.guardian_consent);
}

}  // namespace

PlainPair ScoreRole(const PlainWorld& world, const VolunteerFacts& volunteer, const PlainRole& role,
                    const matcher::Weights& weights) {
  const OpportunityFacts& facts = *role.facts;
  PlainPair pair;
  const auto set = [&](Condition condition, bool holds) {
    pair.holds[static_cast<std::size_t>(condition)] = holds;
  };

  const auto history = world.histories.find(volunteer.name);
  std::vector<matcher::HeldPlacement> placements;
  bool referred = false;
  if (history != world.histories.end()) {
    placements = history->second.held_placements;
    for (const matcher::PairReferral& referral : history->second.referrals) {
      if (referral.opportunity != facts.name) continue;
      referred = referral.live ||
                 (referral.declined_until && LondonDayNumber(role.as_of) < *referral.declined_until);
    }
  }

  set(Condition::kVolunteerNotAvailable, volunteer.state == matcher::VolunteerState::kSearching ||
                                             (volunteer.state == matcher::VolunteerState::kPlaced &&
                                              placements.size() < volunteer.placement_limit));
  set(Condition::kOpportunityNotOpen, facts.state == matcher::OpportunityState::kOpen &&
                                          !(facts.expire_min && role.as_of >= *facts.expire_min) &&
                                          facts.places_filled < facts.places &&
                                          !(role.dated && role.sessions.empty()));
  const auto standing = world.organisations.find(facts.organisation);
  const bool draft_without_one = facts.name.empty() && facts.organisation.empty();
  set(Condition::kOrganisationNotActive,
      draft_without_one || (standing != world.organisations.end() &&
                            standing->second == matcher::OrganisationStanding::kActive));
  const bool same_centre = volunteer.centre == facts.centre;
  set(Condition::kNotShared, same_centre || volunteer.sharing == matcher::Sharing::kCounty ||
                                 facts.sharing == matcher::Sharing::kCounty);

  const std::optional<GeoPoint> from = same_centre ? volunteer.home : volunteer.outcode_centroid;
  std::optional<int64_t> metres;
  if (!facts.remote && from && facts.place) metres = world.water.Metres(*from, *facts.place);
  const bool near = metres && volunteer.travel_radius_m && *metres <= int64_t{*volunteer.travel_radius_m};
  set(Condition::kTooFar, facts.remote || near);
  set(Condition::kRemoteNotWanted, !facts.remote || volunteer.accepts_remote);

  bool skilled = true;
  Fraction earned;
  int64_t importance = 0;
  for (const matcher::WantedSkill& wanted : facts.skills) {
    const int64_t credit = BestCredit(world, wanted, volunteer);
    if (wanted.required && credit < 120) skilled = false;
    earned = earned + Fraction{wanted.importance * credit, 1};
    importance += wanted.importance;
  }
  set(Condition::kRequiredSkill, skilled);
  set(Condition::kCheckLevel, CheckHolds(role, volunteer));
  set(Condition::kAge, AgeHolds(role, volunteer));
  set(Condition::kLicence, std::all_of(facts.licences.begin(), facts.licences.end(),
                                       [&](auto kind) { return LicenceHolds(role, volunteer, kind); }));
  set(Condition::kLanguage, std::all_of(facts.languages.begin(), facts.languages.end(), [&](auto language) {
        return std::count(volunteer.languages.begin(), volunteer.languages.end(), language) > 0;
      }));
  const int64_t covered = CoveredOf(role, volunteer);
  set(Condition::kCoverage, Wide{10'000} * covered >= Wide{facts.minimum_coverage_bp} * role.committed);
  bool clash = false;
  for (const PlainSession& session : role.sessions) {
    for (const matcher::HeldPlacement& placement : placements) {
      for (const matcher::Interval& held : placement.sessions) {
        clash = clash || std::max(session.start, held.start_min) < std::min(session.end, held.end_min);
      }
    }
  }
  set(Condition::kDoubleBooked, !clash);
  set(Condition::kAlreadyReferred, !referred);

  matcher::Parts& parts = pair.score.parts;
  if (!facts.skills.empty()) {
    parts.skills = Nearest(earned * Fraction{kMillion, 120} * Fraction{1, importance});
  }
  if (facts.remote) {
    parts.location = 1'000'000;
  } else if (!near) {
    parts.location = 0;
  } else if (*volunteer.travel_radius_m == 0) {
    parts.location = 1'000'000;
  } else {
    const int64_t radius = *volunteer.travel_radius_m;
    parts.location = Nearest(Fraction{kMillion, 1} * Fraction{radius - *metres, radius});
  }
  if (role.committed > 0)
    parts.availability = Nearest(Fraction{kMillion, 1} * Fraction{covered, role.committed});
  if (StatesCause(world, volunteer.causes) && StatesCause(world, facts.causes)) {
    parts.causes = CauseShared(world, volunteer, facts) ? 1'000'000 : 0;
  }

  Fraction weighted;
  Wide weight_sum = 0;
  const auto weigh = [&](const std::optional<int64_t>& part, uint32_t weight) {
    if (!part) return;
    weighted = weighted + Fraction{Wide{weight} * *part, 1};
    weight_sum += weight;
  };
  weigh(parts.skills, weights.skills);
  weigh(parts.location, weights.location);
  weigh(parts.availability, weights.availability);
  weigh(parts.causes, weights.causes);
  if (pair.IsMatch())
    pair.score.score_millionths = weight_sum == 0 ? 0 : Nearest(weighted * Fraction{1, weight_sum});

  pair.score.distance_m = metres;
  if (metres && !same_centre) {
    int64_t kilometres = 0;
    while (kilometres * 1000 < *metres) ++kilometres;
    pair.score.distance_m = kilometres * 1000;
  }
  pair.score.covered_minutes = covered;
  pair.score.committed_minutes = role.committed;
  return pair;
}

}  // namespace brokerage::support
