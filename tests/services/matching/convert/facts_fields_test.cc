// Every field of a fully stated record as the matcher is told it, and every word of every enumeration. A
// field that is added to the facts does not compile here until it is compared too.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <string>
#include <variant>

#include "google/protobuf/text_format.h"

#include "reference/places.h"
#include "services/matching/convert/facts.h"
#include "services/matching/convert/locate.h"
#include "services/matching/convert/volunteer_reader.h"

namespace brokerage::matching {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

template <typename Message>
Message Parse(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  return message;
}

constexpr matcher::Day kFourthOfMay2026 = 20'577;
constexpr matcher::Day kLastOfMarch2027 = 20'908;
constexpr matcher::Day kLeapDay2024 = 19'782;

class FactsFields : public ::testing::Test {
 protected:
  matcher::VolunteerFacts Volunteer(const std::string& text) {
    return ToFacts(Parse<v1::Volunteer>(text), tables_, *places_);
  }
  matcher::OpportunityFacts Opportunity(const std::string& text) {
    return ToFacts(Parse<v1::Opportunity>(text), tables_, *places_, now_);
  }
  template <typename Ids>
  std::vector<std::string> Skills(const Ids& skills) const {
    std::vector<std::string> names;
    for (const auto& skill : skills) names.push_back(vocabulary_.SkillName(skill.skill));
    return names;
  }
  std::vector<std::string> Causes(const std::vector<matcher::CauseId>& causes) const {
    std::vector<std::string> names;
    for (const auto cause : causes) names.push_back(vocabulary_.CauseName(cause));
    return names;
  }
  std::vector<std::string> Languages(const std::vector<matcher::LanguageId>& languages) const {
    std::vector<std::string> names;
    for (const auto language : languages) names.push_back(vocabulary_.LanguageName(language));
    return names;
  }
  std::vector<std::string> Needs(const std::vector<matcher::AccessNeed>& needs) const {
    std::vector<std::string> names;
    for (const auto need : needs) names.push_back(vocabulary_.AccessNeedName(need));
    return names;
  }

  // 15 June 2026, 11:00 in London.
  const absl::Time now_ = absl::FromCivil(absl::CivilSecond(2026, 6, 15, 10, 0, 0), absl::UTCTimeZone());
  const ReferenceTables tables_ = ShippedTables(reference::KentDistricts());
  const TableVocabulary vocabulary_{tables_};
  const std::shared_ptr<const reference::PlaceIndex> places_ =
      reference::ShippedPlaces(reference::KentDistricts());
};

TEST_F(FactsFields, AVolunteerWithEverythingStated) {
  const auto facts = Volunteer(R"(
      name: "centres/ashford/volunteers/v1" display_name: "V" state: STATE_ON_BREAK
      break_until_date { year: 2026 month: 5 day: 4 } sharing: SHARING_COUNTY placement_limit: 3
      home { latitude: 51.1465 longitude: -0.8751 precision: PLACE_PRECISION_COORDINATES }
      travel_radius_m: 8000 accepts_remote: true
      skills { skill: "skills/cooking" level: 4 } skills { skill: "skills/spreadsheets" level: 2 }
      availability {
        weekly { day_of_week: DAY_OF_WEEK_TUESDAY start_time { hours: 9 minutes: 30 } end_time { hours: 11 } }
        weekly { day_of_week: DAY_OF_WEEK_SATURDAY start_time { hours: 23 minutes: 30 } end_time { hours: 24 } }
        exceptions { start_time { seconds: 1200 } end_time { seconds: 1800 } kind: KIND_AWAY }
        exceptions { start_time { seconds: 600 } end_time { seconds: 660 } kind: KIND_EXTRA }
        exceptions { start_time { seconds: 60 } end_time { seconds: 1200 } kind: KIND_AWAY }
        exceptions { start_time { seconds: 120 } end_time { seconds: 180 } kind: KIND_EXTRA }
      }
      causes: "causes/environment" causes: "causes/care" languages: "cy" languages: "bfi"
      licences { kind: LICENCE_KIND_CAR }
      licences { kind: LICENCE_KIND_FIRST_AID expire_date { year: 2027 month: 3 day: 31 } }
      checks { level: CHECK_LEVEL_ENHANCED_BARRED workforces: WORKFORCE_CHILDREN workforces: WORKFORCE_OTHER
               barred_lists: BARRED_LIST_CHILDREN issue_date { year: 2024 month: 2 day: 29 }
               expire_date { year: 2027 month: 3 day: 31 } }
      checks { level: CHECK_LEVEL_BASIC issue_date { year: 1970 month: 1 day: 2 } }
      date_of_birth { year: 2008 month: 6 day: 19 }
      consents { purpose: PURPOSE_GUARDIAN given_time { seconds: 5 } }
      access_needs: "lift" access_needs: "step-free-access")");
  const auto& [name, centre, display_name, state, on_break_until, sharing, placement_limit, home,
               outcode_centroid, travel_radius_m, accepts_remote, skills, free, extra, away, causes,
               languages, licences, checks, birth_date, guardian_consent, access_needs] = facts;
  EXPECT_EQ(name, "centres/ashford/volunteers/v1");
  EXPECT_EQ(centre, "centres/ashford");
  EXPECT_EQ(display_name, "V");
  EXPECT_EQ(state, matcher::VolunteerState::kOnBreak);
  EXPECT_EQ(on_break_until, kFourthOfMay2026);
  EXPECT_EQ(sharing, matcher::Sharing::kCounty);
  EXPECT_EQ(placement_limit, 3u);
  EXPECT_EQ(home, (matcher::GeoPoint{511'465'000, -8'751'000}));
  const auto nearest = places_->OutcodeCentroid(places_->NearestOutcode({511'465'000, -8'751'000}));
  EXPECT_EQ(outcode_centroid, (matcher::GeoPoint{nearest->latitude_e7, nearest->longitude_e7}));
  EXPECT_EQ(travel_radius_m, 8'000u);
  EXPECT_TRUE(accepts_remote);
  EXPECT_THAT(Skills(skills), ElementsAre("Cooking and food preparation", "Spreadsheets"));
  EXPECT_EQ(skills[0].level, 4);
  EXPECT_EQ(skills[1].level, 2);
  matcher::SlotSet slots;
  for (const std::size_t slot : {48 + 19, 48 + 20, 48 + 21, 5 * 48 + 47}) slots.set(slot);
  EXPECT_EQ(free, slots);
  EXPECT_THAT(extra, ElementsAre(matcher::Interval{2, 3}, matcher::Interval{10, 11}));
  EXPECT_THAT(away, ElementsAre(matcher::Interval{1, 30}));
  EXPECT_THAT(Causes(causes), ElementsAre("Environment", "Care"));
  EXPECT_THAT(Languages(languages), ElementsAre("Welsh", "British Sign Language"));
  ASSERT_THAT(licences, SizeIs(2));
  EXPECT_EQ(licences[0].kind, 1);
  EXPECT_EQ(licences[0].expire_day, std::nullopt);
  EXPECT_EQ(licences[1].kind, 8);
  EXPECT_EQ(licences[1].expire_day, kLastOfMarch2027);
  ASSERT_THAT(checks, SizeIs(2));
  EXPECT_EQ(checks[0].level, matcher::CheckLevel::kEnhancedBarred);
  EXPECT_EQ(checks[0].workforces, matcher::kChildWorkforce | matcher::kOtherWorkforce);
  EXPECT_EQ(checks[0].barred_lists, matcher::kChildrenBarredList);
  EXPECT_EQ(checks[0].issue_day, kLeapDay2024);
  EXPECT_EQ(checks[0].expire_day, kLastOfMarch2027);
  EXPECT_EQ(checks[1].level, matcher::CheckLevel::kBasic);
  EXPECT_EQ(checks[1].workforces, 0);
  EXPECT_EQ(checks[1].barred_lists, 0);
  EXPECT_EQ(checks[1].issue_day, 1);
  EXPECT_EQ(checks[1].expire_day, std::nullopt);
  ASSERT_TRUE(birth_date.has_value());
  EXPECT_EQ(birth_date->year, 2008);
  EXPECT_EQ(birth_date->month, 6);
  EXPECT_EQ(birth_date->day, 19);
  EXPECT_TRUE(guardian_consent);
  EXPECT_THAT(Needs(access_needs), ElementsAre("A lift between floors", "Step-free access"));
}

TEST_F(FactsFields, ARoleWithEverythingStated) {
  const auto facts = Opportunity(R"(
      name: "centres/dover/opportunities/o1" organisation: "organisations/larder" title: "T"
      state: STATE_PAUSED expire_time { seconds: 600 nanos: 1 } places: 7 places_filled: 2
      sharing: SHARING_COUNTY place { latitude: 51.125 longitude: 1.3125 }
      skills { skill: "skills/spreadsheets" level: 2 importance: 5 required: true }
      skills { skill: "skills/cooking" level: 5 importance: 1 }
      schedule { weekly { windows { day_of_week: DAY_OF_WEEK_MONDAY start_time { minutes: 30 }
                                    end_time { hours: 1 minutes: 30 } } } }
      minimum_coverage_bp: 7500 causes: "causes/care" causes: "causes/health" languages: "bfi" languages: "cy"
      licences: LICENCE_KIND_MINIBUS licences: LICENCE_KIND_ADVICE
      required_check { level: CHECK_LEVEL_ENHANCED workforces: WORKFORCE_OTHER workforces: WORKFORCE_ADULTS
                       eligibility_basis: ELIGIBILITY_BASIS_WORK_WITH_ADULTS }
      minimum_age: 16 maximum_age: 25 guardian_consent: true
      access_support: "step-free-access" access_support: "lift")");
  const auto& [name, centre, title, organisation, state, expire_min, places, places_filled, sharing, remote,
               place, skills, schedule, minimum_coverage_bp, causes, languages, licences, required_check,
               minimum_age, maximum_age, guardian_consent, access_support] = facts;
  EXPECT_EQ(name, "centres/dover/opportunities/o1");
  EXPECT_EQ(centre, "centres/dover");
  EXPECT_EQ(title, "T");
  EXPECT_EQ(organisation, "organisations/larder");
  EXPECT_EQ(state, matcher::OpportunityState::kPaused);
  EXPECT_EQ(expire_min, 11);
  EXPECT_EQ(places, 7u);
  EXPECT_EQ(places_filled, 2u);
  EXPECT_EQ(sharing, matcher::Sharing::kCounty);
  EXPECT_FALSE(remote);
  EXPECT_EQ(place, (matcher::GeoPoint{511'250'000, 13'125'000}));
  EXPECT_THAT(Skills(skills), ElementsAre("Spreadsheets", "Cooking and food preparation"));
  EXPECT_EQ(skills[0].level, 2);
  EXPECT_EQ(skills[0].importance, 5);
  EXPECT_TRUE(skills[0].required);
  EXPECT_EQ(skills[1].level, 5);
  EXPECT_EQ(skills[1].importance, 1);
  EXPECT_FALSE(skills[1].required);
  EXPECT_EQ(std::get<matcher::WeeklySchedule>(schedule).windows, matcher::SlotSet(0b110));
  EXPECT_EQ(minimum_coverage_bp, 7'500u);
  EXPECT_THAT(Causes(causes), ElementsAre("Care", "Health"));
  EXPECT_THAT(Languages(languages), ElementsAre("British Sign Language", "Welsh"));
  EXPECT_THAT(licences, ElementsAre(5, 20));
  EXPECT_EQ(required_check.level, matcher::CheckLevel::kEnhanced);
  EXPECT_EQ(required_check.workforces, matcher::kAdultWorkforce | matcher::kOtherWorkforce);
  EXPECT_EQ(required_check.barred_lists, 0);
  EXPECT_EQ(minimum_age, 16u);
  EXPECT_EQ(maximum_age, 25u);
  EXPECT_TRUE(guardian_consent);
  EXPECT_THAT(Needs(access_support), ElementsAre("Step-free access", "A lift between floors"));
}

TEST_F(FactsFields, WhatIsNotStatedIsNotInvented) {
  const auto volunteer = Volunteer("");
  EXPECT_FALSE(volunteer.on_break_until.has_value());
  EXPECT_FALSE(volunteer.accepts_remote);
  EXPECT_THAT(volunteer.licences, IsEmpty());
  EXPECT_THAT(volunteer.checks, IsEmpty());
  const auto role = Opportunity("remote: true");
  EXPECT_TRUE(role.remote);
  EXPECT_FALSE(role.place.has_value());
  EXPECT_FALSE(role.minimum_age.has_value());
  EXPECT_FALSE(role.maximum_age.has_value());
  EXPECT_FALSE(role.guardian_consent);
  EXPECT_EQ(role.places_filled, 0u);
  EXPECT_EQ(role.sharing, matcher::Sharing::kCentre);
}

TEST_F(FactsFields, EveryStateOfAVolunteer) {
  const std::map<std::string, matcher::VolunteerState> table = {
      {"STATE_UNSPECIFIED", matcher::VolunteerState::kEnquiry},
      {"STATE_ENQUIRY", matcher::VolunteerState::kEnquiry},
      {"STATE_REGISTERED", matcher::VolunteerState::kRegistered},
      {"STATE_SEARCHING", matcher::VolunteerState::kSearching},
      {"STATE_PLACED", matcher::VolunteerState::kPlaced},
      {"STATE_ON_BREAK", matcher::VolunteerState::kOnBreak},
      {"STATE_LEFT", matcher::VolunteerState::kLeft},
  };
  EXPECT_EQ(static_cast<int>(table.size()), v1::Volunteer::State_descriptor()->value_count());
  for (const auto& [word, state] : table) EXPECT_EQ(Volunteer("state: " + word).state, state) << word;
}

TEST_F(FactsFields, EveryStateOfARole) {
  const std::map<std::string, matcher::OpportunityState> table = {
      {"STATE_UNSPECIFIED", matcher::OpportunityState::kDraft},
      {"STATE_DRAFT", matcher::OpportunityState::kDraft},
      {"STATE_SUBMITTED", matcher::OpportunityState::kSubmitted},
      {"STATE_OPEN", matcher::OpportunityState::kOpen},
      {"STATE_REJECTED", matcher::OpportunityState::kRejected},
      {"STATE_PAUSED", matcher::OpportunityState::kPaused},
      {"STATE_FILLED", matcher::OpportunityState::kFilled},
      {"STATE_EXPIRED", matcher::OpportunityState::kExpired},
      {"STATE_CLOSED", matcher::OpportunityState::kClosed},
      {"STATE_DELETED", matcher::OpportunityState::kDeleted},
  };
  EXPECT_EQ(static_cast<int>(table.size()), v1::Opportunity::State_descriptor()->value_count());
  for (const auto& [word, state] : table) EXPECT_EQ(Opportunity("state: " + word).state, state) << word;
}

TEST_F(FactsFields, EveryWayOfSharing) {
  const std::map<std::string, matcher::Sharing> table = {
      {"SHARING_UNSPECIFIED", matcher::Sharing::kCentre},
      {"SHARING_CENTRE", matcher::Sharing::kCentre},
      {"SHARING_COUNTY", matcher::Sharing::kCounty},
  };
  EXPECT_EQ(static_cast<int>(table.size()), common::v1::Sharing_descriptor()->value_count());
  for (const auto& [word, sharing] : table) {
    EXPECT_EQ(Volunteer("sharing: " + word).sharing, sharing) << word;
    EXPECT_EQ(Opportunity("sharing: " + word).sharing, sharing) << word;
  }
}

TEST_F(FactsFields, EveryLevelOfACheck) {
  const std::map<std::string, matcher::CheckLevel> table = {
      {"CHECK_LEVEL_UNSPECIFIED", matcher::CheckLevel::kNone},
      {"CHECK_LEVEL_NONE", matcher::CheckLevel::kNone},
      {"CHECK_LEVEL_BASIC", matcher::CheckLevel::kBasic},
      {"CHECK_LEVEL_STANDARD", matcher::CheckLevel::kStandard},
      {"CHECK_LEVEL_ENHANCED", matcher::CheckLevel::kEnhanced},
      {"CHECK_LEVEL_ENHANCED_BARRED", matcher::CheckLevel::kEnhancedBarred},
  };
  EXPECT_EQ(static_cast<int>(table.size()), common::v1::CheckLevel_descriptor()->value_count());
  for (const auto& [word, level] : table) {
    EXPECT_EQ(Opportunity("required_check { level: " + word + " }").required_check.level, level) << word;
    const auto held = Volunteer("checks { level: " + word + " issue_date { year: 1970 month: 1 day: 1 } }");
    EXPECT_EQ(held.checks.at(0).level, level) << word;
  }
}

TEST_F(FactsFields, EveryWorkforceAndBarredListHasItsBit) {
  const std::map<std::string, int> workforces = {{"CHILDREN", matcher::kChildWorkforce},
                                                 {"ADULTS", matcher::kAdultWorkforce},
                                                 {"OTHER", matcher::kOtherWorkforce}};
  EXPECT_EQ(static_cast<int>(workforces.size()) + 1, common::v1::Workforce_descriptor()->value_count());
  for (const auto& [word, bit] : workforces) {
    EXPECT_EQ(Opportunity("required_check { workforces: WORKFORCE_" + word + " }").required_check.workforces,
              bit);
  }
  const std::map<std::string, int> lists = {{"CHILDREN", matcher::kChildrenBarredList},
                                            {"ADULTS", matcher::kAdultsBarredList}};
  EXPECT_EQ(static_cast<int>(lists.size()) + 1, common::v1::BarredList_descriptor()->value_count());
  for (const auto& [word, bit] : lists) {
    EXPECT_EQ(
        Opportunity("required_check { barred_lists: BARRED_LIST_" + word + " }").required_check.barred_lists,
        bit);
  }
}

TEST_F(FactsFields, FlexibleSchedules) {
  const auto schedule = [&](const std::string& more) {
    return std::get<matcher::FlexibleSchedule>(
        Opportunity("schedule { flexible { minutes_per_week: 210 " + more + " } }").schedule);
  };
  const auto plain = schedule("");
  EXPECT_EQ(plain.minutes_per_week, 210);
  EXPECT_EQ(plain.minimum_block_minutes, 60);
  EXPECT_TRUE(plain.windows.none());
  const auto stated = schedule(
      "minimum_block_minutes: 95 windows { day_of_week: DAY_OF_WEEK_SUNDAY start_time { hours: 23 } "
      "end_time { minutes: 30 } }");
  EXPECT_EQ(stated.minimum_block_minutes, 95);
  matcher::SlotSet around;
  for (const std::size_t slot : {334, 335, 0}) around.set(slot);
  EXPECT_EQ(stated.windows, around);
}

TEST_F(FactsFields, SessionsAreCutToMinutesAndSpanTheirSlots) {
  // 19 June 2026, 18:15 in London, for 50 minutes: a Friday.
  const auto facts = Opportunity(
      "schedule { dated { sessions { start_time { seconds: 1781889300 } duration { seconds: 3000 } } } }");
  const auto& sessions = std::get<matcher::DatedSchedule>(facts.schedule).sessions;
  ASSERT_THAT(sessions, SizeIs(1));
  const auto& [start_min, end_min, local_date, spans] = sessions[0];
  constexpr matcher::Minute kStart = 1781889300 / 60;
  EXPECT_EQ(start_min, kStart);
  EXPECT_EQ(end_min, kStart + 50);
  EXPECT_EQ(local_date, 20'623);
  EXPECT_THAT(spans, ElementsAre(matcher::SlotSpan{4 * 48 + 36, kStart, kStart + 15},
                                 matcher::SlotSpan{4 * 48 + 37, kStart + 15, kStart + 45},
                                 matcher::SlotSpan{4 * 48 + 38, kStart + 45, kStart + 50}));
}

// Places into which another import has put every postcode elsewhere.
class MovedPlaces final : public reference::PlaceIndex {
 public:
  std::optional<reference::ResolvedPlace> Resolve(const reference::Postcode& postcode) const override {
    return reference::ResolvedPlace{{1, 2}, "E07000108", std::string(postcode.outcode()), precision};
  }
  reference::ResolvedPlace ResolveCoordinates(reference::Point point) const override {
    return {point, "", "TN23", reference::Precision::kCoordinates};
  }
  std::optional<reference::Point> OutcodeCentroid(absl::string_view) const override { return {}; }
  std::string NearestOutcode(reference::Point) const override { return "TN23"; }
  const std::string& version() const override { return version_; }
  std::size_t postcode_count() const override { return 1; }

  reference::Precision precision = reference::Precision::kPostcode;

 private:
  const std::string version_ = "moved";
};

// What Get shows is what is matched.
TEST(Locate, APointKnownExactlyStaysWhenAnImportMovesItsPostcode) {
  MovedPlaces moved;
  const std::string known =
      "postcode: 'TN23 1PL' latitude: 51.15 longitude: 0.87 district: 'districts/E07000105' precision: "
      "PLACE_PRECISION_";
  for (const auto precision : {reference::Precision::kPostcode, reference::Precision::kSector}) {
    moved.precision = precision;
    const auto exact = Locate(Parse<common::v1::Place>(known + "POSTCODE"), moved);
    ASSERT_TRUE(exact.has_value());
    EXPECT_EQ(exact->point, (reference::Point{511'500'000, 8'700'000}));
    EXPECT_EQ(exact->district, "E07000105");
    EXPECT_EQ(exact->outcode, "TN23");
    EXPECT_EQ(exact->precision, reference::Precision::kPostcode);
    const auto rough = Locate(Parse<common::v1::Place>(known + "SECTOR"), moved);
    EXPECT_EQ(rough->point, (reference::Point{1, 2}));
    EXPECT_EQ(rough->district, "E07000108");
    // Said to be exact, and no point: there is nothing to stay with.
    EXPECT_EQ(
        Locate(Parse<common::v1::Place>("postcode: 'TN23 1PL' precision: PLACE_PRECISION_POSTCODE"), moved)
            ->point,
        (reference::Point{1, 2}));
  }
}

}  // namespace
}  // namespace brokerage::matching
