#include "tests/real_data/real_organisations.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

#include "absl/strings/str_cat.h"

#include "reference/districts.h"

namespace brokerage::real_data {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

absl::StatusOr<RealOrganisations> Read(const std::string& csv) {
  return ReadCharities(csv, *reference::ShippedPlaces(reference::KentDistricts()));
}

constexpr absl::string_view kHeader =
    "org_id,name,active,postcode,district_code,income,ukcat,web,activities\n";

TEST(CharitiesTest, BecomeOrganisations) {
  const auto result = Read(absl::StrCat(
      kHeader, "GB-CHC-9,THE MILL,True,ct91aa,E07000114,3373.5,AR102;HR;AR;ZZ,www.mill.uk,Mills.\n"));
  ASSERT_TRUE(result.ok()) << result.status();
  ASSERT_THAT(result->organisations, SizeIs(1));
  const auto& organisation = result->organisations[0].organisation;
  EXPECT_EQ(organisation.display_name(), "THE MILL");
  EXPECT_EQ(organisation.kind(), registry::v1::Organisation::KIND_CHARITY);
  EXPECT_EQ(organisation.centre(), "centres/thanet");
  EXPECT_THAT(organisation.identifiers(), ElementsAre("GB-CHC-9"));
  EXPECT_EQ(organisation.income(), 3'373);
  EXPECT_EQ(organisation.places(0).postcode(), "ct91aa");
  EXPECT_THAT(organisation.districts_served(), ElementsAre("districts/E07000114"));
  EXPECT_THAT(organisation.causes(), ElementsAre("causes/arts-and-culture", "causes/heritage"));
  EXPECT_EQ(organisation.website(), "http://www.mill.uk");
}

TEST(CharitiesTest, BeyondKentBelongToTheLeadAndMayHaveNoIncome) {
  const auto result = Read(absl::StrCat(kHeader, "GB-CHC-9,THE MILL,True,BR5 4JW,,,,,\n"));
  ASSERT_THAT(result->organisations, SizeIs(1));
  EXPECT_EQ(result->organisations[0].organisation.centre(), "centres/ashford");
  EXPECT_FALSE(result->organisations[0].organisation.has_income());
  EXPECT_THAT(result->organisations[0].organisation.districts_served(), IsEmpty());
}

TEST(CharitiesTest, AreRefusedWithEveryReason) {
  const auto result = Read(absl::StrCat(kHeader, "GB-CHC-9,,False,nowhere,,-1,,,\n"));
  ASSERT_TRUE(result.ok());
  EXPECT_THAT(result->organisations, IsEmpty());
  ASSERT_THAT(result->refused, SizeIs(1));
  EXPECT_THAT(result->refused[0].reasons,
              ElementsAre("active: no longer registered", "postcode: cannot read \"nowhere\"",
                          "income: cannot read \"-1\"", "display_name: is required"));
}

TEST(CharitiesTest, BeyondThePlacesThatAreKnownAreRefused) {
  const auto result = Read(absl::StrCat(kHeader, "GB-CHC-9,THE MILL,True,SW1P 3AZ,,,,,\n"));
  ASSERT_THAT(result->refused, SizeIs(1));
  EXPECT_THAT(result->refused[0].reasons, ElementsAre("postcode: \"SW1P 3AZ\" is not known here"));
}

TEST(CharitiesTest, NeedTheirColumns) {
  EXPECT_EQ(Read("org_id,name\n").status().code(), absl::StatusCode::kInvalidArgument);
}

TEST(OrganisationsOfTest, FindsEachOnceAndSuspendsItForAnyOfItsRoles) {
  RealRole first;
  first.centre = "centres/dover";
  first.organisation_key = "mill";
  first.organisation_name = "Mill";
  first.opportunity.mutable_place()->set_postcode("CT16 1AA");
  RealRole second = first;
  second.centre = "centres/thanet";
  second.organisation_suspended = true;
  RealRole other = first;
  other.organisation_key = "barn";
  const auto organisations = OrganisationsOf({first, second, other});
  ASSERT_THAT(organisations, SizeIs(2));
  EXPECT_EQ(organisations[0].key, "mill");
  EXPECT_EQ(organisations[0].organisation.centre(), "centres/dover");
  EXPECT_EQ(organisations[0].organisation.places(0).postcode(), "CT16 1AA");
  EXPECT_TRUE(organisations[0].suspended);
  EXPECT_FALSE(organisations[1].suspended);
}

}  // namespace
}  // namespace brokerage::real_data
