// The tables that the county is made from, against the reference tables and one another.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"

#include "apps/demo/areas.h"
#include "apps/demo/backgrounds.h"
#include "apps/demo/life_stages.h"
#include "apps/demo/notation.h"
#include "apps/demo/organisation_kinds.h"
#include "apps/demo/role_kinds.h"
#include "matcher/checks.h"
#include "reference/causes.h"
#include "reference/districts.h"
#include "reference/places.h"
#include "reference/skills.h"
#include "reference/vocabulary.h"
#include "services/matching/convert/facts.h"

namespace brokerage::demo {
namespace {

using ::testing::IsEmpty;

bool IsSkill(absl::string_view id) { return reference::ShippedSkills().IndexOf(id).has_value(); }
bool IsCause(absl::string_view id) { return reference::ShippedCauses().IndexOf(id).has_value(); }

TEST(RoleKindsTest, AreReadableAndKnown) {
  std::set<std::string> keys;
  for (const RoleKind& kind : RoleKinds()) {
    SCOPED_TRACE(std::string(kind.key));
    EXPECT_TRUE(keys.insert(std::string(kind.key)).second) << "twice";
    EXPECT_FALSE(kind.titles.empty());
    EXPECT_FALSE(kind.timings.empty());
    EXPECT_LE(kind.fewest_places, kind.most_places);
    EXPECT_FALSE(kind.remote && kind.at_homes);

    const auto skills = ParseWantedSkills(kind.skills);
    ASSERT_TRUE(skills.ok()) << skills.status();
    EXPECT_FALSE(skills->empty());
    for (const auto& skill : *skills) EXPECT_TRUE(IsSkill(skill.skill().substr(7))) << skill.skill();
    ASSERT_TRUE(ParseLicences(kind.licences).ok());
    for (const std::string& cause : Words(kind.causes)) EXPECT_TRUE(IsCause(cause)) << cause;
    for (const absl::string_view language : kind.languages) {
      EXPECT_NE(reference::ShippedLanguages().Find(language), nullptr) << language;
    }
    const auto check = ParseRequiredCheck(kind.check);
    ASSERT_TRUE(check.ok()) << check.status();
    EXPECT_THAT(matcher::FaultsOf(matching::ToFacts(*check), matching::BasesOf(*check)), IsEmpty());
  }
}

TEST(RoleKindsTest, AreAllOfferedBySomeone) {
  std::set<std::string> offered(CommonRoles().begin(), CommonRoles().end());
  for (const OrganisationKind& kind : OrganisationKinds())
    offered.insert(kind.roles.begin(), kind.roles.end());
  std::set<std::string> keys;
  for (const RoleKind& kind : RoleKinds()) keys.insert(std::string(kind.key));
  EXPECT_EQ(offered, keys);
}

TEST(OrganisationKindsTest, AreKnown) {
  for (const OrganisationKind& kind : OrganisationKinds()) {
    SCOPED_TRACE(std::string(kind.key));
    EXPECT_FALSE(kind.names.empty());
    EXPECT_FALSE(kind.legal_forms.empty());
    EXPECT_FALSE(kind.causes.empty());
    for (const absl::string_view cause : kind.causes) EXPECT_TRUE(IsCause(cause)) << cause;
    for (const absl::string_view support : kind.support) {
      EXPECT_NE(reference::ShippedAccessNeeds().Find(support), nullptr) << support;
    }
  }
}

TEST(LifeStagesTest, AddUpAndNameKnownBackgrounds) {
  std::set<std::string> backgrounds;
  for (const Background& background : Backgrounds()) backgrounds.insert(std::string(background.key));
  int shares = 0;
  for (const LifeStage& stage : LifeStages()) {
    SCOPED_TRACE(std::string(stage.key));
    shares += stage.share;
    EXPECT_LE(stage.youngest, stage.oldest);
    EXPECT_FALSE(stage.radius_miles.empty());
    for (const absl::string_view background : stage.backgrounds) {
      EXPECT_TRUE(backgrounds.contains(std::string(background))) << background;
    }
    for (const Days& days : {stage.weekdays, stage.weekend}) {
      for (const Hours& hours : days.hours) {
        EXPECT_EQ(hours.start_min % 30, 0);
        EXPECT_EQ(hours.end_min % 30, 0);
        EXPECT_LT(hours.start_min, 24 * 60);
        EXPECT_LE(hours.end_min, 24 * 60);
      }
    }
  }
  EXPECT_EQ(shares, 1'000);
}

TEST(BackgroundsTest, NameKnownSkillsAndCauses) {
  for (const auto* table : {&Backgrounds(), &Interests()}) {
    for (const Background& background : *table) {
      SCOPED_TRACE(std::string(background.key));
      for (const SkillLevel& skill : background.skills) EXPECT_TRUE(IsSkill(skill.skill)) << skill.skill;
      for (const absl::string_view cause : background.causes) EXPECT_TRUE(IsCause(cause)) << cause;
    }
  }
}

TEST(AreasTest, LieInKnownOutcodesOfEveryDistrict) {
  const auto places = reference::ShippedPlaces(reference::KentDistricts());
  std::set<std::string> districts;
  for (const Area& area : Areas()) {
    SCOPED_TRACE(absl::StrCat(area.outcode, " ", area.town));
    EXPECT_TRUE(places->OutcodeCentroid(area.outcode).has_value());
    EXPECT_GT(area.postcodes, 0);
    const reference::District* district = reference::KentDistricts().FindById(area.district);
    ASSERT_NE(district, nullptr);
    if (IsOutside(area)) continue;
    EXPECT_EQ(district->code, area.code);
    districts.insert(district->id);
  }
  EXPECT_EQ(districts.size(), reference::KentDistricts().all().size());
}

}  // namespace
}  // namespace brokerage::demo
