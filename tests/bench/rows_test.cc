// What peers are told is what the matcher would say.
#include "bench/rows.h"

#include <cstdint>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

#include "bench/world.h"
#include "matcher/order.h"
#include "matcher/skills.h"

namespace brokerage::bench {
namespace {

constexpr int64_t kVolunteers = 200;

TEST(RowsTest, CreditsAreTheMatchersForEverySkillAndLevel) {
  const World world(3, kVolunteers);
  const auto shipped = DryWorld();
  const matcher::Taxonomies& taxonomies = shipped->taxonomies;
  int64_t partial = 0;
  for (int64_t i = 0; i < kVolunteers; ++i) {
    const matcher::VolunteerFacts facts = world.VolunteerAt(i);
    const VolunteerRow row = RowOf(facts, World::HistoryOf(facts), taxonomies);
    for (uint16_t skill = 0; skill < kSkills; ++skill) {
      for (uint8_t level = 1; level < kLevels; ++level) {
        const auto credit =
            matcher::CreditFor({skill, level, 1, false}, facts.skills, taxonomies.skills).credit;
        ASSERT_EQ(CreditOf(row.credits[skill], level), credit) << facts.name << " " << skill << " " << level;
        partial += credit > 0 && credit < matcher::kFullCredit;
      }
    }
  }
  EXPECT_GT(partial, 0);
}

TEST(RowsTest, KeysOrderAsNamesDo) {
  const World world(3, kVolunteers);
  for (int64_t i = 1; i < kVolunteers; ++i) {
    const auto before = world.VolunteerAt(i - 1).name;
    const auto name = world.VolunteerAt(i).name;
    EXPECT_EQ(KeyOf(before) < KeyOf(name), matcher::NameComesBefore(before, name)) << before << " " << name;
  }
}

TEST(RowsTest, SlotsAreDigitsFromTheFirst) {
  matcher::SlotSet slots;
  slots.set(0).set(5).set(matcher::kSlotsPerWeek - 1);
  EXPECT_EQ(HexOf(slots), absl::StrCat("84", std::string(81, '0'), "1"));
}

TEST(RowsTest, AgesAreBirths) {
  const World world(3, kVolunteers);
  matcher::OpportunityFacts role = world.OpportunityAt(0);
  role.minimum_age = 18;
  role.maximum_age = 25;
  const RoleRow row = RowOf(role, 0, DryWorld()->taxonomies);
  EXPECT_EQ(row.born_by, 20081125);    // 18 today
  EXPECT_EQ(row.born_from, 20001126);  // 26 tomorrow
}

}  // namespace
}  // namespace brokerage::bench
