// What a role's record must be, beyond the limits of its fields: one row for each rule, at its edges.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "tests/services/matching/resources/resource_calls.h"

namespace brokerage::matching {
namespace {

using ::testing::ElementsAreArray;
using ::testing::HasSubstr;

struct Rule {
  std::string text;
  std::vector<std::string> faults;  // none: good
};

class OpportunityRules : public ::testing::Test {
 protected:
  absl::StatusOr<v1::Opportunity> Check(const std::string& text) {
    v1::CreateOpportunityRequest request;
    request.set_parent(kAshford);
    request.set_validate_only(true);
    *request.mutable_opportunity() = Parse<v1::Opportunity>("title: 'Cook' " + text);
    return ashford_.Call(&Opportunities::CreateOpportunity, request);
  }

  void Try(const std::vector<Rule>& rules) {
    for (const Rule& rule : rules) {
      SCOPED_TRACE(rule.text);
      const auto checked = Check(rule.text);
      EXPECT_EQ(Outline(checked.status()), rule.faults.empty() ? "OK" : "INVALID_ARGUMENT INVALID_FIELDS");
      EXPECT_THAT(FaultsOf(checked.status()), ElementsAreArray(rule.faults));
    }
  }

  MatchingWorld world_;
  Client ashford_ = world_.Caseworker(kAshford);
};

TEST_F(OpportunityRules, ADraftNeedsATitleOnly) {
  Try({{"", {}}});
  EXPECT_THAT(*Check(""), Holds("state: STATE_DRAFT sharing: SHARING_CENTRE"));
  EXPECT_THAT(FaultsOf(CreateOpportunity(ashford_, kAshford, "").status()),
              ::testing::ElementsAre("opportunity.title: is required"));
}

TEST_F(OpportunityRules, OrganisationsAreNamed) {
  const std::string fault = "opportunity.organisation: must be organisations/{organisation}";
  Try({{"organisation: 'organisations/never-heard-of'", {}},
       {"organisation: 'Age UK'", {fault}},
       {"organisation: 'organisations/'", {fault}},
       {"organisation: 'organisations/a/b'", {fault}},
       {"organisation: 'centres/ashford'", {fault}}});
}

TEST_F(OpportunityRules, APlaceOrRemote) {
  Try({{"remote: true", {}},
       {"place { postcode: 'TN23 1PL' }", {}},
       {"remote: true place { postcode: 'TN23 1PL' }",
        {"opportunity.place: must not be given for a remote role"}},
       {"place {}", {"opportunity.place: needs a postcode, or latitude and longitude"}},
       {"place { postcode: 'ZZ1 1AA' }",
        {"opportunity.place.postcode: is not a postcode that is known here"}},
       {"place { latitude: 51 }", {"opportunity.place.longitude: is required beside latitude"}}});
  EXPECT_THAT(*Check("place { postcode: 'ct1  2ab' latitude: 1 longitude: 1 }"),
              Holds("place { postcode: 'CT1 2AB' district: 'districts/E07000106' }"));
  EXPECT_GT(Check("place { postcode: 'ct1  2ab' latitude: 1 longitude: 1 }")->place().latitude(), 51);
}

TEST_F(OpportunityRules, WordsAreOfTheTables) {
  Try({{"skills { skill: 'skills/cooking' } skills { skill: 'skills/cooking' }",
        {"opportunity.skills[1].skill: is there twice"}},
       {"skills { skill: 'skills/communication' }",
        {"opportunity.skills[0].skill: is a group of skills, not a skill"}},
       {"causes: 'causes/nothing'", {"opportunity.causes[0]: is not a cause of the table (causes/{cause})"}},
       {"languages: 'zz'", {"opportunity.languages[0]: is not an ISO 639-1 code, nor bfi"}},
       {"access_support: 'a-pony'",
        {"opportunity.access_support[0]: is not in the vocabulary of access needs"}}});
}

TEST_F(OpportunityRules, AgesAreInOrder) {
  Try({{"minimum_age: 18 maximum_age: 18", {}},
       {"minimum_age: 18 maximum_age: 17", {"opportunity.maximum_age: must not be below minimum_age"}},
       {"minimum_age: 0", {}},
       {"maximum_age: 0", {}}});
}

TEST_F(OpportunityRules, SchedulesAreOfOneKind) {
  const std::string windows =
      "windows { day_of_week: DAY_OF_WEEK_MONDAY start_time { hours: 9 } end_time { hours: 8 } }";
  Try({{"schedule {}", {"opportunity.schedule: must be weekly, dated or flexible, or absent"}},
       {"schedule { weekly {} }", {"opportunity.schedule.weekly.windows: is required"}},
       {"schedule { weekly { " + windows + " } }", {}},
       {"schedule { weekly { windows { start_time { hours: 24 } end_time { minutes: 1 } } } }",
        {"opportunity.schedule.weekly.windows[0].day_of_week: is required",
         "opportunity.schedule.weekly.windows[0].start_time: must be 00:00 to 23:30; 24:00 is an end only",
         "opportunity.schedule.weekly.windows[0].end_time: must be on the hour or half hour"}},
       {"schedule { dated {} }", {"opportunity.schedule.dated: must have sessions, a recurrence, or both"}},
       {"schedule { flexible {} }", {"opportunity.schedule.flexible.minutes_per_week: must be 1 to 10080"}},
       {"schedule { flexible { minutes_per_week: 1 } }", {}},
       {"schedule { flexible { minutes_per_week: 10080 minimum_block_minutes: 10080 " + windows + "} }", {}},
       {"schedule { flexible { minutes_per_week: 10081 minimum_block_minutes: 0 } }",
        {"opportunity.schedule.flexible.minutes_per_week: must be 1 to 10080",
         "opportunity.schedule.flexible.minimum_block_minutes: must be 1 to 10080"}}});
}

TEST_F(OpportunityRules, SessionsAreWholeMinutesOfTheseCenturies) {
  const std::string at = "opportunity.schedule.dated.sessions[0].";
  const std::string years = at + "start_time: must be in the years 1970 to 2199";
  const std::string length = at + "duration: must be 1 minute to 7 days";
  const auto session = [](const std::string& start, const std::string& duration) {
    return "schedule { dated { sessions { start_time { " + start + " } duration { " + duration + " } } } }";
  };
  constexpr char kHour[] = "seconds: 3600";
  Try({{session("seconds: 0", kHour), {}},
       {session("seconds: -60", kHour), {years}},
       {session("seconds: 7258118340", kHour), {}},  // 31 December 2199, 23:59
       {session("seconds: 7258118400", kHour), {years}},
       {session("seconds: 61", kHour), {at + "start_time: must be a whole minute"}},
       {session("seconds: 60 nanos: 1", kHour), {at + "start_time: must be a whole minute"}},
       {session("seconds: 60", "seconds: 60"), {}},
       {session("seconds: 60", ""), {length}},
       {session("seconds: 60", "seconds: -60"), {length}},
       {session("seconds: 60", "seconds: 604800"), {}},
       {session("seconds: 60", "seconds: 604860"), {length}},
       {session("seconds: 60", "seconds: 90"), {at + "duration: must be whole minutes"}},
       {session("seconds: 60", "seconds: 60 nanos: 1"), {at + "duration: must be whole minutes"}},
       {"schedule { dated { sessions {} } }",
        {at + "start_time: is required", at + "duration: is required"}}});
}

TEST_F(OpportunityRules, RecurrencesAreOfTheSubset) {
  const std::string at = "opportunity.schedule.dated.recurrence.";
  const std::string years = "must be in the years 1970 to 2199";
  constexpr char kStart[] = "dtstart { seconds: 1781632800 } ";  // Tuesday 16 June 2026, 19:00 in London
  constexpr char kHour[] = "duration { seconds: 3600 } ";
  const auto recurrence = [](const std::string& text) {
    return "schedule { dated { recurrence { " + text + " } } }";
  };
  const auto with = [&](const std::string& text) { return recurrence(kStart + (kHour + text)); };
  const auto start = [&](const std::string& moment) {
    return recurrence("dtstart { " + moment + " } " + kHour + "rrule: 'FREQ=DAILY'");
  };
  const std::string second_pass =
      at + "dtstart: is in the hour that happens twice: give the first of the two";
  const std::string none = at + "rrule: gives no session that is not left out";
  Try({{with("rrule: 'FREQ=WEEKLY'"), {}},
       {with("rrule: 'freq=monthly;byday=3tu;count=12;wkst=su;interval=2' time_zone: 'Europe/London'"), {}},
       {with("rrule: 'FREQ=WEEKLY;BYDAY=WE;UNTIL=20260617' exdates { seconds: 1781632800 }"), {}},
       {"schedule { dated { sessions { start_time {} duration { seconds: 60 } } recurrence { " +
            std::string(kStart) + kHour + "rrule: 'FREQ=DAILY' } } }",
        {}},
       {recurrence(""),
        {at + "dtstart: is required", at + "duration: is required", at + "rrule: is required"}},
       {with("rrule: 'FREQ=HOURLY;INTERVAL=0;BYHOUR=9'"),
        {at + "rrule: may have FREQ, INTERVAL, BYDAY, COUNT, UNTIL and WKST, not \"BYHOUR\"",
         at + "rrule: FREQ must be DAILY, WEEKLY or MONTHLY, not \"HOURLY\"",
         at + "rrule: INTERVAL must be 1 to 366"}},
       {with("rrule: 'FREQ=DAILY;COUNT=2;UNTIL=20270101'"),
        {at + "rrule: COUNT and UNTIL exclude each other"}},
       {with("rrule: 'FREQ=DAILY' time_zone: 'Europe/Paris'"),
        {at + "time_zone: must be Europe/London or empty"}},
       {with("rrule: 'FREQ=DAILY' time_zone: 'UTC'"), {at + "time_zone: must be Europe/London or empty"}},
       {with("rrule: 'FREQ=DAILY;UNTIL=20260615'"), {none}},
       {with("rrule: 'FREQ=DAILY;UNTIL=20260616'"), {}},
       {with("rrule: 'FREQ=DAILY;COUNT=1' exdates { seconds: 1781632800 }"), {none}},
       {with("rrule: 'FREQ=DAILY;COUNT=2' exdates { seconds: 1781632800 }"), {}},
       {with("rrule: 'FREQ=DAILY' exdates { seconds: 1781632801 } exdates { seconds: -60 }"),
        {at + "exdates[0]: must be a whole minute", at + "exdates[1]: " + years}},
       {start("seconds: 0"), {}},
       {start("seconds: -60"), {at + "dtstart: " + years}},
       {start("seconds: 7258118340"), {}},
       {start("seconds: 7258118400"), {at + "dtstart: " + years}},
       {start("seconds: 61"), {at + "dtstart: must be a whole minute"}},
       // 25 October 2026 at 00:59, 01:00, 01:59 and 02:00 UTC.
       {start("seconds: 1792889940"), {}},
       {start("seconds: 1792890000"), {second_pass}},
       {start("seconds: 1792893540"), {second_pass}},
       {start("seconds: 1792893600"), {}},
       {recurrence(std::string(kStart) + "duration { seconds: 604860 } rrule: 'FREQ=DAILY'"),
        {at + "duration: must be 1 minute to 7 days"}},
       {recurrence(std::string(kStart) + "duration { seconds: 90 } rrule: 'FREQ=DAILY'"),
        {at + "duration: must be whole minutes"}}});
  EXPECT_THAT(FaultsOf(Check(with("rrule: '" + std::string(501, 'x') + "'")).status()),
              ::testing::ElementsAre(at + "rrule: must have at most 500 bytes; it has 501"));
}

TEST_F(OpportunityRules, NoMoreOfACheckThanTheRoleIsEligibleFor) {
  const std::string level = "opportunity.required_check.level: ";
  const std::string lists = "opportunity.required_check.barred_lists: ";
  const auto over = [](const std::string& most) {
    return "is over-asking: on this role's eligibility_basis " + most +
           " is the most that may be asked, and asking for more is an offence";
  };
  const auto check = [](const std::string& text) { return "required_check { " + text + " }"; };
  const std::string barred = "level: CHECK_LEVEL_ENHANCED_BARRED barred_lists: BARRED_LIST_CHILDREN ";
  const std::string both = barred + "barred_lists: BARRED_LIST_ADULTS ";
  const std::string children_work = "eligibility_basis: ELIGIBILITY_BASIS_WORK_WITH_CHILDREN ";
  const std::string children = "eligibility_basis: ELIGIBILITY_BASIS_REGULATED_ACTIVITY_CHILDREN ";
  const std::string adults = "eligibility_basis: ELIGIBILITY_BASIS_REGULATED_ACTIVITY_ADULTS ";
  Try({
      {check(""), {level + "is required"}},
      {check("level: CHECK_LEVEL_NONE"), {}},
      {check("level: CHECK_LEVEL_BASIC"), {}},
      {check("level: CHECK_LEVEL_BASIC eligibility_basis: ELIGIBILITY_BASIS_NONE"), {}},
      {check("level: CHECK_LEVEL_STANDARD"), {level + over("a basic check")}},
      {check("level: CHECK_LEVEL_STANDARD eligibility_basis: ELIGIBILITY_BASIS_NONE"),
       {level + over("a basic check")}},
      {check("level: CHECK_LEVEL_STANDARD eligibility_basis: ELIGIBILITY_BASIS_EXCEPTIONS_ORDER"), {}},
      {check("level: CHECK_LEVEL_ENHANCED eligibility_basis: ELIGIBILITY_BASIS_EXCEPTIONS_ORDER"),
       {level + over("a standard check")}},
      {check("level: CHECK_LEVEL_ENHANCED " + children_work), {}},
      {check("level: CHECK_LEVEL_ENHANCED eligibility_basis: ELIGIBILITY_BASIS_WORK_WITH_ADULTS"), {}},
      {check(barred + children_work), {level + over("an enhanced check")}},
      {check(barred + children), {}},
      {check(barred + adults), {lists + over("an enhanced check with the adults' barred list")}},
      {check(both + children), {lists + over("an enhanced check with the children's barred list")}},
      {check(both + children + adults), {}},
      {check("level: CHECK_LEVEL_ENHANCED_BARRED " + children), {lists + "must name the lists to consult"}},
      {check("level: CHECK_LEVEL_ENHANCED barred_lists: BARRED_LIST_ADULTS " + adults),
       {lists + "are for an enhanced check with barred lists only"}},
      {check("level: CHECK_LEVEL_ENHANCED barred_lists: BARRED_LIST_ADULTS"),
       {lists + "are for an enhanced check with barred lists only", level + over("a basic check")}},
  });
}

TEST_F(OpportunityRules, AllFaultsAreNamedAtOnce) {
  const auto refused =
      Check(R"(organisation: "x" remote: true place { postcode: "?" } minimum_age: 5 maximum_age: 4
      skills { skill: "skills/none" level: 9 } minimum_coverage_bp: 10001 places: 0 languages: "zz" causes: "x"
      required_check { level: CHECK_LEVEL_ENHANCED } access_support: "x" licences: LICENCE_KIND_CAR
      licences: LICENCE_KIND_CAR schedule {})");
  std::vector<std::string> fields;
  const google::rpc::BadRequest bad_request = base::BadRequestOf(refused.status());
  for (const auto& violation : bad_request.field_violations()) fields.push_back(violation.field());
  EXPECT_THAT(fields,
              ::testing::UnorderedElementsAre(
                  "opportunity.organisation", "opportunity.place", "opportunity.place.postcode",
                  "opportunity.maximum_age", "opportunity.skills[0].skill", "opportunity.skills[0].level",
                  "opportunity.minimum_coverage_bp", "opportunity.places", "opportunity.languages[0]",
                  "opportunity.causes[0]", "opportunity.required_check.level",
                  "opportunity.access_support[0]", "opportunity.licences[1]", "opportunity.schedule"));
}

// Beyond 8 KiB of trailing metadata a client sees nothing at all, so this goes through a real connection.
TEST(OpportunityFaults, SoManyFaultsStillReachTheClient) {
  MatchingWorld world(true);
  v1::CreateOpportunityRequest request;
  request.set_parent("ashford");
  request.set_request_id("not a UUID");
  auto& windows = *request.mutable_opportunity()->mutable_schedule()->mutable_flexible()->mutable_windows();
  for (int i = 0; i < 100; ++i) windows.Add()->mutable_start_time()->set_minutes(99);
  const auto refused = world.Caseworker(kAshford).Call(&Opportunities::CreateOpportunity, request);
  EXPECT_EQ(Outline(refused.status()), "INVALID_ARGUMENT INVALID_FIELDS");
  const auto faults = FaultsOf(refused.status());
  EXPECT_THAT(faults, ::testing::Contains("request_id: must be a UUID, version 4, or empty"));
  EXPECT_THAT(faults, ::testing::Contains("parent: must be centres/{centre}"));
  EXPECT_THAT(faults, ::testing::Contains("opportunity.title: is required"));
  EXPECT_THAT(faults.back(), HasSubstr(" more"));
}

}  // namespace
}  // namespace brokerage::matching
