#include "apps/cli/output/describe.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>
#include <sstream>

#include "apps/cli/output/json.h"
#include "brokerage/matching/v1/opportunity.pb.h"
#include "brokerage/matching/v1/volunteer.pb.h"

namespace brokerage::cli {
namespace {

using testing::ElementsAre;
using testing::Pair;

template <typename Message>
Message FromText(const char* text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message));
  return message;
}

TEST(Describe, EveryFieldThatIsSetInWordsForPeople) {
  const auto volunteer = FromText<matching::v1::Volunteer>(R"(
    name: "centres/ashford/volunteers/v1" display_name: "Ann" state: STATE_ON_BREAK
    contact { email: "a@example.org" address_lines: "1 Mill Lane" address_lines: "Ashford" }
    date_of_birth { year: 1984 month: 6 day: 2 }
    travel_radius_m: 0
    skills { skill: "skills/driving" level: 4 } skills { skill: "skills/cooking" }
    availability { weekly { day_of_week: DAY_OF_WEEK_MONDAY start_time { hours: 9 } end_time { hours: 12 minutes: 30 } } }
    checks { level: CHECK_LEVEL_ENHANCED workforces: WORKFORCE_CHILDREN workforces: WORKFORCE_ADULTS
             issue_date { year: 2025 month: 3 day: 1 } }
    update_time { seconds: 1782115200 } etag: "hidden" consistency_token: "hidden"
  )");
  EXPECT_THAT(
      Describe(volunteer),
      ElementsAre(Pair("name", "centres/ashford/volunteers/v1"), Pair("display_name", "Ann"),
                  Pair("state", "on break"), Pair("contact.email", "a@example.org"),
                  Pair("contact.address_lines", "1 Mill Lane"), Pair("", "Ashford"),
                  Pair("date_of_birth", "1984-06-02"), Pair("travel_radius_m", "0"),
                  Pair("skills", "skill: skills/driving, level: 4"), Pair("", "skill: skills/cooking"),
                  Pair("availability.weekly", "Mon 09:00–12:30"),
                  Pair("checks", "level: enhanced, workforces: children + adults, issue_date: 2025-03-01"),
                  Pair("update_time", "2026-06-22 09:00")));
}

TEST(Describe, SessionsAreOneLineEach) {
  const auto opportunity = FromText<matching::v1::Opportunity>(R"(
    schedule { dated { sessions { start_time { seconds: 1782115200 } duration { seconds: 5400 } } } })");
  EXPECT_THAT(Describe(opportunity),
              ElementsAre(Pair("schedule.dated.sessions", "2026-06-22 09:00, 1 h 30 min")));
}

TEST(Describe, RecurrencesAndExceptionsAreOneLineEach) {
  const auto opportunity = FromText<matching::v1::Opportunity>(R"(
    schedule { dated { recurrence { dtstart { seconds: 1782115200 } duration { seconds: 5400 }
                                    rrule: "FREQ=WEEKLY" time_zone: "Europe/London" } } })");
  EXPECT_THAT(
      Describe(opportunity),
      ElementsAre(Pair("schedule.dated.recurrence", "from 2026-06-22 09:00, 1 h 30 min each, FREQ=WEEKLY")));
  const auto without = FromText<matching::v1::Recurrence>(R"(
    dtstart { seconds: 1782115200 } duration { seconds: 3600 } rrule: "FREQ=DAILY"
    exdates { seconds: 1782201600 } exdates { seconds: 1782288000 })");
  matching::v1::DatedSchedule dated;
  *dated.mutable_recurrence() = without;
  EXPECT_THAT(Describe(dated), ElementsAre(Pair("recurrence",
                                                "from 2026-06-22 09:00, 1 h each, FREQ=DAILY, without "
                                                "2026-06-23 09:00, 2026-06-24 09:00")));
  const auto availability = FromText<matching::v1::Availability>(R"(
    exceptions { start_time { seconds: 1782115200 } end_time { seconds: 1782201600 } kind: KIND_AWAY }
    exceptions { start_time { seconds: 1782115200 } end_time { seconds: 1782118800 } kind: KIND_EXTRA })");
  EXPECT_THAT(Describe(availability),
              ElementsAre(Pair("exceptions", "away 2026-06-22 09:00 to 2026-06-23 09:00"),
                          Pair("", "extra 2026-06-22 09:00 to 2026-06-22 10:00")));
}

TEST(Describe, LinesAreAlignedAndCannotSteerTheTerminal) {
  const auto volunteer =
      FromText<matching::v1::Volunteer>("display_name: \"A\\033[1m\" notes: \"one\\ntwo\" languages: \"en\"");
  std::ostringstream out;
  PrintDescription(volunteer, out);
  EXPECT_EQ(out.str(),
            "display_name  A\xEF\xBF\xBD[1m\n"
            "languages     en\n"
            "notes         one\n"
            "              two\n");
}

TEST(Describe, ValuesThatThisProgramDoesNotKnowAreNumbers) {
  EXPECT_EQ(FormatEnum(*matching::v1::Volunteer::State_descriptor(), 99), "99");
  EXPECT_EQ(FormatEnum(*matching::v1::Volunteer::State_descriptor(), 5), "on break");
}

TEST(ToJson, UsesTheContractsNamesAndShowsZeros) {
  const auto opportunity = FromText<matching::v1::Opportunity>("title: \"T\" minimum_coverage_bp: 0");
  const Json json = ToJson(opportunity);
  EXPECT_EQ(json["title"], "T");
  EXPECT_EQ(json["minimum_coverage_bp"], 0) << "said to be 0";
  EXPECT_FALSE(json.contains("minimum_age")) << "not said";
  EXPECT_EQ(json["places_filled"], 0) << "0 means itself";
  EXPECT_EQ(json["skills"], Json::array());
  EXPECT_EQ(json["state"], "STATE_UNSPECIFIED");
  EXPECT_EQ(Print(Json{{"a", "\xFF"}}), "{\n  \"a\": \"\xEF\xBF\xBD\"\n}\n");
}

}  // namespace
}  // namespace brokerage::cli
