#include "tests/matcher/random_world.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"

#include "matcher/distance.h"
#include "schedule/intervals.h"
#include "schedule/sessions.h"
#include "tests/matcher/situation.h"

namespace brokerage::matcher {
namespace {

const absl::TimeZone& London() {
  static const absl::TimeZone kLondon = [] {
    absl::TimeZone zone;
    if (!absl::LoadTimeZone("Europe/London", &zone)) std::abort();
    return zone;
  }();
  return kLondon;
}

}  // namespace

RandomWorld::RandomWorld(uint64_t seed, int volunteers, int opportunities) : random_(seed) {
  centres_ = {"centres/ashford", "centres/dover", "centres/thanet"};
  // Shared across centres, so that last segments tie; prefixes of one another; more than digits.
  ids_ = {"a", "aa", "ab", "b", "b0", "c", "d", "e", "v"};
  // A summer week, a year's end, a leap day, and the weeks of both changes of the clock.
  base_day_ =
      OneOf(std::vector<Day>{DayAt(2026, 6, 15), DayAt(2026, 12, 30), DayAt(2028, 2, 28), DayAt(2026, 3, 27),
                             DayAt(2026, 3, 28), DayAt(2026, 10, 23), DayAt(2026, 10, 24)});
  for (int i = 0; i < 4; ++i) places_.push_back(APointAmongThem());
  flat_ = Chance(20);
  if (Chance(50)) AddWater();
  const auto fill = [&](int count, absl::string_view collection, std::vector<std::string>& names) {
    for (int i = 0; i < count; ++i) {
      names.push_back(absl::StrCat(Centre(), collection, absl::Hex(random_()), "-", i));
    }
  };
  fill(volunteers, "/volunteers/", volunteer_names_);
  fill(opportunities, "/opportunities/", opportunity_names_);
}

GeoPoint RandomWorld::APointAmongThem() {
  GeoPoint point = North(static_cast<double>(Below(12'000)));
  point.longitude_e7 += static_cast<int32_t>(Below(1'000'000));
  return point;
}

// Barriers that join one another and run through places, places in the middle of barriers, crossings on
// barriers, on places and on dry land.
void RandomWorld::AddWater() {
  for (uint64_t count = 1 + Below(3); count > 0; --count) {
    Barrier barrier;
    for (uint64_t points = 2 + Below(4); points > 0; --points) {
      const uint64_t kind = Below(10);
      if (kind == 0) {
        barrier.push_back(APlace());
      } else if (kind <= 2 && !barriers_.empty()) {
        barrier.push_back(OneOf(OneOf(barriers_)));
      } else {
        barrier.push_back(APointAmongThem());
      }
    }
    if (Chance(30)) {
      // The point in the middle is one of the lattice when the ends differ by even numbers.
      const GeoPoint from = barrier[0];
      barrier[1].latitude_e7 += (barrier[1].latitude_e7 - from.latitude_e7) % 2;
      barrier[1].longitude_e7 += (barrier[1].longitude_e7 - from.longitude_e7) % 2;
      places_.push_back({from.latitude_e7 + (barrier[1].latitude_e7 - from.latitude_e7) / 2,
                         from.longitude_e7 + (barrier[1].longitude_e7 - from.longitude_e7) / 2});
    }
    barriers_.push_back(std::move(barrier));
  }
  for (uint64_t count = Chance(20) ? 0 : 3 + Below(4); count > 0; --count) {
    GeoPoint point = Chance(70) ? OneOf(OneOf(barriers_)) : APointAmongThem();
    if (Chance(10)) point = APlace();
    crossings_.push_back({point, Chance(70) ? absl::StrCat("crossing ", count) : ""});
  }
  waters_ = Waters(barriers_, crossings_);
}

GeoPoint RandomWorld::APlace() { return OneOf(places_); }

Day RandomWorld::ADay() {
  return base_day_ + OneOf(std::vector<Day>{-1, 0, 0, 1, 2, 3, 6, 7, 8, 82, 83, 84, 85, 86, 90});
}

Minute RandomWorld::AStart() {
  const Minute time = OneOf(std::vector<Minute>{0, 30, 60, 90, 100, 540, 600, 610, 1'380, 1'410});
  return Minute{ADay()} * 1'440 + time;
}

Moment RandomWorld::AMoment() {
  const Minute as_of = AStart() + OneOf(std::vector<Minute>{-1, 0, 0, 1}) -
                       (Chance(70) ? Minute{84} * 1'440 : 0);  // mostly before the sessions
  return {as_of, schedule::LocalDay(as_of, London())};
}

SlotSet RandomWorld::SomeSlots() {
  if (Chance(15)) return SlotSet().set();
  if (Chance(15)) return SlotSet();
  SlotSet slots;
  for (uint64_t pieces = 1 + Below(6); pieces > 0; --pieces) {
    const uint64_t first = Below(kSlotsPerWeek);
    const uint64_t length = 1 + Below(Chance(50) ? 4 : 140);
    for (uint64_t i = 0; i < length; ++i) slots.set((first + i) % kSlotsPerWeek);
  }
  return slots;
}

std::vector<Interval> RandomWorld::SomeIntervals() {
  std::vector<schedule::Interval> some;
  for (uint64_t count = Below(5); count > 0; --count) {
    // Around the starts and the ends of sessions; now and then for days.
    const Minute start = AStart() + OneOf(std::vector<Minute>{-61, -1, 0, 0, 1, 20, 45, 60});
    const Minute minutes = OneOf(std::vector<Minute>{1, 19, 45, 60, 90, 120, 3 * 1'440});
    some.push_back({start, start + minutes});
  }
  std::vector<Interval> intervals;
  for (const schedule::Interval& one : schedule::United(some))
    intervals.push_back({one.start_min, one.end_min});
  return intervals;
}

Schedule RandomWorld::ASchedule() {
  switch (Below(5)) {
    case 0:
      return std::monostate();
    case 1: {
      SlotSet windows = SomeSlots();
      if (windows.none()) windows.set(40);
      return WeeklySchedule{windows};
    }
    case 2:
      return FlexibleSchedule{static_cast<int32_t>(1 + Below(600)), static_cast<int32_t>(1 + Below(200)),
                              SomeSlots()};
    default: {
      DatedSchedule dated;
      for (uint64_t count = Below(6); count > 0; --count) {
        const int64_t minutes = OneOf(std::vector<int64_t>{1, 45, 60, 90, 120, 200});
        schedule::Session expanded = schedule::ExpandSession(AStart(), minutes, London());
        Session session{expanded.start_min, expanded.end_min, expanded.local_date, {}};
        for (const schedule::SlotSpan& span : expanded.spans) {
          session.spans.push_back({span.slot, span.start_min, span.end_min});
        }
        dated.sessions.push_back(std::move(session));
      }
      std::sort(dated.sessions.begin(), dated.sessions.end(),
                [](const Session& a, const Session& b) { return a.start_min < b.start_min; });
      return dated;
    }
  }
}

std::string RandomWorld::VolunteerName() {
  if (!volunteer_names_.empty()) return OneOf(volunteer_names_);
  return absl::StrCat(Centre(), "/volunteers/", OneOf(ids_));
}
std::string RandomWorld::OpportunityName() {
  if (!opportunity_names_.empty()) return OneOf(opportunity_names_);
  return absl::StrCat(Centre(), "/opportunities/", OneOf(ids_));
}

std::string RandomWorld::ALabel() {
  return std::string(Below(40), static_cast<char>('a' + static_cast<int>(Below(26))));
}

VolunteerFacts RandomWorld::AVolunteer() { return AVolunteerNamed(VolunteerName()); }

VolunteerFacts RandomWorld::AVolunteerNamed(std::string name) {
  VolunteerFacts facts;
  facts.centre = name.substr(0, name.find("/volunteers/"));
  facts.name = std::move(name);
  facts.display_name = ALabel();
  facts.state = Chance(75) ? VolunteerState::kSearching : static_cast<VolunteerState>(Below(6));
  facts.sharing = Chance(65) ? Sharing::kCounty : Sharing::kCentre;
  facts.placement_limit = static_cast<uint32_t>(Below(3));
  if (Chance(92)) facts.home = APlace();
  if (Chance(92)) facts.outcode_centroid = APlace();
  if (facts.home.has_value() && Chance(90)) {
    const GeoPoint other = APlace();
    const int64_t straight = DistanceM(*facts.home, other);
    const int64_t near = Chance(80) ? waters_.TravelM(*facts.home, other).value_or(straight) : straight;
    facts.travel_radius_m = static_cast<uint32_t>(std::max<int64_t>(
        0, OneOf(std::vector<int64_t>{0, near - 1, near, near + 1, 8'000, 30'000, 30'000, 30'000})));
  }
  facts.accepts_remote = Chance(75);
  if (flat_) {
    facts.free.set();
    return facts;
  }
  for (SkillId skill = 0; skill < 8; ++skill) {
    if (Chance(30)) facts.skills.push_back({skill, static_cast<uint8_t>(1 + Below(5))});
  }
  facts.free = SomeSlots();
  if (Chance(40)) facts.extra = SomeIntervals();
  if (Chance(40)) facts.away = SomeIntervals();
  for (CauseId cause = 0; cause < 6; ++cause) {
    if (Chance(20)) facts.causes.push_back(cause);
  }
  if (Chance(70)) facts.languages.push_back(1);
  if (Chance(30)) facts.languages.push_back(2);
  for (const LicenceKind kind : {1, 2, 9, 10}) {
    if (Chance(60)) facts.licences.push_back({kind, Chance(50) ? std::optional<Day>(ADay()) : std::nullopt});
  }
  for (uint64_t count = Below(3); count > 0; --count) {
    HeldCheck check{static_cast<CheckLevel>(1 + Below(4)), static_cast<WorkforceSet>(Below(8)), 0,
                    Chance(70) ? base_day_ - 200 : ADay(), std::nullopt};
    if (check.level == CheckLevel::kEnhancedBarred)
      check.barred_lists = static_cast<BarredListSet>(1 + Below(3));
    if (Chance(60)) check.expire_day = ADay();
    facts.checks.push_back(check);
  }
  if (Chance(85)) {
    // Around the 18th birthday; a leap day; anyone.
    facts.birth_date = OneOf(std::vector<BirthDate>{{2008, 6, 15},
                                                    {2008, 6, 16},
                                                    {2008, 3, 28},
                                                    {2008, 10, 24},
                                                    {2010, 2, 28},
                                                    {2008, 2, 29},
                                                    {2012, 2, 29},
                                                    {2008, 12, 31},
                                                    {1980, 5, 4},
                                                    {1950, 1, 1}});
  }
  facts.guardian_consent = Chance(40);
  for (AccessNeed need = 0; need < 3; ++need) {
    if (Chance(15)) facts.access_needs.push_back(need);
  }
  return facts;
}

OpportunityFacts RandomWorld::ADraft() {
  OpportunityFacts draft = AnOpportunity(absl::StrCat(Centre(), "/opportunities/draft"));
  draft.name.clear();
  draft.state = OpportunityState::kOpen;
  draft.expire_min.reset();
  if (Chance(30)) draft.organisation.clear();
  return draft;
}

OpportunityFacts RandomWorld::AnOpportunity(std::string name) {
  OpportunityFacts facts;
  facts.centre = name.substr(0, name.find("/opportunities/"));
  facts.name = std::move(name);
  facts.title = ALabel();
  facts.organisation = absl::StrCat("organisations/", Below(Chance(90) ? 3 : 6));
  facts.state = Chance(85) ? OpportunityState::kOpen : static_cast<OpportunityState>(Below(9));
  if (Chance(50)) facts.expire_min = AStart();
  facts.places = static_cast<uint32_t>(1 + Below(4));
  facts.places_filled = Chance(85) ? 0 : static_cast<uint32_t>(Below(5));
  facts.sharing = Chance(80) ? Sharing::kCounty : Sharing::kCentre;
  facts.remote = Chance(30);
  if (!facts.remote && Chance(93)) facts.place = APlace();
  facts.schedule = ASchedule();
  facts.minimum_coverage_bp =
      OneOf(std::vector<uint32_t>{0, 0, 1, 2'500, 3'333, 3'334, kDefaultMinimumCoverageBp, 10'000});
  if (flat_) return facts;
  for (SkillId skill = 0; skill < 8; ++skill) {
    if (Chance(20)) {
      facts.skills.push_back(
          {skill, static_cast<uint8_t>(1 + Below(5)), static_cast<uint8_t>(1 + Below(5)), Chance(15)});
    }
  }
  for (CauseId cause = 0; cause < 6; ++cause) {
    if (Chance(20)) facts.causes.push_back(cause);
  }
  if (Chance(15)) facts.languages.push_back(1);
  if (Chance(5)) facts.languages.push_back(2);
  if (Chance(15)) facts.licences.push_back(Chance(50) ? 1 : 9);
  if (Chance(5)) facts.licences.push_back(Chance(50) ? 2 : 10);
  if (Chance(20)) {
    facts.required_check = {static_cast<CheckLevel>(Below(5)), static_cast<WorkforceSet>(Below(8)), 0};
    if (facts.required_check.level == CheckLevel::kEnhancedBarred) {
      facts.required_check.barred_lists = static_cast<BarredListSet>(1 + Below(3));
    }
  }
  if (Chance(20)) facts.minimum_age = OneOf(std::vector<uint32_t>{0, 16, 18, 19});
  if (Chance(10)) facts.maximum_age = OneOf(std::vector<uint32_t>{17, 18, 25, 76});
  facts.guardian_consent = Chance(20);
  for (AccessNeed need = 0; need < 3; ++need) {
    if (Chance(50)) facts.access_support.push_back(need);
  }
  return facts;
}

SetVolunteerHistory RandomWorld::AHistory() {
  SetVolunteerHistory history;
  history.name = VolunteerName();
  for (uint64_t count = Below(3); count > 0; --count) {
    HeldPlacement placement{OpportunityName(), {}};
    for (uint64_t sessions = 1 + Below(3); sessions > 0; --sessions) {
      const Minute start = AStart() + OneOf(std::vector<Minute>{-61, -60, -59, 0, 59, 60, 61});
      placement.sessions.push_back({start, start + 60});
    }
    history.held_placements.push_back(std::move(placement));
  }
  for (uint64_t count = Below(12); count > 0; --count) {
    PairReferral referral{OpportunityName(), Chance(30), std::nullopt};
    if (Chance(50)) referral.declined_until = ADay();
    const bool twice =
        std::any_of(history.referrals.begin(), history.referrals.end(),
                    [&](const PairReferral& other) { return other.opportunity == referral.opportunity; });
    if (!twice) history.referrals.push_back(referral);
  }
  return history;
}

Change RandomWorld::AChange() {
  switch (Below(10)) {
    case 0:
      return RemoveVolunteer{VolunteerName()};
    case 1:
      return RemoveOpportunity{OpportunityName()};
    case 2:
      return SetOrganisation{
          absl::StrCat("organisations/", Below(5)),
          Chance(80) ? OrganisationStanding::kActive : static_cast<OrganisationStanding>(Below(4))};
    case 3:
      return AHistory();
    case 4:
      return SetConnections{OpportunityName(), static_cast<int64_t>(Below(6))};
    case 5:
    case 6:
    case 7:
      return UpsertVolunteer{AVolunteer()};
    default:
      return UpsertOpportunity{AnOpportunity(OpportunityName())};
  }
}

std::vector<Change> RandomWorld::Populate() {
  std::vector<Change> changes;
  for (int i = 0; i < 4; ++i) {
    changes.push_back(SetOrganisation{absl::StrCat("organisations/", i), OrganisationStanding::kActive});
  }
  const uint64_t volunteers = Chance(5) ? 0 : 1 + Below(24);
  for (uint64_t i = 0; i < volunteers; ++i) changes.push_back(UpsertVolunteer{AVolunteer()});
  for (const std::string& name : volunteer_names_) changes.push_back(UpsertVolunteer{AVolunteerNamed(name)});
  const uint64_t opportunities = Chance(5) ? 0 : 1 + Below(16);
  for (uint64_t i = 0; i < opportunities; ++i) {
    changes.push_back(UpsertOpportunity{AnOpportunity(OpportunityName())});
  }
  for (const std::string& name : opportunity_names_) {
    changes.push_back(UpsertOpportunity{AnOpportunity(name)});
    if (Chance(20)) changes.push_back(SetConnections{name, static_cast<int64_t>(Below(6))});
  }
  for (uint64_t count = Below(30); count > 0; --count) changes.push_back(AHistory());
  for (uint64_t count = Below(6); count > 0; --count) {
    changes.push_back(SetConnections{OpportunityName(), static_cast<int64_t>(Below(6))});
  }
  return changes;
}

std::vector<Change> RandomWorld::Disturb() {
  std::vector<Change> changes;
  for (uint64_t count = 1 + Below(4); count > 0; --count) changes.push_back(AChange());
  return changes;
}

Weights RandomWorld::SomeWeights() {
  switch (Below(5)) {
    case 0:
      return {0, 0, 0, 0, 2'500};
    case 1:
      return {1, 1, 1, 1, 10'000};
    case 2:
      return {0, 0, 0, 1, 0};
    case 3:
      return {static_cast<uint32_t>(Below(1'001)), static_cast<uint32_t>(Below(1'001)),
              static_cast<uint32_t>(Below(1'001)), static_cast<uint32_t>(Below(1'001)),
              static_cast<uint32_t>(Below(10'001))};
    default:
      return {};
  }
}

Visibility RandomWorld::SomeVisibility() { return {Centre(), Chance(25), Chance(15)}; }

}  // namespace brokerage::matcher
