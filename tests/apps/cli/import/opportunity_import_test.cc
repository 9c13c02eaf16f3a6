// Imports of opportunities: organisations are looked up, and rows go as far as they ask.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

#include "absl/strings/str_cat.h"

#include "base/errors.h"
#include "tests/apps/cli/support/program_fixture.h"

namespace brokerage::cli {
namespace {

using matching::v1::Opportunity;
using registry::v1::Organisation;
using testing::AllOf;
using testing::HasSubstr;

class OpportunityImport : public ProgramTest {
 protected:
  Ran Import(const std::string& rows, std::vector<std::string> more = {}) {
    std::vector<std::string> arguments = {
        "opportunities", "import",
        Write("o.csv", absl::StrCat("external_id,organisation,title,remote,state\n", rows))};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return Run(arguments);
  }

  // By title.
  Opportunity Kept(const std::string& title) const {
    for (const auto& [name, opportunity] : opportunities.kept) {
      if (opportunity.title() == title) return opportunity;
    }
    ADD_FAILURE() << "there is no " << title;
    return {};
  }
};

TEST_F(OpportunityImport, RowsGoAsFarAsTheyAsk) {
  const std::string foodbank = organisations.Add("Ashford Foodbank");
  const Ran ran = Import(
      "R1,Ashford Foodbank,Cook,yes,open\n"
      "R2,ashford foodbank,Driver,yes,submitted\n"
      "R3,,Writer,yes,\n");
  EXPECT_EQ(ran.code, ExitCode::kOk) << ran.out << ran.err;
  EXPECT_EQ(Kept("Cook").state(), Opportunity::STATE_OPEN);
  EXPECT_EQ(Kept("Cook").organisation(), foodbank);
  EXPECT_EQ(Kept("Driver").state(), Opportunity::STATE_SUBMITTED);
  EXPECT_EQ(Kept("Writer").state(), Opportunity::STATE_DRAFT);
  EXPECT_EQ(Kept("Writer").organisation(), "");
}

TEST_F(OpportunityImport, OrganisationsAreFoundByNameIdentifierOrResourceName) {
  const std::string foodbank = organisations.Add("Ashford \"Community\" Foodbank", "GB-CHC-1001778");
  organisations.Add("Ashford \"Community\" Foodbank Friends");
  const Ran ran = Import(absl::StrCat("R1,\"Ashford \"\"Community\"\" Foodbank\",A,yes,\n",
                                      "R2,GB-CHC-1001778,B,yes,\n", "R3,", foodbank, ",C,yes,\n"));
  EXPECT_EQ(ran.code, ExitCode::kOk) << ran.out;
  for (const char* title : {"A", "B", "C"}) EXPECT_EQ(Kept(title).organisation(), foodbank) << title;
}

TEST_F(OpportunityImport, EachOrganisationIsLookedUpOnce) {
  organisations.Add("Ashford Foodbank");
  std::string rows;
  for (int i = 0; i < 30; ++i) absl::StrAppend(&rows, "R", i, ",Ashford Foodbank,T", i, ",yes,\n");
  EXPECT_EQ(Import(rows).code, ExitCode::kOk);
  EXPECT_EQ(board.Calls("ListOrganisations"), 1);
}

TEST_F(OpportunityImport, OrganisationsThatAreUnknownSeveralOrNotActiveAreFaults) {
  organisations.Add("Twin");
  organisations.Add("Twin");
  organisations.Add("Sleeping", "", Organisation::STATE_SUSPENDED);
  const Ran ran = Import(
      "R1,Nobody,A,yes,\n"
      "R2,Twin,B,yes,\n"
      "R3,Sleeping,C,yes,open\n"
      "R4,Sleeping,D,yes,draft\n"
      "R5,organisations/nowhere,E,yes,\n"
      "R6,GB-CHC-404,F,perhaps,\n");
  EXPECT_EQ(ran.code, ExitCode::kRowsRefused);
  EXPECT_EQ(
      ran.out,
      "line 2 (R1)\n"
      "  organisation: \"Nobody\" is no organisation that the registry knows\n"
      "line 3 (R2)\n"
      "  organisation: \"Twin\" is the name of several organisations, write which: organisations/n1, "
      "organisations/n2\n"
      "line 4 (R3)\n"
      "  organisation: \"Sleeping\" is suspended: its roles can only be drafts\n"
      "line 6 (R5)\n"
      "  organisation: \"organisations/nowhere\" is no organisation\n"
      "line 7 (R6)\n"
      "  remote: \"perhaps\" is neither yes nor no\n"
      "  organisation: \"GB-CHC-404\" is no organisation that the registry knows\n"
      "5 of 6 rows are faulty; nothing was written. Correct them, or write the others with --keep-good and "
      "save the faulty ones with --errors FILE.\n");
}

TEST_F(OpportunityImport, TheMatchingServiceMayHearOfAnOrganisationAMomentLater) {
  organisations.Add("Ashford Foodbank");
  board.RefuseBefore(Fails("SubmitOpportunity", 0, 2,
                           base::FailedPrecondition(base::reason::kOrganisationNotActive, "Not active.")));
  EXPECT_EQ(Import("R1,Ashford Foodbank,Cook,yes,open\n").code, ExitCode::kOk);
  EXPECT_EQ(Kept("Cook").state(), Opportunity::STATE_OPEN);
  EXPECT_GT(slept, absl::ZeroDuration());
}

TEST_F(OpportunityImport, AnOrganisationThatStaysInactiveIsSaidOfItsRow) {
  const std::string foodbank = organisations.Add("Ashford Foodbank");
  opportunities.inactive = {foodbank};
  const Ran ran = Import("R1,Ashford Foodbank,Cook,yes,open\n");
  EXPECT_EQ(ran.code, ExitCode::kRowsRefused);
  EXPECT_THAT(ran.out, AllOf(HasSubstr("(draft) and went no further"), HasSubstr("ORGANISATION_NOT_ACTIVE")));
  EXPECT_EQ(board.Calls("SubmitOpportunity"), 4);
}

TEST_F(OpportunityImport, WithoutTheRightToApproveItStopsAndSaysSo) {
  organisations.Add("Ashford Foodbank");
  board.RefuseBefore(Fails("ApproveOpportunity", 0, 1000, base::PermissionDenied("Managers approve.")));
  const Ran ran = Import("R1,Ashford Foodbank,Cook,yes,open\n");
  EXPECT_EQ(ran.code, ExitCode::kDenied);
  EXPECT_THAT(ran.out, HasSubstr("0 rows of 1 written"));
  EXPECT_THAT(ran.err, HasSubstr("Managers approve."));
  board.Heal();
  EXPECT_EQ(Import("R1,Ashford Foodbank,Cook,yes,open\n").code, ExitCode::kOk);
  EXPECT_EQ(opportunities.kept.size(), 1u);
}

TEST_F(OpportunityImport, GoesOnWhereItStoppedAndWritesNothingTwice) {
  organisations.Add("Ashford Foodbank");
  for (const char* method : {"CreateOpportunity", "SubmitOpportunity", "ApproveOpportunity"}) {
    SCOPED_TRACE(method);
    opportunities.kept.clear();
    std::string rows;
    for (int i = 0; i < 30; ++i) absl::StrAppend(&rows, method, i, ",Ashford Foodbank,T", i, ",yes,open\n");
    board.RefuseBefore(Fails(method, board.Calls(method) + 9, 1'000'000, base::StoreUnavailable()));
    EXPECT_EQ(Import(rows).code, ExitCode::kUnreachable);
    board.Heal();
    EXPECT_EQ(Import(rows).code, ExitCode::kOk);
    EXPECT_EQ(opportunities.kept.size(), 30u);
    for (const auto& [name, opportunity] : opportunities.kept) {
      EXPECT_EQ(opportunity.state(), Opportunity::STATE_OPEN) << name;
    }
  }
}

TEST_F(OpportunityImport, ARegistryThatIsAwayEndsItBeforeAnythingIsWritten) {
  StopRegistry();
  const Ran ran = Import("R1,Ashford Foodbank,Cook,yes,open\n");
  EXPECT_EQ(ran.code, ExitCode::kUnreachable);
  EXPECT_TRUE(opportunities.kept.empty());
}

TEST_F(OpportunityImport, TheExampleIsAFileThatCanBeImported) {
  organisations.Add("Ashford Foodbank");
  const Ran example = Run({"opportunities", "import", "--example"});
  const Ran ran = Run({"opportunities", "import", Write("example.csv", example.out)});
  EXPECT_EQ(ran.code, ExitCode::kOk) << ran.out << ran.err;
}

}  // namespace
}  // namespace brokerage::cli
