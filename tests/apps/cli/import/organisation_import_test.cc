// Imports of organisations: groups and those who answer for them, districts by name, verification.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

#include "absl/strings/str_cat.h"

#include "base/errors.h"
#include "tests/apps/cli/support/program_fixture.h"

namespace brokerage::cli {
namespace {

using registry::v1::Organisation;
using registry::v1::Verification;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

class OrganisationImport : public ProgramTest {
 protected:
  Ran Import(const std::string& text, std::vector<std::string> more = {}) {
    std::vector<std::string> arguments = {"organisations", "import", Write("o.csv", text)};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return Run(arguments);
  }

  Organisation Kept(const std::string& display_name) const {
    for (const auto& [name, organisation] : organisations.kept) {
      if (organisation.display_name() == display_name) return organisation;
    }
    ADD_FAILURE() << "there is no " << display_name;
    return {};
  }
};

TEST_F(OrganisationImport, DistrictsAreNamedAsPeopleNameThem) {
  const Ran ran = Import("display_name,kind,districts\nO,charity,Ashford; folkestone-and-hythe\n");
  EXPECT_EQ(ran.code, ExitCode::kOk) << ran.out << ran.err;
  EXPECT_THAT(Kept("O").districts_served(), ElementsAre("districts/E07000105", "districts/E07000112"));
  EXPECT_EQ(Import("display_name,kind,districts\nP,charity,E07000106\n").code, ExitCode::kRowsRefused)
      << "none of this deployment's";
}

TEST_F(OrganisationImport, AVerificationIsRecordedAfterwards) {
  const std::string text =
      "display_name,kind,verification_stage,verification_evidence\n"
      "O,charity,register-checked,Charity register\n"
      "P,charity,,\n";
  EXPECT_EQ(Import(text).code, ExitCode::kOk);
  EXPECT_EQ(Kept("O").verification().stage(), Verification::STAGE_REGISTER_CHECKED);
  EXPECT_EQ(Kept("O").verification().evidence(), "Charity register");
  EXPECT_EQ(Kept("P").verification().stage(), Verification::STAGE_UNVERIFIED);
  // Staff have been there since: importing again takes nothing back.
  for (auto& [name, organisation] : organisations.kept) {
    organisation.mutable_verification()->set_stage(Verification::STAGE_VISITED);
  }
  EXPECT_EQ(Import(text).code, ExitCode::kOk);
  EXPECT_EQ(Kept("O").verification().stage(), Verification::STAGE_VISITED);
}

TEST_F(OrganisationImport, AGroupMayStandBeforeTheBodyThatAnswersForIt) {
  const std::string known = organisations.Add("Known Body", "GB-CHC-7");
  const Ran ran = Import(
      "display_name,kind,identifiers,accountable_body\n"
      "Walkers,unconstituted-group,,Ashford Trust\n"
      "Ashford Trust,charity,GB-CHC-1,\n"
      "Runners,unconstituted-group,,gb-chc-1\n"
      "Swimmers,unconstituted-group,,GB-CHC-7\n");
  EXPECT_EQ(ran.code, ExitCode::kOk) << ran.out << ran.err;
  const std::string trust = Kept("Ashford Trust").name();
  EXPECT_EQ(Kept("Walkers").accountable_body(), trust);
  EXPECT_EQ(Kept("Runners").accountable_body(), trust);
  EXPECT_EQ(Kept("Swimmers").accountable_body(), known);
}

TEST_F(OrganisationImport, GroupsAndBodiesGoOnWhereTheyStopped) {
  std::string text = "display_name,kind,accountable_body\n";
  for (int i = 0; i < 10; ++i) {
    absl::StrAppend(&text, "Group ", i, ",unconstituted-group,Body ", i, "\nBody ", i, ",charity,\n");
  }
  for (const int stop : {4, 14}) {
    SCOPED_TRACE(stop);
    organisations.kept.clear();
    const std::string file = absl::StrCat(text, "Last ", stop, ",charity,\n");
    board.RefuseBefore(Fails("CreateOrganisation", board.Calls("CreateOrganisation") + stop, 1'000'000,
                             base::StoreUnavailable()));
    EXPECT_EQ(Import(file).code, ExitCode::kUnreachable);
    board.Heal();
    EXPECT_EQ(Import(file).code, ExitCode::kOk);
    EXPECT_EQ(organisations.kept.size(), 21u);
  }
}

TEST_F(OrganisationImport, WhatCannotBeAnAccountableBodyIsAFault) {
  const Ran ran = Import(
      "display_name,kind,identifiers,accountable_body\n"
      "A,unconstituted-group,,A\n"
      "B,unconstituted-group,,C\n"
      "C,unconstituted-group,,D\n"
      "D,charity,,\n"
      "Twin,charity,,\n"
      "Twin,charity,,\n"
      "E,unconstituted-group,,Twin\n"
      "F,unconstituted-group,,Nobody\n");
  EXPECT_EQ(ran.code, ExitCode::kRowsRefused);
  EXPECT_THAT(
      ran.out,
      AllOf(HasSubstr("line 2\n  accountable_body: \"A\" is this row itself\n"),
            HasSubstr("line 3\n  accountable_body: \"C\" on line 4 has an accountable body itself"),
            HasSubstr("line 8\n  accountable_body: \"Twin\" stands in this file more than once: on lines "
                      "6 and 7\n"),
            HasSubstr("line 9\n  accountable_body: \"Nobody\" is no organisation")));
  EXPECT_THAT(ran.out, HasSubstr("4 of 8 rows are faulty"));
}

TEST_F(OrganisationImport, AGroupWhoseBodyIsFaultyIsNotWrittenWithoutIt) {
  const Ran ran = Import(
      "display_name,kind,accountable_body\n"
      "Walkers,unconstituted-group,Body REFUSED\n"
      "Body REFUSED,charity,\n"
      "Other,charity,\n",
      {"--keep-good"});
  EXPECT_EQ(ran.code, ExitCode::kRowsRefused);
  EXPECT_THAT(ran.out, HasSubstr("line 2\n  line 3, which it refers to, was not written\n"));
  EXPECT_THAT(ran.out, HasSubstr("1 row of 3 written; 2 of 3 rows are faulty."));
}

TEST_F(OrganisationImport, OneOrganisationIsOneRow) {
  const Ran ran = Import(
      "display_name,kind,identifiers,charity_number\n"
      "A,charity,GB-CHC-1,\n"
      "B,charity,,1\n"
      "C,charity,GB-CHC-2; gb-chc-2,\n");
  EXPECT_EQ(ran.code, ExitCode::kRowsRefused);
  EXPECT_THAT(
      ran.out,
      HasSubstr("line 3\n  identifiers: \"GB-CHC-1\" stands on line 2 too: one organisation is one row\n"
                "1 of 3 rows is faulty"));
}

TEST_F(OrganisationImport, AnotherCentreIsNamedAndOnesOwnIsNot) {
  EXPECT_EQ(Import("display_name,kind\nOwn,charity\n").code, ExitCode::kOk);
  EXPECT_EQ(Kept("Own").centre(), "");
  EXPECT_EQ(Import("display_name,kind\nOther,charity\n", {"--centre", "canterbury"}).code, ExitCode::kOk);
  EXPECT_EQ(Kept("Other").centre(), "centres/canterbury");
  EXPECT_EQ(Import("display_name,kind,centre\nThird,charity,dover\n").code, ExitCode::kOk);
  EXPECT_EQ(Kept("Third").centre(), "centres/dover");
}

}  // namespace
}  // namespace brokerage::cli
