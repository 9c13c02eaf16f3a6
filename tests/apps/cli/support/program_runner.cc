#include "tests/apps/cli/support/program_runner.h"

#include <filesystem>
#include <mutex>
#include <optional>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"

#include "apps/cli/app.h"
#include "base/files.h"
#include "base/ids.h"

namespace brokerage::cli {

Json Ran::json() const {
  Json parsed = Json::parse(out, nullptr, /*allow_exceptions=*/false);
  EXPECT_FALSE(parsed.is_discarded()) << out;
  return parsed;
}

ProgramRunner::ProgramRunner() : folder_(absl::StrCat(testing::TempDir(), "brokerage-cli-", base::MintId())) {
  std::filesystem::create_directories(folder_);
  now = absl::FromUnixSeconds(1795510800);  // 2026-11-24 09:00
}

ProgramRunner::~ProgramRunner() { std::filesystem::remove_all(folder_); }

std::shared_ptr<grpc::Channel> ProgramRunner::NobodysChannel() const {
  return grpc::CreateChannel(absl::StrCat("unix:", folder_, "/nobody"), grpc::InsecureChannelCredentials());
}

Ran ProgramRunner::Run(const std::vector<std::string>& arguments) {
  std::ostringstream out;
  std::ostringstream err;
  std::mutex mutex;
  int connections = 0;
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
        // The program connects to the matching service first.
        return connections++ == 0 ? MatchingChannel() : RegistryChannel();
      }};
  const ExitCode code = RunProgram(arguments, environment);
  return {code, out.str(), err.str()};
}

std::string ProgramRunner::Write(const std::string& name, const std::string& text) const {
  const std::string path = PathOf(name);
  EXPECT_TRUE(base::WriteFileAtomically(path, text, 0600).ok()) << path;
  return path;
}

std::string ProgramRunner::Read(const std::string& path) const {
  return base::ReadFile(path).value_or("(no file)");
}

}  // namespace brokerage::cli
