// Following a registry through snapshots, changes, breaks and restarts.

#include "services/matching/registry_follower.h"

#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include "base/clock.h"
#include "base/errors.h"
#include "storage/forwarding_store.h"
#include "tests/services/matching/follow/fake_registry.h"
#include "tests/services/matching/follow/follow_world.h"
#include "tests/support/outline.h"

namespace brokerage::matching {
namespace {

using matcher::OrganisationStanding;
using registry::v1::Organisation;
using support::Outline;

class RegistryFollowerTest : public ::testing::Test {
 protected:
  RegistryFollowerTest() {
    grpc::ServerBuilder builder;
    builder.RegisterService(&registry_);
    builder.RegisterService(&centres_);
    server_ = builder.BuildAndStart();
    EXPECT_TRUE(world_.feed.Start().ok());
    Follow();
  }
  ~RegistryFollowerTest() override {
    follower_->Stop();
    world_.feed.Stop();
    server_->Shutdown(std::chrono::system_clock::now());
  }

  void Follow() {
    WatchOptions options;
    options.token = "a-token";
    options.pause = absl::Milliseconds(1);
    follower_ = std::make_unique<RegistryFollower>(
        store_, world_.feed, world_.organisations, world_.credentials, clock_,
        server_->InProcessChannel(grpc::ChannelArguments()), options);
    ASSERT_TRUE(follower_->Start().ok());
  }
  void AwaitRegistry(uint64_t sequence) {
    ASSERT_TRUE(follower_->Await({rpc::Origin::kRegistry, 1, sequence}, absl::Now() + kPatience).ok());
  }
  OrganisationStanding Standing(const std::string& name) { return world_.organisations.StandingOf(name); }

  FollowWorld world_;
  storage::FaultyStore store_{*world_.store, 1};
  FakeRegistry registry_;
  FakeCentres centres_;
  std::unique_ptr<grpc::Server> server_;
  base::SystemClock clock_;
  std::unique_ptr<RegistryFollower> follower_;
};

TEST_F(RegistryFollowerTest, TakesTheSnapshotThenTheChanges) {
  registry_.Begin();
  registry_.Tell("organisations/a", Organisation::STATE_ACTIVE, "");
  registry_.Tell("organisations/b", Organisation::STATE_SUSPENDED, "");
  registry_.End(RegistryRevision(5));
  AwaitRegistry(5);
  EXPECT_EQ(Standing("organisations/a"), OrganisationStanding::kActive);
  EXPECT_EQ(Standing("organisations/b"), OrganisationStanding::kSuspended);
  EXPECT_TRUE(world_.organisations.EverSeen());
  EXPECT_EQ(registry_.authorization(), "Bearer a-token");

  registry_.Tell("organisations/a", Organisation::STATE_SUSPENDED, RegistryRevision(6));
  AwaitRegistry(6);
  EXPECT_EQ(Standing("organisations/a"), OrganisationStanding::kSuspended);
}

TEST_F(RegistryFollowerTest, NothingOfABrokenSnapshotIsKept) {
  registry_.Begin();
  registry_.Tell("organisations/a", Organisation::STATE_ACTIVE, "");
  registry_.BreakOff();
  EXPECT_EQ(registry_.Asked(2), "");
  EXPECT_FALSE(world_.organisations.EverSeen());
  EXPECT_EQ(Standing("organisations/a"), OrganisationStanding::kUnknown);
}

TEST_F(RegistryFollowerTest, ABrokenStreamIsResumedWhereItBroke) {
  registry_.Begin();
  registry_.End(RegistryRevision(5));
  registry_.Tell("organisations/a", Organisation::STATE_ACTIVE, RegistryRevision(7));
  AwaitRegistry(7);
  registry_.BreakOff();
  EXPECT_EQ(registry_.Asked(2), RegistryRevision(7));
}

TEST_F(RegistryFollowerTest, WhatCouldNotBeStoredIsAskedForAgain) {
  registry_.Begin();
  registry_.Tell("organisations/a", Organisation::STATE_ACTIVE, "");
  registry_.End(RegistryRevision(5));
  AwaitRegistry(5);
  storage::Faults disk_full;
  disk_full.refused_commits = 10'000;
  store_.Set(disk_full);
  registry_.Tell("organisations/a", Organisation::STATE_SUSPENDED, RegistryRevision(6));
  EXPECT_EQ(registry_.Asked(2), RegistryRevision(5));  // not 6, though 6 was heard
  store_.Set({});
  registry_.Tell("organisations/a", Organisation::STATE_SUSPENDED, RegistryRevision(6));
  AwaitRegistry(6);
  EXPECT_EQ(Standing("organisations/a"), OrganisationStanding::kSuspended);
}

TEST_F(RegistryFollowerTest, ARestartResumesFromTheStore) {
  registry_.Begin();
  registry_.Tell("organisations/a", Organisation::STATE_ACTIVE, "");
  registry_.End(RegistryRevision(5));
  AwaitRegistry(5);
  follower_->Stop();
  Follow();
  EXPECT_EQ(registry_.Asked(2), RegistryRevision(5));
  AwaitRegistry(5);  // known from before, though the registry has said nothing since
}

TEST_F(RegistryFollowerTest, WhatANewSnapshotLacksIsGone) {
  registry_.Begin();
  registry_.Tell("organisations/a", Organisation::STATE_ACTIVE, "");
  registry_.Tell("organisations/b", Organisation::STATE_ACTIVE, "");
  registry_.End(RegistryRevision(5));
  registry_.Begin();
  registry_.Tell("organisations/b", Organisation::STATE_ACTIVE, "");
  registry_.End(RegistryRevision(9));
  AwaitRegistry(9);
  EXPECT_EQ(Standing("organisations/a"), OrganisationStanding::kDeleted);
  EXPECT_EQ(Standing("organisations/b"), OrganisationStanding::kActive);
}

TEST_F(RegistryFollowerTest, AHeartbeatSaysThatNothingWasMissed) {
  registry_.Begin();
  registry_.End(RegistryRevision(5));
  registry_.Heartbeat(RegistryRevision(8));
  AwaitRegistry(8);
}

TEST_F(RegistryFollowerTest, ARevisionOfAnotherEpochIsSaidToBeOne) {
  registry_.Begin();
  registry_.End(RegistryRevision(5));
  AwaitRegistry(5);
  EXPECT_EQ(follower_->Await({rpc::Origin::kRegistry, 2, 1}, absl::Now()).code(), absl::StatusCode::kAborted);
}

TEST_F(RegistryFollowerTest, ALargeSnapshotIsKeptWhole) {
  registry_.Begin();
  for (int i = 0; i < 4'500; ++i) {
    registry_.Tell("organisations/o" + std::to_string(i), Organisation::STATE_ACTIVE, "");
  }
  registry_.End(RegistryRevision(5));
  AwaitRegistry(5);
  EXPECT_EQ(world_.organisations.size(), 4'500u);
}

TEST_F(RegistryFollowerTest, FollowsTheCentresToo) {
  const auto await = [&](const char* name) { return world_.centres.Await(name, absl::Now() + kPatience); };
  EXPECT_EQ(base::ReasonOf(world_.centres.Await("centres/a", absl::Now())), base::reason::kRegistryNeverSeen);
  centres_.Begin();
  centres_.Tell("centres/a", "");
  centres_.Tell("centres/b", "");
  centres_.End(RegistryRevision(5));
  EXPECT_TRUE(await("centres/a").ok());
  EXPECT_TRUE(await("centres/b").ok());
  centres_.Tell("centres/c", RegistryRevision(6));
  EXPECT_TRUE(await("centres/c").ok());
  centres_.Tell("centres/c2", RegistryRevision(7));
  EXPECT_TRUE(await("centres/c2").ok());
  EXPECT_EQ(base::ReasonOf(world_.centres.Await("centres/d", absl::Now())), base::reason::kNotFound);

  // A snapshot without it, as after a restore of the registry.
  centres_.Begin();
  centres_.Tell("centres/b", "");
  centres_.End(RegistryRevision(9));
  centres_.Tell("centres/e", RegistryRevision(10));
  EXPECT_TRUE(await("centres/e").ok());
  EXPECT_TRUE(await("centres/b").ok());
  EXPECT_EQ(base::ReasonOf(world_.centres.Await("centres/a", absl::Now())), base::reason::kNotFound);
}

TEST_F(RegistryFollowerTest, CredentialsAreKnownOnceTheirSnapshotIsWhole) {
  const std::string token = rpc::MintToken("a", "c1");
  const auto authenticate = [&](const std::string& held) {
    return Outline(world_.credentials.Authenticate("Bearer " + held, absl::Now()));
  };
  centres_.credentials.Begin();
  centres_.credentials.Tell("centres/a/credentials/c1", rpc::HashToken(token));
  centres_.credentials.BreakOff();
  EXPECT_EQ(centres_.credentials.Asked(2), "");
  EXPECT_FALSE(world_.credentials.EverSeen());
  EXPECT_EQ(authenticate(token), "UNAVAILABLE REGISTRY_NEVER_SEEN");

  centres_.credentials.Begin();
  centres_.credentials.Tell("centres/a/credentials/c1", rpc::HashToken(token));
  centres_.credentials.End(RegistryRevision(5));
  ASSERT_EQ(world_.credentials_seen.get_future().wait_for(std::chrono::seconds(30)),
            std::future_status::ready);
  EXPECT_EQ(authenticate(token), "OK");
  EXPECT_EQ(authenticate("another"), "UNAUTHENTICATED CREDENTIAL_INVALID");
}

TEST_F(RegistryFollowerTest, IsNotConnectedWhileEitherWatchIsAway) {
  registry_.Begin();
  registry_.End(RegistryRevision(5));
  AwaitRegistry(5);
  const auto view = follower_->View(absl::Now());
  EXPECT_TRUE(view.seen());
  EXPECT_FALSE(view.connected());
}

}  // namespace
}  // namespace brokerage::matching
