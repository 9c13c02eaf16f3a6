// Why a pair is a match or is not: every condition with what was seen, every part with its working.
//
// Facts are numbers and ids; matcher/explain_text.h turns them into words for a reader who may know less.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "matcher/conditions.h"
#include "matcher/result.h"
#include "matcher/types.h"
#include "matcher/world.h"

namespace brokerage::matcher {

struct VolunteerStanding {
  VolunteerState state = VolunteerState::kEnquiry;
  std::optional<Day> on_break_until;
  int64_t placements = 0;
  int64_t placement_limit = 0;
};

struct OpportunityStanding {
  OpportunityState state = OpportunityState::kDraft;
  bool expired = false;
  int64_t places = 0;
  int64_t places_filled = 0;
  bool no_session_left = false;  // a dated role without a session to come
};

struct SharingWorking {
  bool same_centre = false;
  bool volunteer_shared = false;  // with the county
  bool opportunity_shared = false;
};

struct TravelWorking {
  bool remote = false;
  bool accepts_remote = false;
  bool home_known = false;   // the point that this pair is measured from
  bool place_known = false;  // always false for remote roles
  bool by_centroid = false;  // the centres differ
  std::optional<int64_t> radius_m;
  std::optional<int64_t> distance_m;  // as shown
  bool no_crossing = false;           // both places are known, and no crossing leads there
  std::string by;                     // the first crossing on the way round water from home; empty: none
};

// One wanted skill and the best held one for it. Credits are in 120ths.
struct SkillWorking {
  WantedSkill wanted;
  std::optional<HeldSkill> held;
  int factor = 0;  // 2: the skill itself or below it; 1: its direct parent; 0: none held
  int64_t credit = 0;
};

// A session inside the horizon, counted from 1.
struct SessionRef {
  int64_t number = 0;
  Day day = 0;
};

// How a dated paper (a check, a licence) stands to the dates it is needed on.
enum class Validity : uint8_t {
  kNotRequired,
  kValid,
  kMissing,      // none is held
  kTooLow,       // checks: none has the level
  kOtherScope,   // checks: none of that level covers the workforces and barred lists
  kExpires,      // before `session`, or, without one, before today
  kIssuedLater,  // checks: after `session`, or, without one, after today
};

struct PaperWorking {
  Validity validity = Validity::kNotRequired;
  std::optional<SessionRef> session;  // dated roles: the first one on which it is not valid
  Day expire_day = 0;                 // kExpires
};

struct CheckWorking {
  RequiredCheck required;
  PaperWorking paper;
};

struct LicenceWorking {
  LicenceKind kind = 0;
  PaperWorking paper;
};

struct AgeWorking {
  enum class Outcome : uint8_t { kNotAsked, kHolds, kUnknown, kTooYoung, kTooOld, kGuardianConsentMissing };
  Outcome outcome = Outcome::kNotAsked;
  std::optional<int64_t> minimum;
  std::optional<int64_t> maximum;
  bool guardian_consent_asked = false;
  // Years, on the first and the last date. Unset: no date of birth.
  std::optional<int64_t> first_age;
  std::optional<int64_t> last_age;
  bool guardian_consent_given = false;
};

struct LanguageWorking {
  LanguageId language = 0;
  bool held = false;
};

struct CoverageWorking {
  enum class Kind : uint8_t { kNoSchedule, kWeekly, kFlexible, kDated };
  Kind kind = Kind::kNoSchedule;
  bool nothing_recorded = false;  // the volunteer's free time is not known
  int64_t covered_minutes = 0;
  int64_t committed_minutes = 0;
  int64_t minimum_bp = 0;
  // Dated roles.
  int64_t sessions = 0;
  int64_t sessions_covered = 0;  // wholly
};

struct PlacementWorking {
  int64_t placements = 0;
  std::optional<SessionRef> clash;  // the first session that overlaps a placement
  std::string clash_opportunity;    // the placement's
};

struct ReferralWorking {
  bool live_referral = false;
  std::optional<Day> declined_until;  // only while it counts
};

struct CauseWorking {
  bool stated = false;  // by both
  // Set when one is shared.
  std::optional<CauseId> volunteer_cause;
  std::optional<CauseId> opportunity_cause;
};

struct Explanation {
  bool same_centre = false;
  Day today = 0;
  std::array<bool, kConditionCount> holds{};
  PairScore pair;
  Weights weights;

  VolunteerStanding volunteer;
  OpportunityStanding opportunity;
  OrganisationStanding organisation = OrganisationStanding::kUnknown;
  SharingWorking sharing;
  TravelWorking travel;
  std::vector<SkillWorking> skills;
  CheckWorking check;
  AgeWorking age;
  std::vector<LicenceWorking> licences;
  std::vector<LanguageWorking> languages;
  CoverageWorking coverage;
  PlacementWorking placements;
  ReferralWorking referral;
  CauseWorking causes;

  bool Holds(Condition condition) const { return holds[static_cast<std::size_t>(condition)]; }
};

// The whole result of a pair. `organisation` is the opportunity's.
Explanation ExplainPair(const VolunteerFacts& volunteer, const OpportunityFacts& opportunity,
                        const PairHistory& history, OrganisationStanding organisation, const World& world,
                        Moment moment, const Weights& weights);

}  // namespace brokerage::matcher
