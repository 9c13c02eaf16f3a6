// What every call has in common, through a real stub.

#include "services/rpc/run.h"

#include <functional>
#include <future>
#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>
#include <memory>
#include <thread>

#include "base/errors.h"
#include "base/limits.h"
#include "brokerage/registry/v1/organisation_service.grpc.pb.h"
#include "brokerage/registry/v1/reference_service.grpc.pb.h"
#include "services/rpc/server.h"
#include "services/rpc/status.h"
#include "tests/support/client.h"
#include "tests/support/manual_clock.h"
#include "tests/support/outline.h"

namespace brokerage::rpc {
namespace {

using registry::v1::OrganisationService;
using registry::v1::ReferenceService;
using support::Client;
using support::FieldsOf;
using support::Outline;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

// A method of the contract with a handler that the test gives, on either front: with a thread of its own, or
// without.
struct FakeReference {
  Handler handler = [](const Call&) { return absl::OkStatus(); };
};

class ThreadedReference final : public ReferenceService::Service {
 public:
  ThreadedReference(const Runner& runner, const FakeReference& fake) : runner_(runner), fake_(fake) {}
  grpc::Status ResolvePlace(grpc::ServerContext* context, const registry::v1::ResolvePlaceRequest* request,
                            common::v1::Place* answer) override {
    return runner_.Run(*context, *request, [&](const Call& call) {
      answer->set_postcode(call.caller().credential);
      return fake_.handler(call);
    });
  }

 private:
  const Runner& runner_;
  const FakeReference& fake_;
};

class CallbackReference final
    : public ReferenceService::WithCallbackMethod_ResolvePlace<ReferenceService::Service> {
 public:
  CallbackReference(const Runner& runner, const FakeReference& fake) : runner_(runner), fake_(fake) {}
  grpc::ServerUnaryReactor* ResolvePlace(grpc::CallbackServerContext* context,
                                         const registry::v1::ResolvePlaceRequest* request,
                                         common::v1::Place* answer) override {
    return runner_.Start(*context, *request, nullptr, [this, answer](const Call& call) {
      answer->set_postcode(call.caller().credential);
      return fake_.handler(call);
    });
  }

 private:
  const Runner& runner_;
  const FakeReference& fake_;
};

class FakeOrganisations final : public OrganisationService::Service {
 public:
  explicit FakeOrganisations(const Runner& runner) : runner_(runner) {}
  grpc::Status CreateOrganisation(grpc::ServerContext* context,
                                  const registry::v1::CreateOrganisationRequest* request,
                                  registry::v1::Organisation*) override {
    return runner_.Run(*context, *request, [&](const Call&, base::Violations faults) -> absl::Status {
      faults.Add("organisation.display_name", "is not to the test's liking");
      return faults.ToStatus();
    });
  }
  grpc::Status UpdateOrganisation(grpc::ServerContext* context,
                                  const registry::v1::UpdateOrganisationRequest* request,
                                  registry::v1::Organisation*) override {
    const auto check = [](const Call&, base::Violations& violations) {
      violations.Add("organisation.name", "is not to the test's liking");
    };
    return runner_.Run(*context, *request, check,
                       [&](const Call&) -> absl::Status { return base::Internal(); });
  }

 private:
  const Runner& runner_;
};

enum class Front { kThreads, kCallbacks };

class RunTest : public ::testing::TestWithParam<Front> {
 protected:
  explicit RunTest(Front front = GetParam()) : server_(Serve(front)) {
    directory_.Put({{"centres/a/credentials/one", "centres/a", common::v1::ROLE_MANAGER, {}},
                    HashToken("token"),
                    kNow + absl::Hours(1),
                    false});
  }
  ~RunTest() override { server_->Stop(); }

  static MethodTable Methods() {
    auto table = MethodTable::Build(
        std::vector{registry::v1::ResolvePlaceRequest::descriptor()->file()->service(0),
                    registry::v1::GetOrganisationRequest::descriptor()->file()->service(0)});
    return *std::move(table);
  }

  // As one that resolves a place.
  absl::StatusOr<common::v1::Place> Resolve(const std::string& token = "token") {
    registry::v1::ResolvePlaceRequest request;
    request.set_postcode("TN23 1PL");
    return Client(channel_, token).Call(&ReferenceService::Stub::ResolvePlace, request);
  }

  // The whole of what a client is told.
  static std::string Told(const absl::Status& status) {
    std::string told(status.message());
    for (const auto& [type, bytes] : base::DetailsOf(status)) told += bytes;
    return told;
  }

  static inline const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);
  support::ManualClock clock_{kNow};
  CredentialDirectory directory_;
  Metrics metrics_;
  Runner runner_{Methods(), directory_, clock_, metrics_};
  FakeReference reference_;
  ThreadedReference threaded_{runner_, reference_};
  CallbackReference callbacks_{runner_, reference_};
  FakeOrganisations organisations_{runner_};
  std::unique_ptr<Server> server_;
  std::shared_ptr<grpc::Channel> channel_ = server_->InProcessChannel();

 private:
  std::unique_ptr<Server> Serve(Front front) {
    grpc::Service* const reference =
        front == Front::kThreads ? static_cast<grpc::Service*>(&threaded_) : &callbacks_;
    return *Server::Start({}, {reference, &organisations_}, {}, metrics_);
  }
};
INSTANTIATE_TEST_SUITE_P(Fronts, RunTest, ::testing::Values(Front::kThreads, Front::kCallbacks),
                         [](const auto& front) {
                           return front.param == Front::kThreads ? std::string("Threads")
                                                                 : std::string("Callbacks");
                         });

TEST_P(RunTest, LetsTheCallerInAndSaysWhoItIs) {
  const auto answer = Resolve();
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->postcode(), "centres/a/credentials/one");
}

TEST_P(RunTest, TheClockDecidesWhatHasExpired) {
  clock_.Advance(absl::Hours(1));
  EXPECT_EQ(Outline(Resolve()), "UNAUTHENTICATED CREDENTIAL_INVALID");
}

TEST_P(RunTest, ErrorsTravelWithTheirDetails) {
  reference_.handler = [](const Call&) {
    return base::StateNotAllowed("Suspend", "STATE_DELETED", {"STATE_ACTIVE"});
  };
  const auto answer = Resolve();
  EXPECT_EQ(Outline(answer), "FAILED_PRECONDITION STATE_NOT_ALLOWED");
  EXPECT_THAT(Told(answer.status()), HasSubstr("STATE_ACTIVE"));
}

TEST_P(RunTest, RetryInfoTravelsToo) {
  reference_.handler = [](const Call&) { return base::StoreUnavailable(); };
  const auto details = base::DetailsOf(Resolve().status());
  EXPECT_TRUE(std::any_of(details.begin(), details.end(), [](const auto& detail) {
    return detail.first == "type.googleapis.com/google.rpc.RetryInfo";
  }));
}

TEST_P(RunTest, WhatNobodyMintedIsInternalAndHidesItsWords) {
  for (const absl::Status& status :
       {absl::InternalError("secret words"), absl::NotFoundError("secret words"),
        absl::UnknownError("secret words"), absl::InvalidArgumentError("secret words"),
        absl::DataLossError("secret words")}) {
    reference_.handler = [&](const Call&) { return status; };
    const auto answer = Resolve();
    EXPECT_EQ(Outline(answer), "INTERNAL INTERNAL");
    EXPECT_THAT(Told(answer.status()), Not(HasSubstr("secret")));
  }
}

TEST_P(RunTest, AFaultyRequestNeverReachesTheHandler) {
  bool reached = false;
  reference_.handler = [&](const Call&) {
    reached = true;
    return absl::OkStatus();
  };
  registry::v1::ResolvePlaceRequest request;
  request.set_postcode(std::string(17, 'A'));
  const auto answer = Client(channel_, "token").Call(&ReferenceService::Stub::ResolvePlace, request);
  EXPECT_EQ(Outline(answer), "INVALID_ARGUMENT INVALID_FIELDS");
  EXPECT_THAT(FieldsOf(answer.status()), ElementsAre("postcode"));
  EXPECT_FALSE(reached);
}

TEST_P(RunTest, WhoMayNotCallLearnsNothingOfItsFaults) {
  registry::v1::ResolvePlaceRequest request;
  request.set_postcode(std::string(17, 'A'));
  EXPECT_EQ(Outline(Client(channel_, "").Call(&ReferenceService::Stub::ResolvePlace, request)),
            "UNAUTHENTICATED CREDENTIAL_MISSING");
}

TEST_P(RunTest, AHandlersFaultsComeTogetherWithTheRequests) {
  registry::v1::CreateOrganisationRequest create;
  create.mutable_organisation();
  create.set_request_id("no uuid");
  EXPECT_THAT(
      FieldsOf(
          Client(channel_, "token").Call(&OrganisationService::Stub::CreateOrganisation, create).status()),
      ElementsAre("request_id", "organisation.display_name"));
  registry::v1::UpdateOrganisationRequest update;
  update.mutable_organisation();
  update.set_request_id("no uuid");
  EXPECT_THAT(
      FieldsOf(
          Client(channel_, "token").Call(&OrganisationService::Stub::UpdateOrganisation, update).status()),
      ElementsAre("request_id", "organisation.name"));
}

TEST_P(RunTest, OneCallHasOneMoment) {
  absl::Time first;
  absl::Time second;
  reference_.handler = [&](const Call& call) {
    first = call.now();
    clock_.Advance(absl::Hours(1));
    second = call.now();
    return absl::OkStatus();
  };
  ASSERT_TRUE(Resolve().ok());
  EXPECT_EQ(first, kNow);
  EXPECT_EQ(second, kNow);
}

TEST_P(RunTest, TheCallersDeadlineIsTheCalls) {
  absl::Time deadline;
  reference_.handler = [&](const Call& call) {
    deadline = call.deadline();
    return absl::OkStatus();
  };
  const absl::Time before = absl::Now();
  ASSERT_TRUE(Resolve().ok());
  EXPECT_GE(deadline, before + base::kDefaultDeadline) << "without one, the default";
  EXPECT_LE(deadline, absl::Now() + base::kDefaultDeadline);

  grpc::ClientContext context;
  context.AddMetadata("authorization", "Bearer token");
  const absl::Time asked = absl::Now() + absl::Hours(5);
  context.set_deadline(absl::ToChronoTime(asked));
  registry::v1::ResolvePlaceRequest request;
  request.set_postcode("TN23 1PL");
  common::v1::Place answer;
  ASSERT_TRUE(ReferenceService::Stub(channel_).ResolvePlace(&context, request, &answer).ok());
  EXPECT_LT(absl::AbsDuration(deadline - asked), absl::Minutes(1));
}

TEST_P(RunTest, ACallersGoingIsNoticed) {
  std::promise<void> begun;
  std::promise<void> ended;
  reference_.handler = [&](const Call& call) -> absl::Status {
    begun.set_value();
    while (!call.IsCancelled()) std::this_thread::yield();
    ended.set_value();
    return base::Cancelled();
  };
  grpc::ClientContext context;
  context.AddMetadata("authorization", "Bearer token");
  std::thread client([&] {
    registry::v1::ResolvePlaceRequest request;
    request.set_postcode("TN23 1PL");
    common::v1::Place answer;
    EXPECT_EQ(ReferenceService::Stub(channel_).ResolvePlace(&context, request, &answer).error_code(),
              grpc::StatusCode::CANCELLED);
  });
  begun.get_future().wait();
  context.TryCancel();
  ended.get_future().wait();
  client.join();
}

TEST_P(RunTest, AMethodThatTheTableLacksIsOurFault) {
  const Runner lacking(MethodTable(), directory_, clock_, metrics_);
  grpc::ServerContext context;
  const auto status = FromGrpc(lacking.Run(context, registry::v1::ResolvePlaceRequest(),
                                           [](const Call&) { return absl::OkStatus(); }));
  EXPECT_EQ(Outline(status), "INTERNAL INTERNAL");
}

TEST(Status, ComesBackAsItWas) {
  base::Violations violations;
  violations.Add("a.b[2]", "is wrong");
  for (const absl::Status& status :
       {violations.ToStatus(), base::StoreFull(), base::SecretAlreadyShown("centres/a/credentials/b")}) {
    EXPECT_EQ(FromGrpc(ToGrpc(status)), status);
  }
  EXPECT_TRUE(ToGrpc(absl::OkStatus()).ok());
  EXPECT_TRUE(FromGrpc(grpc::Status::OK).ok());
}

}  // namespace
}  // namespace brokerage::rpc
