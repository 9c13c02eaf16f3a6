#include "apps/cli/rows/organisation_row.h"

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
using registry::v1::Organisation;
using registry::v1::Verification;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::StartsWith;

ReadResult<OrganisationRow> Read(const Cells& cells) {
  static const auto& districts = *new DistrictNames{{"ashford", "districts/E07000105"},
                                                    {"e07000105", "districts/E07000105"},
                                                    {"swale", "districts/E07000113"}};
  return ReadRow(OrganisationColumns(), cells,
                 [](RowReader& row) { return ReadOrganisationRow(row, ShippedWords(), districts); });
}

TEST(OrganisationRow, TheExampleIsGood) {
  const auto read = Read(ExampleOf(OrganisationColumns()));
  EXPECT_THAT(read.faults, IsEmpty());
  EXPECT_EQ(read.row.stage, Verification::STAGE_REGISTER_CHECKED);
  EXPECT_EQ(read.row.evidence, "Charity register, 2026-01-15");
  Organisation expected;
  ASSERT_TRUE(TextFormat::ParseFromString(R"(
    display_name: "Ashford Foodbank"
    kind: KIND_CHARITY
    identifiers: "GB-CHC-1001778"
    income: 48500
    places { postcode: "TN23 1PL" }
    places { postcode: "TN24 8XX" }
    districts_served: "districts/E07000105"
    districts_served: "districts/E07000113"
    causes: "causes/anti-poverty"
    contact { person_name: "Jo Smith" email: "jo@example.org" phone: "01233 555 0199" }
    website: "https://example.org"
    description: "Food for people in need."
  )",
                                          &expected));
  EXPECT_TRUE(MessageDifferencer::Equals(read.row.organisation, expected))
      << read.row.organisation.DebugString();
}

TEST(OrganisationRow, NumbersOfRegistersBecomeIdentifiers) {
  const auto read = Read(
      {{"display_name", "O"}, {"kind", "cic"}, {"charity_number", "1001778"}, {"company_number", "123456"}});
  EXPECT_THAT(read.faults, IsEmpty());
  EXPECT_THAT(read.row.organisation.identifiers(), ElementsAre("GB-CHC-1001778", "GB-COH-00123456"));
  EXPECT_THAT(Read({{"display_name", "O"}, {"kind", "cic"}, {"company_number", "IP 123"}}).faults,
              ElementsAre(StartsWith("company_number: ")));
}

TEST(OrganisationRow, AGroupNeedsSomeoneWhoAnswersForIt) {
  EXPECT_THAT(Read({{"display_name", "G"}, {"kind", "Unconstituted group"}}).faults,
              ElementsAre(StartsWith("accountable_body: is needed")));
  const auto read =
      Read({{"display_name", "G"}, {"kind", "unconstituted-group"}, {"accountable_body", "GB-CHC-1"}});
  EXPECT_THAT(read.faults, IsEmpty());
  EXPECT_EQ(read.row.accountable_body, "GB-CHC-1");
  EXPECT_EQ(read.row.organisation.accountable_body(), "") << "looked up later";
}

TEST(OrganisationRow, DistrictsAreThoseThatAreServed) {
  EXPECT_THAT(Read({{"display_name", "O"}, {"kind", "charity"}, {"districts", "E07000105; Sussex"}}).faults,
              ElementsAre(StartsWith("districts: \"Sussex\"")));
}

TEST(OrganisationRow, AVerificationSaysWhatWasSeen) {
  const Cells base = {{"display_name", "O"}, {"kind", "charity"}};
  const auto with = [&](Cells more) {
    more.insert(more.end(), base.begin(), base.end());
    return Read(more);
  };
  EXPECT_THAT(with({{"verification_stage", "visited"}}).faults,
              ElementsAre(StartsWith("verification_evidence: ")));
  EXPECT_THAT(with({{"verification_evidence", "seen"}}).faults,
              ElementsAre(StartsWith("verification_stage: ")));
  EXPECT_THAT(with({{"verification_stage", "unverified"}}).faults, IsEmpty());
  EXPECT_EQ(with({{"verification_stage", "unverified"}}).row.stage, Verification::STAGE_UNSPECIFIED);
}

TEST(OrganisationRow, EveryFaultyCellIsNamedAtOnce) {
  const auto read = Read({{"display_name", ""},
                          {"kind", "club"},
                          {"charity_number", "?"},
                          {"income", "£12.50"},
                          {"districts", "Atlantis"},
                          {"causes", "x"},
                          {"centre", "Ash ford"},
                          {"verification_stage", "trusted"}});
  const char* const columns[] = {"display_name", "kind",   "charity_number", "income",
                                 "districts",    "causes", "centre",         "verification_stage"};
  EXPECT_EQ(read.faults.size(), std::size(columns));
  for (const char* column : columns)
    EXPECT_THAT(read.faults, Contains(StartsWith(std::string(column) + ": "))) << column;
}

TEST(OrganisationRow, FieldsOfTheServiceLeadBackToTheirColumns) {
  EXPECT_EQ(OrganisationColumnOf("organisation.places[1].postcode"), "postcodes");
  EXPECT_EQ(OrganisationColumnOf("organisation.contact.email"), "contact_email");
  EXPECT_EQ(OrganisationColumnOf("organisation.identifiers[0]"), "identifiers");
  EXPECT_EQ(OrganisationColumnOf("validate_only"), "");
}

}  // namespace
}  // namespace brokerage::cli
