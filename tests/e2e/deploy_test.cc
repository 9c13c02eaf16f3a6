// deploy/up and deploy/down with the programs of this build: what they print, what they leave alone, and what
// they do when something is already there.
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <string>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <thread>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

#include "base/files.h"
#include "tests/e2e/deployment.h"
#include "tests/support/processes.h"

namespace brokerage::e2e {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

// The console's port, the two services', and their metrics'.
constexpr int kPorts = 13;

std::string Script(const std::string& name) { return std::filesystem::absolute("deploy/" + name).string(); }

std::string LastLine(const std::string& text) {
  const absl::string_view stripped = absl::StripTrailingAsciiWhitespace(text);
  return std::string(stripped.substr(stripped.rfind('\n') + 1));
}

// What deploy/up says of everything but the link that signs in, which is another each time.
nlohmann::json Said(const support::Outcome& up) {
  auto said = nlohmann::json::parse(LastLine(up.output), nullptr, false);
  if (said.is_object()) said.erase("console_sign_in");
  return said;
}

class DeployTest : public ::testing::Test {
 protected:
  // A build folder that holds this build's programs, the demonstration's being `demo`.
  DeployTest() : folder_("deploy test"), base_(support::FreePorts(kPorts)) {
    // What the scripts leave running is this process's to bury.
    ::prctl(PR_SET_CHILD_SUBREAPER, 1);
    for (const auto& [target, path] : {std::pair("services/registry/registry-service", RegistryProgram()),
                                       std::pair("services/matching/matching-service", MatchingProgram()),
                                       std::pair("apps/cli/brokerage", CliProgram()),
                                       std::pair("deploy/brokerage-health", HealthProgram())}) {
      std::filesystem::create_directories(std::filesystem::path(Build() + "/" + target).parent_path());
      std::filesystem::create_symlink(path, Build() + "/" + target);
    }
    std::filesystem::create_directory_symlink(std::filesystem::absolute("build/console"),
                                              Build() + "/console");
    SetDemo("exit 0");
  }

  ~DeployTest() override {
    for (const std::string& data : used_) (void)Down(data);
    while (::waitpid(-1, nullptr, WNOHANG) > 0) {
    }
  }

  std::string Build() const { return folder_.path() + "/build"; }
  std::string Data() const { return folder_.path() + "/data"; }

  // Makes the demonstration the given lines of bash.
  void SetDemo(const std::string& lines) {
    const std::string path = Build() + "/apps/demo/brokerage-demo";
    std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    ASSERT_TRUE(base::WriteFileAtomically(path, absl::StrCat("#!/bin/bash\n", lines, "\n"), 0755).ok());
  }

  support::Outcome Run(std::vector<std::string> argv) {
    auto outcome = support::RunProgram(argv);
    EXPECT_TRUE(outcome.ok()) << outcome.status();
    return outcome.ok() ? *std::move(outcome) : support::Outcome();
  }
  support::Outcome Up(const std::string& data, std::vector<std::string> more) {
    used_.push_back(data);
    std::vector<std::string> argv = {Script("up"), "--build", Build(), "--data", data};
    argv.insert(argv.end(), more.begin(), more.end());
    return Run(std::move(argv));
  }
  support::Outcome UpAtBase(std::vector<std::string> more) {
    more.insert(more.begin(), {"--port-base", absl::StrCat(base_)});
    return Up(Data(), std::move(more));
  }
  support::Outcome Down(const std::string& data) { return Run({Script("down"), "--data", data}); }

  int PidOf(const std::string& service) {
    const auto text = base::ReadFile(Data() + "/run/" + service + ".pid");
    int pid = 0;
    if (text.ok()) (void)absl::SimpleAtoi(std::vector<std::string>(absl::StrSplit(*text, ' '))[0], &pid);
    return pid;
  }

  const support::TemporaryFolder folder_;
  const int base_;
  std::vector<std::string> used_;
};

TEST_F(DeployTest, SaysWhereEverythingIs) {
  const support::Outcome up = UpAtBase({"--no-demo", "--json"});
  ASSERT_EQ(up.ending.exit_code, 0) << up.errors;
  const auto said = nlohmann::json::parse(LastLine(up.output), nullptr, false);
  ASSERT_FALSE(said.is_discarded()) << up.output;
  EXPECT_EQ(said["matching"], absl::StrCat("127.0.0.1:", base_ + 1));
  EXPECT_EQ(said["registry"], absl::StrCat("127.0.0.1:", base_ + 2));
  EXPECT_EQ(said["console"], absl::StrCat("127.0.0.1:", base_));
  EXPECT_THAT(said["console_sign_in"].get<std::string>(),
              StartsWith(absl::StrCat("http://127.0.0.1:", base_, "/sign-in/")));
  EXPECT_EQ(said["data"], Data());
  EXPECT_TRUE(said["credentials"]["partner"].is_null());
  const support::Outcome visit = Run(
      {"/usr/bin/curl", "--silent", "--show-error", "--fail", said["console_sign_in"].get<std::string>()});
  EXPECT_EQ(visit.ending.exit_code, 0) << visit.errors;
  EXPECT_THAT(visit.output, HasSubstr("This link signs you in once."));
  const support::Outcome metrics = Run({"/usr/bin/curl", "--silent", "--show-error", "--fail",
                                        absl::StrCat("http://127.0.0.1:", base_ + 10, "/metrics")});
  EXPECT_EQ(metrics.ending.exit_code, 0) << metrics.errors;
  EXPECT_THAT(metrics.output, HasSubstr("brokerage_console_requests_total"));
  const auto token = base::ReadFile(Data() + "/credentials/lead.token");
  ASSERT_TRUE(token.ok()) << token.status();
  EXPECT_EQ(said["credentials"]["lead"], std::string(absl::StripAsciiWhitespace(*token)));
  EXPECT_EQ(said.size(), 6u);
  EXPECT_EQ(std::filesystem::status(Data()).permissions(), std::filesystem::perms::owner_all);

  // Once more: the same answer, the same processes.
  const int registry = PidOf("registry");
  const int matching = PidOf("matching");
  const int console = PidOf("console");
  const support::Outcome again = Up(Data(), {"--no-demo", "--json"});
  ASSERT_EQ(again.ending.exit_code, 0) << again.errors;
  EXPECT_EQ(Said(again), Said(up));
  EXPECT_THAT(again.errors, HasSubstr("runs already"));
  EXPECT_EQ(PidOf("registry"), registry);
  EXPECT_EQ(PidOf("matching"), matching);
  EXPECT_EQ(PidOf("console"), console);

  // With one of the two gone, that one is started.
  ASSERT_EQ(::kill(matching, SIGKILL), 0);
  ::waitpid(matching, nullptr, 0);
  const support::Outcome mended = Up(Data(), {"--no-demo", "--json"});
  ASSERT_EQ(mended.ending.exit_code, 0) << mended.errors;
  EXPECT_EQ(Said(mended), Said(up));
  EXPECT_EQ(PidOf("registry"), registry);
  EXPECT_NE(PidOf("matching"), matching);

  const support::Outcome moved = Up(Data(), {"--port-base", absl::StrCat(base_ == 20'100 ? 20'200 : 20'100)});
  EXPECT_EQ(moved.ending.exit_code, 1);
  EXPECT_THAT(moved.errors, HasSubstr(absl::StrCat("port base ", base_)));

  EXPECT_EQ(Down(Data()).ending.exit_code, 0);
  ::waitpid(registry, nullptr, 0);
  EXPECT_NE(::kill(registry, 0), 0);
  ::waitpid(console, nullptr, 0);
  EXPECT_NE(::kill(console, 0), 0);
  const support::Outcome twice = Down(Data());
  EXPECT_EQ(twice.ending.exit_code, 0);
  EXPECT_THAT(twice.errors, HasSubstr("was not running"));

  // Started again, everything is where it was: the same secrets and addresses, with another link.
  const support::Outcome later = Up(Data(), {"--no-demo", "--json"});
  ASSERT_EQ(later.ending.exit_code, 0) << later.errors;
  EXPECT_EQ(Said(later), Said(up));
}

TEST_F(DeployTest, NamesABusyPortAndStartsNothing) {
  ASSERT_EQ(UpAtBase({"--no-demo"}).ending.exit_code, 0);
  const std::string other = folder_.path() + "/other";
  const support::Outcome refused = Up(other, {"--no-demo", "--port-base", absl::StrCat(base_)});
  EXPECT_EQ(refused.ending.exit_code, 1);
  EXPECT_THAT(refused.errors,
              HasSubstr(absl::StrCat("deploy/up: port ", base_, ", for the console service")));
  EXPECT_THAT(refused.errors, HasSubstr(absl::StrCat("port ", base_ + 1)));
  EXPECT_THAT(refused.errors, HasSubstr(absl::StrCat("port ", base_ + 2)));
  EXPECT_THAT(refused.errors, HasSubstr(absl::StrCat("registry-service (process ", PidOf("registry"), ")")));
  EXPECT_FALSE(std::filesystem::exists(other + "/run/registry.pid"));
}

TEST_F(DeployTest, ThreeAtOnceStartOneOfEach) {
  std::vector<support::Outcome> outcomes(3);
  std::vector<std::thread> threads;
  used_.push_back(Data());
  for (support::Outcome& outcome : outcomes) {
    threads.emplace_back([&] {
      outcome = Run({Script("up"), "--build", Build(), "--data", Data(), "--no-demo", "--json", "--port-base",
                     absl::StrCat(base_)});
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const support::Outcome& outcome : outcomes) {
    EXPECT_EQ(outcome.ending.exit_code, 0) << outcome.errors;
    EXPECT_EQ(Said(outcome), Said(outcomes[0]));
  }
}

TEST_F(DeployTest, LeavesAProcessAloneThatOnlyHasTheNumber) {
  ASSERT_EQ(UpAtBase({"--no-demo"}).ending.exit_code, 0);
  ASSERT_EQ(Down(Data()).ending.exit_code, 0);
  auto bystander = support::Process::Start({"/bin/sleep", "1000"}, folder_.path() + "/log");
  ASSERT_TRUE(bystander.ok()) << bystander.status();
  ASSERT_TRUE(base::WriteFileAtomically(
                  Data() + "/run/registry.pid",
                  absl::StrCat((*bystander)->pid(), " 1 ",
                               absl::StripAsciiWhitespace(*base::ReadFile("/proc/sys/kernel/random/boot_id")),
                               " 127.0.0.1:1 127.0.0.1:2\n"))
                  .ok());
  const support::Outcome down = Down(Data());
  EXPECT_EQ(down.ending.exit_code, 0);
  EXPECT_THAT(down.errors, HasSubstr("registry service was not running"));
  EXPECT_TRUE((*bystander)->Running());
}

TEST_F(DeployTest, AnInterruptedDemonstrationGoesOnWithTheNextRun) {
  SetDemo("echo \"$*\" >>\"$(dirname \"$0\")/calls\"; exit 1");
  const support::Outcome interrupted = UpAtBase({});
  EXPECT_EQ(interrupted.ending.exit_code, 1);
  EXPECT_THAT(interrupted.errors, HasSubstr("run deploy/up again"));
  SetDemo(
      "echo \"$*\" >>\"$(dirname \"$0\")/calls\"\n"
      "while (($#)); do [[ $1 != --partner-credential-file ]] || echo the-partner >\"$2\"; shift; done");
  const support::Outcome whole = UpAtBase({"--json"});
  EXPECT_EQ(whole.ending.exit_code, 0) << whole.errors;
  EXPECT_EQ(nlohmann::json::parse(LastLine(whole.output))["credentials"]["partner"], "the-partner");
  const auto loads = [&] {
    const std::string calls = *base::ReadFile(Build() + "/apps/demo/calls");
    return std::count(calls.begin(), calls.end(), '\n') -
           static_cast<int>(std::vector<std::string>(absl::StrSplit(calls, "--suggest")).size() - 1);
  };
  EXPECT_EQ(loads(), 2);
  // A county that is there is not loaded again.
  ASSERT_EQ(UpAtBase({}).ending.exit_code, 0);
  EXPECT_EQ(loads(), 2);
}

TEST_F(DeployTest, ANewStoreAnswersTheQuestionThatItSuggests) {
  SetDemo(absl::StrCat("exec '", DemoProgram(),
                       "' --volunteers 300 --opportunities 24 --organisations 12 \"$@\""));
  const support::Outcome up = UpAtBase({});
  ASSERT_EQ(up.ending.exit_code, 0) << up.errors;
  const std::size_t at = up.output.find("Try:\n");
  ASSERT_NE(at, std::string::npos) << up.output;
  std::string command = up.output.substr(at + 5);
  command.resize(command.find('\n'));
  const support::Outcome answer = Run({"/bin/bash", "-c", command + " --json"});
  ASSERT_EQ(answer.ending.exit_code, 0) << command << "\n" << answer.errors;
  const auto list = nlohmann::json::parse(answer.output, nullptr, false);
  ASSERT_FALSE(list.is_discarded()) << answer.output;
  EXPECT_GE(list["matches"].size(), 3u) << answer.output;

  const support::Outcome again = UpAtBase({"--json"});
  ASSERT_EQ(again.ending.exit_code, 0) << again.errors;
  const auto credentials = nlohmann::json::parse(LastLine(again.output))["credentials"];
  EXPECT_TRUE(credentials["partner"].is_string());
  EXPECT_NE(credentials["partner"], credentials["lead"]);
  EXPECT_TRUE(
      nlohmann::json::parse(LastLine(UpAtBase({"--json", "--no-demo"}).output))["credentials"]["partner"]
          .is_null());
}

TEST_F(DeployTest, AStoreThatIsInUseGetsNoDemonstration) {
  ASSERT_EQ(UpAtBase({"--no-demo"}).ending.exit_code, 0);
  SetDemo("exit 1");
  EXPECT_EQ(UpAtBase({}).ending.exit_code, 0);
}

TEST_F(DeployTest, AFolderOfSomethingElseIsLeftAlone) {
  std::filesystem::create_directory(Data());
  ASSERT_TRUE(base::WriteFileAtomically(Data() + "/letter", "Dear Sir\n").ok());
  const auto before = std::filesystem::status(Data()).permissions();
  const support::Outcome refused = UpAtBase({});
  EXPECT_EQ(refused.ending.exit_code, 1);
  EXPECT_THAT(refused.errors, HasSubstr("holds something else"));
  EXPECT_EQ(std::filesystem::status(Data()).permissions(), before);
}

TEST_F(DeployTest, AServiceThatEndsWhileStartingSaysWhy) {
  ASSERT_EQ(UpAtBase({"--no-demo"}).ending.exit_code, 0);
  ASSERT_EQ(Down(Data()).ending.exit_code, 0);
  std::filesystem::remove(Data() + "/credentials/matching-service.token");
  const support::Outcome failed = UpAtBase({"--no-demo"});
  EXPECT_EQ(failed.ending.exit_code, 1);
  EXPECT_THAT(failed.errors, HasSubstr("matching-service.token"));
  EXPECT_THAT(failed.errors, HasSubstr(Data() + "/log/matching.log"));
}

TEST_F(DeployTest, ExplainsItself) {
  for (const char* script : {"up", "down"}) {
    const support::Outcome help = Run({Script(script), "--help"});
    EXPECT_EQ(help.ending.exit_code, 0);
    EXPECT_THAT(help.output, HasSubstr("--data DIR"));
    const support::Outcome wrong = Run({Script(script), "--sideways"});
    EXPECT_EQ(wrong.ending.exit_code, 2);
    EXPECT_THAT(wrong.errors, HasSubstr("--sideways"));
  }
  for (const char* base : {"", "80", "32756", "7450x", "-1"}) {
    EXPECT_EQ(Run({Script("up"), "--port-base", base}).ending.exit_code, 2) << base;
  }
}

}  // namespace
}  // namespace brokerage::e2e
