// Who and what is counted, where, for whom.
#include <string>
#include <utility>
#include <vector>

#include "tests/services/matching/reports/report_world.h"
#include "tests/support/outline.h"

namespace brokerage::matching {
namespace {

using support::FieldsOf;
using support::Holds;

using DistrictCoverage = ReportTest;

TEST_F(DistrictCoverage, OfVolunteersThoseWhoAreSearchingCount) {
  const auto& states = *v1::Volunteer::State_descriptor();
  for (int i = 0; i < states.value_count(); ++i) {
    const std::string& state = states.value(i)->name();
    Volunteer("centres/ashford/volunteers/v", "state: " + state);
    EXPECT_EQ(In(Ask(world_.Reader(kAshford), kAshford), "E07000105"),
              absl::StrCat(state == "STATE_SEARCHING" ? 1 : 0, " volunteers, 0 open, 0 places"))
        << state;
  }
}

TEST_F(DistrictCoverage, OfOpportunitiesThoseThatReadAsOpenCount) {
  const std::string at = std::to_string(kNow);
  const std::string later = std::to_string(kNow + 1);
  const std::vector<std::pair<std::string, std::string>> rows = {
      {"", "1 open, 1 places"},
      {"places: 5", "1 open, 5 places"},
      {"places: 5 places_filled: 3", "1 open, 2 places"},
      {"places: 5 places_filled: 5", "0 open, 0 places"},  // FILLED
      {"places_filled: 1", "0 open, 0 places"},
      {"expire_time { seconds: " + later + " }", "1 open, 1 places"},
      {"expire_time { seconds: " + at + " }", "0 open, 0 places"},  // EXPIRED
      {"expire_time { seconds: " + at + " nanos: 1 }", "1 open, 1 places"},
      {"state: STATE_DRAFT", "0 open, 0 places"},
      {"state: STATE_SUBMITTED", "0 open, 0 places"},
      {"state: STATE_REJECTED", "0 open, 0 places"},
      {"state: STATE_PAUSED", "0 open, 0 places"},
      {"state: STATE_CLOSED", "0 open, 0 places"},
      {"state: STATE_DELETED", "0 open, 0 places"},
      {"state: STATE_OPEN", "1 open, 1 places"},
  };
  for (const auto& [text, counted] : rows) {
    Role("centres/ashford/opportunities/r", text);
    EXPECT_EQ(In(Ask(world_.Reader(kAshford), kAshford), "E07000105"), "0 volunteers, " + counted) << text;
  }
}

TEST_F(DistrictCoverage, EachCountsWhereItsRecordSaysItIs) {
  Volunteer("centres/ashford/volunteers/here");
  Volunteer("centres/ashford/volunteers/there", "home { district: 'districts/E07000108' }");
  Volunteer("centres/ashford/volunteers/outside", "home { district: 'districts/outside' }");
  Volunteer("centres/ashford/volunteers/served-no-more", "home { district: 'districts/E07000999' }");
  Volunteer("centres/ashford/volunteers/unknown", "home { district: '' }");
  Volunteer("centres/ashford/volunteers/homeless", "home { postcode: '' district: '' } accepts_remote: true");
  Role("centres/ashford/opportunities/here", "places: 2");
  Role("centres/ashford/opportunities/there", "places: 3 place { district: 'districts/E07000108' }");
  Role("centres/ashford/opportunities/outside", "places: 4 place { district: 'districts/outside' }");
  Role("centres/ashford/opportunities/unknown", "places: 5 place { district: '' }");
  const Coverage coverage = Ask(world_.Reader(kAshford), kAshford);
  EXPECT_EQ(In(coverage, "E07000105"), "1 volunteers, 1 open, 2 places");
  EXPECT_EQ(In(coverage, "E07000108"), "1 volunteers, 1 open, 3 places");
  EXPECT_EQ(In(coverage, "outside"), "2 volunteers, 1 open, 4 places");
  EXPECT_EQ(In(coverage, "E07000106"), "0 volunteers, 0 open, 0 places");
  EXPECT_EQ(Outline(coverage->elsewhere()), "2 volunteers, 1 open, 5 places");
  EXPECT_EQ(Outline(coverage->total()), "6 volunteers, 4 open, 14 places");
  EXPECT_THAT(*coverage, Holds("as_of { seconds: " + std::to_string(kNow) + " }"));
}

TEST_F(DistrictCoverage, RemoteOpportunitiesCountApart) {
  Volunteer("centres/ashford/volunteers/either", "accepts_remote: true");
  Volunteer("centres/ashford/volunteers/on-site");
  Role("centres/ashford/opportunities/on-site", "skills { skill: 'skills/cooking' }");
  Role("centres/ashford/opportunities/remote", "remote: true places: 7 skills { skill: 'skills/first-aid' }");
  const Coverage coverage = Ask(world_.Reader(kAshford), kAshford);
  EXPECT_EQ(Outline(coverage->remote()), "1 volunteers, 1 open, 7 places");
  EXPECT_EQ(Outline(coverage->total()), "2 volunteers, 1 open, 1 places");
  EXPECT_EQ(In(coverage, "E07000105"), "2 volunteers, 1 open, 1 places");
  // What remote roles ask for is in no district either.
  ASSERT_EQ(coverage->skills_size(), 1);
  EXPECT_EQ(coverage->skills(0).term(), "skills/cooking");
}

TEST_F(DistrictCoverage, WhatIsBelowATermCountsForIt) {
  // Spreadsheets are below basic IT, mental health below health.
  Volunteer("centres/ashford/volunteers/general",
            "skills { skill: 'skills/basic-it' level: 1 } causes: 'causes/health'");
  Volunteer("centres/ashford/volunteers/special", "skills { skill: 'skills/spreadsheets' }");
  Volunteer("centres/ashford/volunteers/both",
            "skills { skill: 'skills/spreadsheets' } skills { skill: 'skills/basic-it' } "
            "causes: 'causes/mental-health' causes: 'causes/health'");
  Role("centres/ashford/opportunities/general",
       "skills { skill: 'skills/basic-it' level: 5 } causes: 'causes/health'");
  Role("centres/ashford/opportunities/special",
       "places: 10 skills { skill: 'skills/spreadsheets' required: true } causes: 'causes/mental-health'");
  const struct {
    const char* cause;
    const char* skill;
    const char* counted;
  } rows[] = {
      {"", "", "3 volunteers, 2 open, 11 places"},
      {"", "skills/basic-it", "3 volunteers, 2 open, 11 places"},
      {"", "skills/spreadsheets", "2 volunteers, 1 open, 10 places"},
      {"", "skills/cooking", "0 volunteers, 0 open, 0 places"},
      {"causes/health", "", "2 volunteers, 2 open, 11 places"},
      {"causes/mental-health", "", "1 volunteers, 1 open, 10 places"},
      {"causes/health", "skills/spreadsheets", "1 volunteers, 1 open, 10 places"},
      {"causes/mental-health", "skills/basic-it", "1 volunteers, 1 open, 10 places"},
      {"causes/animal-welfare", "skills/basic-it", "0 volunteers, 0 open, 0 places"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(In(Ask(world_.Reader(kAshford), kAshford, row.cause, row.skill), "E07000105"), row.counted)
        << row.cause << " " << row.skill;
  }
  // A row of a term says what asking for it says.
  const Coverage coverage = Ask(world_.Reader(kAshford), kAshford);
  EXPECT_THAT(coverage->districts(0), Holds(R"(
      thinnest_skills { term: "skills/spreadsheets" coverage { searching_volunteers: 2 open_opportunities: 1
                        open_places: 10 volunteers_per_place_hundredths: 20 thin: true } }
      thinnest_skills { term: "skills/basic-it" coverage { searching_volunteers: 3 open_opportunities: 2
                        open_places: 11 volunteers_per_place_hundredths: 27 thin: true } }
      thinnest_causes { term: "causes/mental-health" coverage { searching_volunteers: 1 open_opportunities: 1
                        open_places: 10 volunteers_per_place_hundredths: 10 thin: true } }
      thinnest_causes { term: "causes/health" coverage { searching_volunteers: 2 open_opportunities: 2
                        open_places: 11 volunteers_per_place_hundredths: 18 thin: true } })"));
}

TEST_F(DistrictCoverage, ACentreCountsWhatItMaySee) {
  // Beside the private ones there is one of each that Dover shares. CT16 lies in one district; CT4 in four.
  Volunteer("centres/ashford/volunteers/own");
  Volunteer("centres/dover/volunteers/private");
  Volunteer("centres/dover/volunteers/shared",
            absl::StrCat("sharing: SHARING_COUNTY skills { skill: 'skills/cooking' } home ", kInDover));
  Volunteer("centres/dover/volunteers/across",
            "sharing: SHARING_COUNTY home { postcode: 'CT4 5SE' district: 'districts/E07000112' }");
  Role("centres/ashford/opportunities/own", "places: 2");
  Role("centres/dover/opportunities/private", "places: 20 skills { skill: 'skills/first-aid' }");
  Role("centres/dover/opportunities/shared", "places: 200 sharing: SHARING_COUNTY");

  const Coverage ashford = Ask(world_.Reader(kAshford), kAshford);
  EXPECT_EQ(In(ashford, "E07000105"), "1 volunteers, 2 open, 202 places");
  EXPECT_EQ(In(ashford, "E07000108"), "1 volunteers, 0 open, 0 places");
  EXPECT_EQ(In(ashford, "E07000112"), "0 volunteers, 0 open, 0 places");  // the outcode does not tell it
  EXPECT_EQ(Outline(ashford->elsewhere()), "1 volunteers, 0 open, 0 places");
  EXPECT_EQ(ashford->skills_size(), 0);

  const Coverage dover = Ask(world_.Reader(kDover), kDover);
  EXPECT_EQ(In(dover, "E07000105"), "1 volunteers, 2 open, 220 places");
  EXPECT_EQ(In(dover, "E07000108"), "1 volunteers, 0 open, 0 places");
  EXPECT_EQ(In(dover, "E07000112"), "1 volunteers, 0 open, 0 places");
  EXPECT_EQ(Outline(dover->elsewhere()), "0 volunteers, 0 open, 0 places");
  EXPECT_EQ(dover->skills_size(), 1);

  // A centre that has nothing sees what is shared.
  EXPECT_EQ(Outline(Ask(world_.Reader("centres/swale"), "centres/swale")->total()),
            "2 volunteers, 1 open, 200 places");

  const Coverage all = Ask(world_.Lead(), "centres/-");
  EXPECT_EQ(In(all, "E07000105"), "2 volunteers, 3 open, 222 places");
  EXPECT_EQ(In(all, "E07000112"), "1 volunteers, 0 open, 0 places");
  EXPECT_EQ(Ask(world_.Lead(), kDover)->SerializeAsString(), dover->SerializeAsString());
}

TEST_F(DistrictCoverage, WhatIsNoLongerSharedIsNoLongerCounted) {
  Role("centres/dover/opportunities/r", "sharing: SHARING_COUNTY");
  Volunteer("centres/dover/volunteers/v", "sharing: SHARING_COUNTY");
  EXPECT_EQ(Outline(Ask(world_.Reader(kAshford), kAshford)->total()), "1 volunteers, 1 open, 1 places");
  Role("centres/dover/opportunities/r", "sharing: SHARING_CENTRE");
  Volunteer("centres/dover/volunteers/v", "sharing: SHARING_CENTRE");
  EXPECT_EQ(Outline(Ask(world_.Reader(kAshford), kAshford)->total()), "0 volunteers, 0 open, 0 places");
}

TEST_F(DistrictCoverage, FaultsAreToldAllAtOnce) {
  const auto lead = world_.Lead();
  EXPECT_THAT(FieldsOf(Ask(lead, "ashford", "causes/nonsense", "cooking").status()),
              ::testing::UnorderedElementsAre("parent", "cause", "skill"));
  const struct {
    const char* parent;
    const char* cause;
    const char* skill;
    const char* field;
  } rows[] = {
      {"", "", "", "parent"},
      {"centres/", "", "", "parent"},
      {kAshford, "animal-welfare", "", "cause"},
      {kAshford, "causes/", "", "cause"},
      {kAshford, "skills/cooking", "", "cause"},
      {kAshford, "", "causes/health", "skill"},
      {kAshford, "", "skills/communication", "skill"},  // a group
  };
  for (const auto& row : rows) {
    EXPECT_THAT(FieldsOf(Ask(lead, row.parent, row.cause, row.skill).status()),
                ::testing::ElementsAre(row.field))
        << row.parent << " " << row.cause << " " << row.skill;
  }
  EXPECT_THAT(FieldsOf(Ask(lead, kAshford, "causes/" + std::string(200, 'x')).status()),
              ::testing::Contains("cause"));
}

TEST_F(DistrictCoverage, OneActsForOnesOwnCentre) {
  for (const char* parent : {kDover, "centres/-"}) {
    EXPECT_EQ(support::Outline(Ask(world_.Reader(kAshford), parent).status()),
              "PERMISSION_DENIED PERMISSION_DENIED");
  }
}

}  // namespace
}  // namespace brokerage::matching
