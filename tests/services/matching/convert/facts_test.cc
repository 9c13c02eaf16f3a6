// What the matcher is told of a record: defaults filled in, words as numbers, places and calendars resolved.

#include "services/matching/convert/facts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <variant>

#include "google/protobuf/text_format.h"

#include "reference/places.h"
#include "services/matching/convert/times.h"
#include "services/matching/convert/volunteer_reader.h"

namespace brokerage::matching {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

template <typename Message>
Message Parse(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  return message;
}

class FactsTest : public ::testing::Test {
 protected:
  matcher::VolunteerFacts Volunteer(const std::string& text) {
    return ToFacts(Parse<v1::Volunteer>(text), tables_, *places_);
  }
  matcher::OpportunityFacts Opportunity(const std::string& text) {
    return ToFacts(Parse<v1::Opportunity>(text), tables_, *places_, now_);
  }

  // 15 June 2026, 11:00 in London.
  const absl::Time now_ = absl::FromCivil(absl::CivilSecond(2026, 6, 15, 10, 0, 0), absl::UTCTimeZone());
  const ReferenceTables tables_ = ShippedTables(reference::KentDistricts());
  const std::shared_ptr<const matcher::World> world_ = MakeWorld(tables_, reference::KentWaters());
  const std::shared_ptr<const reference::PlaceIndex> places_ =
      reference::ShippedPlaces(reference::KentDistricts());
};

TEST_F(FactsTest, AVolunteerWithNothingStatedHasTheDefaults) {
  const auto facts = Volunteer("name: 'centres/ashford/volunteers/a1' display_name: 'A'");
  EXPECT_EQ(facts.name, "centres/ashford/volunteers/a1");
  EXPECT_EQ(facts.centre, "centres/ashford");
  EXPECT_EQ(facts.state, matcher::VolunteerState::kEnquiry);
  EXPECT_EQ(facts.sharing, matcher::Sharing::kCentre);
  EXPECT_EQ(facts.placement_limit, 1u);
  EXPECT_FALSE(facts.home.has_value());
  EXPECT_FALSE(facts.outcode_centroid.has_value());
  EXPECT_FALSE(facts.travel_radius_m.has_value());
  EXPECT_TRUE(facts.free.none());
  EXPECT_FALSE(facts.birth_date.has_value());
  EXPECT_FALSE(facts.guardian_consent);
}

TEST_F(FactsTest, AnOpportunityWithNothingStatedHasTheDefaults) {
  const auto facts = Opportunity("name: 'centres/ashford/opportunities/o1' title: 'T'");
  EXPECT_EQ(facts.centre, "centres/ashford");
  EXPECT_EQ(facts.state, matcher::OpportunityState::kDraft);
  EXPECT_EQ(facts.places, 1u);
  EXPECT_EQ(facts.minimum_coverage_bp, 5'000u);
  EXPECT_TRUE(std::holds_alternative<std::monostate>(facts.schedule));
  EXPECT_EQ(facts.required_check.level, matcher::CheckLevel::kNone);
}

TEST_F(FactsTest, AStatedZeroIsNoDefault) {
  EXPECT_EQ(Volunteer("travel_radius_m: 0").travel_radius_m, 0u);
  EXPECT_EQ(Opportunity("minimum_coverage_bp: 0").minimum_coverage_bp, 0u);
  EXPECT_EQ(Opportunity("minimum_age: 0").minimum_age, 0u);
}

TEST_F(FactsTest, LevelsAndImportanceHaveTheirDefaults) {
  const std::string skill = "skills/" + tables_.skills.all()[0].id;
  const std::string other = "skills/" + tables_.skills.all()[1].id;
  const auto volunteer =
      Volunteer("skills { skill: '" + skill + "' } skills { skill: '" + other + "' level: 5 }");
  ASSERT_THAT(volunteer.skills, SizeIs(2));
  EXPECT_EQ(volunteer.skills[0].skill, 0);
  EXPECT_EQ(volunteer.skills[0].level, 3);
  EXPECT_EQ(volunteer.skills[1].level, 5);
  const auto role = Opportunity("skills { skill: '" + skill + "' } skills { skill: '" + other +
                                "' level: 2 importance: 5 required: true }");
  ASSERT_THAT(role.skills, SizeIs(2));
  EXPECT_EQ(role.skills[0].level, 1);
  EXPECT_EQ(role.skills[0].importance, 3);
  EXPECT_FALSE(role.skills[0].required);
  EXPECT_EQ(role.skills[1].level, 2);
  EXPECT_EQ(role.skills[1].importance, 5);
  EXPECT_TRUE(role.skills[1].required);
}

TEST_F(FactsTest, WordsThatTheTablesLackAreLeftOut) {
  const auto facts = Volunteer(
      "skills { skill: 'skills/no-such-skill' } causes: 'causes/no-such-cause' languages: 'xx' "
      "access_needs: 'no-such-need'");
  EXPECT_THAT(facts.skills, SizeIs(0));
  EXPECT_THAT(facts.causes, SizeIs(0));
  EXPECT_THAT(facts.languages, SizeIs(0));
  EXPECT_THAT(facts.access_needs, SizeIs(0));
}

TEST_F(FactsTest, AHomeIsItsPostcodeAndItsOutcodesMeanPoint) {
  const auto facts = Volunteer("home { postcode: 'TN23 1PL' }");
  ASSERT_TRUE(facts.home.has_value());
  ASSERT_TRUE(facts.outcode_centroid.has_value());
  const auto sector = places_->Resolve(*reference::Postcode::Parse("TN23 1PL"));
  EXPECT_EQ(facts.home->latitude_e7, sector->point.latitude_e7);
  EXPECT_EQ(facts.outcode_centroid->latitude_e7, places_->OutcodeCentroid("TN23")->latitude_e7);
}

TEST_F(FactsTest, AHomeByCoordinatesIsTheseAndTheNearestOutcodesMeanPoint) {
  const auto facts = Volunteer("home { latitude: 51.1465 longitude: 0.8751 }");
  ASSERT_TRUE(facts.home.has_value());
  EXPECT_EQ(facts.home->latitude_e7, 511'465'000);
  EXPECT_EQ(facts.home->longitude_e7, 8'751'000);
  const std::string outcode = places_->NearestOutcode({511'465'000, 8'751'000});
  EXPECT_EQ(facts.outcode_centroid->longitude_e7, places_->OutcodeCentroid(outcode)->longitude_e7);
}

TEST_F(FactsTest, APointOnceKnownExactlyIsKeptWhenTheImportedPlacesGo) {
  const auto facts = Volunteer(
      "home { postcode: 'TN23 1PL' latitude: 51.15 longitude: 0.87 precision: PLACE_PRECISION_POSTCODE }");
  EXPECT_EQ(facts.home->latitude_e7, 511'500'000);
}

TEST_F(FactsTest, APlaceKnownRoughlyIsLookedUpAgain) {
  const auto facts =
      Volunteer("home { postcode: 'TN23 1PL' latitude: 10 longitude: 10 precision: PLACE_PRECISION_SECTOR }");
  EXPECT_EQ(facts.home->latitude_e7,
            places_->Resolve(*reference::Postcode::Parse("TN23 1PL"))->point.latitude_e7);
}

TEST_F(FactsTest, ARemoteRoleHasNoPlace) {
  EXPECT_FALSE(Opportunity("remote: true place { postcode: 'TN23 1PL' }").place.has_value());
}

TEST_F(FactsTest, GuardianConsentCountsUntilWithdrawn) {
  const std::string given = "consents { purpose: PURPOSE_GUARDIAN given_time { seconds: 5 } ";
  EXPECT_TRUE(Volunteer(given + "}").guardian_consent);
  EXPECT_FALSE(Volunteer(given + "withdrawn_time { seconds: 6 } }").guardian_consent);
  EXPECT_FALSE(Volunteer("consents { purpose: PURPOSE_SHARING given_time { seconds: 5 } }").guardian_consent);
}

TEST_F(FactsTest, WindowsBecomeSlots) {
  const auto facts = Volunteer(
      "availability { weekly { day_of_week: DAY_OF_WEEK_SUNDAY start_time { hours: 23 minutes: 30 } "
      "end_time { hours: 0 minutes: 30 } } }");
  EXPECT_EQ(facts.free.count(), 2u);
  EXPECT_TRUE(facts.free.test(335));
  EXPECT_TRUE(facts.free.test(0));
}

TEST_F(FactsTest, SessionsAreOrderedIntervalsWithTheirLondonDate) {
  const auto facts = Opportunity(
      "schedule { dated { "
      "sessions { start_time { seconds: 1782860400 } duration { seconds: 7200 } } "  // 2026-06-30T23:00Z
      "sessions { start_time { seconds: 1768471200 } duration { seconds: 1800 } } "  // 2026-01-15T10:00Z
      "} }");
  const auto& sessions = std::get<matcher::DatedSchedule>(facts.schedule).sessions;
  ASSERT_THAT(sessions, SizeIs(2));
  EXPECT_EQ(sessions[0].start_min, 1768471200 / 60);
  EXPECT_EQ(sessions[0].end_min - sessions[0].start_min, 30);
  EXPECT_EQ(sessions[0].local_date, 20468);  // 15 January
  EXPECT_EQ(sessions[1].local_date, 20635);  // 1 July in London
}

TEST_F(FactsTest, ChecksBecomeSets) {
  const auto facts = Opportunity(
      "required_check { level: CHECK_LEVEL_ENHANCED_BARRED workforces: WORKFORCE_CHILDREN "
      "workforces: WORKFORCE_ADULTS barred_lists: BARRED_LIST_ADULTS "
      "eligibility_basis: ELIGIBILITY_BASIS_REGULATED_ACTIVITY_ADULTS }");
  EXPECT_EQ(facts.required_check.level, matcher::CheckLevel::kEnhancedBarred);
  EXPECT_EQ(facts.required_check.workforces, matcher::kChildWorkforce | matcher::kAdultWorkforce);
  EXPECT_EQ(facts.required_check.barred_lists, matcher::kAdultsBarredList);
}

TEST_F(FactsTest, EveryBasisHasItsBit) {
  const std::pair<const char*, matcher::EligibilityBasisSet> kCases[] = {
      {"NONE", matcher::kBasisNone},
      {"EXCEPTIONS_ORDER", matcher::kExceptionsOrder},
      {"WORK_WITH_CHILDREN", matcher::kWorkWithChildren},
      {"WORK_WITH_ADULTS", matcher::kWorkWithAdults},
      {"REGULATED_ACTIVITY_CHILDREN", matcher::kRegulatedActivityChildren},
      {"REGULATED_ACTIVITY_ADULTS", matcher::kRegulatedActivityAdults}};
  for (const auto& [name, bit] : kCases) {
    const auto check =
        Parse<common::v1::RequiredCheck>(std::string("eligibility_basis: ELIGIBILITY_BASIS_") + name);
    EXPECT_EQ(BasesOf(check), bit) << name;
  }
}

TEST_F(FactsTest, ExpiryIsRoundedUpToTheMinute) {
  EXPECT_EQ(Opportunity("expire_time { seconds: 120 }").expire_min, 2);
  EXPECT_EQ(Opportunity("expire_time { seconds: 120 nanos: 1 }").expire_min, 3);
  EXPECT_FALSE(Opportunity("").expire_min.has_value());
}

TEST_F(FactsTest, ADraftIsOpenAtTheAskingCentre) {
  const auto draft = Parse<v1::Opportunity>(
      "name: 'centres/dover/opportunities/x' state: STATE_CLOSED expire_time { seconds: 1 } places_filled: "
      "9");
  const auto facts = DraftFacts(draft, "centres/ashford", tables_, *places_, now_);
  EXPECT_EQ(facts.name, "");
  EXPECT_EQ(facts.centre, "centres/ashford");
  EXPECT_EQ(facts.state, matcher::OpportunityState::kOpen);
  EXPECT_FALSE(facts.expire_min.has_value());
  EXPECT_EQ(facts.places_filled, 0u);
}

TEST_F(FactsTest, TheMomentIsCutToTheMinuteAndDatedInLondon) {
  absl::Time now;
  std::string error;
  ASSERT_TRUE(absl::ParseTime(absl::RFC3339_full, "2026-06-30T23:00:59.9Z", &now, &error)) << error;
  const auto moment = MomentAt(now);
  EXPECT_EQ(moment.as_of_min, 1782860400 / 60);
  EXPECT_EQ(moment.today, 20635);
}

TEST_F(FactsTest, WeightsAreAsStated) {
  const auto weights =
      ToWeights(Parse<v1::WeightSet>("skills: 1 location: 2 availability: 3 causes: 4 alpha_bp: 0"));
  EXPECT_EQ(weights.skills, 1u);
  EXPECT_EQ(weights.location, 2u);
  EXPECT_EQ(weights.availability, 3u);
  EXPECT_EQ(weights.causes, 4u);
  EXPECT_EQ(weights.alpha_bp, 0u);
  EXPECT_EQ(ToWeights(v1::WeightSet()).alpha_bp, 2'500u);
}

TEST_F(FactsTest, TheTaxonomyFollowsTheTables) {
  const matcher::Taxonomies& taxonomies = world_->taxonomies;
  for (std::size_t i = 0; i < tables_.skills.all().size(); ++i) {
    const int32_t parent = tables_.skills.all()[i].parent;
    const auto seen = taxonomies.skills.Parent(static_cast<uint16_t>(i));
    EXPECT_EQ(seen.has_value(), parent >= 0) << i;
    if (seen) {
      EXPECT_EQ(*seen, parent);
    }
  }
  EXPECT_EQ(taxonomies.causes.size(), tables_.causes.all().size());
}

TEST_F(FactsTest, WordsComeBackFromNumbers) {
  const TableVocabulary vocabulary(tables_);
  EXPECT_EQ(vocabulary.SkillName(0), tables_.skills.all()[0].label);
  EXPECT_EQ(vocabulary.CauseName(0), tables_.causes.all()[0].label);
  EXPECT_EQ(vocabulary.LanguageName(*LanguageIdOf(tables_, "cy")), "Welsh");
  EXPECT_EQ(vocabulary.LicenceName(common::v1::LICENCE_KIND_FIRST_AID), "first aid");
  EXPECT_EQ(vocabulary.SkillName(60'000), "an unknown skill");
}

}  // namespace
}  // namespace brokerage::matching
