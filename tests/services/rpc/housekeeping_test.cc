#include "services/rpc/housekeeping.h"

#include <atomic>
#include <chrono>
#include <future>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

#include "brokerage/registry/v1/organisation_service.pb.h"
#include "services/rpc/backups.h"
#include "services/rpc/secrets.h"
#include "services/rpc/tokens.h"
#include "storage/forwarding_store.h"
#include "storage/memory_store.h"
#include "tests/services/rpc/test_call.h"
#include "tests/storage/scratch.h"
#include "tests/support/manual_clock.h"
#include "tests/support/outline.h"

namespace brokerage::rpc {
namespace {

using support::Outline;
using ::testing::ElementsAre;

// A store whose health is what the test says.
class AilingStore final : public storage::ForwardingStore {
 public:
  using ForwardingStore::ForwardingStore;
  storage::Health GetHealth() const override {
    storage::Health health = ForwardingStore::GetHealth();
    if (ail.load() == 1) health.status = absl::ResourceExhaustedError("full");
    if (ail.load() == 2) health.status = absl::UnavailableError("broken");
    return health;
  }
  std::atomic<int> ail{0};
};

class HousekeepingTest : public ::testing::Test {
 protected:
  HousekeepingOptions Options() {
    HousekeepingOptions options;
    options.kept_changes = 10;
    options.set_serving = [this](bool serving) { said_.push_back(serving); };
    options.on_store_failed = [this] { ++failures_; };
    return options;
  }

  void Commit(int times) {
    for (int i = 0; i < times; ++i) {
      storage::CommitRequest commit;
      commit.writes = {storage::Write::Put("k", absl::StrCat(i))};
      ASSERT_TRUE(store_.Commit(std::move(commit)).ok());
    }
  }

  std::unique_ptr<storage::Store> memory_ = storage::NewMemoryStore();
  AilingStore store_{*memory_};
  support::ManualClock clock_{absl::FromUnixSeconds(1'800'000'000)};
  const PageTokens tokens_{"a key"};
  const Mutations mutations_{store_, tokens_};
  Metrics metrics_;
  std::vector<bool> said_;
  int failures_ = 0;
};

TEST_F(HousekeepingTest, TheServiceLooksAfterItsOwnAtEveryCheck) {
  int checks = 0;
  HousekeepingOptions options = Options();
  options.at_each_check = [&] { ++checks; };
  Housekeeping housekeeping(store_, mutations_, clock_, metrics_, options);
  EXPECT_EQ(checks, 0);
  housekeeping.Check();
  housekeeping.Check();
  EXPECT_EQ(checks, 2);
}

TEST_F(HousekeepingTest, HealthFollowsTheStore) {
  Housekeeping housekeeping(store_, mutations_, clock_, metrics_, Options());
  housekeeping.Check();
  housekeeping.Check();
  EXPECT_THAT(said_, ElementsAre(true)) << "only when it changes";
  store_.ail = 2;
  housekeeping.Check();
  housekeeping.Check();
  EXPECT_THAT(said_, ElementsAre(true, false));
  EXPECT_EQ(failures_, 1);
  EXPECT_TRUE(housekeeping.store_failed());
}

TEST_F(HousekeepingTest, AFullDiskIsReadOn) {
  Housekeeping housekeeping(store_, mutations_, clock_, metrics_, Options());
  store_.ail = 1;
  housekeeping.Check();
  EXPECT_THAT(said_, ElementsAre(true));
  EXPECT_FALSE(housekeeping.store_failed());
}

TEST_F(HousekeepingTest, AStoreThatIsBrokenFromTheStartNeverServes) {
  Housekeeping housekeeping(store_, mutations_, clock_, metrics_, Options());
  store_.ail = 2;
  housekeeping.Check();
  EXPECT_THAT(said_, ElementsAre(false));
  EXPECT_TRUE(housekeeping.store_failed());
}

TEST_F(HousekeepingTest, HealthWaitsUntilTheServiceIsReady) {
  HousekeepingOptions options = Options();
  bool ready = false;
  options.is_ready = [&] { return ready; };
  Housekeeping housekeeping(store_, mutations_, clock_, metrics_, options);
  housekeeping.Check();
  EXPECT_THAT(said_, ElementsAre(false));
  EXPECT_FALSE(housekeeping.store_failed());
  EXPECT_EQ(failures_, 0);
  ready = true;
  housekeeping.Check();
  EXPECT_THAT(said_, ElementsAre(false, true));
  store_.ail = 2;
  housekeeping.Check();
  EXPECT_THAT(said_, ElementsAre(false, true, false));
  EXPECT_EQ(failures_, 1);
}

TEST_F(HousekeepingTest, OldChangesAndRequestIdsAreForgotten) {
  registry::v1::DeleteOrganisationRequest request;
  request.set_request_id("6a3b3c6e-1b9c-4d9e-8a5f-0d6f3a1b2c3d");
  const TestCall call(CallerOf("centres/a", common::v1::ROLE_MANAGER), "m", clock_.Now());
  ASSERT_TRUE(mutations_
                  .Apply(*call, request,
                         []() -> absl::StatusOr<Draft> {
                           return Draft{"r", {}, {storage::Write::Put("r", "1")}};
                         })
                  .ok());
  Commit(24);
  Housekeeping housekeeping(store_, mutations_, clock_, metrics_, Options());
  housekeeping.Tidy();
  EXPECT_EQ(store_.GetHealth().compacted_to, 15u) << "ten of twenty-five are kept";
  EXPECT_EQ(store_.Scan("req/", "", 10)->size(), 1u);
  clock_.Advance(base::kRequestIdPeriod + absl::Seconds(1));
  housekeeping.Tidy();
  EXPECT_EQ(store_.Scan("req/", "", 10)->size(), 0u);
}

TEST_F(HousekeepingTest, FewChangesAreAllKept) {
  Commit(10);
  Housekeeping housekeeping(store_, mutations_, clock_, metrics_, Options());
  housekeeping.Tidy();
  EXPECT_EQ(store_.GetHealth().compacted_to, 0u);
}

TEST_F(HousekeepingTest, TheThreadChecksTidiesAndEnds) {
  std::promise<void> served;
  std::promise<void> failed;
  HousekeepingOptions options = Options();
  options.check_period = absl::Milliseconds(1);
  options.set_serving = [&](bool serving) {
    if (serving) served.set_value();
  };
  options.on_store_failed = [&] { failed.set_value(); };
  Commit(25);
  Housekeeping housekeeping(store_, mutations_, clock_, metrics_, options);
  housekeeping.Start();
  served.get_future().wait();
  store_.ail = 2;
  failed.get_future().wait();
  housekeeping.Stop();
  EXPECT_TRUE(housekeeping.store_failed());
}

TEST_F(HousekeepingTest, TheThreadChecksWhenItIsWoken) {
  std::promise<void> waits;
  std::promise<void> served;
  std::atomic<bool> ready{false};
  HousekeepingOptions options = Options();
  options.check_period = absl::Hours(1);
  options.is_ready = [&] { return ready.load(); };
  options.set_serving = [&](bool serving) { (serving ? served : waits).set_value(); };
  Housekeeping housekeeping(store_, mutations_, clock_, metrics_, options);
  housekeeping.Start();
  waits.get_future().wait();
  ready = true;
  housekeeping.Wake();
  EXPECT_EQ(served.get_future().wait_for(std::chrono::seconds(30)), std::future_status::ready);
}

TEST(Secrets, AreMadeOnceAndKept) {
  const auto store = storage::NewMemoryStore();
  const auto first = LoadOrMakeHmacKey(*store);
  ASSERT_TRUE(first.ok());
  EXPECT_EQ(first->size(), 32u);
  EXPECT_EQ(LoadOrMakeHmacKey(*store).value_or(""), *first);
  EXPECT_NE(LoadOrMakeHmacKey(*storage::NewMemoryStore()).value_or(""), *first);
}

TEST(Backups, HaveNamesThatAreUsedOnce) {
  const auto store = storage::NewMemoryStore();
  const storage::contract::ScratchDirectory scratch;
  const std::string directory = scratch.path() + "/not/there/yet";
  const absl::Time now = absl::FromCivil(absl::CivilSecond(2026, 6, 15, 10, 0, 7), absl::UTCTimeZone());
  const auto made = MakeBackup(*store, directory, "nightly-1", now);
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_EQ(made->name, "backups/nightly-1");
  EXPECT_EQ(made->path, directory + "/nightly-1");
  EXPECT_EQ(made->revision, store->GetHealth().revision);
  EXPECT_EQ(Outline(MakeBackup(*store, directory, "nightly-1", now)), "ALREADY_EXISTS ALREADY_EXISTS");
  const auto unnamed = MakeBackup(*store, directory, "", now);
  ASSERT_TRUE(unnamed.ok()) << unnamed.status();
  EXPECT_EQ(unnamed->name, "backups/at-20260615-100007");
}

TEST(Backups, LieUnderTheDirectoryOnly) {
  const auto store = storage::NewMemoryStore();
  const storage::contract::ScratchDirectory scratch;
  for (const char* id : {"../x", "a/b", "/etc", ".", "..", "A", "1a", "a-", "-a", "a b", "a\n"}) {
    EXPECT_EQ(Outline(MakeBackup(*store, scratch.path(), id, absl::Now())), "INVALID_ARGUMENT INVALID_FIELDS")
        << id;
  }
  EXPECT_EQ(Outline(MakeBackup(*store, "", "a", absl::Now())), "FAILED_PRECONDITION NO_BACKUP_DIRECTORY");
}

}  // namespace
}  // namespace brokerage::rpc
