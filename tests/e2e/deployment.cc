#include "tests/e2e/deployment.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "grpc/health/v1/health.grpc.pb.h"

#include "base/files.h"

namespace brokerage::e2e {
namespace {

using grpc::health::v1::Health;
using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;

constexpr int kPause = 10;  // milliseconds
constexpr std::size_t kLastLines = 20;

std::string Local(int port) { return absl::StrCat("127.0.0.1:", port); }

std::shared_ptr<grpc::Channel> Connect(const std::string& address) {
  grpc::ChannelArguments arguments;
  for (const char* backoff : {GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, GRPC_ARG_MIN_RECONNECT_BACKOFF_MS,
                              GRPC_ARG_MAX_RECONNECT_BACKOFF_MS}) {
    arguments.SetInt(backoff, kPause);
  }
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  return grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments);
}

std::string TextOf(const std::string& path) {
  auto text = base::ReadFile(path);
  return text.ok() ? *std::move(text) : std::string();
}

std::string LastLines(const std::string& text) {
  std::vector<std::string> lines = absl::StrSplit(text, '\n');
  if (lines.size() > kLastLines) lines.erase(lines.begin(), lines.end() - kLastLines);
  return absl::StrJoin(lines, "\n");
}

// Waits until `process` serves at `address`.
absl::Status WaitUntilServing(support::Process& process, const std::string& address, const std::string& log) {
  const auto health = Health::NewStub(Connect(address));
  const absl::Time until = absl::Now() + kCallLimit;
  while (process.Running() && absl::Now() < until) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(1));
    context.set_wait_for_ready(true);
    HealthCheckResponse response;
    const grpc::Status status = health->Check(&context, HealthCheckRequest(), &response);
    if (status.ok() && response.status() == HealthCheckResponse::SERVING) return absl::OkStatus();
    std::this_thread::sleep_for(std::chrono::milliseconds(kPause));
  }
  return absl::UnavailableError(absl::StrCat(address, " does not serve:\n", LastLines(TextOf(log))));
}

absl::StatusOr<std::unique_ptr<support::Process>> StartService(const std::vector<std::string>& arguments,
                                                               const std::string& address,
                                                               const std::string& log) {
  auto process = support::Process::Start(arguments, log);
  if (!process.ok()) return process.status();
  if (auto serving = WaitUntilServing(**process, address, log); !serving.ok()) return serving;
  return process;
}

}  // namespace

std::string MatchingProgram() { return BROKERAGE_MATCHING_PROGRAM; }
std::string RegistryProgram() { return BROKERAGE_REGISTRY_PROGRAM; }
std::string CliProgram() { return BROKERAGE_CLI_PROGRAM; }
std::string DemoProgram() { return BROKERAGE_DEMO_PROGRAM; }
std::string HealthProgram() { return BROKERAGE_HEALTH_PROGRAM; }

Deployment::Deployment() : folder_("e2e"), port_(support::FreePorts(4)) {
  for (const char* name :
       {"registry", "matching", "places", "backups/registry", "backups/matching", "credentials"}) {
    std::filesystem::create_directories(folder() + "/" + name);
  }
}

std::string Deployment::registry_address() const { return Local(port_); }
std::string Deployment::matching_address() const { return Local(port_ + 1); }
std::string Deployment::registry_metrics() const { return Local(port_ + 2); }
std::string Deployment::matching_metrics() const { return Local(port_ + 3); }

std::string Deployment::LeadToken() const {
  return std::string(absl::StripAsciiWhitespace(TextOf(lead_token_file())));
}

std::vector<std::string> Deployment::RegistryArguments() const {
  return {RegistryProgram(),
          "--listen",
          registry_address(),
          "--metrics",
          registry_metrics(),
          "--data",
          folder() + "/registry",
          "--places",
          places(),
          "--backups",
          folder() + "/backups/registry",
          "--credentials-dir",
          credentials(),
          "--lead-centre",
          "ashford"};
}

std::vector<std::string> Deployment::MatchingArguments() const {
  return {MatchingProgram(),
          "--listen",
          matching_address(),
          "--metrics",
          matching_metrics(),
          "--data",
          folder() + "/matching",
          "--places",
          places(),
          "--backups",
          folder() + "/backups/matching",
          "--registry",
          registry_address(),
          "--credential-file",
          credentials() + "/matching-service.token"};
}

absl::Status Deployment::StartRegistry() {
  registry_.reset();
  auto started = StartService(RegistryArguments(), registry_address(), folder() + "/registry.log");
  if (!started.ok()) return started.status();
  registry_ = *std::move(started);
  return absl::OkStatus();
}

absl::Status Deployment::StartMatching() {
  matching_.reset();
  auto started = StartService(MatchingArguments(), matching_address(), folder() + "/matching.log");
  if (!started.ok()) return started.status();
  matching_ = *std::move(started);
  return absl::OkStatus();
}

absl::Status Deployment::Start() {
  if (auto status = StartRegistry(); !status.ok()) return status;
  return StartMatching();
}

std::shared_ptr<grpc::Channel> Deployment::ToRegistry() const { return Connect(registry_address()); }
std::shared_ptr<grpc::Channel> Deployment::ToMatching() const { return Connect(matching_address()); }

std::string Deployment::RegistryLog() const { return TextOf(folder() + "/registry.log"); }
std::string Deployment::MatchingLog() const { return TextOf(folder() + "/matching.log"); }

}  // namespace brokerage::e2e
