#include "tests/real_data/real_roles.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

namespace brokerage::real_data {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

DressingTable Table() {
  DressingTable table;
  Dressing of_row;
  of_row.centre = "dover";
  of_row.place_of_row = true;
  of_row.sessions_of_row = true;
  table[{"t", "1"}] = of_row;
  table[{"t", "2"}] = of_row;
  Dressing said;
  said.centre = "thanet";
  said.role.set_remote(true);
  said.role.mutable_schedule()->mutable_flexible()->set_minutes_per_week(60);
  table[{"t", "3"}] = said;
  return table;
}

// A list of one record with the id 1, good but for `fields`, which replace its own.
std::string Record(const std::string& fields) {
  const std::string good =
      R"("id": "1", "title": "Helper", "description": "Text", "organisation": "The Mill", "lat": 51.1, "lon": 1.3)";
  const std::string sessions =
      R"("sessions": [{"start": "2026-01-08T10:00:00", "end": "2026-01-08T16:00:00"}])";
  // The last of two fields of one name counts.
  return absl::StrCat("[{", good, ", ", sessions, fields.empty() ? "" : ", ", fields, "}]");
}

std::vector<std::string> ReasonsOf(const std::string& json) {
  const auto result = ReadRealRoles("t", json, Table());
  EXPECT_TRUE(result.ok()) << result.status();
  EXPECT_THAT(result->refused, SizeIs(1)) << json;
  EXPECT_THAT(result->roles, IsEmpty()) << json;
  return result->refused.empty() ? std::vector<std::string>{} : result->refused.front().reasons;
}

TEST(RealRolesTest, TakesTextsPlaceAndSessionsFromTheRow) {
  const auto result = ReadRealRoles("t", Record(""), Table());
  ASSERT_TRUE(result.ok()) << result.status();
  ASSERT_THAT(result->roles, SizeIs(1));
  const RealRole& role = result->roles.front();
  EXPECT_EQ(role.id, "1");
  EXPECT_EQ(role.centre, "centres/dover");
  EXPECT_EQ(role.organisation_name, "The Mill");
  EXPECT_EQ(role.organisation_key, "the mill");
  EXPECT_EQ(role.opportunity.title(), "Helper");
  EXPECT_EQ(role.opportunity.description(), "Text");
  EXPECT_EQ(role.opportunity.place().latitude(), 51.1);
  ASSERT_EQ(role.opportunity.schedule().dated().sessions_size(), 1);
  EXPECT_EQ(role.opportunity.schedule().dated().sessions(0).start_time().seconds(), 1767866400);
  EXPECT_EQ(role.opportunity.schedule().dated().sessions(0).duration().seconds(), 6 * 3600);
}

TEST(RealRolesTest, TakesWhatIsSaidInsteadWhereItIsSaid) {
  const auto result = ReadRealRoles(
      "t",
      R"([{"id": "3", "title": "Helper", "description": "", "organisation_id": "AB12CD34-9", "platform_host": "h.uk",
                "lat": 0, "lon": 0, "sessions": [{"start": "2026-01-08T10:00:00", "end": "2040-01-08T16:00:00"}]}])",
      Table());
  ASSERT_TRUE(result.ok()) << result.status();
  ASSERT_THAT(result->roles, SizeIs(1));
  const RealRole& role = result->roles.front();
  EXPECT_TRUE(role.opportunity.remote());
  EXPECT_FALSE(role.opportunity.has_place());
  EXPECT_EQ(role.opportunity.schedule().flexible().minutes_per_week(), 60);
  EXPECT_EQ(role.organisation_key, "ab12cd34-9");
  EXPECT_EQ(role.organisation_name, "Organisation AB12CD34 at h.uk");
}

TEST(RealRolesTest, SessionsInSummerAreInSummerTime) {
  const auto result = ReadRealRoles(
      "t", Record(R"("sessions": [{"start": "2026-07-08T10:00:00", "end": "2026-07-08T11:00:00"}])"),
      Table());
  ASSERT_THAT(result->roles, SizeIs(1));
  EXPECT_EQ(result->roles[0].opportunity.schedule().dated().sessions(0).start_time().seconds(), 1783501200);
}

TEST(RealRolesTest, RefusesSessionsThatCannotBe) {
  const auto of = [](const std::string& sessions) { return ReasonsOf(Record("\"sessions\": " + sessions)); };
  EXPECT_THAT(of("[]"), ElementsAre("sessions: none is given"));
  EXPECT_THAT(of("null"), ElementsAre("sessions: none is given"));
  EXPECT_THAT(of(R"([{"end": "2026-01-08T16:00:00"}])"), ElementsAre("sessions[0]: has no start"));
  EXPECT_THAT(of(R"([{"start": "2026-01-08T10:00:00", "end": null}])"),
              ElementsAre("sessions[0]: has no end"));
  EXPECT_THAT(of(R"([{"start": "tomorrow", "end": "2026-01-08T16:00:00"}])"),
              ElementsAre("sessions[0]: has no start"));
  EXPECT_THAT(of(R"([{"start": "2026-02-30T10:00:00", "end": "2026-03-08T16:00:00"}])"),
              ElementsAre("sessions[0]: has no start"));
  EXPECT_THAT(of(R"([{"start": "2026-01-08T10:00:00", "end": "2026-01-08T09:00:00"}])"),
              ElementsAre("sessions[0]: ends before it starts"));
  EXPECT_THAT(of(R"([{"start": "2026-01-08T10:00:00", "end": "2026-01-08T10:00:00"}])"),
              ElementsAre("sessions[0]: ends before it starts"));
  EXPECT_THAT(of(R"([{"start": "2026-01-08T10:00:30", "end": "2026-01-08T11:00:00"}])"),
              ElementsAre("sessions[0]: is not on whole minutes"));
  EXPECT_THAT(of(R"([{"start": "2026-01-08T10:00:00", "end": "2026-03-08T09:00:00"}])"),
              ElementsAre("sessions[0]: lasts 58 days; 7 is the most"));
}

TEST(RealRolesTest, SevenDaysAreASessionAndAMinuteMoreIsNone) {
  const auto good = ReadRealRoles(
      "t", Record(R"("sessions": [{"start": "2026-01-08T10:00:00", "end": "2026-01-15T10:00:00"}])"),
      Table());
  EXPECT_THAT(good->roles, SizeIs(1));
  EXPECT_THAT(
      ReasonsOf(Record(R"("sessions": [{"start": "2026-01-08T10:00:00", "end": "2026-01-15T10:01:00"}])")),
      ElementsAre("sessions[0]: lasts 7 days; 7 is the most"));
}

TEST(RealRolesTest, GivesEveryReasonAtOnce) {
  EXPECT_THAT(ReasonsOf(R"([{"id": "1", "title": "<b>Help</b>", "description": "a<br/>b", "lat": 0, "lon": 0,
                             "sessions": [{"start": "2026-01-08T10:00:00"}, {"end": "2026-01-08T10:00:00"}]}])"),
              ElementsAre("title: holds markup", "description: holds markup", "organisation: none is given",
                          "place: neither a postcode nor coordinates", "sessions[0]: has no end",
                          "sessions[1]: has no start"));
}

TEST(RealRolesTest, RefusesTextsThatTheContractRefuses) {
  EXPECT_THAT(ReasonsOf(Record(R"("title": "Two\nlines")")),
              ElementsAre("title: must not have control characters"));
  EXPECT_THAT(ReasonsOf(Record(R"("title": "  ")")), ElementsAre("title: is required"));
  EXPECT_THAT(ReasonsOf(Record("\"title\": \"" + std::string(301, 'a') + "\"")),
              ElementsAre("title: must have at most 300 bytes; it has 301"));
  EXPECT_THAT(ReasonsOf(Record("\"description\": \"" + std::string(20'001, 'a') + "\"")),
              ElementsAre("description: must have at most 20000 bytes; it has 20001"));
}

TEST(RealRolesTest, MathematicsIsNoMarkup) {
  const auto result =
      ReadRealRoles("t", Record(R"("description": "under 18 < 5 hours > 3, I <3 it")"), Table());
  EXPECT_THAT(result->roles, SizeIs(1));
}

TEST(RealRolesTest, RefusesRowsThatNothingIsSaidAboutAndRowsGivenTwice) {
  EXPECT_THAT(ReasonsOf(Record(R"("id": "9")")), ElementsAre("id: nothing is said about this role"));
  EXPECT_THAT(ReasonsOf(R"(["text"])"), ElementsAre("is no record"));
  const std::string one = Record("");
  const auto twice =
      ReadRealRoles("t", absl::StrCat(one.substr(0, one.size() - 1), ",", one.substr(1)), Table());
  ASSERT_TRUE(twice.ok());
  EXPECT_THAT(twice->roles, SizeIs(1));
  ASSERT_THAT(twice->refused, SizeIs(1));
  EXPECT_THAT(twice->refused[0].reasons, ElementsAre("id: given twice"));
}

TEST(RealRolesTest, WhatIsNoListIsAnError) {
  EXPECT_EQ(ReadRealRoles("t", "{}", Table()).status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ReadRealRoles("t", "[{", Table()).status().code(), absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace brokerage::real_data
