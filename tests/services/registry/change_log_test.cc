#include "services/registry/change_log.h"

#include <atomic>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <thread>

#include "storage/forwarding_store.h"
#include "storage/memory_store.h"
#include "tests/storage/store_helpers.h"

namespace brokerage::registry {
namespace {

using storage::contract::Put;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr absl::Duration kPatience = absl::Seconds(60);  // a guard against hanging

std::vector<std::string> KeysOf(const ChangeLog::News& news) {
  std::vector<std::string> keys;
  for (const auto& event : news.events) keys.push_back(event.key);
  return keys;
}

// Waits until the log has heard of `sequence`.
void Await(const ChangeLog& log, uint64_t sequence) {
  while (log.position().sequence < sequence) std::this_thread::yield();
}

class ChangeLogTest : public ::testing::Test {
 protected:
  std::unique_ptr<storage::Store> store_ = storage::NewMemoryStore();
};

TEST_F(ChangeLogTest, TellsKeysOfItsKindInOrder) {
  ASSERT_TRUE(Put(*store_, "org/before", "1").ok());
  const ChangeLog log(*store_, "org/");
  ASSERT_TRUE(Put(*store_, "org/a", "1").ok());
  ASSERT_TRUE(Put(*store_, "crd/x", "1").ok());
  ASSERT_TRUE(Put(*store_, "org/b", "1").ok());
  Await(log, 4);
  const auto news = log.Next(1, kPatience);
  ASSERT_TRUE(news.ok()) << news.status();
  EXPECT_THAT(KeysOf(*news), ElementsAre("org/a", "org/b"));
  EXPECT_EQ(news->up_to, 4u);
  EXPECT_THAT(KeysOf(*log.Next(2, kPatience)), ElementsAre("org/b"));
}

TEST_F(ChangeLogTest, WaitsForNewsAndSaysHowFarItIs) {
  ChangeLog log(*store_, "org/");
  ASSERT_TRUE(Put(*store_, "crd/x", "1").ok());
  Await(log, 1);
  const auto nothing = log.Next(0, absl::ZeroDuration());
  ASSERT_TRUE(nothing.ok());
  EXPECT_THAT(nothing->events, IsEmpty());
  EXPECT_EQ(nothing->up_to, 1u);
  std::thread writer([&] { EXPECT_TRUE(Put(*store_, "org/a", "1").ok()); });
  EXPECT_THAT(KeysOf(*log.Next(1, kPatience)), ElementsAre("org/a"));
  writer.join();
}

TEST_F(ChangeLogTest, InterruptEndsTheWaiting) {
  ChangeLog log(*store_, "org/");
  std::atomic<bool> waited{false};
  std::thread waiter([&] {
    EXPECT_TRUE(log.Next(0, kPatience).ok());
    waited = true;
  });
  while (!waited) {
    log.Interrupt();
    std::this_thread::yield();
  }
  waiter.join();
}

TEST_F(ChangeLogTest, KeepsTheLastAndSaysWhatIsGone) {
  const ChangeLog log(*store_, "org/", 3);
  for (const char* key : {"org/a", "org/b", "org/c", "org/d", "org/e"})
    ASSERT_TRUE(Put(*store_, key, "1").ok());
  Await(log, 5);
  EXPECT_TRUE(absl::IsOutOfRange(log.Next(0, kPatience).status()));
  EXPECT_TRUE(absl::IsOutOfRange(log.Next(1, kPatience).status()));
  EXPECT_THAT(KeysOf(*log.Next(2, kPatience)), ElementsAre("org/c", "org/d", "org/e"));
}

TEST_F(ChangeLogTest, WhatWasBeforeItIsNotKept) {
  ASSERT_TRUE(Put(*store_, "org/a", "1").ok());
  const ChangeLog log(*store_, "org/");
  EXPECT_TRUE(absl::IsOutOfRange(log.Next(0, absl::ZeroDuration()).status()));
  EXPECT_TRUE(log.Next(1, absl::ZeroDuration()).ok());
}

TEST_F(ChangeLogTest, ACommitIsKeptWholeOrNotAtAll) {
  const ChangeLog log(*store_, "org/", 3);
  storage::CommitRequest commit;
  commit.writes = {storage::Write::Put("org/a", "1"), storage::Write::Put("org/b", "1")};
  ASSERT_TRUE(store_->Commit(std::move(commit)).ok());
  ASSERT_TRUE(Put(*store_, "org/c", "1").ok());
  ASSERT_TRUE(Put(*store_, "org/d", "1").ok());
  Await(log, 3);
  EXPECT_TRUE(absl::IsOutOfRange(log.Next(0, kPatience).status())) << "half of the first commit is gone";
  EXPECT_THAT(KeysOf(*log.Next(1, kPatience)), ElementsAre("org/c", "org/d"));
}

TEST_F(ChangeLogTest, AFeedThatForgotWhatWasNotReadBeginsAgain) {
  storage::FaultyStore faulty(*store_, 1);
  const ChangeLog log(faulty, "org/");
  storage::Faults faults;
  faults.compacted = 10'000;
  faulty.Set(faults);
  ASSERT_TRUE(Put(*store_, "org/a", "1").ok());
  Await(log, 1);
  EXPECT_TRUE(absl::IsOutOfRange(log.Next(0, kPatience).status()));
  faulty.Set({});
  ASSERT_TRUE(Put(*store_, "org/b", "1").ok());
  Await(log, 2);
  EXPECT_TRUE(absl::IsOutOfRange(log.Next(0, kPatience).status()));
}

// A store whose feed cannot be followed for a while.
class MuteStore final : public storage::ForwardingStore {
 public:
  using ForwardingStore::ForwardingStore;
  absl::Status Follow(storage::Revision from, const FollowSink& sink, std::stop_token stop) const override {
    if (mute) return absl::UnavailableError("mute");
    return ForwardingStore::Follow(from, sink, std::move(stop));
  }
  std::atomic<bool> mute{true};
};

TEST_F(ChangeLogTest, AFeedThatCannotBeReadIsTriedAgain) {
  MuteStore mute(*store_);
  const ChangeLog log(mute, "org/", 10, absl::Milliseconds(1));
  while (!absl::IsUnavailable(log.Next(0, absl::ZeroDuration()).status())) std::this_thread::yield();
  ASSERT_TRUE(Put(*store_, "org/a", "1").ok());
  mute.mute = false;
  Await(log, 1);
  EXPECT_THAT(KeysOf(*log.Next(0, kPatience)), ElementsAre("org/a")) << "nothing was passed over";
}

}  // namespace
}  // namespace brokerage::registry
