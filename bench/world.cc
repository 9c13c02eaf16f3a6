#include "bench/world.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

#include "apps/demo/names.h"
#include "apps/demo/random.h"
#include "bench/habits.h"
#include "reference/districts.h"
#include "services/matching/convert/tables.h"

namespace brokerage::bench {
namespace {

using matcher::Day;
using matcher::VolunteerState;

constexpr Day kToday =
    std::chrono::sys_days{std::chrono::year{2026} / 11 / 25}.time_since_epoch() / std::chrono::days{1};
constexpr matcher::Minute kTenOClock = 600;

// How far people travel, in metres, and how many of each: the last wants remote roles only.
constexpr uint32_t kRadiiM[] = {2'000, 3'000, 5'000, 8'000, 10'000, 15'000, 20'000, 30'000, 40'000, 0};
constexpr int kRadiusWeights[] = {8, 12, 20, 18, 14, 10, 6, 3, 2, 7};
constexpr std::size_t kNoRadius = 9;

std::string CentreName(int centre) { return absl::StrFormat("centres/centre-%02d", centre); }

// Names are distinct, because Mix is a bijection, and in no order of the numbers.
std::string RecordName(const std::string& centre, absl::string_view collection, uint64_t key) {
  return absl::StrFormat("%s/%s/%016x", centre, collection, key);
}

matcher::HeldCheck SomeCheck(Draws& draws) {
  constexpr int kLevels[] = {35, 10, 45, 10};
  matcher::HeldCheck check;
  check.level = static_cast<matcher::CheckLevel>(1 + draws.Weighted(kLevels));
  check.workforces = static_cast<matcher::WorkforceSet>(1 + draws.Below(7));
  if (check.level == matcher::CheckLevel::kEnhancedBarred)
    check.barred_lists = static_cast<matcher::BarredListSet>(1 + draws.Below(3));
  check.issue_day = kToday - static_cast<Day>(draws.Between(1, 1'400));
  if (draws.Chance(20)) check.expire_day = kToday + static_cast<Day>(draws.Between(-60, 700));
  return check;
}

matcher::BirthDate SomeBirthDate(Draws& draws) {
  constexpr int kAges[] = {12, 26, 22, 20, 20};  // 14–20, 21–35, 36–50, 51–65, 66–85
  constexpr int kFirstAges[] = {14, 21, 36, 51, 66, 86};
  const std::size_t band = draws.Weighted(kAges);
  const auto age = draws.Between(kFirstAges[band], kFirstAges[band + 1] - 1);
  return {static_cast<int16_t>(2026 - age), static_cast<uint8_t>(draws.Between(1, 12)),
          static_cast<uint8_t>(draws.Between(1, 28))};
}

std::string DisplayNameOf(uint64_t seed, int64_t number,
                          const std::optional<matcher::BirthDate>& birth_date) {
  constexpr int kUnknownYear = 1970;
  auto random = demo::Random::For(seed, "display name", static_cast<uint64_t>(number));
  const demo::PersonName name = demo::PickName(birth_date ? birth_date->year : kUnknownYear, random);
  return absl::StrCat(name.given, " ", name.family);
}

}  // namespace

absl::string_view NameOf(RoleClass role_class) {
  constexpr absl::string_view kNames[] = {"local", "remote", "worst", "flat", "ties", "dated"};
  return kNames[static_cast<std::size_t>(role_class)];
}

absl::string_view NameOf(SeekerClass seeker_class) {
  return seeker_class == SeekerClass::kOnSite ? "onsite" : "remote";
}

std::string OrganisationName(int64_t organisation) {
  return absl::StrCat("organisations/organisation-", organisation);
}

World::World(uint64_t seed, int64_t volunteers) : seed_(seed), geography_(seed, volunteers) {}

matcher::Moment World::AsOf() { return {matcher::Minute{kToday} * 24 * 60 + kTenOClock, kToday}; }

VolunteerState World::StateOf(int64_t number) const {
  constexpr int kStates[] = {4, 4, 76, 8, 5, 3};
  Draws draws(seed_, kStateStream, static_cast<uint64_t>(number));
  return static_cast<VolunteerState>(draws.Weighted(kStates));
}

matcher::VolunteerFacts World::VolunteerAt(int64_t number) const {
  Draws draws(seed_, kVolunteerStream, static_cast<uint64_t>(number));
  const Spot home = geography_.Home(draws);
  matcher::VolunteerFacts facts;
  facts.centre = CentreName(home.centre);
  facts.name = RecordName(facts.centre, "volunteers",
                          Mix(static_cast<uint64_t>(number) ^ Mix(seed_ ^ kVolunteerNames)));
  facts.state = StateOf(number);
  facts.sharing = draws.Chance(60) ? matcher::Sharing::kCounty : matcher::Sharing::kCentre;
  facts.placement_limit = draws.Chance(85) ? 1 : 2;
  if (draws.Chance(97)) {
    facts.home = home.point;
    facts.outcode_centroid = home.outcode_centroid;
  }
  const std::size_t radius = draws.Weighted(kRadiusWeights);
  if (radius != kNoRadius) facts.travel_radius_m = kRadiiM[radius];
  facts.accepts_remote = draws.Chance(30) || radius == kNoRadius;

  constexpr int kLevels[] = {8, 17, 45, 20, 10};
  for (const int skill : SomeTerms(draws, kSkills, 1 + draws.Below(6))) {
    facts.skills.push_back(
        {static_cast<matcher::SkillId>(skill), static_cast<uint8_t>(1 + draws.Weighted(kLevels))});
  }
  facts.free = FreeWeek(draws);
  for (const int cause : SomeTerms(draws, kCauses, draws.Below(4)))
    facts.causes.push_back(static_cast<matcher::CauseId>(cause));
  if (draws.Chance(97)) facts.languages.push_back(0);
  if (draws.Chance(18))
    facts.languages.push_back(static_cast<matcher::LanguageId>(draws.Between(1, kLanguages - 1)));
  if (draws.Chance(30)) {
    matcher::HeldLicence licence;
    licence.kind = static_cast<matcher::LicenceKind>(draws.Below(kLicences));
    if (draws.Chance(30)) licence.expire_day = kToday + static_cast<Day>(draws.Between(-60, 1'500));
    facts.licences.push_back(licence);
  }
  if (draws.Chance(40)) facts.checks.push_back(SomeCheck(draws));
  if (draws.Chance(95)) facts.birth_date = SomeBirthDate(draws);
  facts.display_name = DisplayNameOf(seed_, number, facts.birth_date);
  facts.guardian_consent = draws.Chance(10);
  if (draws.Chance(10)) facts.access_needs.push_back(static_cast<uint16_t>(draws.Below(kAccessNeeds)));
  return facts;
}

matcher::SetVolunteerHistory World::HistoryOf(const matcher::VolunteerFacts& facts) {
  matcher::SetVolunteerHistory history;
  history.name = facts.name;
  if (facts.state == VolunteerState::kPlaced) {
    history.held_placements.push_back({absl::StrCat(facts.centre, "/opportunities/placement"), {}});
  }
  return history;
}

int64_t World::ConnectionsAt(int64_t number) const {
  Draws draws(seed_, kConnectionStream, static_cast<uint64_t>(number));
  return draws.Chance(30) ? draws.Between(1, 12) : 0;
}

RolesQuestion World::QuestionAt(SeekerClass seeker_class, int64_t number) const {
  // The number-th of those who are looking and belong to the class.
  int64_t met = -1;
  for (int64_t candidate = 0;; ++candidate) {
    if (StateOf(candidate) != VolunteerState::kSearching) continue;
    matcher::VolunteerFacts facts = VolunteerAt(candidate);
    if (!facts.travel_radius_m.has_value() || !facts.home.has_value()) continue;
    if (facts.accepts_remote != (seeker_class == SeekerClass::kRemote) || ++met < number) continue;
    RolesQuestion question{std::move(facts), {}, {}};
    question.visibility.centre = question.volunteer.centre;
    return question;
  }
}

std::shared_ptr<const matcher::World> DryWorld() {
  return matching::MakeWorld(matching::ShippedTables(reference::KentDistricts()), {});
}

}  // namespace brokerage::bench
