#include "apps/demo/county.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"

#include "base/digest.h"
#include "reference/districts.h"
#include "tests/apps/demo/default_county.h"

namespace brokerage::demo {

const County& DefaultCounty() {
  static const County& county = *new County(Generate({.today = kToday}));
  return county;
}

namespace {

using matching::v1::Opportunity;
using matching::v1::Volunteer;
using registry::v1::Organisation;

// Everything that there is to say of a county, as one hash.
std::string DigestOf(const County& county) {
  base::Sha256Stream stream;
  const auto add = [&stream](absl::string_view text) { stream.Update(absl::StrCat(text.size(), ":", text)); };
  for (const CountyCentre& centre : county.centres) {
    add(centre.id);
    add(centre.centre.SerializeAsString());
  }
  for (const CountyOrganisation& record : county.organisations) {
    add(record.organisation.SerializeAsString());
    add(absl::StrCat(record.accountable_body.value_or(9'999'999), " ", record.verification, " ",
                     record.evidence, " ", record.suspend_reason));
  }
  for (const CountyOpportunity& record : county.opportunities) {
    add(record.opportunity.SerializeAsString());
    add(absl::StrCat(record.centre, " ", record.organisation, " ", record.state, " ", record.reject_reason));
  }
  for (const CountyVolunteer& record : county.volunteers) {
    add(record.volunteer.SerializeAsString());
    add(absl::StrCat(record.centre, " ", record.state, " ",
                     record.break_until ? record.break_until->ShortDebugString() : ""));
  }
  return base::HexEncode(stream.Finish());
}

CountyOptions Small(uint64_t seed, absl::CivilDay today) {
  return {.seed = seed, .today = today, .organisations = 40, .opportunities = 120, .volunteers = 500};
}

TEST(CountyTest, IsTheSameForTheSameOptions) {
  EXPECT_EQ(DigestOf(Generate(Small(5, kToday))), DigestOf(Generate(Small(5, kToday))));
}

TEST(CountyTest, IsAnotherForAnotherSeedOrDay) {
  const std::string digest = DigestOf(Generate(Small(5, kToday)));
  EXPECT_NE(DigestOf(Generate(Small(6, kToday))), digest);
  EXPECT_NE(DigestOf(Generate(Small(5, kToday + 1))), digest);
}

// Changes when the generator, its tables or the centroids do: then take the new value, and say so in the
// commit.
TEST(CountyTest, IsTheSameOnEveryMachine) {
  EXPECT_EQ(DigestOf(DefaultCounty()), "4f72aaad972c09614722761d0cce9fa8205e4f354141afcb208b2366d97018a7");
}

TEST(CountyTest, LongerCountyBeginsWithTheShorterOne) {
  CountyOptions options = Small(5, kToday);
  const County shorter = Generate(options);
  options.volunteers = 700;
  options.opportunities = 150;
  const County longer = Generate(options);
  ASSERT_EQ(longer.volunteers.size(), 700u);
  for (std::size_t i = 0; i < shorter.volunteers.size(); ++i) {
    ASSERT_EQ(longer.volunteers[i].volunteer.SerializeAsString(),
              shorter.volunteers[i].volunteer.SerializeAsString());
  }
  for (std::size_t i = 0; i < shorter.opportunities.size(); ++i) {
    ASSERT_EQ(longer.opportunities[i].opportunity.SerializeAsString(),
              shorter.opportunities[i].opportunity.SerializeAsString());
  }
}

TEST(CountyTest, HasTheDefaultSizes) {
  const County& county = DefaultCounty();
  EXPECT_EQ(county.centres.size(), 12u);
  EXPECT_EQ(county.organisations.size(), 400u);
  EXPECT_EQ(county.opportunities.size(), 1'200u);
  EXPECT_EQ(county.volunteers.size(), 20'000u);
}

TEST(CountyTest, MayBeEmpty) {
  const County county = Generate({.today = kToday, .organisations = 0, .opportunities = 10, .volunteers = 0});
  EXPECT_EQ(county.centres.size(), 12u);
  EXPECT_TRUE(county.organisations.empty());
  EXPECT_TRUE(county.opportunities.empty());
  EXPECT_TRUE(county.volunteers.empty());
}

TEST(CountyTest, CentresAreTheDistrictsAndAshfordLeads) {
  const County& county = DefaultCounty();
  EXPECT_EQ(county.centres.front().id, kLeadCentreId);
  for (std::size_t i = 0; i < county.centres.size(); ++i) {
    const reference::District& district = reference::KentDistricts().all()[i];
    EXPECT_EQ(county.centres[i].id, district.id);
    EXPECT_THAT(county.centres[i].centre.districts(),
                ::testing::ElementsAre(absl::StrCat("districts/", district.code)));
  }
}

TEST(CountyTest, SharesThreeVolunteersOfFiveAndNineRolesOfTen) {
  const County& county = DefaultCounty();
  int volunteers = 0;
  for (const CountyVolunteer& record : county.volunteers) {
    volunteers += record.volunteer.sharing() == common::v1::SHARING_COUNTY;
  }
  EXPECT_NEAR(volunteers, 12'000, 250);
  int roles = 0;
  for (const CountyOpportunity& record : county.opportunities) {
    roles += record.opportunity.sharing() == common::v1::SHARING_COUNTY;
  }
  EXPECT_NEAR(roles, 1'080, 40);
}

TEST(CountyTest, FollowsThePopulationOfTheDistricts) {
  const County& county = DefaultCounty();
  int64_t population = 0;
  for (const reference::District& district : reference::KentDistricts().all())
    population += district.population;
  std::map<std::string, int> volunteers;
  for (const CountyVolunteer& record : county.volunteers) ++volunteers[record.centre];
  std::map<std::string, int> organisations;
  for (const CountyOrganisation& record : county.organisations) ++organisations[record.organisation.centre()];
  for (const reference::District& district : reference::KentDistricts().all()) {
    const std::string centre = absl::StrCat("centres/", district.id);
    const double share = static_cast<double>(district.population) / static_cast<double>(population);
    EXPECT_NEAR(volunteers[centre], 20'000 * share, 200) << centre;
    EXPECT_NEAR(organisations[centre], 400 * share, 20) << centre;
  }
}

TEST(CountyTest, FirstRoleIsOpenInAshfordAndSharedAndEasy) {
  const County& county = DefaultCounty();
  const CountyOpportunity& first = county.opportunities.front();
  EXPECT_EQ(first.centre, "centres/ashford");
  EXPECT_EQ(first.organisation, 0u);
  EXPECT_EQ(first.state, Opportunity::STATE_OPEN);
  EXPECT_EQ(first.opportunity.sharing(), common::v1::SHARING_COUNTY);
  EXPECT_TRUE(first.opportunity.has_place());
  EXPECT_FALSE(first.opportunity.has_required_check());
  for (const auto& skill : first.opportunity.skills()) EXPECT_FALSE(skill.required());
  EXPECT_TRUE(county.organisations.front().suspend_reason.empty());
}

TEST(CountyTest, ReachesEveryStateThatALoaderCanReach) {
  const County& county = DefaultCounty();
  std::map<Volunteer::State, int> volunteers;
  for (const CountyVolunteer& record : county.volunteers) ++volunteers[record.state];
  EXPECT_GT(volunteers[Volunteer::STATE_SEARCHING], 16'000);
  for (const auto state : {Volunteer::STATE_ENQUIRY, Volunteer::STATE_REGISTERED, Volunteer::STATE_ON_BREAK,
                           Volunteer::STATE_LEFT}) {
    EXPECT_GT(volunteers[state], 200) << Volunteer::State_Name(state);
  }
  std::map<Opportunity::State, int> roles;
  for (const CountyOpportunity& record : county.opportunities) ++roles[record.state];
  EXPECT_GT(roles[Opportunity::STATE_OPEN], 950);
  for (const auto state : {Opportunity::STATE_DRAFT, Opportunity::STATE_SUBMITTED, Opportunity::STATE_PAUSED,
                           Opportunity::STATE_REJECTED, Opportunity::STATE_CLOSED}) {
    EXPECT_GT(roles[state], 3) << Opportunity::State_Name(state);
  }
}

TEST(CountyTest, NamesOrganisationsOnceAndFindsBodiesForGroups) {
  const County& county = DefaultCounty();
  std::set<std::string> names;
  int groups = 0;
  for (const CountyOrganisation& record : county.organisations) {
    EXPECT_TRUE(names.insert(record.organisation.display_name()).second)
        << record.organisation.display_name();
    const bool group = record.organisation.kind() == Organisation::KIND_UNCONSTITUTED_GROUP;
    EXPECT_EQ(record.accountable_body.has_value(), group);
    if (!group) continue;
    ++groups;
    EXPECT_NE(county.organisations.at(*record.accountable_body).organisation.kind(),
              Organisation::KIND_UNCONSTITUTED_GROUP);
  }
  EXPECT_GT(groups, 25);
}

TEST(CountyTest, GivesEveryVolunteerAnAddressOfTheirOwn) {
  std::set<std::string> emails;
  for (const CountyVolunteer& record : DefaultCounty().volunteers) {
    const std::string& email = record.volunteer.contact().email();
    EXPECT_TRUE(email.empty() || emails.insert(email).second) << email;
  }
}

}  // namespace
}  // namespace brokerage::demo
