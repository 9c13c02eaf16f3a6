// What a volunteer's record must be, beyond the limits of its fields: one row for each rule, at its edges.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "tests/services/matching/resources/resource_calls.h"

namespace brokerage::matching {
namespace {

using ::testing::ElementsAreArray;

struct Rule {
  const char* text;
  std::vector<std::string> faults;  // none: good
};

class VolunteerRules : public ::testing::Test {
 protected:
  // `base` goes before each row's text.
  void Try(const std::string& base, const std::vector<Rule>& rules) {
    for (const Rule& rule : rules) {
      SCOPED_TRACE(rule.text);
      v1::CreateVolunteerRequest request;
      request.set_parent(kAshford);
      request.set_validate_only(true);
      *request.mutable_volunteer() = Parse<v1::Volunteer>(base + rule.text);
      const auto checked = ashford_.Call(&Volunteers::CreateVolunteer, request);
      EXPECT_EQ(Outline(checked.status()), rule.faults.empty() ? "OK" : "INVALID_ARGUMENT INVALID_FIELDS");
      EXPECT_THAT(FaultsOf(checked.status()), ElementsAreArray(rule.faults));
    }
  }

  MatchingWorld world_;
  Client ashford_ = world_.Caseworker(kAshford);
};

TEST_F(VolunteerRules, AnEnquiryCanBeReached) {
  const std::string lacks = "volunteer.contact: needs a phone number, an email address or a postcode";
  Try("display_name: 'Ann' ", {
                                  {"", {lacks}},
                                  {"contact {}", {lacks}},
                                  {"contact { given_name: 'Ann' address_lines: '1 High Street' }", {lacks}},
                                  {"home { latitude: 51.1 longitude: 0.9 }", {lacks}},
                                  {"home { postcode: 'TN23 1PL' }", {}},
                                  {"contact { postcode: 'TN23 1PL' }", {}},
                                  {"contact { phone: '0123' }", {}},
                                  {"contact { email: 'a@example.org' }", {}},
                              });
}

TEST_F(VolunteerRules, WaysToReachSomeoneHaveTheirShapes) {
  const std::string email = "volunteer.contact.email: must be an address like someone@example.org";
  const std::string phone =
      "volunteer.contact.phone: must be 3 to 20 digits, with spaces and + ( ) - . at most";
  Try("display_name: 'Ann' ",
      {
          {"contact { email: 'a' }", {email}},
          {"contact { email: '@example.org' }", {email}},
          {"contact { email: 'a@' }", {email}},
          {"contact { email: 'a@b' }", {email}},
          {"contact { email: 'a@b.' }", {email}},
          {"contact { email: 'a@.b' }", {email}},
          {"contact { email: 'a@b@c.org' }", {email}},
          {"contact { email: 'a b@c.org' }", {email}},
          {"contact { email: 'a..b@c.org' }", {email}},
          {"contact { email: 'a@-c.org' }", {email}},
          {"contact { email: 'a@c.org,b@c.org' }", {email}},
          {"contact { email: \"o'neil+x@c.org.uk\" }", {}},
          {"contact { phone: '12' }", {phone}},
          {"contact { phone: '+() -.' }", {phone}},
          {"contact { phone: '0123 ext 4' }", {phone}},
          {"contact { phone: '012345678901234567890' }", {phone}},
          {"contact { phone: '44+1233' }", {phone}},
          {"contact { phone: '+44 (0)1233-555.000' }", {}},
          {"contact { postcode: 'TN23' }", {"volunteer.contact.postcode: is not a postcode"}},
          {"contact { postcode: 'TN23 IPL' }",
           {"volunteer.contact.postcode: is not a postcode; did you mean TN23 1PL?"}},
          {"contact { postcode: 'AB10 1AA' }", {}},  // far away, but only for letters
      });
}

TEST_F(VolunteerRules, BornBetween1900AndToday) {
  const std::string fault = "volunteer.date_of_birth: must be between 1900 and today";
  Try(kEnquiry, {
                    {"date_of_birth { year: 1899 month: 12 day: 31 }", {fault}},
                    {"date_of_birth { year: 1900 month: 1 day: 1 }", {}},
                    {"date_of_birth { year: 2026 month: 6 day: 15 }", {}},
                    {"date_of_birth { year: 2026 month: 6 day: 16 }", {fault}},
                    {"date_of_birth { year: 2025 month: 2 day: 29 }",
                     {"volunteer.date_of_birth: must be a date that exists"}},
                });
}

TEST_F(VolunteerRules, AHomeIsAKnownPlace) {
  Try("display_name: 'Ann' contact { phone: '0123' } ",
      {
          {"home {}", {"volunteer.home: needs a postcode, or latitude and longitude"}},
          {"home { district: 'districts/E07000105' }",
           {"volunteer.home: needs a postcode, or latitude and longitude"}},
          {"home { latitude: 51 }", {"volunteer.home.longitude: is required beside latitude"}},
          {"home { longitude: 1 }", {"volunteer.home.latitude: is required beside longitude"}},
          {"home { latitude: 51 longitude: 1 }", {}},
          {"home { latitude: 90.1 longitude: -180.1 }",
           {"volunteer.home.latitude: must be -90 to 90", "volunteer.home.longitude: must be -180 to 180"}},
          {"home { postcode: 'nowhere' }", {"volunteer.home.postcode: is not a postcode"}},
          {"home { postcode: 'ZZ1 1AA' }", {"volunteer.home.postcode: is not a postcode that is known here"}},
          {"home { postcode: 'AB10 1AA' }",
           {"volunteer.home.postcode: is not a postcode that is known here"}},
          {"home { postcode: ' me4  4tr ' }", {}},
      });
}

TEST_F(VolunteerRules, WordsAreOfTheTables) {
  Try(kEnquiry,
      {
          {"skills { skill: 'skills/cooking' } skills { skill: 'skills/first-aid' }", {}},
          {"skills { skill: 'skills/cooking' } skills { skill: 'skills/cooking' level: 2 }",
           {"volunteer.skills[1].skill: is there twice"}},
          {"skills { skill: 'cooking' }", {"volunteer.skills[0].skill: must be skills/{skill}"}},
          {"skills { skill: 'skills/juggling-knives' }",
           {"volunteer.skills[0].skill: is not a skill of the table"}},
          {"skills { skill: 'skills/communication' }",
           {"volunteer.skills[0].skill: is a group of skills, not a skill"}},
          {"skills { skill: 'skills/cooking' level: 0 } skills { skill: 'skills/first-aid' level: 6 }",
           {"volunteer.skills[0].level: must be 1 to 5", "volunteer.skills[1].level: must be 1 to 5"}},
          {"causes: 'causes/animal-welfare' causes: 'causes/cause' causes: 'animal-welfare'",
           {"volunteer.causes[1]: is not a cause of the table (causes/{cause})",
            "volunteer.causes[2]: is not a cause of the table (causes/{cause})"}},
          {"causes: 'causes/animal-welfare' causes: 'causes/animal-welfare'",
           {"volunteer.causes[1]: is there twice"}},
          {"languages: 'en' languages: 'bfi'", {}},
          {"languages: 'EN' languages: 'xx'",
           {"volunteer.languages[0]: is not an ISO 639-1 code, nor bfi",
            "volunteer.languages[1]: is not an ISO 639-1 code, nor bfi"}},
          {"access_needs: 'step-free-access' access_needs: 'a-pony'",
           {"volunteer.access_needs[1]: is not in the vocabulary of access needs"}},
          {"licences { kind: LICENCE_KIND_CAR } licences { kind: LICENCE_KIND_CAR }",
           {"volunteer.licences[1].kind: is there twice"}},
      });
}

TEST_F(VolunteerRules, WindowsLieOnTheHalfHourGrid) {
  const auto window = [](const std::string& times) {
    return "availability { weekly { day_of_week: DAY_OF_WEEK_SUNDAY " + times + " } }";
  };
  const std::string at = "volunteer.availability.weekly[0].";
  struct Times {
    const char* times;
    std::vector<std::string> faults;
  };
  const std::vector<Times> table = {
      {"start_time {} end_time { hours: 24 }", {}},
      {"start_time { hours: 23 minutes: 30 } end_time {}", {}},
      {"start_time { hours: 9 } end_time { hours: 9 }", {}},
      {"start_time { hours: 24 } end_time { hours: 1 }",
       {at + "start_time: must be 00:00 to 23:30; 24:00 is an end only"}},
      {"start_time { hours: 9 minutes: 15 } end_time { hours: 10 minutes: 29 }",
       {at + "start_time: must be on the hour or half hour",
        at + "end_time: must be on the hour or half hour"}},
      {"start_time { hours: 9 } end_time { hours: 24 minutes: 30 }",
       {at + "end_time: must be 00:00 to 24:00"}},
      {"start_time { hours: -1 } end_time { hours: 2147483647 }",
       {at + "start_time.hours: must be 0 to 24", at + "end_time.hours: must be 0 to 24"}},
      {"", {at + "start_time: is required", at + "end_time: is required"}},
  };
  for (const Times& times : table) {
    const std::string text = window(times.times);
    Try(kEnquiry, {{text.c_str(), times.faults}});
  }
}

TEST_F(VolunteerRules, ExceptionsAreWholeMinutesAndEndAfterTheyBegin) {
  const std::string at = "volunteer.availability.exceptions[0].";
  const std::string years = "must be in the years 1970 to 2199";
  Try(std::string(kEnquiry) + " availability { exceptions { ",
      {
          {"start_time { seconds: 0 } end_time { seconds: 60 } kind: KIND_AWAY } }", {}},
          {"start_time { seconds: 0 } end_time { seconds: 7258118340 } kind: KIND_EXTRA } }", {}},
          {"start_time { seconds: 60 } end_time { seconds: 60 } kind: KIND_AWAY } }",
           {at + "end_time: must be after start_time"}},
          {"start_time { seconds: 120 } end_time { seconds: 60 } kind: KIND_AWAY } }",
           {at + "end_time: must be after start_time"}},
          {"start_time { seconds: 61 } end_time { seconds: 120 nanos: 5 } kind: KIND_AWAY } }",
           {at + "start_time: must be a whole minute", at + "end_time: must be a whole minute"}},
          {"start_time { seconds: -60 } end_time { seconds: 7258118400 } kind: KIND_AWAY } }",
           {at + "start_time: " + years, at + "end_time: " + years}},
          {"start_time { seconds: 0 } end_time { seconds: 60 } } }", {at + "kind: is required"}},
          {"} }", {at + "start_time: is required", at + "end_time: is required", at + "kind: is required"}},
          // They may meet and overlap, and say both of one hour.
          {"start_time { seconds: 0 } end_time { seconds: 60 } kind: KIND_AWAY }"
           " exceptions { start_time { seconds: 0 } end_time { seconds: 120 } kind: KIND_AWAY }"
           " exceptions { start_time { seconds: 0 } end_time { seconds: 60 } kind: KIND_EXTRA } }",
           {}},
      });
}

TEST_F(VolunteerRules, ChecksSayWhatTheyCover) {
  const std::string lists = "volunteer.checks[0].barred_lists: ";
  const std::string issued = " issue_date { year: 2025 month: 3 day: 1 } }";
  struct Check {
    const char* text;
    std::vector<std::string> faults;
  };
  const std::vector<Check> table = {
      {"level: CHECK_LEVEL_BASIC", {}},
      {"level: CHECK_LEVEL_ENHANCED_BARRED", {lists + "must name the lists that were consulted"}},
      {"level: CHECK_LEVEL_ENHANCED_BARRED barred_lists: BARRED_LIST_ADULTS", {}},
      {"level: CHECK_LEVEL_ENHANCED barred_lists: BARRED_LIST_ADULTS",
       {lists + "are for an enhanced check with barred lists only"}},
      {"level: CHECK_LEVEL_BASIC expire_date { year: 2025 month: 2 day: 28 }",
       {"volunteer.checks[0].expire_date: must not be before its date of issue"}},
      {"level: CHECK_LEVEL_BASIC expire_date { year: 2025 month: 3 day: 1 }", {}},
  };
  for (const Check& check : table) {
    const std::string text = std::string("checks { ") + check.text + issued;
    Try(kEnquiry, {{text.c_str(), check.faults}});
  }
  Try(kEnquiry, {{"checks { level: CHECK_LEVEL_BASIC }", {"volunteer.checks[0].issue_date: is required"}}});
}

TEST_F(VolunteerRules, ConsentsWereGivenAndWithdrawnInThatOrder) {
  // The clock stands at 1781517600.
  const std::string given = "volunteer.consents[0].given_time: ";
  const std::string withdrawn = "volunteer.consents[0].withdrawn_time: ";
  const auto consent = [](const std::string& times) {
    return "consents { purpose: PURPOSE_CONTACT " + times + " }";
  };
  struct Times {
    const char* times;
    std::vector<std::string> faults;
  };
  const std::vector<Times> table = {
      {"given_time { seconds: 1781517600 }", {}},
      {"given_time { seconds: 1781517600 nanos: 1 }", {given + "must not be in the future"}},
      {"given_time { seconds: 100 } withdrawn_time { seconds: 100 }", {}},
      {"given_time { seconds: 100 } withdrawn_time { seconds: 99 }",
       {withdrawn + "must not be before it was given"}},
      {"given_time { seconds: 100 } withdrawn_time { seconds: 1781517601 }",
       {withdrawn + "must not be in the future"}},
      {"", {given + "is required"}},
  };
  for (const Times& times : table) {
    const std::string text = consent(times.times);
    Try(kEnquiry, {{text.c_str(), times.faults}});
  }
}

TEST_F(VolunteerRules, SharingWithTheCountyNeedsAConsentInForce) {
  const std::string fault = "volunteer.sharing: SHARING_COUNTY needs a consent of PURPOSE_SHARING in force";
  Try(kEnquiry,
      {
          {"sharing: SHARING_COUNTY", {fault}},
          {"sharing: SHARING_COUNTY consents { purpose: PURPOSE_CONTACT given_time { seconds: 1 } }",
           {fault}},
          {"sharing: SHARING_COUNTY consents { purpose: PURPOSE_SHARING given_time { seconds: 1 } "
           "withdrawn_time { seconds: 2 } }",
           {fault}},
          {"sharing: SHARING_COUNTY consents { purpose: PURPOSE_SHARING given_time { seconds: 1 } }", {}},
          {"sharing: SHARING_COUNTY consents { purpose: PURPOSE_SHARING given_time { seconds: 1 } "
           "withdrawn_time { seconds: 2 } } consents { purpose: PURPOSE_SHARING given_time { seconds: 3 } }",
           {}},
          {"sharing: SHARING_CENTRE", {}},
      });
}

TEST_F(VolunteerRules, WithdrawingTheConsentTurnsTheRecordToItsCentre) {
  const std::string shared =
      std::string(kEnquiry) +
      "sharing: SHARING_COUNTY consents { purpose: PURPOSE_SHARING given_time { seconds: 1 } }";
  const std::vector<const char*> withdrawals = {
      R"(volunteer { consents { purpose: PURPOSE_SHARING given_time { seconds: 1 } withdrawn_time { seconds: 9 } } })",
      R"(volunteer {} update_mask { paths: "consents" })",
      // Even beside a sharing that was only sent back as it was read.
      R"(volunteer { sharing: SHARING_COUNTY consents { purpose: PURPOSE_SHARING given_time { seconds: 1 }
         withdrawn_time { seconds: 9 } } })"};
  for (const char* withdrawal : withdrawals) {
    SCOPED_TRACE(withdrawal);
    const auto made = CreateVolunteer(ashford_, kAshford, shared);
    ASSERT_TRUE(made.ok()) << made.status();
    EXPECT_EQ(made->sharing(), common::v1::SHARING_COUNTY);
    const auto sequence = world_.store().GetHealth().revision.sequence;
    const auto changed = UpdateVolunteer(ashford_, made->name(), withdrawal);
    ASSERT_TRUE(changed.ok()) << changed.status();
    EXPECT_EQ(changed->sharing(), common::v1::SHARING_CENTRE);
    EXPECT_EQ(world_.store().GetHealth().revision.sequence, sequence + 1);
    EXPECT_EQ(world_.index().Pin()->FindVolunteer(made->name(), {"centres/dover", false}), nullptr);
    EXPECT_EQ(
        Outline(UpdateVolunteer(ashford_, made->name(), "volunteer { sharing: SHARING_COUNTY }").status()),
        "INVALID_ARGUMENT INVALID_FIELDS");
  }
}

}  // namespace
}  // namespace brokerage::matching
