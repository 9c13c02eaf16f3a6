// Lists and single records, and what every command has in common.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

#include "base/errors.h"
#include "base/files.h"
#include "tests/apps/cli/support/program_fixture.h"

namespace brokerage::cli {
namespace {

using matching::v1::Volunteer;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class Records : public ProgramTest {
 protected:
  void AddVolunteers(int count) {
    for (int i = 0; i < count; ++i) {
      Volunteer volunteer;
      volunteer.set_name(absl::StrCat("centres/ashford/volunteers/v", 1000 + i));
      volunteer.set_display_name(absl::StrCat("Person ", i));
      volunteer.set_state(Volunteer::STATE_SEARCHING);
      volunteer.mutable_home()->set_district("districts/E07000105");
      volunteers.kept[volunteer.name()] = volunteer;
    }
  }
};

TEST_F(Records, AListIsATable) {
  AddVolunteers(2);
  const Ran ran = Run({"volunteers", "list"});
  EXPECT_EQ(ran.code, ExitCode::kOk);
  EXPECT_EQ(ran.out,
            "NAME                              CALLED    STATE      DISTRICT   SHARING      UPDATED\n"
            "centres/ashford/volunteers/v1000  Person 0  searching  E07000105  unspecified\n"
            "centres/ashford/volunteers/v1001  Person 1  searching  E07000105  unspecified\n"
            "2 volunteers\n");
  EXPECT_EQ(ran.err, "");
}

TEST_F(Records, AListSaysHowToSeeMore) {
  AddVolunteers(3);
  const Ran first = Run({"volunteer", "list", "--page-size", "2"});
  EXPECT_THAT(first.out, AllOf(HasSubstr("v1001"), Not(HasSubstr("v1002")),
                               HasSubstr("2 volunteers; more with --all, or with --page-token 2\n")));
  const Ran second = Run({"volunteers", "list", "--page-size", "2", "--page-token", "2"});
  EXPECT_THAT(second.out, AllOf(HasSubstr("v1002"), HasSubstr("1 volunteer\n")));
}

TEST_F(Records, AllPagesAreOneDocument) {
  AddVolunteers(2500);
  const Ran ran = Run({"--json", "volunteers", "list", "--all"});
  EXPECT_EQ(ran.json()["volunteers"].size(), 2500u);
  EXPECT_EQ(ran.json()["next_page_token"], "");
  EXPECT_EQ(board.Calls("ListVolunteers"), 3);
}

TEST_F(Records, FilterOrderAndCentreAreSent) {
  EXPECT_EQ(Run({"volunteers", "list", "--filter", "state=SEARCHING", "--order-by", "update_time desc",
                 "--centre", "-"})
                .code,
            ExitCode::kOk);
  EXPECT_EQ(volunteers.last_list.filter(), "state=SEARCHING");
  EXPECT_EQ(volunteers.last_list.order_by(), "update_time desc");
  EXPECT_EQ(volunteers.last_list.parent(), "centres/-");
  EXPECT_EQ(volunteers.last_list.page_size(), 50);
  variables["BROKERAGE_CENTRE"] = "canterbury";
  Run({"volunteers", "list"});
  EXPECT_EQ(volunteers.last_list.parent(), "centres/canterbury");
}

TEST_F(Records, OneRecordByItsNameOrItsLastSegment) {
  AddVolunteers(1);
  for (const char* name : {"v1000", "centres/ashford/volunteers/v1000"}) {
    const Ran ran = Run({"volunteers", "get", name});
    EXPECT_EQ(ran.code, ExitCode::kOk);
    EXPECT_THAT(ran.out, HasSubstr("display_name   Person 0\n"));
  }
  EXPECT_EQ(Run({"volunteers", "get", "v1000", "--json"}).json()["display_name"], "Person 0");
}

TEST_F(Records, OpportunitiesOrganisationsAndCentres) {
  matching::v1::Opportunity opportunity;
  opportunity.set_name("centres/ashford/opportunities/o1");
  opportunity.set_title("Cook");
  opportunity.set_remote(true);
  opportunity.set_places(3);
  opportunities.kept[opportunity.name()] = opportunity;
  EXPECT_THAT(Run({"opportunities", "list"}).out,
              AllOf(HasSubstr("Cook"), HasSubstr("0 of 3"), HasSubstr("remote")));
  EXPECT_THAT(Run({"opportunities", "get", "o1"}).out, HasSubstr("title"));

  organisations.Add("Ashford Foodbank", "GB-CHC-1");
  EXPECT_THAT(Run({"organisations", "list", "--filter", "identifier=GB-CHC-1"}).out,
              AllOf(HasSubstr("Ashford Foodbank"), HasSubstr("charity"), HasSubstr("1 organisation\n")));
  EXPECT_THAT(Run({"organisations", "get", "n1"}).out, HasSubstr("GB-CHC-1"));

  EXPECT_THAT(Run({"centres", "list"}).out, HasSubstr("yes   E07000105, E07000113"));
  EXPECT_THAT(Run({"centre", "get", "ashford"}).out, HasSubstr("Ashford Volunteer Centre"));
}

TEST_F(Records, WhatIsNotThereIsNotFound) {
  const Ran ran = Run({"volunteers", "get", "nobody"});
  EXPECT_EQ(ran.code, ExitCode::kNotFound);
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(ran.err,
            "brokerage: There is no centres/ashford/volunteers/nobody.\n"
            "  (NOT_FOUND, NOT_FOUND)\n"
            "  It does not exist, or it belongs to another centre and is not shared with yours.\n");
}

TEST_F(Records, EveryFaultOfARequestIsShown) {
  const Ran ran = Run({"volunteers", "list", "--filter", "nonsense"});
  EXPECT_EQ(ran.code, ExitCode::kFailed);
  EXPECT_EQ(ran.err,
            "brokerage: the request was refused: 1 fault\n"
            "  filter: must be terms like state=OPEN\n"
            "  (INVALID_ARGUMENT, INVALID_FIELDS)\n");
  const Ran json = Run({"volunteers", "list", "--filter", "nonsense", "--json"});
  const Json error = Json::parse(json.err)["error"];
  EXPECT_EQ(error["code"], "INVALID_ARGUMENT");
  EXPECT_EQ(error["reason"], "INVALID_FIELDS");
  EXPECT_EQ(error["fields"][0]["field"], "filter");
  EXPECT_EQ(json.out, "");
}

TEST_F(Records, AServiceThatDoesNotAnswer) {
  StopMatching();
  const Ran ran = Run({"volunteers", "list"});
  EXPECT_EQ(ran.code, ExitCode::kUnreachable);
  EXPECT_THAT(ran.err, HasSubstr("Does the service run?"));
}

TEST_F(Records, ACredentialThatIsNotLetIn) {
  variables["BROKERAGE_CREDENTIAL_FILE"] = Write("wrong", "vb_ashford_k9_wrong");
  EXPECT_EQ(Run({"volunteers", "list"}).code, ExitCode::kDenied);
}

TEST_F(Records, TheCredentialIsWhereItIsSaidToBe) {
  const std::string good = variables["BROKERAGE_CREDENTIAL_FILE"];
  variables.clear();
  EXPECT_EQ(Run({"volunteers", "list"}).code, ExitCode::kDenied) << "nothing says where";
  EXPECT_EQ(Run({"volunteers", "list", "--credential-file", good}).code, ExitCode::kOk);
  EXPECT_EQ(Run({"--credential-file", PathOf("nowhere"), "volunteers", "list"}).code, ExitCode::kDenied);

  std::filesystem::create_directories(PathOf("data/credentials"));
  Write("data/credentials/lead.token", std::string(kGoodToken));
  variables["BROKERAGE_DATA"] = PathOf("data");
  EXPECT_EQ(Run({"volunteers", "list"}).code, ExitCode::kOk);

  std::filesystem::create_directories(PathOf("home/.config/brokerage"));
  Write("home/.config/brokerage/token", std::string(kGoodToken));
  variables.clear();
  variables["HOME"] = PathOf("home");
  EXPECT_EQ(Run({"volunteers", "list"}).code, ExitCode::kOk);
}

TEST_F(Records, ACredentialThatOthersMayReadIsMentioned) {
  const std::string path = PathOf("open");
  ASSERT_TRUE(base::WriteFileAtomically(path, kGoodToken, 0644).ok());
  const Ran ran = Run({"volunteers", "list", "--credential-file", path});
  EXPECT_EQ(ran.code, ExitCode::kOk);
  EXPECT_THAT(ran.err, HasSubstr("other users of this machine can read"));
}

TEST_F(Records, AddressesComeFromOptionsThenTheEnvironment) {
  Run({"volunteers", "list"});
  EXPECT_EQ(connected[0].address, "127.0.0.1:7451");
  EXPECT_EQ(connected[1].address, "127.0.0.1:7452");
  variables["BROKERAGE_REGISTRY"] = "registry.example.org:443";
  variables["BROKERAGE_TLS_CA"] = "/etc/ca.pem";
  connected.clear();
  Run({"volunteers", "list", "--registry", "127.0.0.1:9", "--plaintext"});
  EXPECT_EQ(connected[1].address, "127.0.0.1:9");
  EXPECT_EQ(connected[1].ca_file, "/etc/ca.pem");
  EXPECT_TRUE(connected[1].allow_plaintext);
  connected.clear();
  Run({"volunteers", "list"});
  EXPECT_EQ(connected[1].address, "registry.example.org:443");
  EXPECT_FALSE(connected[1].allow_plaintext);
}

TEST_F(Records, ACommandLineThatIsWrongIsSaidToBe) {
  const std::vector<std::vector<std::string>> cases = {{},
                                                       {"volunteers"},
                                                       {"fly"},
                                                       {"volunteers", "list", "--page-size", "0"},
                                                       {"volunteers", "list", "--page-size", "1001"},
                                                       {"volunteers", "list", "--nonsense"},
                                                       {"volunteers", "get"},
                                                       {"volunteers", "get", "a/b"},
                                                       {"volunteers", "list", "--centre", "No Centre"},
                                                       {"volunteers", "import"},
                                                       {"match", "volunteers"},
                                                       {"match", "volunteers", "o1", "--limit", "0"},
                                                       {"match", "volunteers", "o1", "--weights", "a/b"},
                                                       {"explain", "v1"},
                                                       {"backup", "create", "--service", "moon"},
                                                       {"--timeout", "0", "status"}};
  for (const auto& arguments : cases) {
    const Ran ran = Run(arguments);
    EXPECT_EQ(ran.code, ExitCode::kUsage) << testing::PrintToString(arguments);
    EXPECT_NE(ran.err, "") << testing::PrintToString(arguments);
    EXPECT_EQ(ran.out, "") << testing::PrintToString(arguments);
  }
}

TEST_F(Records, EveryCommandTeachesByExample) {
  const std::vector<std::vector<std::string>> commands = {{},
                                                          {"match"},
                                                          {"match", "volunteers"},
                                                          {"match", "opportunities"},
                                                          {"explain"},
                                                          {"volunteers"},
                                                          {"volunteers", "list"},
                                                          {"volunteers", "get"},
                                                          {"volunteers", "import"},
                                                          {"opportunities", "list"},
                                                          {"opportunities", "get"},
                                                          {"opportunities", "import"},
                                                          {"organisations", "list"},
                                                          {"organisations", "get"},
                                                          {"organisations", "import"},
                                                          {"centres", "list"},
                                                          {"centres", "get"},
                                                          {"credential", "create"},
                                                          {"credential", "list"},
                                                          {"credential", "revoke"},
                                                          {"places", "import"},
                                                          {"places", "resolve"},
                                                          {"backup", "create"},
                                                          {"status"}};
  for (std::vector<std::string> command : commands) {
    command.emplace_back("--help");
    const Ran ran = Run(command);
    EXPECT_EQ(ran.code, ExitCode::kOk) << testing::PrintToString(command);
    EXPECT_THAT(ran.out,
                AllOf(HasSubstr("Usage: brokerage"), HasSubstr("Example"), HasSubstr("\n  brokerage ")))
        << testing::PrintToString(command);
    EXPECT_EQ(ran.err, "");
  }
  EXPECT_THAT(Run({"--version"}).out, testing::MatchesRegex("brokerage [0-9.]+\n"));
}

}  // namespace
}  // namespace brokerage::cli
