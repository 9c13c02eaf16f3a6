#include "apps/cli/rows/words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

#include "apps/cli/output/text.h"
#include "apps/cli/rows/holdings.h"

namespace brokerage::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;

const reference::Skills& TestSkills() {
  static const auto& skills =
      *new reference::Skills({{"safety", "Health and safety"}, {"transport", "Transport"}},
                             {{"first-aid", "First aid", "safety", -1, {"FAW", "aider"}},
                              {"driving", "Driving", "transport", -1, {"chauffeur"}},
                              {"minibus", "Minibus driving", "transport", 1, {"people carrier"}},
                              {"befriending", "Befriending", "safety", -1, {"visiting"}},
                              {"home-visits", "Home visits", "safety", -1, {"visiting"}}});
  return skills;
}

const Words& TestWords() {
  static const auto& causes =
      *new reference::Causes({{"animal-welfare", "AnimalWelfare", "Animal Welfare", -1, {"pets"}},
                              {"arts", "Arts", "Arts", -1, {}}});
  static const auto& languages =
      *new reference::Vocabulary({{"en", "English"}, {"bfi", "British Sign Language"}, {"cy", "Welsh"}});
  static const auto& needs = *new reference::Vocabulary(
      {{"step-free-access", "Step-free access"}, {"quiet-space", "A quiet space"}});
  static const auto& words = *new Words(TestSkills(), causes, languages, needs);
  return words;
}

std::string Reason(const absl::StatusOr<std::string>& answer) {
  return answer.ok() ? "taken as " + *answer : std::string(answer.status().message());
}

TEST(Words, SkillsAreFoundByIdLabelAndSynonymInAnyCase) {
  for (const char* text : {"first-aid", "skills/first-aid", "First aid", "FIRST  AID", "faw", "First-Aid"}) {
    EXPECT_EQ(TestWords().Skill(text).value_or(""), "skills/first-aid") << text;
  }
  EXPECT_EQ(TestWords().Skill("people carrier").value_or(""), "skills/minibus");
  EXPECT_EQ(TestWords().Skill("driving").value_or(""), "skills/driving")
      << "its own label, before longer ones";
}

TEST(Words, ATypingErrorIsRefusedWithItsLikelyMeaning) {
  EXPECT_THAT(Reason(TestWords().Skill("frist aid")),
              AllOf(HasSubstr("is no skill"), HasSubstr("first-aid")));
  EXPECT_THAT(Reason(TestWords().Skill("driv")), AllOf(HasSubstr("is no skill"), HasSubstr("driving")));
  EXPECT_EQ(Reason(TestWords().Skill("astrophysics")), "\"astrophysics\" is no skill");
}

TEST(Words, AWordForSeveralIsRefusedWithAllOfThem) {
  EXPECT_THAT(Reason(TestWords().Skill("visiting")),
              AllOf(HasSubstr("may be"), HasSubstr("befriending"), HasSubstr("home-visits")));
}

TEST(Words, AGroupIsNoSkill) {
  EXPECT_THAT(Reason(TestWords().Skill("Transport")), HasSubstr("group"));
  EXPECT_THAT(Reason(TestWords().Skill("safety")), HasSubstr("group"));
}

TEST(Words, CausesAreFoundByStandardIdentifierToo) {
  for (const char* text :
       {"animal-welfare", "causes/animal-welfare", "AnimalWelfare", "animal welfare", "Pets"}) {
    EXPECT_EQ(TestWords().Cause(text).value_or(""), "causes/animal-welfare") << text;
  }
  EXPECT_THAT(Reason(TestWords().Cause("driving")), HasSubstr("is no cause")) << "that is a skill";
}

TEST(Words, LanguagesAndAccessNeeds) {
  EXPECT_EQ(TestWords().Language("EN").value_or(""), "en");
  EXPECT_EQ(TestWords().Language("british sign language").value_or(""), "bfi");
  EXPECT_THAT(Reason(TestWords().Language("Wlesh")), HasSubstr("cy (Welsh)"));
  EXPECT_EQ(TestWords().AccessNeed("Step-free access").value_or(""), "step-free-access");
  EXPECT_THAT(Reason(TestWords().AccessNeed("quiet")), HasSubstr("quiet-space"));
}

TEST(Words, ThoseBuiltInAreAllFoundByWhatTheyAreCalled) {
  const Words& words = ShippedWords();
  for (const auto& skill : reference::ShippedSkills().all()) {
    EXPECT_EQ(Reason(words.Skill(skill.id)), "taken as skills/" + skill.id);
    EXPECT_EQ(Reason(words.Skill(skill.label)), "taken as skills/" + skill.id);
  }
  for (const auto& cause : reference::ShippedCauses().all()) {
    EXPECT_EQ(Reason(words.Cause(cause.standard_id)), "taken as causes/" + cause.id);
    EXPECT_EQ(Reason(words.Cause(cause.label)), "taken as causes/" + cause.id);
  }
}

TEST(Holdings, SkillsWithLevelsAndImportances) {
  struct Case {
    const char* text;
    const char* skill;
    int level;
    int importance;
  };
  const Case good[] = {{"first-aid", "skills/first-aid", 0, 0},
                       {"First aid:4", "skills/first-aid", 4, 0},
                       {"first-aid : 1", "skills/first-aid", 1, 0},
                       {"driving:2*5", "skills/driving", 2, 5},
                       {"driving*5", "skills/driving", 0, 5}};
  for (const Case& c : good) {
    const auto entry = ParseSkillEntry(c.text, TestWords());
    ASSERT_TRUE(entry.ok()) << c.text << ": " << entry.status();
    EXPECT_EQ(entry->skill, c.skill);
    EXPECT_EQ(entry->level.value_or(0), c.level) << c.text;
    EXPECT_EQ(entry->importance.value_or(0), c.importance) << c.text;
  }
  for (const char* bad : {"first-aid:0", "first-aid:6", "first-aid:x", "first-aid:", "driving*", "driving*6",
                          "driving*5:2", "nothing:3", "", ":3"}) {
    EXPECT_FALSE(ParseSkillEntry(bad, TestWords()).ok()) << bad;
  }
}

TEST(Holdings, Licences) {
  const auto car = ParseHeldLicence("car");
  ASSERT_TRUE(car.ok());
  EXPECT_EQ(car->kind(), common::v1::LICENCE_KIND_CAR);
  EXPECT_FALSE(car->has_expire_date());
  const auto first_aid = ParseHeldLicence("First aid 1/5/2027");
  ASSERT_TRUE(first_aid.ok()) << first_aid.status();
  EXPECT_EQ(first_aid->kind(), common::v1::LICENCE_KIND_FIRST_AID);
  EXPECT_EQ(FormatDate(first_aid->expire_date()), "2027-05-01");
  for (const char* bad : {"", "helicopter", "car 2027-13-01", "2027-05-01", "car 5"}) {
    EXPECT_FALSE(ParseHeldLicence(bad).ok()) << bad;
  }
}

TEST(Holdings, Checks) {
  const std::pair<const char*, const char*> good[] = {
      {"basic 2025-03-01", "level: CHECK_LEVEL_BASIC issue_date { year: 2025 month: 3 day: 1 }"},
      {"Enhanced children 1/3/2025 update-service",
       "level: CHECK_LEVEL_ENHANCED workforces: WORKFORCE_CHILDREN issue_date { year: 2025 month: 3 day: 1 } "
       "update_service: true"},
      {"enhanced children+adults 2025-03-01 list=children,adults until=2028-03-01",
       "level: CHECK_LEVEL_ENHANCED_BARRED workforces: WORKFORCE_CHILDREN workforces: WORKFORCE_ADULTS "
       "barred_lists: "
       "BARRED_LIST_CHILDREN barred_lists: BARRED_LIST_ADULTS issue_date { year: 2025 month: 3 day: 1 } "
       "expire_date { "
       "year: 2028 month: 3 day: 1 }"},
      {"enhanced-barred adults list=adults 2025-03-01",
       "level: CHECK_LEVEL_ENHANCED_BARRED workforces: WORKFORCE_ADULTS barred_lists: BARRED_LIST_ADULTS "
       "issue_date { "
       "year: 2025 month: 3 day: 1 }"},
  };
  for (const auto& [text, expected] : good) {
    const auto check = ParseHeldCheck(text);
    ASSERT_TRUE(check.ok()) << text << ": " << check.status();
    EXPECT_EQ(check->ShortDebugString(), expected) << text;
  }
  for (const char* bad :
       {"enhanced children", "children 2025-03-01", "enhanced 2025-02-30", "enhanced pets 2025-03-01",
        "enhanced 2025-03-01 list=pets", "enhanced 2025-03-01 until=soon", "super 2025-03-01"}) {
    EXPECT_FALSE(ParseHeldCheck(bad).ok()) << bad;
  }
}

}  // namespace
}  // namespace brokerage::cli
