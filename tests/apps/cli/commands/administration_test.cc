// Credentials, backups, status and places.
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <sys/stat.h>

#include "base/errors.h"
#include "tests/apps/cli/support/program_fixture.h"

namespace brokerage::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class Administration : public ProgramTest {};

TEST_F(Administration, ANewSecretGoesToAFileOfItsOwn) {
  const std::string path = PathOf("jo.token");
  const Ran ran = Run({"credential", "create", "--role", "centre-admin", "--name", "Jo", "--scopes",
                       "match,status.read", "--expires", "2027-03-31", "--centre", "dover", "--out", path});
  EXPECT_EQ(ran.code, ExitCode::kOk) << ran.err;
  EXPECT_EQ(Read(path), "vb_ashford_k2_newly-made\n");
  struct stat info {};
  ASSERT_EQ(::stat(path.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600u);
  EXPECT_THAT(ran.out, AllOf(HasSubstr("centres/dover/credentials/k2"), HasSubstr(path),
                             Not(HasSubstr("newly-made"))));
  const auto& credential = centres.credentials[0];
  EXPECT_EQ(credential.role(), common::v1::ROLE_CENTRE_ADMIN);
  EXPECT_THAT(credential.scopes(), testing::ElementsAre("match", "status.read"));
  EXPECT_EQ(credential.expire_time().seconds(), 1806534000)
      << "the end of that day in London, in summer time";
}

TEST_F(Administration, AnExpiryMayBeANumberOfDays) {
  Run({"credential", "create", "--role", "reader", "--name", "Jo", "--expires", "90d", "--out", PathOf("t")});
  EXPECT_EQ(centres.credentials[0].expire_time().seconds(), absl::ToUnixSeconds(now) + 90 * 86400);
  EXPECT_EQ(Run({"credential", "create", "--role", "reader", "--name", "Jo", "--expires", "soon", "--out",
                 PathOf("u")})
                .code,
            ExitCode::kUsage);
}

TEST_F(Administration, ASecretIsShownOnATerminalOnly) {
  const std::vector<std::string> create = {"credential", "create", "--role", "reader", "--name", "Jo"};
  EXPECT_EQ(Run(create).code, ExitCode::kUsage);
  EXPECT_EQ(board.Calls("CreateCredential"), 0) << "no secret is made that cannot be kept";
  out_is_terminal = true;
  EXPECT_THAT(Run(create).out, HasSubstr("\nvb_ashford_k2_newly-made\n"));
  std::vector<std::string> json = create;
  json.emplace_back("--json");
  EXPECT_EQ(Run(json).code, ExitCode::kUsage);
}

TEST_F(Administration, NoFileIsWrittenOver) {
  const std::string path = Write("there", "precious");
  const Ran ran = Run({"credential", "create", "--role", "reader", "--name", "Jo", "--out", path});
  EXPECT_EQ(ran.code, ExitCode::kFailed);
  EXPECT_EQ(Read(path), "precious");
  EXPECT_EQ(board.Calls("CreateCredential"), 0);
}

TEST_F(Administration, ARefusedCredentialLeavesNoFile) {
  const std::string path = PathOf("lead.token");
  const Ran ran = Run({"credential", "create", "--role", "lead-admin", "--name", "Jo", "--out", path});
  EXPECT_EQ(ran.code, ExitCode::kDenied);
  EXPECT_FALSE(std::filesystem::exists(path));
  EXPECT_EQ(Run({"credential", "create", "--role", "king", "--name", "Jo", "--out", path}).code,
            ExitCode::kUsage);
}

TEST_F(Administration, NoDocumentHoldsASecret) {
  const Ran ran =
      Run({"credential", "create", "--role", "reader", "--name", "Jo", "--out", PathOf("t"), "--json"});
  EXPECT_THAT(ran.out, Not(HasSubstr("newly-made")));
  EXPECT_EQ(ran.json()["credential"]["name"], "centres/ashford/credentials/k2");
  EXPECT_EQ(ran.json()["secret_file"], PathOf("t"));
}

TEST_F(Administration, CredentialsAreListedAndRevoked) {
  Run({"credential", "create", "--role", "reader", "--name", "Jo", "--out", PathOf("t")});
  EXPECT_THAT(Run({"credentials", "list"}).out,
              AllOf(HasSubstr("Jo"), HasSubstr("reader"), HasSubstr("1 credential\n")));
  EXPECT_THAT(Run({"credential", "revoke", "k2"}).out, HasSubstr("lets nobody in any more"));
  EXPECT_EQ(centres.credentials[0].state(), registry::v1::Credential::STATE_REVOKED);
  EXPECT_EQ(Run({"credential", "revoke", "k9"}).code, ExitCode::kNotFound);
}

TEST_F(Administration, BackupsOfBothOrOne) {
  const Ran both = Run({"backup", "create", "--id", "before"});
  EXPECT_EQ(both.code, ExitCode::kOk);
  EXPECT_THAT(both.out, AllOf(HasSubstr("/srv/backups/matching"), HasSubstr("/srv/backups/registry"),
                              HasSubstr("backups/before-matching"), HasSubstr("backups/before-registry"),
                              HasSubstr("once with\n--data DIR --restore-from PATH")));
  const Json one = Run({"backup", "create", "--service", "registry", "--json"}).json();
  EXPECT_FALSE(one.contains("matching"));
  EXPECT_EQ(one["registry"]["path"], "/srv/backups/registry");
  EXPECT_EQ(one["registry"]["name"], "backups/now") << "named by the service";
  EXPECT_THAT(Run({"backup", "create"}).out, HasSubstr("backups/at-20261124-090000-matching"));
}

TEST_F(Administration, ABackupThatFailsIsSaidAndTheOtherIsStillMade) {
  StopMatching();
  const Ran ran = Run({"backup", "create"});
  EXPECT_EQ(ran.code, ExitCode::kUnreachable);
  EXPECT_THAT(ran.err, HasSubstr("the matching service"));
  EXPECT_THAT(ran.out, HasSubstr("/srv/backups/registry"));
}

TEST_F(Administration, StatusOfBothAndHowOldTheViewIs) {
  matching_admin.status.set_serving(true);
  matching_admin.status.set_volunteer_count(20000);
  matching_admin.status.mutable_start_time()->set_seconds(absl::ToUnixSeconds(now) - 3700);
  auto* view = matching_admin.status.mutable_registry_view();
  view->set_seen(true);
  view->set_connected(false);
  view->mutable_age()->set_seconds(125);
  view->set_organisation_count(400);
  registry_admin.status.set_serving(true);
  registry_admin.status.set_organisation_count(400);
  const Ran ran = Run({"status"});
  EXPECT_EQ(ran.code, ExitCode::kOk) << ran.err;
  EXPECT_THAT(ran.out,
              AllOf(HasSubstr("1 h 1 min"), HasSubstr("20,000 volunteers"), HasSubstr("400 organisations"),
                    HasSubstr("does not follow the registry; it last heard it 2 min 5 s ago")));
  EXPECT_EQ(Run({"status", "--json"}).json()["matching"]["registry_view"]["age"], "125s");

  matching_admin.status.clear_registry_view();
  EXPECT_THAT(Run({"status"}).out, HasSubstr("has never heard the registry"));
  registry_admin.status.set_serving(false);
  EXPECT_EQ(Run({"status"}).code, ExitCode::kFailed);
}

TEST_F(Administration, StatusOfTheOneThatAnswers) {
  registry_admin.status.set_serving(true);
  StopMatching();
  const Ran ran = Run({"status"});
  EXPECT_EQ(ran.code, ExitCode::kUnreachable);
  EXPECT_THAT(ran.out, AllOf(HasSubstr("matching  127.0.0.1:7451  no answer"), HasSubstr("serving")));
  EXPECT_EQ(Run({"status", "--json"}).json()["matching"], nullptr);
}

TEST_F(Administration, PlacesAreReadWithoutAnyService) {
  StopMatching();
  StopRegistry();
  variables.clear();
  const std::string file = Write("places.csv",
                                 "postcode,lat,lon,district_code\n"
                                 "TN23 1PL,51.1465,0.8757,E07000105\n"
                                 "TN23 1PM,51.1466,0.8758,E07000105\n");
  const std::string data = PathOf("data");
  const Ran ran = Run({"places", "import", file, "--data", data});
  EXPECT_EQ(ran.code, ExitCode::kOk) << ran.err;
  EXPECT_THAT(ran.out,
              AllOf(HasSubstr("2 postcodes in 2 rows\n"), HasSubstr("SIGHUP"), HasSubstr("OS data")));
  EXPECT_TRUE(std::filesystem::exists(data + "/places/CURRENT"));

  std::filesystem::create_directories(data + "/run");
  Write("data/run/matching.pid", "4711 99 boot 127.0.0.1:7451 127.0.0.1:9464\n");
  EXPECT_THAT(Run({"places", "import", file, "--data", data}).out, HasSubstr("kill -HUP 4711\n"));
}

TEST_F(Administration, FaultyRowsOfPlacesAreListed) {
  const std::string file = Write("places.csv",
                                 "postcode,lat,lon\n"
                                 "TN23 1PL,51.1465,0.8757\n"
                                 "nonsense,51.1465,0.8757\n");
  variables["BROKERAGE_DATA"] = PathOf("data");
  const Ran refused = Run({"places", "import", file});
  EXPECT_EQ(refused.code, ExitCode::kRowsRefused);
  EXPECT_THAT(refused.out, AllOf(HasSubstr("places.csv, line 3: "), HasSubstr("Nothing was written")));
  const Ran kept = Run({"places", "import", file, "--keep-good", "--json"});
  EXPECT_EQ(kept.code, ExitCode::kRowsRefused);
  EXPECT_EQ(kept.json()["postcodes"], 1);
  EXPECT_EQ(kept.json()["faults"][0]["line"], 3);
  EXPECT_NE(kept.json()["path"], "");
}

TEST_F(Administration, PlacesNeedADataFolderAndAFile) {
  EXPECT_EQ(Run({"places", "import", "x.csv"}).code, ExitCode::kUsage);
  const Ran ran = Run({"places", "import", PathOf("nowhere.csv"), "--data", PathOf("data")});
  EXPECT_EQ(ran.code, ExitCode::kFailed);
  EXPECT_THAT(ran.err, HasSubstr("nowhere.csv"));
}

TEST_F(Administration, APostcodeIsLookedUp) {
  const Ran ran = Run({"places", "resolve", "TN23 1PL"});
  EXPECT_EQ(ran.code, ExitCode::kOk);
  EXPECT_THAT(ran.out,
              AllOf(HasSubstr("districts/E07000105"), HasSubstr("precision  sector"), HasSubstr("OS data")));
  EXPECT_EQ(Run({"places", "resolve", "ZZ1 1ZZ"}).code, ExitCode::kNotFound);
}

}  // namespace
}  // namespace brokerage::cli
