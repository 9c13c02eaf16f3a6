#include "base/resource_names.h"

#include <gtest/gtest.h>
#include <string>

namespace brokerage::base {
namespace {

TEST(ResourceNames, OfVolunteersHaveFourSegments) {
  const auto name = VolunteerName::Parse("centres/ashford/volunteers/v-1");
  ASSERT_TRUE(name.has_value());
  EXPECT_EQ(name->centre, "ashford");
  EXPECT_EQ(name->id, "v-1");
  EXPECT_EQ(name->Format(), "centres/ashford/volunteers/v-1");
  EXPECT_EQ(name->Parent().Format(), "centres/ashford");
  EXPECT_EQ(CentreOfVolunteer("centres/ashford/volunteers/v-1"), "centres/ashford");
  const std::string longest(63, 'a');
  EXPECT_EQ(CentreOfVolunteer("centres/" + longest + "/volunteers/" + longest), "centres/" + longest);
  for (const std::string& other :
       {std::string(), std::string("/"), std::string("centres"), std::string("centres/ashford"),
        std::string("centres/ashford/volunteers"), std::string("centres/ashford/volunteers/"),
        std::string("centres//volunteers/v"), std::string("centres/ashford/volunteers/v/w"),
        std::string("centres/ashford/volunteers/v/"), std::string("/centres/ashford/volunteers/v"),
        std::string("centres/ashford/opportunities/v"), std::string("centre/ashford/volunteers/v"),
        std::string("centresashford/volunteers/v"), std::string("centres/-/volunteers/v"),
        std::string("centres/ashford/volunteers/-"), std::string("centres/ash ford/volunteers/v"),
        std::string("centres/ashford/volunteers/v\0", 29), "centres/a/volunteers/" + longest + "a"}) {
    EXPECT_FALSE(VolunteerName::Parse(other).has_value()) << other;
    EXPECT_FALSE(CentreOfVolunteer(other).has_value()) << other;
  }
}

TEST(ResourceNames, OfReferralsAreTheRolesCentres) {
  const auto name = ReferralName::Parse("centres/dover/referrals/r-1");
  ASSERT_TRUE(name.has_value());
  EXPECT_EQ(name->Parent().Format(), "centres/dover");
  EXPECT_EQ(name->Format(), "centres/dover/referrals/r-1");
  EXPECT_FALSE(ReferralName::Parse("centres/dover/volunteers/r-1").has_value());
}

TEST(ResourceNames, OfSkillsHaveTwoSegments) {
  EXPECT_EQ(ParseSkillName("skills/food-hygiene"), "food-hygiene");
  for (const char* other : {"", "skills", "skills/", "skills/a/b", "skill/a", "skillsa", "causes/a",
                            "/skills/a", "skills/a b", "skills//a"}) {
    EXPECT_FALSE(ParseSkillName(other).has_value()) << other;
  }
}

}  // namespace
}  // namespace brokerage::base
