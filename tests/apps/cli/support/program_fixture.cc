#include "tests/apps/cli/support/program_fixture.h"

#include <filesystem>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"
#include "grpcpp/server_builder.h"

#include "apps/cli/app.h"
#include "base/files.h"
#include "base/ids.h"

namespace brokerage::cli {
namespace {

constexpr absl::string_view kMatchingAddress = "127.0.0.1:7451";

}  // namespace

Json Ran::json() const {
  Json parsed = Json::parse(out, nullptr, /*allow_exceptions=*/false);
  EXPECT_FALSE(parsed.is_discarded()) << out;
  return parsed;
}

ProgramTest::ProgramTest() : folder_(absl::StrCat(testing::TempDir(), "brokerage-cli-", base::MintId())) {
  std::filesystem::create_directories(folder_);
  now = absl::FromUnixSeconds(1795510800);  // 2026-11-24 09:00
  variables["BROKERAGE_CREDENTIAL_FILE"] = Write("token", absl::StrCat(kGoodToken, "\n"));

  grpc::ServerBuilder matching_builder;
  matching_builder.RegisterService(&volunteers);
  matching_builder.RegisterService(&opportunities);
  matching_builder.RegisterService(&matching);
  matching_builder.RegisterService(&matching_admin);
  matching_server_ = matching_builder.BuildAndStart();
  grpc::ServerBuilder registry_builder;
  registry_builder.RegisterService(&organisations);
  registry_builder.RegisterService(&centres);
  registry_builder.RegisterService(&reference);
  registry_builder.RegisterService(&registry_admin);
  registry_server_ = registry_builder.BuildAndStart();
}

ProgramTest::~ProgramTest() {
  StopMatching();
  StopRegistry();
  std::filesystem::remove_all(folder_);
}

void ProgramTest::StopMatching() { matching_server_.reset(); }

void ProgramTest::StopRegistry() { registry_server_.reset(); }

Ran ProgramTest::Run(const std::vector<std::string>& arguments) {
  std::ostringstream out;
  std::ostringstream err;
  std::mutex mutex;
  const Environment environment{
      .out = out,
      .err = err,
      .out_is_terminal = out_is_terminal,
      .err_is_terminal = false,
      .variable = [&](absl::string_view name) -> std::optional<std::string> {
        const auto found = variables.find(std::string(name));
        if (found == variables.end()) return std::nullopt;
        return found->second;
      },
      .now = [&] { return now; },
      .sleep =
          [&](absl::Duration duration) {
            const std::lock_guard<std::mutex> lock(mutex);
            slept += duration;
          },
      .connect = [&](const Target& target) -> absl::StatusOr<std::shared_ptr<grpc::Channel>> {
        connected.push_back(target);
        grpc::Server* server =
            target.address == kMatchingAddress ? matching_server_.get() : registry_server_.get();
        if (server == nullptr) {
          return grpc::CreateChannel(absl::StrCat("unix:", folder_, "/nobody"),
                                     grpc::InsecureChannelCredentials());
        }
        return server->InProcessChannel({});
      }};
  const ExitCode code = RunProgram(arguments, environment);
  return {code, out.str(), err.str()};
}

std::string ProgramTest::Write(const std::string& name, const std::string& text) const {
  const std::string path = PathOf(name);
  EXPECT_TRUE(base::WriteFileAtomically(path, text, 0600).ok()) << path;
  return path;
}

std::string ProgramTest::Read(const std::string& path) const {
  return base::ReadFile(path).value_or("(no file)");
}

}  // namespace brokerage::cli
