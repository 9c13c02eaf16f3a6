#include "apps/cli/rows/opportunity_row.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>
#include <string>

#include "tests/apps/cli/rows/read_row.h"

namespace brokerage::cli {
namespace {

using google::protobuf::TextFormat;
using google::protobuf::util::MessageDifferencer;
using matching::v1::Opportunity;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

ReadResult<OpportunityRow> Read(const Cells& cells) {
  return ReadRow(OpportunityColumns(), cells,
                 [](RowReader& row) { return ReadOpportunityRow(row, ShippedWords()); });
}

TEST(OpportunityRow, TheExampleIsGood) {
  const auto read = Read(ExampleOf(OpportunityColumns()));
  EXPECT_THAT(read.faults, IsEmpty());
  EXPECT_THAT(read.notes, IsEmpty());
  EXPECT_EQ(read.row.state, Opportunity::STATE_OPEN);
  EXPECT_EQ(read.row.organisation, "Ashford Foodbank");
  EXPECT_EQ(read.row.required_skill_count, 1);
  Opportunity expected;
  ASSERT_TRUE(TextFormat::ParseFromString(R"(
    title: "Kitchen helper"
    description: "Helps to cook and serve a warm lunch."
    place { postcode: "TN23 1PL" }
    skills { skill: "skills/food-hygiene" level: 2 importance: 5 required: true }
    skills { skill: "skills/cooking" }
    skills { skill: "skills/teamwork" importance: 2 }
    minimum_coverage_bp: 5000
    places: 3
    minimum_age: 16
    guardian_consent: true
    required_check {
      level: CHECK_LEVEL_ENHANCED workforces: WORKFORCE_ADULTS eligibility_basis: ELIGIBILITY_BASIS_WORK_WITH_ADULTS
    }
    licences: LICENCE_KIND_FOOD_HYGIENE
    languages: "en"
    causes: "causes/anti-poverty"
    access_support: "step-free-access"
    sharing: SHARING_COUNTY
  )",
                                          &expected));
  Opportunity without_schedule = read.row.opportunity;
  EXPECT_EQ(without_schedule.schedule().weekly().windows_size(), 5);
  without_schedule.clear_schedule();
  EXPECT_TRUE(MessageDifferencer::Equals(without_schedule, expected)) << without_schedule.DebugString();
}

TEST(OpportunityRow, ADraftNeedsATitleOnly) {
  const auto read = Read({{"title", "Helper"}});
  EXPECT_THAT(read.faults, IsEmpty());
  EXPECT_EQ(read.row.state, Opportunity::STATE_DRAFT);
  EXPECT_FALSE(read.row.opportunity.has_schedule());
  EXPECT_FALSE(read.row.opportunity.has_required_check());
  EXPECT_FALSE(read.row.opportunity.has_places());
}

TEST(OpportunityRow, ThreeKindsOfScheduleAndNeverTwo) {
  const auto weekly = Read({{"title", "T"}, {"weekly", "Mon 09:10-12:20"}});
  ASSERT_EQ(weekly.row.opportunity.schedule().weekly().windows_size(), 1);
  EXPECT_EQ(weekly.row.opportunity.schedule().weekly().windows(0).start_time().minutes(), 0)
      << "a role grows";
  EXPECT_THAT(weekly.notes, ElementsAre(HasSubstr("Mon 09:00–12:30")));

  const auto dated = Read({{"title", "T"}, {"sessions", "2026-12-05 09:00 3h; 2026-12-12 09:00 3h"}});
  EXPECT_EQ(dated.row.opportunity.schedule().dated().sessions_size(), 2);

  const auto recurring =
      Read({{"title", "T"}, {"recurrence", "2026-12-01 19:00 2h FREQ=WEEKLY"}, {"left_out", "2026-12-29"}});
  EXPECT_THAT(recurring.faults, IsEmpty());
  EXPECT_EQ(recurring.row.opportunity.schedule().dated().recurrence().rrule(), "FREQ=WEEKLY");
  EXPECT_EQ(recurring.row.opportunity.schedule().dated().recurrence().exdates_size(), 1);
  EXPECT_THAT(Read({{"title", "T"}, {"left_out", "2026-12-29"}}).faults,
              ElementsAre("left_out: needs a recurrence to leave dates out of"));
  EXPECT_THAT(Read({{"title", "T"}, {"recurrence", "Tuesdays"}}).faults,
              ElementsAre(StartsWith("recurrence: \"Tuesdays\" is no recurrence")));
  EXPECT_THAT(
      Read({{"title", "T"}, {"weekly", "Mon 9-10"}, {"recurrence", "2026-12-01 19:00 2h FREQ=WEEKLY"}})
          .faults,
      ElementsAre(HasSubstr("weekly and recurrence are different kinds")));
  const auto beside = Read({{"title", "T"},
                            {"sessions", "2026-12-05 09:00 3h"},
                            {"recurrence", "2026-12-01 19:00 2h FREQ=WEEKLY"}});
  EXPECT_THAT(beside.faults, IsEmpty());
  EXPECT_EQ(beside.row.opportunity.schedule().dated().sessions_size(), 1);
  EXPECT_TRUE(beside.row.opportunity.schedule().dated().has_recurrence());

  const auto flexible = Read({{"title", "T"},
                              {"flexible_time", "120"},
                              {"flexible_block", "30 min"},
                              {"flexible_windows", "weekends 09:15-12"}});
  EXPECT_THAT(flexible.faults, IsEmpty());
  const auto& schedule = flexible.row.opportunity.schedule().flexible();
  EXPECT_EQ(schedule.minutes_per_week(), 120);
  EXPECT_EQ(schedule.minimum_block_minutes(), 30);
  EXPECT_EQ(schedule.windows_size(), 2);
  EXPECT_EQ(schedule.windows(0).start_time().minutes(), 0);

  const auto both = Read({{"title", "T"}, {"weekly", "Mon 9-10"}, {"flexible_time", "2h"}});
  EXPECT_THAT(both.faults, ElementsAre(HasSubstr("weekly and flexible_time are different kinds")));
  EXPECT_THAT(Read({{"title", "T"}, {"flexible_windows", "Mon 9-10"}}).faults,
              ElementsAre(StartsWith("flexible_time: is needed")));
}

TEST(OpportunityRow, ACheckWithABarredListIsThatLevel) {
  const auto read = Read({{"title", "T"},
                          {"check_level", "enhanced"},
                          {"check_workforces", "children; adults"},
                          {"check_barred_lists", "children"},
                          {"check_eligibility", "regulated-activity-children"}});
  EXPECT_THAT(read.faults, IsEmpty());
  const auto& check = read.row.opportunity.required_check();
  EXPECT_EQ(check.level(), common::v1::CHECK_LEVEL_ENHANCED_BARRED);
  EXPECT_THAT(check.workforces(), ElementsAre(common::v1::WORKFORCE_CHILDREN, common::v1::WORKFORCE_ADULTS));
  EXPECT_THAT(Read({{"title", "T"}, {"check_workforces", "children"}}).faults,
              ElementsAre(StartsWith("check_level: is needed")));
}

TEST(OpportunityRow, EveryFaultyCellIsNamedAtOnce) {
  const auto read = Read({{"title", ""},
                          {"latitude", "51.1"},
                          {"remote", "x"},
                          {"required_skills", "astrophysics"},
                          {"wanted_skills", "driving:7"},
                          {"sessions", "soon"},
                          {"minimum_coverage", "120%"},
                          {"places", "few"},
                          {"minimum_age", "old"},
                          {"maximum_age", "older"},
                          {"guardian_consent", "hm"},
                          {"check_level", "super"},
                          {"check_workforces", "pets"},
                          {"check_barred_lists", "pets"},
                          {"check_eligibility", "because"},
                          {"licences", "helicopter"},
                          {"languages", "klingon"},
                          {"causes", "x"},
                          {"access_support", "x"},
                          {"sharing", "x"},
                          {"state", "closed"}});
  const char* const columns[] = {"title",
                                 "longitude",
                                 "remote",
                                 "required_skills",
                                 "wanted_skills",
                                 "sessions",
                                 "minimum_coverage",
                                 "places",
                                 "minimum_age",
                                 "maximum_age",
                                 "guardian_consent",
                                 "check_level",
                                 "check_workforces",
                                 "check_barred_lists",
                                 "check_eligibility",
                                 "licences",
                                 "languages",
                                 "causes",
                                 "access_support",
                                 "sharing",
                                 "state"};
  EXPECT_EQ(read.faults.size(), std::size(columns));
  for (const char* column : columns)
    EXPECT_THAT(read.faults, Contains(StartsWith(std::string(column) + ": "))) << column;
}

TEST(OpportunityRow, WhatItsStateNeedsIsAskedFor) {
  EXPECT_THAT(Read({{"title", "T"}, {"state", "submitted"}}).faults,
              ElementsAre(StartsWith("organisation: is needed"), StartsWith("postcode: is needed")));
  EXPECT_THAT(Read({{"title", "T"}, {"state", "open"}, {"organisation", "O"}, {"remote", "yes"}}).faults,
              IsEmpty());
  EXPECT_THAT(Read({{"title", "T"}, {"remote", "yes"}, {"postcode", "TN23 1PL"}}).faults,
              ElementsAre(StartsWith("remote: cannot be yes")));
}

TEST(OpportunityRow, FieldsOfTheServiceLeadBackToTheirColumns) {
  const auto row =
      Read({{"title", "T"}, {"required_skills", "driving; cooking"}, {"wanted_skills", "teamwork"}}).row;
  const std::pair<const char*, const char*> cases[] = {
      {"opportunity.skills[0]", "required_skills"},
      {"opportunity.skills[1].level", "required_skills"},
      {"opportunity.skills[2].skill", "wanted_skills"},
      {"opportunity.skills", "required_skills"},
      {"opportunity.place.postcode", "postcode"},
      {"opportunity.schedule.dated.sessions[4].duration", "sessions"},
      {"opportunity.schedule.flexible.minutes_per_week", "flexible_time"},
      {"opportunity.schedule.flexible.minimum_block_minutes", "flexible_block"},
      {"opportunity.required_check", "check_level"},
      {"opportunity.required_check.barred_lists[0]", "check_barred_lists"},
      {"opportunity.organisation", "organisation"},
      {"request_id", ""},
  };
  for (const auto& [field, column] : cases) EXPECT_EQ(OpportunityColumnOf(row, field), column) << field;
}

}  // namespace
}  // namespace brokerage::cli
