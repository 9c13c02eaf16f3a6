#include "apps/demo/notation.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>
#include <string>

#include "base/clock.h"

namespace brokerage::demo {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

template <typename Message>
void ExpectIs(const Message& message, const std::string& text) {
  Message expected;
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &expected)) << text;
  EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(message, expected)) << message.DebugString();
}

TEST(NotationTest, ReadsSkills) {
  const auto skills = ParseWantedSkills(" cooking:3:5!  serving-food:2 empathy first-aid! ");
  ASSERT_TRUE(skills.ok()) << skills.status();
  ASSERT_EQ(skills->size(), 4u);
  ExpectIs((*skills)[0], "skill: 'skills/cooking' level: 3 importance: 5 required: true");
  ExpectIs((*skills)[1], "skill: 'skills/serving-food' level: 2");
  ExpectIs((*skills)[2], "skill: 'skills/empathy'");
  ExpectIs((*skills)[3], "skill: 'skills/first-aid' required: true");
  EXPECT_THAT(*ParseWantedSkills(""), IsEmpty());
}

TEST(NotationTest, ReadsWindows) {
  const auto windows = ParseWindows("Mon-Tue 09:00-17:30, Sun 22:00-06:00");
  ASSERT_TRUE(windows.ok()) << windows.status();
  ASSERT_EQ(windows->size(), 3u);
  ExpectIs((*windows)[1], R"(day_of_week: DAY_OF_WEEK_TUESDAY start_time { hours: 9 minutes: 0 }
                             end_time { hours: 17 minutes: 30 })");
  ExpectIs((*windows)[2], R"(day_of_week: DAY_OF_WEEK_SUNDAY start_time { hours: 22 minutes: 0 }
                             end_time { hours: 6 minutes: 0 })");
}

TEST(NotationTest, ReadsChecksWithTheEligibilityTheyNeed) {
  ExpectIs(*ParseRequiredCheck("none"), "");
  ExpectIs(*ParseRequiredCheck("basic"), "level: CHECK_LEVEL_BASIC");
  ExpectIs(*ParseRequiredCheck("standard"), R"(level: CHECK_LEVEL_STANDARD workforces: WORKFORCE_OTHER
                                               eligibility_basis: ELIGIBILITY_BASIS_EXCEPTIONS_ORDER)");
  ExpectIs(*ParseRequiredCheck("enhanced-both"), R"(
    level: CHECK_LEVEL_ENHANCED workforces: WORKFORCE_CHILDREN workforces: WORKFORCE_ADULTS
    eligibility_basis: ELIGIBILITY_BASIS_WORK_WITH_CHILDREN eligibility_basis: ELIGIBILITY_BASIS_WORK_WITH_ADULTS)");
  ExpectIs(*ParseRequiredCheck("barred-adults"), R"(
    level: CHECK_LEVEL_ENHANCED_BARRED workforces: WORKFORCE_ADULTS barred_lists: BARRED_LIST_ADULTS
    eligibility_basis: ELIGIBILITY_BASIS_REGULATED_ACTIVITY_ADULTS)");
}

TEST(NotationTest, ReadsLicences) {
  const auto licences = ParseLicences("car mental-health-first-aid");
  ASSERT_TRUE(licences.ok()) << licences.status();
  EXPECT_THAT(*licences, ::testing::ElementsAre(common::v1::LICENCE_KIND_CAR,
                                                common::v1::LICENCE_KIND_MENTAL_HEALTH_FIRST_AID));
}

TEST(NotationTest, ReadsSchedules) {
  const absl::TimeZone& london = base::LondonTimeZone();
  ExpectIs(*ParseSchedule("none", london), "");
  ExpectIs(*ParseSchedule("weekly Sat 09:00-12:00", london), R"(
    weekly { windows { day_of_week: DAY_OF_WEEK_SATURDAY start_time { hours: 9 minutes: 0 }
                       end_time { hours: 12 minutes: 0 } } })");
  ExpectIs(*ParseSchedule("flexible 120", london), "flexible { minutes_per_week: 120 }");
  ExpectIs(*ParseSchedule("flexible 120/90 Mon 09:00-24:00", london), R"(
    flexible { minutes_per_week: 120 minimum_block_minutes: 90
               windows { day_of_week: DAY_OF_WEEK_MONDAY start_time { hours: 9 minutes: 0 }
                         end_time { hours: 24 minutes: 0 } } })");
  // One start in winter, one in summer time.
  ExpectIs(*ParseSchedule("dated 2026-01-10 10:00 240, 2026-07-10 10:00 30", london), R"(
    dated { sessions { start_time { seconds: 1768039200 } duration { seconds: 14400 } }
            sessions { start_time { seconds: 1783674000 } duration { seconds: 1800 } } })");
}

TEST(NotationTest, SaysWhatItCannotRead) {
  const absl::TimeZone& london = base::LondonTimeZone();
  const auto message = [](const auto& result) { return std::string(result.status().message()); };
  EXPECT_THAT(message(ParseWantedSkills("cooking:6")), HasSubstr("cooking:6"));
  EXPECT_THAT(message(ParseWantedSkills("cooking:3:0")), HasSubstr("cooking:3:0"));
  EXPECT_THAT(message(ParseWantedSkills("a:1:1:1")), HasSubstr("a:1:1:1"));
  EXPECT_THAT(message(ParseWindows("Mon 9-12")), HasSubstr("Mon 9-12"));
  EXPECT_THAT(message(ParseWindows("Fri-Mon 09:00-12:00")), HasSubstr("Fri-Mon"));
  EXPECT_THAT(message(ParseWindows("Mon 09:00-24:30")), HasSubstr("24:30"));
  EXPECT_THAT(message(ParseRequiredCheck("enhanced-animals")), HasSubstr("enhanced-animals"));
  EXPECT_THAT(message(ParseLicences("car rocket")), HasSubstr("rocket"));
  EXPECT_THAT(message(ParseSchedule("often", london)), HasSubstr("often"));
  EXPECT_THAT(message(ParseSchedule("flexible many", london)), HasSubstr("many"));
  EXPECT_THAT(message(ParseSchedule("dated 2026-02-30 10:00 60", london)), HasSubstr("2026-02-30"));
  EXPECT_THAT(message(ParseSchedule("dated 2026-02-20 10:00 0", london)), HasSubstr("10:00 0"));
}

}  // namespace
}  // namespace brokerage::demo
