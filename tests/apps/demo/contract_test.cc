// Every generated message keeps to the contract: limits and meanings.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "base/clock.h"
#include "base/errors.h"
#include "matcher/checks.h"
#include "reference/causes.h"
#include "reference/districts.h"
#include "reference/skills.h"
#include "reference/vocabulary.h"
#include "schedule/weekly.h"
#include "services/matching/convert/facts.h"
#include "services/matching/convert/tables.h"
#include "services/matching/convert/times.h"
#include "services/rpc/validate.h"
#include "tests/apps/demo/default_county.h"

namespace brokerage::demo {
namespace {

using matching::v1::Consent;
using matching::v1::Opportunity;
using matching::v1::Volunteer;
using registry::v1::Organisation;
using ::testing::IsEmpty;

const matching::ReferenceTables& Tables() {
  static const auto& tables =
      *new matching::ReferenceTables(matching::ShippedTables(reference::KentDistricts()));
  return tables;
}

std::string FaultsOf(const google::protobuf::Message& message) {
  base::Violations violations;
  rpc::CheckMessage(message, "", violations);
  return absl::StrJoin(violations.fields(), "; ", absl::PairFormatter(" "));
}

void ExpectWindowsAreGood(const google::protobuf::RepeatedPtrField<common::v1::WeeklyWindow>& windows) {
  for (const common::v1::WeeklyWindow& window : windows) {
    EXPECT_THAT(schedule::FaultsOf(matching::ToWindow(window)), IsEmpty()) << window.ShortDebugString();
  }
}

void ExpectPlaceIsInKentOrNear(const common::v1::Place& place) {
  EXPECT_GT(place.latitude(), 50.90);
  EXPECT_LT(place.latitude(), 51.49);
  EXPECT_GT(place.longitude(), 0.02);
  EXPECT_LT(place.longitude(), 1.46);
}

bool HasConsent(const Volunteer& volunteer, Consent::Purpose purpose) {
  for (const Consent& consent : volunteer.consents()) {
    if (consent.purpose() == purpose && !consent.has_withdrawn_time()) return true;
  }
  return false;
}

void ExpectWordsAreKnown(const Volunteer& volunteer) {
  for (const auto& skill : volunteer.skills()) EXPECT_TRUE(matching::SkillIdOf(Tables(), skill.skill()));
  for (const auto& cause : volunteer.causes()) EXPECT_TRUE(matching::CauseIdOf(Tables(), cause));
  for (const auto& language : volunteer.languages()) EXPECT_TRUE(matching::LanguageIdOf(Tables(), language));
  for (const auto& need : volunteer.access_needs())
    EXPECT_TRUE(matching::AccessNeedOf(Tables(), need)) << need;
}

void ExpectWordsAreKnown(const Opportunity& role) {
  for (const auto& skill : role.skills()) EXPECT_TRUE(matching::SkillIdOf(Tables(), skill.skill()));
  for (const auto& cause : role.causes()) EXPECT_TRUE(matching::CauseIdOf(Tables(), cause));
  for (const auto& language : role.languages()) EXPECT_TRUE(matching::LanguageIdOf(Tables(), language));
  for (const auto& support : role.access_support()) EXPECT_TRUE(matching::AccessNeedOf(Tables(), support));
}

TEST(CountyContractTest, Volunteers) {
  const int64_t now = absl::ToUnixSeconds(absl::FromCivil(kToday, base::LondonTimeZone()));
  for (std::size_t i = 0; i < DefaultCounty().volunteers.size(); ++i) {
    const CountyVolunteer& record = DefaultCounty().volunteers[i];
    const Volunteer& volunteer = record.volunteer;
    SCOPED_TRACE(absl::StrCat(i, " ", volunteer.ShortDebugString()));
    ASSERT_EQ(FaultsOf(volunteer), "");
    ExpectWordsAreKnown(volunteer);
    ExpectWindowsAreGood(volunteer.availability().weekly());
    EXPECT_TRUE(!volunteer.contact().email().empty() || !volunteer.contact().phone().empty());
    if (volunteer.has_home()) ExpectPlaceIsInKentOrNear(volunteer.home());
    EXPECT_EQ(volunteer.sharing() == common::v1::SHARING_COUNTY,
              HasConsent(volunteer, Consent::PURPOSE_SHARING));
    for (const Consent& consent : volunteer.consents()) {
      EXPECT_LT(consent.given_time().seconds(), now);
      if (!consent.has_withdrawn_time()) continue;
      EXPECT_LT(consent.withdrawn_time().seconds(), now);
      EXPECT_LT(consent.given_time().seconds(), consent.withdrawn_time().seconds());
    }
    for (const auto& check : volunteer.checks()) {
      EXPECT_TRUE(check.has_issue_date());
      EXPECT_EQ(check.level() == common::v1::CHECK_LEVEL_ENHANCED_BARRED, check.barred_lists_size() > 0);
    }
    if (record.state != Volunteer::STATE_ENQUIRY) {
      EXPECT_TRUE(volunteer.has_home());
      EXPECT_TRUE(volunteer.has_travel_radius_m() || volunteer.accepts_remote());
      EXPECT_TRUE(volunteer.has_date_of_birth());
    }
    ASSERT_FALSE(::testing::Test::HasFailure());
  }
}

TEST(CountyContractTest, Opportunities) {
  const int64_t now = absl::ToUnixSeconds(absl::FromCivil(kToday + 1, base::LondonTimeZone()));
  const County& county = DefaultCounty();
  for (std::size_t i = 0; i < county.opportunities.size(); ++i) {
    const CountyOpportunity& record = county.opportunities[i];
    const Opportunity& role = record.opportunity;
    SCOPED_TRACE(absl::StrCat(i, " ", role.ShortDebugString()));
    ASSERT_EQ(FaultsOf(role), "");
    ExpectWordsAreKnown(role);
    EXPECT_NE(role.remote(), role.has_place());
    if (role.has_place()) ExpectPlaceIsInKentOrNear(role.place());
    ASSERT_LT(record.organisation, county.organisations.size());
    EXPECT_EQ(record.centre, county.organisations[record.organisation].organisation.centre());
    EXPECT_EQ(role.description().find('{'), std::string::npos) << role.description();
    EXPECT_THAT(
        matcher::FaultsOf(matching::ToFacts(role.required_check()), matching::BasesOf(role.required_check())),
        IsEmpty());
    ExpectWindowsAreGood(role.schedule().weekly().windows());
    ExpectWindowsAreGood(role.schedule().flexible().windows());
    for (const auto& session : role.schedule().dated().sessions()) {
      EXPECT_GE(session.start_time().seconds(), now);
      EXPECT_EQ(session.start_time().seconds() % 60, 0);
    }
    EXPECT_EQ(record.state == Opportunity::STATE_REJECTED, !record.reject_reason.empty());
    ASSERT_FALSE(::testing::Test::HasFailure());
  }
}

TEST(CountyContractTest, Organisations) {
  for (const CountyOrganisation& record : DefaultCounty().organisations) {
    const Organisation& organisation = record.organisation;
    SCOPED_TRACE(organisation.ShortDebugString());
    ASSERT_EQ(FaultsOf(organisation), "");
    EXPECT_GT(organisation.places_size(), 0);
    for (const auto& place : organisation.places()) ExpectPlaceIsInKentOrNear(place);
    std::set<std::string> districts;
    for (const std::string& district : organisation.districts_served()) {
      EXPECT_NE(reference::KentDistricts().FindByCode(district.substr(10)), nullptr) << district;
      EXPECT_TRUE(districts.insert(district).second) << district;
    }
    for (const std::string& cause : organisation.causes()) EXPECT_TRUE(matching::CauseIdOf(Tables(), cause));
    EXPECT_EQ(record.verification == registry::v1::Verification::STAGE_UNVERIFIED, record.evidence.empty());
    ASSERT_FALSE(::testing::Test::HasFailure());
  }
}

TEST(CountyContractTest, Centres) {
  for (const CountyCentre& record : DefaultCounty().centres) EXPECT_EQ(FaultsOf(record.centre), "");
}

}  // namespace
}  // namespace brokerage::demo
