// The county looks like one: what goes together among people goes together here.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <set>
#include <string>

#include "reference/districts.h"
#include "reference/places.h"
#include "services/matching/convert/locate.h"
#include "services/matching/convert/tables.h"
#include "tests/apps/demo/default_county.h"

namespace brokerage::demo {
namespace {

using matching::v1::Opportunity;
using matching::v1::Schedule;
using matching::v1::Volunteer;

int AgeOf(const Volunteer& volunteer) {
  const auto& born = volunteer.date_of_birth();
  const bool had_birthday =
      born.month() < kToday.month() || (born.month() == kToday.month() && born.day() <= kToday.day());
  return static_cast<int>(kToday.year()) - born.year() - (had_birthday ? 0 : 1);
}

// Of those for whom `among` holds, the share for whom `is` holds too, in percent.
template <typename Among, typename Is>
double Percent(const Among& among, const Is& is) {
  int all = 0;
  int some = 0;
  for (const CountyVolunteer& record : DefaultCounty().volunteers) {
    const Volunteer& volunteer = record.volunteer;
    if (record.state == Volunteer::STATE_ENQUIRY || !among(volunteer)) continue;
    ++all;
    some += is(volunteer) ? 1 : 0;
  }
  EXPECT_GT(all, 100);
  return 100.0 * some / all;
}

const auto kAnyone = [](const Volunteer&) { return true; };
const auto kDrives = [](const Volunteer& volunteer) {
  for (const auto& licence : volunteer.licences()) {
    if (licence.kind() == common::v1::LICENCE_KIND_CAR) return true;
  }
  return false;
};
const auto kRetired = [](const Volunteer& volunteer) { return AgeOf(volunteer) >= 67; };
const auto kWorking = [](const Volunteer& volunteer) {
  return AgeOf(volunteer) >= 37 && AgeOf(volunteer) <= 55;
};
const auto kFreeOnAWeekdayMorning = [](const Volunteer& volunteer) {
  for (const auto& window : volunteer.availability().weekly()) {
    if (window.day_of_week() <= common::v1::DAY_OF_WEEK_FRIDAY && window.start_time().hours() < 12)
      return true;
  }
  return false;
};
const auto kFreeAtTheWeekend = [](const Volunteer& volunteer) {
  for (const auto& window : volunteer.availability().weekly()) {
    if (window.day_of_week() >= common::v1::DAY_OF_WEEK_SATURDAY) return true;
  }
  return false;
};

bool HasSkill(const Volunteer& volunteer, absl::string_view skill) {
  for (const auto& held : volunteer.skills()) {
    if (held.skill() == skill) return true;
  }
  return false;
}

TEST(LikenessTest, AgesRunFromSixteenToEightyFour) {
  std::map<int, int> decades;
  for (const CountyVolunteer& record : DefaultCounty().volunteers) {
    if (!record.volunteer.has_date_of_birth()) continue;
    const int age = AgeOf(record.volunteer);
    ASSERT_GE(age, 16);
    ASSERT_LE(age, 84);
    ++decades[age / 10];
  }
  for (int decade = 1; decade <= 8; ++decade) EXPECT_GT(decades[decade], 400) << decade;
}

TEST(LikenessTest, RetiredPeopleAreFreeOnWeekdaysAndWorkingPeopleAtWeekends) {
  EXPECT_GT(Percent(kRetired, kFreeOnAWeekdayMorning), 70);
  EXPECT_LT(Percent(kWorking, kFreeOnAWeekdayMorning), 55);
  EXPECT_GT(Percent(kWorking, kFreeAtTheWeekend), Percent(kRetired, kFreeAtTheWeekend));
}

TEST(LikenessTest, MoreVillagersThanTownspeopleDriveAndTheyGoFurther) {
  const auto places = reference::ShippedPlaces(reference::KentDistricts());
  const auto outcode = [&places](const Volunteer& volunteer) {
    return matching::Locate(volunteer.home(), *places)->outcode;
  };
  const auto village = [&](const Volunteer& volunteer) { return outcode(volunteer) == "TN26"; };
  const auto town = [&](const Volunteer& volunteer) { return outcode(volunteer) == "CT1"; };
  EXPECT_GT(Percent(village, kDrives), Percent(town, kDrives) + 5);
  const auto far = [](const Volunteer& volunteer) { return volunteer.travel_radius_m() > 8'100; };
  EXPECT_GT(Percent(village, far), Percent(town, far) + 10);
}

TEST(LikenessTest, ChecksAreHeldByThoseWhoCareForOthers) {
  const auto checked = [](const Volunteer& volunteer) {
    return !volunteer.checks().empty() && volunteer.checks(0).level() >= common::v1::CHECK_LEVEL_ENHANCED;
  };
  const auto carer = [](const Volunteer& volunteer) { return HasSkill(volunteer, "skills/carer-support"); };
  const auto coder = [](const Volunteer& volunteer) { return HasSkill(volunteer, "skills/web-development"); };
  EXPECT_GT(Percent(carer, checked), 35);
  EXPECT_LT(Percent(coder, checked), 25);
  EXPECT_LT(Percent(kAnyone, checked), 35);
}

TEST(LikenessTest, SkillsAndCausesGoTogether) {
  const auto gardener = [](const Volunteer& volunteer) { return HasSkill(volunteer, "skills/gardening"); };
  const auto environment = [](const Volunteer& volunteer) {
    for (const std::string& cause : volunteer.causes()) {
      if (cause == "causes/environment") return true;
    }
    return false;
  };
  EXPECT_GT(Percent(gardener, environment), 1.5 * Percent(kAnyone, environment));
}

TEST(LikenessTest, SomeRecordsHaveGaps) {
  EXPECT_NEAR(Percent(kAnyone, [](const Volunteer& v) { return v.availability().weekly().empty(); }), 5, 2);
  EXPECT_NEAR(Percent(kAnyone, [](const Volunteer& v) { return v.causes().empty(); }), 20, 12);
  EXPECT_NEAR(Percent(kAnyone, [](const Volunteer& v) { return !v.has_travel_radius_m(); }), 2.5, 1.5);
  EXPECT_GT(Percent(kAnyone, [](const Volunteer& v) { return v.access_needs_size() > 0; }), 5);
  EXPECT_GT(Percent(kAnyone, [](const Volunteer& v) { return v.languages_size() > 1; }), 10);
}

TEST(LikenessTest, RolesHaveEveryKindOfScheduleAndRequirement) {
  std::map<int, int> schedules;
  std::map<int, int> levels;
  int remote = 0;
  int languages = 0;
  int licences = 0;
  int guardians = 0;
  std::set<std::string> titles;
  for (const CountyOpportunity& record : DefaultCounty().opportunities) {
    const Opportunity& role = record.opportunity;
    ++schedules[role.has_schedule() ? role.schedule().kind_case() : 0];
    ++levels[role.required_check().level()];
    remote += role.remote() ? 1 : 0;
    languages += role.languages_size() > 0 ? 1 : 0;
    licences += role.licences_size() > 0 ? 1 : 0;
    guardians += role.guardian_consent() ? 1 : 0;
    titles.insert(role.title());
  }
  for (const int kind : {int{Schedule::kWeekly}, int{Schedule::kDated}, int{Schedule::kFlexible}}) {
    EXPECT_GT(schedules[kind], 150) << kind;
  }
  EXPECT_GT(schedules[0], 15);
  for (const int level : {common::v1::CHECK_LEVEL_UNSPECIFIED, common::v1::CHECK_LEVEL_BASIC,
                          common::v1::CHECK_LEVEL_ENHANCED, common::v1::CHECK_LEVEL_ENHANCED_BARRED}) {
    EXPECT_GT(levels[level], 30) << level;
  }
  EXPECT_GT(remote, 80);
  EXPECT_GT(languages, 10);
  EXPECT_GT(licences, 80);
  EXPECT_GT(guardians, 80);
  EXPECT_GT(titles.size(), 120u);
}

TEST(LikenessTest, HomesLieInTheDistrictOfTheirCentre) {
  const auto places = reference::ShippedPlaces(reference::KentDistricts());
  int known = 0;
  int own = 0;
  for (const CountyVolunteer& record : DefaultCounty().volunteers) {
    if (!record.volunteer.has_home()) continue;
    const std::string district = matching::Locate(record.volunteer.home(), *places)->district;
    const auto* home = reference::KentDistricts().FindByCode(district);
    if (home == nullptr) continue;
    ++known;
    own += record.centre == "centres/" + home->id ? 1 : 0;
  }
  EXPECT_GT(known, 12'000);
  EXPECT_GT(100 * own, 93 * known);
  EXPECT_LT(own, known);
}

}  // namespace
}  // namespace brokerage::demo
