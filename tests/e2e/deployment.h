// Both services as they are deployed: the programs themselves, each with its own folder and ports.
#pragma once

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "google/protobuf/text_format.h"

#include "services/rpc/status.h"
#include "tests/support/processes.h"

namespace brokerage::e2e {

// Guards against hanging, measures nothing.
inline constexpr absl::Duration kCallLimit = absl::Seconds(60);

// The programs of this build.
std::string MatchingProgram();
std::string RegistryProgram();
std::string CliProgram();
std::string DemoProgram();
std::string HealthProgram();

// Folders and ports of a deployment of its own; nothing runs until it is started. Every process ends with the
// object.
class Deployment {
 public:
  Deployment();

  // Each returns when the service says that it serves. UNAVAILABLE, with the last lines of its log, when it
  // ends instead.
  absl::Status StartRegistry();
  absl::Status StartMatching();
  absl::Status Start();  // both
  support::Process& registry() { return *registry_; }
  support::Process& matching() { return *matching_; }

  std::string registry_address() const;
  std::string matching_address() const;
  std::string registry_metrics() const;
  std::string matching_metrics() const;
  const std::string& folder() const { return folder_.path(); }
  std::string places() const { return folder() + "/places"; }
  std::string credentials() const { return folder() + "/credentials"; }
  std::string lead_token_file() const { return credentials() + "/lead.token"; }
  // The secret in that file; empty when there is none.
  std::string LeadToken() const;
  // The arguments with which a service is started.
  std::vector<std::string> RegistryArguments() const;
  std::vector<std::string> MatchingArguments() const;

  // New channels, so that no earlier failure makes them wait.
  std::shared_ptr<grpc::Channel> ToRegistry() const;
  std::shared_ptr<grpc::Channel> ToMatching() const;

  // What the services have written so far.
  std::string RegistryLog() const;
  std::string MatchingLog() const;

 private:
  support::TemporaryFolder folder_;
  int port_;
  std::unique_ptr<support::Process> registry_;
  std::unique_ptr<support::Process> matching_;
};

// Calls `method` of `stub` as the holder of `token`.
template <typename Stub, typename Request, typename Response>
absl::StatusOr<Response> Call(Stub& stub,
                              grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                              const Request& request, const std::string& token,
                              absl::Duration limit = kCallLimit) {
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + limit));
  if (!token.empty()) context.AddMetadata("authorization", "Bearer " + token);
  Response response;
  const absl::Status status = rpc::FromGrpc((stub.*method)(&context, request, &response));
  if (!status.ok()) return status;
  return response;
}

// A message from its text; the test ends when the text is wrong.
template <typename Message>
Message FromText(const std::string& text) {
  Message message;
  if (!google::protobuf::TextFormat::ParseFromString(text, &message)) std::abort();
  return message;
}

}  // namespace brokerage::e2e
