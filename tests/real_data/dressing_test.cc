#include "tests/real_data/dressing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

#include "absl/strings/str_cat.h"

#include "matcher/checks.h"
#include "reference/districts.h"
#include "reference/postcode.h"
#include "services/matching/convert/facts.h"
#include "services/matching/convert/tables.h"

namespace brokerage::real_data {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr absl::string_view kHeader =
    "source,id,centre,place,skills,schedule,minimum_coverage_bp,places,ages,guardian_consent,check,licences,"
    "languages,"
    "causes,access_support,sharing,standing\n";

TEST(DressingTest, ReadsARow) {
  const auto table = ParseDressing(absl::StrCat(
      kHeader,
      "doit,17,thanet,CT9 1AA,retail:2! empathy,weekly Sat 09:00-12:00,2500,3,16-25,yes,enhanced-children,"
      "car,en fr,care,lift buddy,county,suspended\n"));
  ASSERT_TRUE(table.ok()) << table.status();
  const Dressing& dressing = table->at({"doit", "17"});
  EXPECT_EQ(dressing.centre, "thanet");
  EXPECT_FALSE(dressing.place_of_row);
  EXPECT_FALSE(dressing.sessions_of_row);
  EXPECT_FALSE(dressing.paused);
  EXPECT_TRUE(dressing.organisation_suspended);
  EXPECT_EQ(dressing.role.place().postcode(), "CT9 1AA");
  EXPECT_EQ(dressing.role.skills_size(), 2);
  EXPECT_EQ(dressing.role.schedule().weekly().windows_size(), 1);
  EXPECT_EQ(dressing.role.minimum_coverage_bp(), 2'500);
  EXPECT_EQ(dressing.role.places(), 3);
  EXPECT_EQ(dressing.role.minimum_age(), 16);
  EXPECT_EQ(dressing.role.maximum_age(), 25);
  EXPECT_TRUE(dressing.role.guardian_consent());
  EXPECT_EQ(dressing.role.required_check().level(), common::v1::CHECK_LEVEL_ENHANCED);
  EXPECT_EQ(dressing.role.licences_size(), 1);
  EXPECT_EQ(dressing.role.languages_size(), 2);
  EXPECT_EQ(dressing.role.causes(0), "causes/care");
  EXPECT_EQ(dressing.role.access_support_size(), 2);
  EXPECT_EQ(dressing.role.sharing(), common::v1::SHARING_COUNTY);
}

TEST(DressingTest, LeavesUnsaidWhatIsEmpty) {
  const auto table =
      ParseDressing(absl::StrCat(kHeader, "kent,a,dover,own,,sessions,,,-,,,,,,,centre,paused\n",
                                 "kent,b,dover,remote,,none,,,18-,,,,,,,centre,\n"));
  ASSERT_TRUE(table.ok()) << table.status();
  const Dressing& a = table->at({"kent", "a"});
  EXPECT_TRUE(a.place_of_row);
  EXPECT_TRUE(a.sessions_of_row);
  EXPECT_TRUE(a.paused);
  EXPECT_FALSE(a.role.has_minimum_coverage_bp() || a.role.has_places() || a.role.has_minimum_age() ||
               a.role.has_maximum_age() || a.role.has_required_check() || a.role.has_schedule() ||
               a.role.has_place());
  const Dressing& b = table->at({"kent", "b"});
  EXPECT_TRUE(b.role.remote());
  EXPECT_FALSE(b.role.has_schedule());
  EXPECT_EQ(b.role.minimum_age(), 18);
  EXPECT_FALSE(b.role.has_maximum_age());
}

TEST(DressingTest, NamesTheLineAtFault) {
  const std::string good = "kent,a,dover,own,,none,,,-,,,,,,,centre,\n";
  const auto message = [&](absl::string_view line) {
    return std::string(ParseDressing(absl::StrCat(kHeader, good, line)).status().message());
  };
  EXPECT_THAT(message(good), HasSubstr("line 3: the same role twice"));
  EXPECT_THAT(message("kent,b\n"), HasSubstr("line 3: has 2 fields"));
  EXPECT_THAT(message("kent,b,dover,own,a:9,none,,,-,,,,,,,centre,\n"), HasSubstr("a:9"));
  EXPECT_THAT(message("kent,b,dover,own,,often,,,-,,,,,,,centre,\n"), HasSubstr("often"));
  EXPECT_THAT(message("kent,b,dover,own,,none,many,,-,,,,,,,centre,\n"), HasSubstr("many"));
  EXPECT_THAT(message("kent,b,dover,own,,none,,,old-,,,,,,,centre,\n"), HasSubstr("old"));
  EXPECT_THAT(std::string(ParseDressing("id\n1\n").status().message()), HasSubstr("unknown columns"));
}

// The table that is used: every word is known, nothing is over-asked.
TEST(DressingTest, TheTableKeepsToTheReferenceTables) {
  const auto table = LoadDressing();
  ASSERT_TRUE(table.ok()) << table.status();
  EXPECT_EQ(table->size(), 235u);
  const matching::ReferenceTables tables = matching::ShippedTables(reference::KentDistricts());
  for (const auto& [key, dressing] : *table) {
    SCOPED_TRACE(absl::StrCat(key.first, " ", key.second));
    const matching::v1::Opportunity& role = dressing.role;
    EXPECT_NE(reference::KentDistricts().FindById(dressing.centre), nullptr) << dressing.centre;
    EXPECT_EQ(dressing.place_of_row + role.remote() + role.has_place(), 1);
    EXPECT_TRUE(!role.has_place() || reference::Postcode::Parse(role.place().postcode()))
        << role.place().postcode();
    for (const auto& skill : role.skills())
      EXPECT_TRUE(matching::SkillIdOf(tables, skill.skill())) << skill.skill();
    for (const auto& cause : role.causes()) EXPECT_TRUE(matching::CauseIdOf(tables, cause)) << cause;
    for (const auto& language : role.languages())
      EXPECT_TRUE(matching::LanguageIdOf(tables, language)) << language;
    for (const auto& need : role.access_support()) EXPECT_TRUE(matching::AccessNeedOf(tables, need)) << need;
    EXPECT_THAT(
        matcher::FaultsOf(matching::ToFacts(role.required_check()), matching::BasesOf(role.required_check())),
        IsEmpty());
  }
}

}  // namespace
}  // namespace brokerage::real_data
