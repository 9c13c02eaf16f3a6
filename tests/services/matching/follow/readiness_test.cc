// The service says that it serves once it knows what the registry has.

#include <chrono>
#include <condition_variable>
#include <future>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <gtest/gtest.h>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

#include "base/clock.h"
#include "brokerage/matching/v1/admin_service.grpc.pb.h"
#include "brokerage/storage/v1/record.pb.h"
#include "reference/districts.h"
#include "reference/places.h"
#include "reference/waters.h"
#include "services/matching/server.h"
#include "services/rpc/credentials.h"
#include "storage/forwarding_store.h"
#include "storage/keys.h"
#include "storage/memory_store.h"
#include "tests/support/client.h"
#include "tests/support/health.h"
#include "tests/support/outline.h"

namespace brokerage::matching {
namespace {

using grpc::health::v1::HealthCheckResponse;
using support::Outline;

constexpr char kToken[] = "a token";

// Says when the first tidying begins: by then health was told for the first time. And when health was told
// again.
class ObservedStore final : public storage::ForwardingStore {
 public:
  using ForwardingStore::ForwardingStore;
  absl::StatusOr<std::vector<storage::Entry>> Scan(absl::string_view prefix, absl::string_view after,
                                                   std::size_t limit) const override {
    if (prefix == storage::kRequests) std::call_once(once_, [this] { tidied_.set_value(); });
    return ForwardingStore::Scan(prefix, after, limit);
  }
  void AwaitTidy() const { tidied_.get_future().wait(); }

  storage::Health GetHealth() const override {
    {
      const std::lock_guard lock(mutex_);
      ++looks_;
    }
    looked_.notify_all();
    return ForwardingStore::GetHealth();
  }
  // Until a check of health that begins now is over: another has begun.
  void AwaitCheck() const {
    std::unique_lock lock(mutex_);
    looked_.wait(lock, [&, until = looks_ + 2] { return looks_ >= until; });
  }

 private:
  mutable std::mutex mutex_;
  mutable std::condition_variable looked_;
  mutable int looks_ = 0;
  mutable std::once_flag once_;
  mutable std::promise<void> tidied_;
};

class ReadinessTest : public ::testing::Test {
 protected:
  // A service that reaches no registry, on what is stored.
  void Start() {
    server_.reset();
    store_ = std::make_unique<ObservedStore>(*memory_);
    MatchingServerOptions options;
    options.engine = "memory";
    options.registry = grpc::CreateChannel("unix:/nonexistent", grpc::InsecureChannelCredentials());
    const reference::Districts& districts = reference::KentDistricts();
    auto started = MatchingServer::Start(
        std::move(options),
        {*store_, clock_, districts, reference::KentWaters(), reference::ShippedPlaces(districts)});
    ASSERT_TRUE(started.ok()) << started.status();
    server_ = *std::move(started);
    store_->AwaitTidy();
  }

  // Stores what a watch would that was told all there is, and that it is none.
  void StoreSnapshotOf(absl::string_view watch) {
    storage::CommitRequest commit;
    commit.writes = {storage::Write::Put(absl::StrCat(storage::kWatchCursors, watch),
                                         storage::v1::WatchCursor().SerializeAsString())};
    const auto stored = store_->Commit(std::move(commit));
    ASSERT_TRUE(stored.ok());
    ASSERT_EQ(server_->index().WaitFor({stored->epoch, stored->sequence},
                                       std::chrono::steady_clock::now() + std::chrono::seconds(30)),
              matcher::WaitResult::kReached);
  }

  // Stores what the watch of credentials would: one credential, and that this was all.
  void StoreCredential() {
    storage::v1::CredentialView view;
    view.set_name("centres/ashford/credentials/c1");
    view.set_centre("centres/ashford");
    view.set_role(common::v1::ROLE_LEAD_ADMIN);
    view.set_secret_hash(rpc::HashToken(kToken));
    storage::CommitRequest commit;
    commit.writes = {
        storage::Write::Put(absl::StrCat(storage::kWatchCursors, "credentials"),
                            storage::v1::WatchCursor().SerializeAsString()),
        storage::Write::Put(absl::StrCat(storage::kCredentialViews, view.name()), view.SerializeAsString())};
    ASSERT_TRUE(store_->Commit(std::move(commit)).ok());
  }

  std::shared_ptr<grpc::Channel> Channel() { return server_->server().InProcessChannel(); }
  std::string StatusAs(const std::string& token) {
    const support::Client caller(Channel(), token);
    return Outline(caller.Call(&v1::AdminService::Stub::GetStatus, v1::GetStatusRequest()));
  }

  const base::SystemClock clock_;
  std::unique_ptr<storage::Store> memory_ = storage::NewMemoryStore();
  std::unique_ptr<ObservedStore> store_;
  std::unique_ptr<MatchingServer> server_;
};

// Whichever comes last is what it waits for.
TEST_F(ReadinessTest, ServesOnceTheRegistryWasHeardOut) {
  const std::vector<std::string> watches = {"organisations", "centres", "credentials"};
  for (const std::string& last : watches) {
    server_.reset();
    memory_ = storage::NewMemoryStore();
    Start();
    for (const std::string& watch : watches) {
      if (watch != last) StoreSnapshotOf(watch);
    }
    store_->AwaitCheck();
    EXPECT_EQ(support::HealthOf(Channel()), HealthCheckResponse::NOT_SERVING) << last;
    StoreSnapshotOf(last);
    EXPECT_TRUE(support::AwaitServing(Channel())) << last;
  }
}

TEST_F(ReadinessTest, LetsCallersInOnceTheCredentialsWereHeardOut) {
  Start();
  EXPECT_EQ(support::HealthOf(Channel()), HealthCheckResponse::NOT_SERVING);
  EXPECT_EQ(StatusAs(kToken), "UNAVAILABLE REGISTRY_NEVER_SEEN");
  EXPECT_EQ(StatusAs(""), "UNAUTHENTICATED CREDENTIAL_MISSING");
  StoreCredential();
  StoreSnapshotOf("organisations");
  StoreSnapshotOf("centres");
  ASSERT_TRUE(support::AwaitServing(Channel()));
  EXPECT_EQ(StatusAs(kToken), "OK");
  EXPECT_EQ(StatusAs("another token"), "UNAUTHENTICATED CREDENTIAL_INVALID");
}

TEST_F(ReadinessTest, ServesAfterARestartThoughTheRegistryIsAway) {
  Start();
  StoreCredential();
  StoreSnapshotOf("organisations");
  StoreSnapshotOf("centres");
  Start();
  EXPECT_EQ(support::HealthOf(Channel()), HealthCheckResponse::SERVING);
  EXPECT_EQ(StatusAs(kToken), "OK");
  EXPECT_EQ(StatusAs("another token"), "UNAUTHENTICATED CREDENTIAL_INVALID");
}

}  // namespace
}  // namespace brokerage::matching
