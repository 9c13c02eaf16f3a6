#include "apps/demo/abilities.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

#include "brokerage/common/v1/check.pb.h"
#include "brokerage/common/v1/licence.pb.h"

namespace brokerage::demo {
namespace {

namespace common = brokerage::common::v1;
namespace matching = brokerage::matching::v1;

// How many of a thousand who could have a skill say so.
constexpr int kHasTradeSkill = 520;
constexpr int kHasInterestSkill = 420;
constexpr int kHasEverydaySkill = 130;
constexpr int kSaysNoLevel = 120;

const Background& PickBackground(const LifeStage& stage, Random& random) {
  const std::vector<Background>& all = Backgrounds();
  if (!stage.backgrounds.empty()) {
    const absl::string_view key = random.Pick(stage.backgrounds);
    return *std::find_if(all.begin(), all.end(), [key](const Background& one) { return one.key == key; });
  }
  std::vector<int> shares;
  for (const Background& background : all) shares.push_back(background.share);
  return all[random.Weighted(shares)];
}

std::vector<const Background*> PickInterests(Random& random) {
  const std::vector<Background>& all = Interests();
  std::vector<int> shares;
  for (const Background& interest : all) shares.push_back(interest.share);
  std::vector<const Background*> picked;
  const std::array<int, 4> kHowMany = {120, 480, 300, 100};
  const std::size_t count = random.Weighted(kHowMany);
  while (picked.size() < count) {
    const std::size_t index = random.Weighted(shares);
    picked.push_back(&all[index]);
    shares[index] = 0;
  }
  return picked;
}

// The background and the interests.
std::vector<const Background*> Sources(const Person& person) {
  std::vector<const Background*> sources = {person.background};
  sources.insert(sources.end(), person.interests.begin(), person.interests.end());
  return sources;
}

common::HeldLicence MakeLicence(common::LicenceKind kind, absl::CivilDay today, Random& random) {
  common::HeldLicence licence;
  licence.set_kind(kind);
  const auto expire = [&](int from, int to) {
    *licence.mutable_expire_date() = ToDate(today + random.Between(from, to));
  };
  switch (kind) {
    case common::LICENCE_KIND_FIRST_AID:
    case common::LICENCE_KIND_MENTAL_HEALTH_FIRST_AID:
    case common::LICENCE_KIND_FOOD_HYGIENE:
    case common::LICENCE_KIND_SAFEGUARDING_CHILDREN:
    case common::LICENCE_KIND_SAFEGUARDING_ADULTS:
    case common::LICENCE_KIND_MOVING_AND_HANDLING:
    case common::LICENCE_KIND_LIFEGUARD:
      expire(-90, 1'095);  // certificates of three years
      break;
    case common::LICENCE_KIND_MINIBUS_AWARENESS:
    case common::LICENCE_KIND_FORKLIFT:
      expire(-60, 1'460);
      break;
    case common::LICENCE_KIND_CAR:
      // The card runs ten years; most people were never asked for its date.
      if (random.Chance(350)) expire(-30, 3'650);
      break;
    default:
      break;
  }
  return licence;
}

}  // namespace

common::Date ToDate(absl::CivilDay day) {
  common::Date date;
  date.set_year(static_cast<int32_t>(day.year()));
  date.set_month(day.month());
  date.set_day(day.day());
  return date;
}

Person PickPerson(const Area& area, absl::CivilDay today, Random& random) {
  std::vector<int> shares;
  for (const LifeStage& stage : LifeStages()) shares.push_back(stage.share);
  Person person;
  person.stage = &LifeStages()[random.Weighted(shares)];
  person.background = &PickBackground(*person.stage, random);
  person.interests = PickInterests(random);
  person.area = &area;
  person.age = random.Between(person.stage->youngest, person.stage->oldest);
  // Born so many years and up to 364 days ago; 365 would reach the next birthday.
  person.birth =
      absl::CivilDay(today.year() - person.age, today.month(), today.day()) - random.Between(0, 364);
  person.drives = random.Chance(person.stage->drives + (area.rural ? (1'000 - person.stage->drives) / 2 : 0));
  if (person.age < 17) person.drives = false;
  return person;
}

std::vector<matching::HeldSkill> PickSkills(const Person& person, Random& random) {
  std::vector<matching::HeldSkill> skills;
  absl::flat_hash_set<absl::string_view> seen;
  const auto add = [&](absl::string_view id, int level) {
    if (!seen.insert(id).second) return;
    matching::HeldSkill skill;
    skill.set_skill(absl::StrCat("skills/", id));
    if (!random.Chance(kSaysNoLevel)) skill.set_level(std::clamp(level, 1, 5));
    skills.push_back(std::move(skill));
  };
  const int youth = person.age < 25 ? -1 : 0;
  for (const SkillLevel& skill : person.background->skills) {
    if (random.Chance(kHasTradeSkill)) add(skill.skill, skill.level + youth + random.Between(-1, 1));
  }
  for (const Background* interest : person.interests) {
    for (const SkillLevel& skill : interest->skills) {
      if (random.Chance(kHasInterestSkill)) add(skill.skill, skill.level + random.Between(-1, 1));
    }
  }
  for (const absl::string_view id : {"spoken-communication", "teamwork", "reliability", "empathy",
                                     "active-listening", "patience", "customer-service", "stewarding"}) {
    if (random.Chance(kHasEverydaySkill)) add(id, random.Between(2, 4));
  }
  if (person.drives && random.Chance(450)) add("driving", random.Between(3, 5));
  return skills;
}

std::vector<std::string> PickCauses(const Person& person, Random& random) {
  std::vector<std::string> causes;
  if (random.Chance(110)) return causes;
  absl::flat_hash_set<absl::string_view> seen;
  for (const Background* source : Sources(person)) {
    for (const absl::string_view cause : source->causes) {
      if (random.Chance(source == person.background ? 250 : 480) && causes.size() < 5 &&
          seen.insert(cause).second) {
        causes.push_back(absl::StrCat("causes/", cause));
      }
    }
  }
  return causes;
}

std::vector<std::string> PickLanguages(const Person& person, Random& random) {
  struct Language {
    absl::string_view code;
    int rate;
    absl::string_view home;  // the district in which it is five times as common
  };
  constexpr std::array<Language, 20> kLanguages = {{
      {"fr", 60, ""},
      {"es", 30, ""},
      {"de", 25, ""},
      {"it", 10, ""},
      {"pl", 12, ""},
      {"ro", 9, ""},
      {"uk", 5, ""},
      {"pt", 7, ""},
      {"pa", 6, "gravesham"},
      {"hi", 8, "dartford"},
      {"ur", 6, ""},
      {"bn", 4, "dartford"},
      {"ne", 4, "folkestone-and-hythe"},
      {"sk", 4, "dover"},
      {"cs", 3, "thanet"},
      {"ar", 5, ""},
      {"fa", 3, ""},
      {"ps", 2, "ashford"},
      {"zh", 4, "canterbury"},
      {"bfi", 9, ""},
  }};
  std::vector<std::string> languages;
  if (random.Chance(30)) return languages;  // nobody asked
  languages.emplace_back("en");
  const bool welcomes = std::any_of(person.interests.begin(), person.interests.end(),
                                    [](const Background* one) { return one->key == "welcome"; });
  for (const Language& language : kLanguages) {
    const int rate = language.rate * (language.home == person.area->district ? 5 : 1) * (welcomes ? 4 : 1);
    if (random.Chance(rate)) languages.emplace_back(language.code);
  }
  return languages;
}

std::vector<std::string> PickAccessNeeds(const Person& person, Random& random) {
  std::vector<std::string> needs;
  const bool old = person.stage->key == "long retired";
  if (!random.Chance(old ? 220 : 70)) return needs;
  std::vector<std::string> likely = {"step-free-access", "seating-available", "light-duties",
                                     "large-print",      "hearing-loop",      "accessible-parking",
                                     "accessible-toilet"};
  if (!old) {
    likely = {"flexible-hours",      "quiet-space",    "buddy",           "clear-instructions",
              "step-free-access",    "expenses-paid",  "bsl-interpreter", "screen-reader",
              "extra-training-time", "childcare-help", "language-help",   "flexible-breaks"};
  }
  return random.Sample(std::move(likely), static_cast<std::size_t>(random.Between(1, 2)));
}

std::vector<common::HeldLicence> PickLicences(const Person& person, absl::CivilDay today, Random& random) {
  std::vector<common::HeldLicence> licences;
  absl::flat_hash_set<int> seen;
  const auto add = [&](common::LicenceKind kind) {
    if (seen.insert(static_cast<int>(kind)).second) licences.push_back(MakeLicence(kind, today, random));
  };
  if (person.drives) add(common::LICENCE_KIND_CAR);
  if (person.age < 18) return licences;
  for (const Background* source : Sources(person)) {
    for (const LicenceRate& licence : source->licences) {
      if (random.Chance(licence.rate)) add(licence.kind);
    }
  }
  if (random.Chance(50)) add(common::LICENCE_KIND_FIRST_AID);
  if (person.drives && random.Chance(12)) add(common::LICENCE_KIND_MOTORCYCLE);
  return licences;
}

std::vector<common::HeldCheck> PickChecks(const Person& person, absl::CivilDay today, Random& random) {
  std::vector<common::HeldCheck> checks;
  if (person.age < 18) return checks;
  int children = 0;
  int adults = 0;
  for (const Background* source : Sources(person)) {
    children = std::max(children, source->checked_children);
    adults = std::max(adults, source->checked_adults);
  }
  const bool for_children = random.Chance(children);
  const bool for_adults = random.Chance(adults);
  common::HeldCheck check;
  if (for_children || for_adults) {
    const bool barred = random.Chance(720);
    check.set_level(barred ? common::CHECK_LEVEL_ENHANCED_BARRED : common::CHECK_LEVEL_ENHANCED);
    if (for_children) check.add_workforces(common::WORKFORCE_CHILDREN);
    if (for_adults) check.add_workforces(common::WORKFORCE_ADULTS);
    if (barred && for_children) check.add_barred_lists(common::BARRED_LIST_CHILDREN);
    if (barred && for_adults) check.add_barred_lists(common::BARRED_LIST_ADULTS);
  } else if (random.Chance(45)) {
    const bool standard = random.Chance(150);
    check.set_level(standard ? common::CHECK_LEVEL_STANDARD : common::CHECK_LEVEL_BASIC);
    check.add_workforces(common::WORKFORCE_OTHER);
  } else {
    return checks;
  }
  const absl::CivilDay issued = today - random.Between(20, 1'500);
  *check.mutable_issue_date() = ToDate(issued);
  // Many centres accept a certificate for three years.
  if (random.Chance(400)) *check.mutable_expire_date() = ToDate(issued + 3 * 365);
  check.set_update_service(random.Chance(350));
  check.set_seen_by("Centre staff");
  checks.push_back(std::move(check));
  return checks;
}

matching::Availability PickAvailability(const Person& person, Random& random) {
  matching::Availability availability;
  if (random.Chance(45)) return availability;  // not asked yet
  const auto add = [&](std::vector<int> days, const Days& free) {
    std::vector<int> chosen =
        random.Sample(std::move(days), static_cast<std::size_t>(random.Between(free.fewest, free.most)));
    std::sort(chosen.begin(), chosen.end());
    // People tend to have the same hours on most days.
    Hours usual = random.Pick(free.hours);
    for (const int day : chosen) {
      const Hours hours = random.Chance(650) ? usual : random.Pick(free.hours);
      common::WeeklyWindow& window = *availability.add_weekly();
      window.set_day_of_week(static_cast<common::DayOfWeek>(day));
      window.mutable_start_time()->set_hours(hours.start_min / 60);
      window.mutable_start_time()->set_minutes(hours.start_min % 60);
      window.mutable_end_time()->set_hours(hours.end_min / 60);
      window.mutable_end_time()->set_minutes(hours.end_min % 60);
    }
  };
  add({1, 2, 3, 4, 5}, person.stage->weekdays);
  add({6, 7}, person.stage->weekend);
  return availability;
}

int PickTravelRadius(const Person& person, Random& random) {
  int miles = random.Pick(person.stage->radius_miles);
  if (person.area->rural) miles += miles / 2 + 1;
  if (!person.drives) miles = std::max(1, miles * 2 / 3);
  return (miles * 1'609'344 + 500) / 1'000;
}

}  // namespace brokerage::demo
