#include "apps/cli/client/client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <vector>

#include "grpcpp/server.h"
#include "grpcpp/server_builder.h"

#include "apps/cli/client/exit_code.h"
#include "apps/cli/client/status.h"
#include "base/errors.h"
#include "services/rpc/status.h"

namespace brokerage::cli {
namespace {

using testing::ElementsAre;

TEST(Status, KeepsCodeMessageAndDetails) {
  base::Violations violations;
  violations.Add("volunteer.display_name", "is required");
  violations.Add("volunteer.home", "is nowhere");
  const absl::Status status = FromGrpc(rpc::ToGrpc(violations.ToStatus()));
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(base::ReasonOf(status), base::reason::kInvalidFields);
  ASSERT_EQ(base::BadRequestOf(status).field_violations_size(), 2);
  EXPECT_EQ(base::BadRequestOf(status).field_violations(1).field(), "volunteer.home");
  EXPECT_TRUE(FromGrpc(grpc::Status::OK).ok());
  EXPECT_EQ(FromGrpc(grpc::Status(grpc::StatusCode::UNAVAILABLE, "")).message(), "UNAVAILABLE")
      << "there is always something to show";
}

TEST(Status, WhatIsWorthRetrying) {
  const std::pair<absl::Status, bool> cases[] = {
      {absl::UnavailableError("connection refused"), true},
      {base::OutcomeUnknown(), true},
      {base::NotYetVisible(), true},
      {base::ConcurrentChange("x"), true},
      {base::ResourceExhausted("RATE", "slow down"), true},
      {absl::ResourceExhaustedError("too large"), false},
      {base::EtagMismatch("x"), false},
      {absl::DeadlineExceededError("late"), false},
      {base::NotFound("x"), false},
      {base::InvalidField("x", "y"), false},
      {base::CredentialInvalid(), false},
      {absl::InternalError("x"), false},
      {absl::OkStatus(), false},
  };
  for (const auto& [status, expected] : cases) EXPECT_EQ(IsWorthRetrying(status), expected) << status;
}

TEST(Status, PausesDoubleUpToALimitAndHeedTheService) {
  RetryPolicy policy;
  policy.first_pause = absl::Milliseconds(200);
  policy.longest_pause = absl::Seconds(1);
  const absl::Status plain = absl::UnavailableError("x");
  EXPECT_EQ(PauseAfter(1, plain, policy), absl::Milliseconds(200));
  EXPECT_EQ(PauseAfter(2, plain, policy), absl::Milliseconds(400));
  EXPECT_EQ(PauseAfter(4, plain, policy), absl::Seconds(1));
  EXPECT_EQ(PauseAfter(40, plain, policy), absl::Seconds(1));
  EXPECT_EQ(PauseAfter(1, base::OutcomeUnknown(), policy), absl::Milliseconds(500));
  EXPECT_EQ(PauseAfter(1, base::StoreFull(), policy), absl::Seconds(1))
      << "thirty are more than anyone waits";
}

TEST(ExitCodes, ByWhatEndedTheCommand) {
  const std::pair<absl::Status, ExitCode> cases[] = {
      {absl::OkStatus(), ExitCode::kOk},
      {base::InvalidField("x", "y"), ExitCode::kFailed},
      {base::EtagMismatch("x"), ExitCode::kFailed},
      {absl::InternalError("x"), ExitCode::kFailed},
      {base::OutcomeUnknown(), ExitCode::kUnreachable},
      {absl::DeadlineExceededError("x"), ExitCode::kUnreachable},
      {base::CredentialMissing(), ExitCode::kDenied},
      {base::ScopeMissing("x"), ExitCode::kDenied},
      {base::NotFound("x"), ExitCode::kNotFound},
      {AsFileError(base::NotFound("x")), ExitCode::kFailed},
  };
  for (const auto& [status, expected] : cases) EXPECT_EQ(ExitCodeOf(status), expected) << status;
}

// Answers what it is told to, call by call.
class Scripted final : public matching::v1::AdminService::Service {
 public:
  grpc::Status GetStatus(grpc::ServerContext* context, const matching::v1::GetStatusRequest*,
                         matching::v1::ServiceStatus* answer) override {
    const auto found = context->client_metadata().find("authorization");
    authorization = std::string(found->second.data(), found->second.size());
    deadline = absl::FromChrono(context->deadline());
    const absl::Status status = calls < script.size() ? script[calls] : absl::OkStatus();
    ++calls;
    answer->set_service("matching");
    return status.ok() ? grpc::Status::OK : rpc::ToGrpc(status);
  }

  std::vector<absl::Status> script;
  std::size_t calls = 0;
  std::string authorization;
  absl::Time deadline;
};

class ClientTest : public testing::Test {
 protected:
  ClientTest() {
    grpc::ServerBuilder builder;
    builder.RegisterService(&service);
    server_ = builder.BuildAndStart();
    const auto channel = server_->InProcessChannel({});
    client = std::make_unique<Client>(channel, channel, "a-token", absl::Seconds(60),
                                      [this](absl::Duration pause) { pauses.push_back(pause); });
  }

  absl::StatusOr<matching::v1::ServiceStatus> Call(const RetryPolicy& policy = {}) {
    return client->Call(*client->stubs().matching_admin, &StubOf<matching::v1::AdminService>::GetStatus, {},
                        policy);
  }

  Scripted service;
  std::unique_ptr<Client> client;
  std::vector<absl::Duration> pauses;

 private:
  std::unique_ptr<grpc::Server> server_;
};

TEST_F(ClientTest, SendsTheTokenAndADeadline) {
  ASSERT_TRUE(Call().ok());
  EXPECT_EQ(service.authorization, "Bearer a-token");
  EXPECT_LT(service.deadline, absl::Now() + absl::Seconds(61));
}

TEST_F(ClientTest, DoesNotRetryUnlessItMay) {
  service.script = {base::OutcomeUnknown()};
  EXPECT_EQ(base::ReasonOf(Call().status()), base::reason::kOutcomeUnknown);
  EXPECT_EQ(service.calls, 1u);
  EXPECT_TRUE(pauses.empty());
}

TEST_F(ClientTest, RetriesAsOftenAsItMay) {
  RetryPolicy policy;
  policy.attempts = 3;
  service.script = {base::StoreUnavailable(), base::ConcurrentChange("x")};
  EXPECT_TRUE(Call(policy).ok());
  EXPECT_THAT(pauses, ElementsAre(absl::Milliseconds(500), absl::Milliseconds(400)));

  service.calls = 0;
  service.script.assign(5, base::StoreUnavailable());
  EXPECT_FALSE(Call(policy).ok());
  EXPECT_EQ(service.calls, 3u);
}

TEST_F(ClientTest, RetriesFurtherErrorsTheirOwnNumberOfTimes) {
  RetryPolicy policy;
  policy.attempts = 10;
  policy.also = [](const absl::Status& status) { return base::ReasonOf(status) == base::reason::kNotFound; };
  policy.also_attempts = 2;
  service.script.assign(5, base::NotFound("x"));
  EXPECT_FALSE(Call(policy).ok());
  EXPECT_EQ(service.calls, 2u);
}

}  // namespace
}  // namespace brokerage::cli
