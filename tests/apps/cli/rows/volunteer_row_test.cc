#include "apps/cli/rows/volunteer_row.h"

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
using matching::v1::Volunteer;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

ReadResult<VolunteerRow> Read(const Cells& cells) {
  return ReadRow(VolunteerColumns(), cells,
                 [](RowReader& row) { return ReadVolunteerRow(row, ShippedWords()); });
}

TEST(VolunteerRow, TheExampleIsGoodAndFillsEveryField) {
  const auto read = Read(ExampleOf(VolunteerColumns()));
  EXPECT_THAT(read.faults, IsEmpty());
  EXPECT_THAT(read.notes, IsEmpty());
  EXPECT_EQ(read.row.state, Volunteer::STATE_SEARCHING);
  Volunteer expected;
  ASSERT_TRUE(TextFormat::ParseFromString(R"(
    display_name: "Ann Baker"
    contact {
      given_name: "Ann" family_name: "Baker" email: "ann@example.org" phone: "01233 555 0100" postcode: "TN23 1PL"
      address_lines: "1 Mill Lane" address_lines: "Ashford"
    }
    date_of_birth { year: 1984 month: 6 day: 2 }
    home { postcode: "TN23 1PL" }
    travel_radius_m: 12000
    accepts_remote: true
    skills { skill: "skills/first-aid" level: 4 }
    skills { skill: "skills/driving" }
    availability {
      weekly { day_of_week: DAY_OF_WEEK_MONDAY start_time { hours: 9 } end_time { hours: 12 minutes: 30 } }
      weekly { day_of_week: DAY_OF_WEEK_WEDNESDAY start_time { hours: 18 } end_time { hours: 21 } }
      weekly { day_of_week: DAY_OF_WEEK_FRIDAY start_time { hours: 18 } end_time { hours: 21 } }
    }
    causes: "causes/animal-welfare"
    languages: "en" languages: "bfi"
    licences { kind: LICENCE_KIND_CAR }
    licences { kind: LICENCE_KIND_FIRST_AID expire_date { year: 2027 month: 5 day: 1 } }
    checks {
      level: CHECK_LEVEL_ENHANCED workforces: WORKFORCE_CHILDREN issue_date { year: 2025 month: 3 day: 1 }
      update_service: true seen_by: "J. Smith"
    }
    access_needs: "step-free-access"
    sharing: SHARING_COUNTY
    placement_limit: 2
    consents { purpose: PURPOSE_SHARING given_time { seconds: 1768435200 } }
    consents { purpose: PURPOSE_CONTACT given_time { seconds: 1768435200 } }
    consents { purpose: PURPOSE_HEALTH given_time { seconds: 1768435200 } }
    notes: "Prefers mornings"
    last_contact_time { seconds: 1768867200 }
  )",
                                          &expected));
  EXPECT_TRUE(MessageDifferencer::Equals(read.row.volunteer, expected)) << read.row.volunteer.DebugString();
}

TEST(VolunteerRow, AnEnquiryNeedsLittle) {
  const auto read = Read({{"display_name", "Ann"}, {"phone", "01233 555 0100"}});
  EXPECT_THAT(read.faults, IsEmpty());
  EXPECT_EQ(read.row.state, Volunteer::STATE_ENQUIRY);
  EXPECT_FALSE(read.row.volunteer.has_home());
  EXPECT_FALSE(read.row.volunteer.has_travel_radius_m());
  EXPECT_FALSE(read.row.volunteer.has_placement_limit());
}

TEST(VolunteerRow, IsCalledByItsNamesUnlessItSaysOtherwise) {
  EXPECT_EQ(Read({{"given_name", "Ann"}, {"family_name", "Baker"}}).row.volunteer.display_name(),
            "Ann Baker");
  EXPECT_EQ(Read({{"given_name", "Ann"}}).row.volunteer.display_name(), "Ann");
  EXPECT_THAT(Read({{"email", "a@example.org"}}).faults, ElementsAre(StartsWith("display_name: is needed")));
}

TEST(VolunteerRow, SetsOutFromTheirAddressUnlessItSaysOtherwise) {
  const auto own = Read({{"display_name", "A"}, {"postcode", "TN23 1PL"}, {"home_postcode", "ME14 1XX"}});
  EXPECT_EQ(own.row.volunteer.home().postcode(), "ME14 1XX");
  EXPECT_EQ(own.row.volunteer.contact().postcode(), "TN23 1PL");
  const auto point = Read({{"display_name", "A"},
                           {"postcode", "TN23 1PL"},
                           {"home_latitude", "51.1"},
                           {"home_longitude", "0.9"}});
  EXPECT_EQ(point.row.volunteer.home().latitude(), 51.1);
  EXPECT_EQ(point.row.volunteer.home().postcode(), "");
}

TEST(VolunteerRow, EveryFaultyCellIsNamedAtOnce) {
  const auto read = Read({{"display_name", "Ann"},
                          {"date_of_birth", "31/2/1980"},
                          {"home_latitude", "51.1"},
                          {"travel_radius_km", "far"},
                          {"accepts_remote", "perhaps"},
                          {"skills", "first-aid:9; astrophysics; driving*2"},
                          {"availability", "Mon 9-10; mornings"},
                          {"causes", "football"},
                          {"languages", "klingon"},
                          {"licences", "helicopter"},
                          {"checks", "enhanced"},
                          {"access_needs", "a unicorn"},
                          {"sharing", "everyone"},
                          {"contact_consent_date", "yesterday"},
                          {"placement_limit", "many"},
                          {"last_contact_date", "x"},
                          {"state", "placed"}});
  const char* const columns[] = {"date_of_birth",
                                 "home_longitude",
                                 "travel_radius_km",
                                 "accepts_remote",
                                 "skills",
                                 "skills",
                                 "skills",
                                 "availability",
                                 "causes",
                                 "languages",
                                 "licences",
                                 "checks",
                                 "access_needs",
                                 "sharing",
                                 "contact_consent_date",
                                 "placement_limit",
                                 "last_contact_date",
                                 "state"};
  EXPECT_EQ(read.faults.size(), std::size(columns));
  for (const char* column : columns)
    EXPECT_THAT(read.faults, Contains(StartsWith(std::string(column) + ": "))) << column;
}

TEST(VolunteerRow, WhatItsStateNeedsIsAskedFor) {
  struct Case {
    Cells cells;
    std::vector<std::string> faulty;
  };
  const Case cases[] = {
      {{{"state", "enquiry"}}, {}},
      {{{"state", "registered"}}, {"postcode", "travel_radius_km"}},
      {{{"state", "searching"}, {"postcode", "TN23 1PL"}}, {"travel_radius_km"}},
      {{{"state", "searching"}, {"travel_radius_km", "8"}}, {"postcode"}},
      {{{"state", "searching"}, {"accepts_remote", "yes"}}, {}},
      {{{"state", "searching"}, {"accepts_remote", "no"}}, {"postcode", "travel_radius_km"}},
      {{{"state", "searching"}, {"home_postcode", "TN23 1PL"}, {"travel_radius_km", "0"}}, {}},
      {{{"state", "searching"}, {"accepts_remote", "what"}}, {"accepts_remote"}},
  };
  for (const Case& c : cases) {
    Cells cells = c.cells;
    cells.emplace_back("display_name", "Ann");
    const auto read = Read(cells);
    ASSERT_EQ(read.faults.size(), c.faulty.size()) << testing::PrintToString(read.faults);
    for (std::size_t i = 0; i < c.faulty.size(); ++i)
      EXPECT_THAT(read.faults[i], StartsWith(c.faulty[i] + ": "));
  }
}

TEST(VolunteerRow, SharingWithTheCountyNeedsAConsent) {
  EXPECT_THAT(Read({{"display_name", "A"}, {"sharing", "county"}}).faults,
              ElementsAre(StartsWith("sharing_consent_date: ")));
  EXPECT_THAT(Read({{"display_name", "A"}, {"sharing", "centre"}}).faults, IsEmpty());
}

TEST(VolunteerRow, AVolunteersHoursShrink) {
  const auto read = Read({{"display_name", "A"}, {"availability", "Mon 09:10-12:20"}});
  ASSERT_EQ(read.row.volunteer.availability().weekly_size(), 1);
  EXPECT_EQ(read.row.volunteer.availability().weekly(0).start_time().minutes(), 30);
  EXPECT_THAT(read.notes, ElementsAre(HasSubstr("Mon 09:30–12:00")));
}

TEST(VolunteerRow, FieldsOfTheServiceLeadBackToTheirColumns) {
  const auto address = Read({{"display_name", "A"}, {"postcode", "TN23 1PL"}}).row;
  const auto elsewhere =
      Read({{"display_name", "A"}, {"postcode", "TN23 1PL"}, {"home_postcode", "CT1 1AA"}}).row;
  EXPECT_EQ(VolunteerColumnOf(address, "volunteer.home.postcode"), "postcode");
  EXPECT_EQ(VolunteerColumnOf(elsewhere, "volunteer.home.postcode"), "home_postcode");
  EXPECT_EQ(VolunteerColumnOf(elsewhere, "volunteer.contact.postcode"), "postcode");
  EXPECT_EQ(VolunteerColumnOf(address, "volunteer.skills[3].level"), "skills");
  EXPECT_EQ(VolunteerColumnOf(address, "volunteer.availability.weekly[0].end_time"), "availability");
  EXPECT_EQ(VolunteerColumnOf(address, "parent"), "");
}

// Every field that a client may write has a column, so that no fault of a row is without its place.
TEST(VolunteerRow, EveryFieldHasAColumn) {
  const auto row = Read({{"display_name", "A"}, {"postcode", "TN23 1PL"}}).row;
  const auto* type = Volunteer::descriptor();
  for (int i = 0; i < type->field_count(); ++i) {
    const std::string& name = type->field(i)->name();
    if (name == "name" || name == "state" || name == "break_until_date" || name == "create_time" ||
        name == "update_time" || name == "etag" || name == "consistency_token" ||
        name == "possible_duplicates" || name == "contact") {
      continue;
    }
    EXPECT_NE(VolunteerColumnOf(row, name), "") << name;
  }
}

}  // namespace
}  // namespace brokerage::cli
