// Calls that wait without a thread, through a real stub.
#include <atomic>
#include <functional>
#include <future>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "base/errors.h"
#include "brokerage/registry/v1/reference_service.grpc.pb.h"
#include "services/rpc/run.h"
#include "services/rpc/server.h"
#include "services/rpc/status.h"
#include "services/rpc/waiting.h"
#include "tests/support/manual_clock.h"
#include "tests/support/outline.h"

namespace brokerage::rpc {
namespace {

using registry::v1::ReferenceService;
using support::Outline;

// Answers once the test's revision has reached what it is told to wait for.
class WaitingReference final
    : public ReferenceService::WithCallbackMethod_ResolvePlace<ReferenceService::Service> {
 public:
  WaitingReference(const Runner& runner, News& news) : runner_(runner), news_(news) {}

  grpc::ServerUnaryReactor* ResolvePlace(grpc::CallbackServerContext* context,
                                         const registry::v1::ResolvePlaceRequest* request,
                                         common::v1::Place* answer) override {
    return runner_.Start(*context, *request, nullptr, [this, answer](const Call& call) -> absl::Status {
      ++runs;
      for (const int wanted : wants) {
        if (revision >= wanted) continue;
        if (!call.parking()->over())
          call.parking()->Park({&news_, [this, wanted] { return revision >= wanted; }, deadline});
        return base::NotYetVisible();
      }
      answer->set_postcode(call.caller().credential);
      return absl::OkStatus();
    });
  }

  std::atomic<int> revision{0};
  std::atomic<int> runs{0};
  std::vector<int> wants{1};  // one after the other
  absl::Time deadline = absl::Now() + absl::Hours(1);

 private:
  const Runner& runner_;
  News& news_;
};

class WaitingCallTest : public ::testing::Test {
 protected:
  struct Asked {
    grpc::ClientContext context;
    registry::v1::ResolvePlaceRequest request;
    common::v1::Place answer;
    std::promise<grpc::Status> ended;
  };

  WaitingCallTest() {
    directory_.Put({{"centres/a/credentials/one", "centres/a", common::v1::ROLE_MANAGER, {}},
                    HashToken("token"),
                    absl::InfiniteFuture(),
                    false});
  }
  ~WaitingCallTest() override {
    news_.Stop();
    server_->Stop();
  }

  // It lives as long as the test.
  Asked* Ask() {
    Asked* const asked = asked_.emplace_back(std::make_unique<Asked>()).get();
    asked->context.AddMetadata("authorization", "Bearer token");
    asked->request.set_postcode("TN23 1PL");
    stub_->async()->ResolvePlace(&asked->context, &asked->request, &asked->answer,
                                 [&ended = asked->ended](grpc::Status status) { ended.set_value(status); });
    return asked;
  }
  static absl::Status EndOf(Asked& asked) { return FromGrpc(asked.ended.get_future().get()); }
  void AwaitWaiting(std::size_t count) {
    while (news_.waiting() != count) std::this_thread::yield();
  }
  void AwaitNoneUnderWay() {
    while (metrics_.calls_under_way() != 0) std::this_thread::yield();
  }

  std::vector<std::unique_ptr<Asked>> asked_;
  support::ManualClock clock_{absl::FromUnixSeconds(1'800'000'000)};
  CredentialDirectory directory_;
  Metrics metrics_;
  Runner runner_{
      *MethodTable::Build(std::vector{registry::v1::ResolvePlaceRequest::descriptor()->file()->service(0)}),
      directory_, clock_, metrics_};
  News news_;
  WaitingReference reference_{runner_, news_};
  std::unique_ptr<Server> server_ = *Server::Start({}, {&reference_}, {}, metrics_);
  std::unique_ptr<ReferenceService::Stub> stub_ = ReferenceService::NewStub(server_->InProcessChannel());
};

// More than there are threads for, and no more than may.
TEST_F(WaitingCallTest, ManyWaitAndAllAreAnswered) {
  constexpr std::size_t kCalls = kMaxWaitingCalls;
  std::vector<Asked*> calls;
  for (std::size_t i = 0; i < kCalls; ++i) calls.push_back(Ask());
  AwaitWaiting(kCalls);
  EXPECT_EQ(metrics_.calls_under_way(), static_cast<int>(kCalls));
  EXPECT_EQ(Outline(EndOf(*Ask())), "UNAVAILABLE NOT_YET_VISIBLE") << "one more";
  reference_.revision = 1;
  news_.Tell();
  for (Asked* const asked : calls) {
    EXPECT_TRUE(EndOf(*asked).ok());
    EXPECT_EQ(asked->answer.postcode(), "centres/a/credentials/one");
  }
  EXPECT_EQ(reference_.runs, 2 * static_cast<int>(kCalls) + 1);
  AwaitNoneUnderWay();
}

TEST_F(WaitingCallTest, WhatHasComeIsNotWaitedFor) {
  reference_.revision = 1;
  EXPECT_TRUE(EndOf(*Ask()).ok());
  EXPECT_EQ(reference_.runs, 1);
}

TEST_F(WaitingCallTest, OneWaitMayFollowAnother) {
  reference_.wants = {1, 2, 3};
  Asked* const asked = Ask();
  for (int revision = 1; revision <= 3; ++revision) {
    AwaitWaiting(1);
    reference_.revision = revision;
    news_.Tell();
    while (reference_.runs != revision + 1) std::this_thread::yield();
  }
  EXPECT_TRUE(EndOf(*asked).ok());
}

TEST_F(WaitingCallTest, TheDeadlineEndsIt) {
  reference_.deadline = absl::Now() - absl::Hours(1);
  EXPECT_EQ(Outline(EndOf(*Ask())), "UNAVAILABLE NOT_YET_VISIBLE");
  EXPECT_EQ(reference_.runs, 2);
  EXPECT_EQ(news_.waiting(), 0u);
}

TEST_F(WaitingCallTest, ACallersGoingEndsIt) {
  Asked* const gone = Ask();
  Asked* const stays = Ask();
  AwaitWaiting(2);
  gone->context.TryCancel();
  EXPECT_EQ(EndOf(*gone).code(), absl::StatusCode::kCancelled);
  AwaitWaiting(1);
  reference_.revision = 1;
  news_.Tell();
  EXPECT_TRUE(EndOf(*stays).ok());
  AwaitNoneUnderWay();
}

TEST_F(WaitingCallTest, StoppingEndsItAndLetsNobodyWait) {
  Asked* const before = Ask();
  AwaitWaiting(1);
  news_.Stop();
  EXPECT_EQ(Outline(EndOf(*before)), "UNAVAILABLE NOT_YET_VISIBLE");
  EXPECT_EQ(Outline(EndOf(*Ask())), "UNAVAILABLE NOT_YET_VISIBLE");
}

// A server that stops while calls wait neither waits for their deadlines nor leaves one behind.
TEST_F(WaitingCallTest, TheServerStopsWithCallsThatWait) {
  Asked* const asked = Ask();
  AwaitWaiting(1);
  news_.Stop();
  server_->Stop();
  EXPECT_EQ(EndOf(*asked).code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(metrics_.calls_under_way(), 0);
}

}  // namespace
}  // namespace brokerage::rpc
