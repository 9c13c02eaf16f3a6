// The roles of the benchmark's world: those of the store, and those that are asked about.
#include <utility>

#include "absl/strings/str_format.h"

#include "bench/habits.h"
#include "bench/world.h"

namespace brokerage::bench {
namespace {

using matcher::OpportunityFacts;

constexpr matcher::Minute kDayMinutes = 24 * 60;
void Want(OpportunityFacts& role, Draws& draws, int64_t skills, bool first_required) {
  for (const int skill : SomeTerms(draws, kSkills, static_cast<std::size_t>(skills))) {
    matcher::WantedSkill wanted;
    wanted.skill = static_cast<matcher::SkillId>(skill);
    wanted.level = static_cast<uint8_t>(draws.Between(1, 3));
    wanted.importance = static_cast<uint8_t>(draws.Between(1, 5));
    wanted.required = first_required && role.skills.empty();
    role.skills.push_back(wanted);
  }
}

void AskForCheck(OpportunityFacts& role, Draws& draws) {
  constexpr int kLevels[] = {50, 10, 40};
  role.required_check.level = static_cast<matcher::CheckLevel>(1 + draws.Weighted(kLevels));
  if (role.required_check.level >= matcher::CheckLevel::kEnhanced) {
    role.required_check.workforces = draws.Chance(50) ? matcher::kChildWorkforce : matcher::kAdultWorkforce;
  }
}

void Schedule(OpportunityFacts& role, Draws& draws, unsigned unscheduled_percent) {
  if (draws.Chance(unscheduled_percent)) return;
  if (draws.Chance(55)) {
    role.schedule = matcher::WeeklySchedule{Shifts(draws)};
  } else {
    matcher::FlexibleSchedule flexible;
    flexible.minutes_per_week = static_cast<int32_t>(draws.Between(2, 16) * 60);
    role.schedule = flexible;
  }
}

// Twelve Saturdays, in winter, when London keeps UTC.
matcher::DatedSchedule TwelveSaturdays(Draws& draws) {
  constexpr matcher::Day kSaturday = 5;
  matcher::DatedSchedule dated;
  const matcher::Day today = World::AsOf().today;
  const matcher::Day weekday = (today + 3) % 7;  // 1 January 1970 was a Thursday
  const matcher::Minute start = 30 * draws.Between(18, 28);
  const int64_t slots = draws.Between(4, 8);
  for (int week = 0; week < 12; ++week) {
    matcher::Session session;
    session.local_date = today + kSaturday - weekday + 7 * week;
    session.start_min = session.local_date * kDayMinutes + start;
    session.end_min = session.start_min + slots * matcher::kSlotMinutes;
    for (int64_t slot = 0; slot < slots; ++slot) {
      const matcher::Minute from = session.start_min + slot * matcher::kSlotMinutes;
      session.spans.push_back(
          {static_cast<uint16_t>((kSaturday * kDayMinutes + start) / matcher::kSlotMinutes + slot), from,
           from + matcher::kSlotMinutes});
    }
    dated.sessions.push_back(std::move(session));
  }
  return dated;
}

void Causes(OpportunityFacts& role, Draws& draws, int64_t at_least) {
  for (const int cause : SomeTerms(draws, kCauses, static_cast<std::size_t>(draws.Between(at_least, 2))))
    role.causes.push_back(static_cast<matcher::CauseId>(cause));
}

}  // namespace

OpportunityFacts World::NewRole(uint64_t names, int64_t number, Draws& draws) const {
  const Spot venue = geography_.Venue(draws);
  OpportunityFacts role;
  role.centre = absl::StrFormat("centres/centre-%02d", venue.centre);
  role.name = absl::StrFormat("%s/opportunities/%016x", role.centre,
                              Mix(static_cast<uint64_t>(number) ^ Mix(seed_ ^ names)));
  role.organisation = OrganisationName(static_cast<int64_t>(draws.Below(kOrganisations)));
  role.state = matcher::OpportunityState::kOpen;
  role.places = static_cast<uint32_t>(draws.Between(1, 10));
  role.sharing = draws.Chance(60) ? matcher::Sharing::kCounty : matcher::Sharing::kCentre;
  role.place = venue.point;
  return role;
}

OpportunityFacts World::OpportunityAt(int64_t number) const {
  Draws draws(seed_, kOpportunityStream, static_cast<uint64_t>(number));
  OpportunityFacts role = NewRole(kOpportunityNames, number, draws);
  if (draws.Chance(30)) {
    role.remote = true;
    role.place.reset();
  }
  Want(role, draws, draws.Between(0, 4), draws.Chance(35));
  Schedule(role, draws, 15);
  if (draws.Chance(25)) AskForCheck(role, draws);
  Causes(role, draws, 0);
  if (draws.Chance(4)) role.languages.push_back(static_cast<matcher::LanguageId>(draws.Below(kLanguages)));
  if (draws.Chance(8)) role.licences.push_back(static_cast<matcher::LicenceKind>(draws.Below(kLicences)));
  if (draws.Chance(30)) role.minimum_age = 18;
  if (draws.Chance(4)) role.maximum_age = 25;
  return role;
}

VolunteersQuestion World::QuestionAt(RoleClass role_class, int64_t number) const {
  const auto kind = static_cast<uint64_t>(role_class);
  Draws draws(seed_, kQuestionStream + kind, static_cast<uint64_t>(number));
  VolunteersQuestion question{NewRole(kQuestionNames + kind, number, draws), {}, {}};
  OpportunityFacts& role = question.role;
  question.visibility.centre = role.centre;
  const bool on_site = role_class == RoleClass::kLocal || role_class == RoleClass::kDated;
  role.remote = !on_site;
  if (role.remote) role.place.reset();
  switch (role_class) {
    case RoleClass::kLocal:
    case RoleClass::kDated:
      Want(role, draws, draws.Between(1, 4), role_class == RoleClass::kLocal);
      if (draws.Chance(30)) AskForCheck(role, draws);
      Causes(role, draws, 1);
      if (draws.Chance(40)) role.minimum_age = 18;
      if (draws.Chance(5)) role.licences.push_back(static_cast<matcher::LicenceKind>(draws.Below(2)));
      break;
    case RoleClass::kRemote:
    case RoleClass::kFlat:
      Want(role, draws, draws.Between(2, 5), false);
      Causes(role, draws, 1);
      if (draws.Chance(30)) role.minimum_age = 18;
      break;
    case RoleClass::kWorst:
      Want(role, draws, draws.Between(1, 3), false);
      Causes(role, draws, 1);
      break;
    case RoleClass::kTies:
      break;
  }
  if (role_class == RoleClass::kDated) {
    role.schedule = TwelveSaturdays(draws);
  } else if (role_class == RoleClass::kWorst) {
    Schedule(role, draws, 0);
  } else if (role_class != RoleClass::kTies) {
    Schedule(role, draws, 10);
  }
  if (role_class == RoleClass::kWorst || role_class == RoleClass::kTies) {
    question.visibility.sees_all = true;
    role.sharing = matcher::Sharing::kCounty;
    role.minimum_coverage_bp = 0;
  }
  if (role_class == RoleClass::kFlat) {
    question.weights.skills = question.weights.location = 25;
    question.weights.availability = question.weights.causes = 25;
  }
  return question;
}

}  // namespace brokerage::bench
