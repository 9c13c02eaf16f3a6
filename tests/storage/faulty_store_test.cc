// The faults that any engine may show: that they come as told, replay by seed, and that the port's rules
// master them.
#include <atomic>
#include <thread>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "storage/forwarding_store.h"
#include "storage/memory_store.h"
#include "tests/storage/check.h"
#include "tests/storage/store_helpers.h"

namespace brokerage::storage::contract {
namespace {

constexpr int kAlways = 10'000;

class FaultyStoreTest : public testing::Test {
 protected:
  std::unique_ptr<Store> inner_ = NewMemoryStore();
  FaultyStore store_{*inner_, 1, [this] { ++delays_; }};
  int delays_ = 0;
};

TEST_F(FaultyStoreTest, UnknownMayMeanDoneOrNot) {
  store_.Set({.unknown_after_commit = kAlways});
  EXPECT_TRUE(absl::IsUnknown(PutAs(store_, "id", "done", "x").status()));
  store_.Set({.unknown_before_commit = kAlways});
  EXPECT_TRUE(absl::IsUnknown(PutAs(store_, "id2", "not", "x").status()));
  store_.Set({});
  EXPECT_EQ(*ValueAt(store_, "done"), "x");
  EXPECT_EQ(*ValueAt(store_, "not"), "(absent)");
  EXPECT_EQ(PutAs(store_, "id", "done", "y")->sequence, 1);
  EXPECT_EQ(PutAs(store_, "id2", "not", "x")->sequence, 2);
}

TEST_F(FaultyStoreTest, RefusalsAndReadErrorsChangeNothing) {
  store_.Set({.refused_commits = kAlways});
  EXPECT_TRUE(absl::IsUnavailable(Put(store_, "key", "x").status()));
  store_.Set({.failed_reads = kAlways});
  EXPECT_TRUE(absl::IsUnavailable(store_.Get("key").status()));
  EXPECT_TRUE(absl::IsUnavailable(store_.Scan("", "", 1).status()));
  EXPECT_TRUE(absl::IsUnavailable(ReadTable(store_).status()));
  EXPECT_EQ(store_.GetHealth().revision.sequence, 0);
}

TEST_F(FaultyStoreTest, DelaysComeFirst) {
  store_.Set({.delays = kAlways});
  EXPECT_TRUE(Put(store_, "key", "x").ok());
  EXPECT_TRUE(store_.Get("key").ok());
  EXPECT_EQ(delays_, 2);
}

TEST_F(FaultyStoreTest, AFollowerIsToldOfCompaction) {
  const Revision from = store_.GetHealth().revision;
  ASSERT_TRUE(Put(store_, "key", "x").ok());
  store_.Set({.compacted = kAlways});
  EXPECT_TRUE(absl::IsOutOfRange(ReadFeed(store_, from, 1).status()));
}

TEST_F(FaultyStoreTest, AChangedEpochEndsFollowersAndRefusesOldRevisions) {
  const Revision first = *Put(store_, "key", "x");
  absl::Status ended;
  std::thread follower([&] {
    ended = store_.Follow(
        first, [](const auto&) { return absl::OkStatus(); }, std::stop_token());
  });
  store_.ChangeEpoch();
  follower.join();
  EXPECT_TRUE(absl::IsOutOfRange(ended)) << ended;
  const Revision second = *Put(store_, "key", "y");
  EXPECT_NE(second.epoch, first.epoch);
  EXPECT_EQ(store_.GetHealth().revision, second);
  EXPECT_TRUE(absl::IsOutOfRange(ReadFeed(store_, first, 2).status()));
  EXPECT_EQ(ReadFeed(store_, {second.epoch, 1}, 2)->size(), 1);
}

TEST_F(FaultyStoreTest, TheSameSeedMeetsTheSameFaults) {
  const auto outcomes = [](uint64_t seed) {
    const std::unique_ptr<Store> inner = NewMemoryStore();
    FaultyStore store(*inner, seed);
    store.Set({.unknown_after_commit = 3'000, .unknown_before_commit = 2'000, .failed_reads = 2'500});
    std::string told;
    for (int i = 0; i < 100; ++i) {
      absl::StrAppend(&told, static_cast<int>(Put(store, "key", "x").status().code()), ",",
                      static_cast<int>(store.Get("key").status().code()), ";");
    }
    return told;
  };
  EXPECT_EQ(outcomes(7), outcomes(7));
  EXPECT_NE(outcomes(7), outcomes(8));
}

// Adds one to a counter as a careful caller does: guards what it read, retries what it cannot know under the
// same id.
absl::Status AddOne(Store& store, const std::string& id) {
  while (true) {
    const absl::StatusOr<std::optional<Versioned>> found = store.Get("counter");
    if (!found.ok()) continue;
    int number = 0;
    if (found->has_value() && !absl::SimpleAtoi((*found)->value, &number))
      return absl::InternalError("no number");
    CommitRequest request;
    request.request_id = id;
    request.guards = {found->has_value() ? Guard::At("counter", (*found)->sequence)
                                         : Guard::Absent("counter")};
    request.writes = {Write::Put("counter", absl::StrCat(number + 1))};
    absl::Status status;
    do {
      status = store.Commit(request).status();
    } while (absl::IsUnknown(status) || absl::IsUnavailable(status));
    if (!absl::IsAborted(status)) return status;
  }
}

// Copies the table as a careful follower does: begins anew when its place is gone, until it has seen `last`.
absl::Status CopyUntil(const Store& store, uint64_t last, Table& copy) {
  const absl::Status enough = absl::CancelledError("enough");
  while (true) {
    copy.clear();
    const absl::StatusOr<Revision> from = store.Snapshot("", [&](const EntryView& entry) {
      copy[std::string(entry.key)] = {entry.sequence, std::string(entry.value)};
      return absl::OkStatus();
    });
    if (!from.ok()) continue;
    if (from->sequence >= last) return absl::OkStatus();
    const absl::Status ended = store.Follow(
        *from,
        [&](const std::vector<Change>& batch) -> absl::Status {
          for (const Change& change : batch) {
            for (const std::string& key : change.keys) {
              auto found = store.Get(key);
              while (!found.ok()) found = store.Get(key);
              if (found->has_value()) {
                copy[key] = {(*found)->sequence, (*found)->value};
              } else {
                copy.erase(key);
              }
            }
          }
          return batch.back().sequence >= last ? enough : absl::OkStatus();
        },
        std::stop_token());
    if (ended == enough) return absl::OkStatus();
    if (!absl::IsOutOfRange(ended)) return ended;
  }
}

TEST(FaultySeedsTest, CarefulCallersActOnceAndFollowersEndEqual) {
  constexpr uint64_t kSeeds = 150;
  constexpr int kThreads = 3;
  constexpr int kEach = 5;
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    const std::unique_ptr<Store> inner = NewMemoryStore();
    FaultyStore store(*inner, seed);
    store.Set({.unknown_after_commit = 2'500,
               .unknown_before_commit = 1'500,
               .refused_commits = 1'000,
               .failed_reads = 1'000,
               .compacted = 1'500});
    Table copy;
    const absl::Status status = RunTogether(kThreads + 1, [&](int thread) -> absl::Status {
      if (thread == kThreads) return CopyUntil(store, kThreads * kEach, copy);
      for (int i = 0; i < kEach; ++i) {
        if (i == 2 && thread == 0) store.ChangeEpoch();
        if (absl::Status done = AddOne(store, absl::StrCat(thread, "/", i)); !done.ok()) return done;
      }
      return absl::OkStatus();
    });
    ASSERT_TRUE(status.ok()) << "seed " << seed << ": " << status;
    ASSERT_EQ(*ValueAt(*inner, "counter"), absl::StrCat(kThreads * kEach)) << "seed " << seed;
    ASSERT_EQ(inner->GetHealth().revision.sequence, kThreads * kEach) << "seed " << seed;
    ASSERT_EQ(copy, *ReadTable(*inner)) << "seed " << seed;
  }
}

}  // namespace
}  // namespace brokerage::storage::contract
