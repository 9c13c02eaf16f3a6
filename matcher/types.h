// What the matcher knows of a volunteer, of an opportunity, and of the two together: plain structs, no more.
//
// Whoever fills them has resolved names to small numbers, defaults to values, and places, zones and calendars
// to coordinates, minutes and days. Start here; matcher/index.h is the face that answers questions about
// them.
#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "absl/types/span.h"

namespace brokerage::matcher {

using Minute = int64_t;  // whole minutes since 1970-01-01T00:00Z; always UTC
using Day = int32_t;     // a civil day (London), as days since 1970-01-01

using SkillId = uint16_t;
using CauseId = uint16_t;
using LicenceKind = uint16_t;
using AccessNeed = uint16_t;
using LanguageId = uint32_t;

// The moment of a query: the clock cut to the minute, and its London date. Nothing else reads a clock.
struct Moment {
  Minute as_of_min = 0;
  Day today = 0;
};

// `seconds` and `nanos` since the epoch, rounded up to the minute: a whole minute lies before the instant
// exactly when it lies before this. For expiries.
constexpr Minute CeilToMinute(int64_t seconds, int32_t nanos) {
  const int64_t minutes = seconds / 60 - (seconds % 60 < 0 ? 1 : 0);
  return minutes + (minutes * 60 != seconds || nanos > 0 ? 1 : 0);
}

// Degrees times 10^7.
struct GeoPoint {
  int32_t latitude_e7 = 0;
  int32_t longitude_e7 = 0;
  friend bool operator==(const GeoPoint&, const GeoPoint&) = default;
};

enum class Sharing : uint8_t { kCentre, kCounty };

// Half-hours of a week, slot 0 from Monday 00:00; 48 a day.
inline constexpr int kSlotMinutes = 30;
inline constexpr int kSlotsPerWeek = 336;
inline constexpr int kMinutesPerWeek = kSlotMinutes * kSlotsPerWeek;
using SlotSet = std::bitset<kSlotsPerWeek>;

// Half-open, start < end.
struct Interval {
  Minute start_min = 0;
  Minute end_min = 0;
  friend bool operator==(const Interval&, const Interval&) = default;
};

// The part of one slot of the local week that lies within a session. Where the clock goes back, the slots of
// the repeated hour overlap one another in UTC; where it goes forward, those of the lost hour are left out.
struct SlotSpan {
  uint16_t slot = 0;
  Minute start_min = 0;
  Minute end_min = 0;
  friend bool operator==(const SlotSpan&, const SlotSpan&) = default;
};

// A dated occurrence. `local_date` is the London date of its start; `spans` cover it, ordered by start.
struct Session {
  Minute start_min = 0;
  Minute end_min = 0;
  Day local_date = 0;
  std::vector<SlotSpan> spans;
};

// Checks. Levels are ordered; what a check covers besides its level is a set.
enum class CheckLevel : uint8_t { kNone, kBasic, kStandard, kEnhanced, kEnhancedBarred };
using WorkforceSet = uint8_t;
inline constexpr WorkforceSet kChildWorkforce = 1;
inline constexpr WorkforceSet kAdultWorkforce = 2;
inline constexpr WorkforceSet kOtherWorkforce = 4;
using BarredListSet = uint8_t;
inline constexpr BarredListSet kChildrenBarredList = 1;
inline constexpr BarredListSet kAdultsBarredList = 2;

struct RequiredCheck {
  CheckLevel level = CheckLevel::kNone;  // kNone: nothing is required
  WorkforceSet workforces = 0;
  BarredListSet barred_lists = 0;
};

// Valid from its issue to its expiry, both days included; without an expiry, for ever.
struct HeldCheck {
  CheckLevel level = CheckLevel::kNone;
  WorkforceSet workforces = 0;
  BarredListSet barred_lists = 0;
  Day issue_day = 0;
  std::optional<Day> expire_day;
};

// Levels are 1 to 5; these are for what is not stated.
inline constexpr uint8_t kDefaultHeldLevel = 3;
inline constexpr uint8_t kDefaultWantedLevel = 1;
inline constexpr uint8_t kDefaultImportance = 3;

struct HeldSkill {
  SkillId skill = 0;
  uint8_t level = kDefaultHeldLevel;
};

struct WantedSkill {
  SkillId skill = 0;
  uint8_t level = kDefaultWantedLevel;
  uint8_t importance = kDefaultImportance;  // 1 to 5
  bool required = false;                    // also a condition: full credit or no match
};

// Valid to its expiry, that day included; without one, for ever.
struct HeldLicence {
  LicenceKind kind = 0;
  std::optional<Day> expire_day;
};

// Civil, proleptic Gregorian; a real date.
struct BirthDate {
  int16_t year = 0;
  uint8_t month = 0;
  uint8_t day = 0;
};

enum class VolunteerState : uint8_t { kEnquiry, kRegistered, kSearching, kPlaced, kOnBreak, kLeft };

// Lists hold no id twice, in any order.
struct VolunteerFacts {
  std::string name;          // the resource name
  std::string centre;        // of its centre: "centres/ashford"
  std::string display_name;  // as lists show it; no rule reads it
  VolunteerState state = VolunteerState::kEnquiry;
  std::optional<Day> on_break_until;
  Sharing sharing = Sharing::kCentre;
  uint32_t placement_limit = 1;

  // Pairs within a centre are measured from `home`, pairs across centres from `outcode_centroid` (the shipped
  // centroid of the home's outcode; of the nearest when the home was given by coordinates). Unset: not known.
  std::optional<GeoPoint> home;
  std::optional<GeoPoint> outcode_centroid;
  std::optional<uint32_t> travel_radius_m;  // unset: only remote roles are wanted
  bool accepts_remote = false;

  std::vector<HeldSkill> skills;
  SlotSet free;  // week by week
  // Exceptions to it, which count for dated roles alone: free then too, and not free whatever else is said.
  // In order, no two of one list meet. No slot set and no extra: nothing recorded.
  std::vector<Interval> extra;
  std::vector<Interval> away;
  std::vector<CauseId> causes;
  std::vector<LanguageId> languages;
  std::vector<HeldLicence> licences;
  std::vector<HeldCheck> checks;
  std::optional<BirthDate> birth_date;
  bool guardian_consent = false;  // given and not withdrawn
  std::vector<AccessNeed> access_needs;
};

enum class OpportunityState : uint8_t {
  kDraft,
  kSubmitted,
  kOpen,
  kRejected,
  kPaused,
  kFilled,
  kExpired,
  kClosed,
  kDeleted
};

// All of these slots, every week. At least one is set.
struct WeeklySchedule {
  SlotSet windows;
};

// This many minutes a week, inside the windows (none set: at any time), in unbroken pieces of at least a
// block.
struct FlexibleSchedule {
  int32_t minutes_per_week = 0;  // 1 to 10,080
  int32_t minimum_block_minutes = 60;
  SlotSet windows;
};

// Ordered by start. Sessions may overlap.
struct DatedSchedule {
  std::vector<Session> sessions;
};

// Nothing stated, or one of the three.
using Schedule = std::variant<std::monostate, WeeklySchedule, FlexibleSchedule, DatedSchedule>;

inline constexpr uint32_t kDefaultMinimumCoverageBp = 5'000;

// Lists hold no id twice, in any order. A draft that is matched before it is stored is given as if open,
// without expiry.
struct OpportunityFacts {
  std::string name;          // the resource name; empty for a draft
  std::string centre;        // of its centre
  std::string title;         // as lists show it; no rule reads it
  std::string organisation;  // of its organisation
  OpportunityState state = OpportunityState::kDraft;
  std::optional<Minute> expire_min;  // rounded up (CeilToMinute); unset: does not expire
  uint32_t places = 1;               // 1 to 10,000
  uint32_t places_filled = 0;
  Sharing sharing = Sharing::kCentre;

  bool remote = false;
  std::optional<GeoPoint> place;  // of a role on site; unset: not known

  std::vector<WantedSkill> skills;
  Schedule schedule;
  uint32_t minimum_coverage_bp = kDefaultMinimumCoverageBp;  // 0 to 10,000
  std::vector<CauseId> causes;
  std::vector<LanguageId> languages;  // each required
  std::vector<LicenceKind> licences;  // each required
  RequiredCheck required_check;
  std::optional<uint32_t> minimum_age;  // years
  std::optional<uint32_t> maximum_age;  // years
  bool guardian_consent = false;        // asked of those under 18
  std::vector<AccessNeed> access_support;
};

// The last that the registry said of an organisation.
enum class OrganisationStanding : uint8_t { kUnknown, kActive, kSuspended, kDeleted };

// A placement that a volunteer holds, with the sessions it takes.
struct HeldPlacement {
  std::string opportunity;
  std::vector<Interval> sessions;
};

// What happened between a volunteer and opportunities so far. The span must outlive its use.
struct PairHistory {
  absl::Span<const HeldPlacement> held_placements;  // the volunteer's
  bool live_referral = false;                       // of the pair
  // The first London day on which a decline of the pair, by either side, no longer counts (90 days on).
  std::optional<Day> declined_until;
  int64_t connections = 0;  // the opportunity's total: referrals that reached introduced
};

// A weight set's numbers: 0 to 1,000 each; alpha in basis points, 0 to 10,000.
struct Weights {
  uint32_t skills = 40;
  uint32_t location = 25;
  uint32_t availability = 25;
  uint32_t causes = 10;
  uint32_t alpha_bp = 2'500;
};

// Who asks. A record is seen by its own centre, by all when shared with the county, and by those who see
// everything.
struct Visibility {
  std::string centre;
  bool sees_all = false;
  // Nothing but the centre's own: who asks about another centre's record may pair it with these only.
  bool own_only = false;

  bool Sees(const std::string& record_centre, Sharing sharing) const {
    return sees_all || record_centre == centre || (sharing == Sharing::kCounty && !own_only);
  }
};

}  // namespace brokerage::matcher
