// Checks of guarantees 4 and 5: one gap-free order, told by keys. And of forgetting it.
#include <atomic>
#include <condition_variable>
#include <limits>
#include <map>

#include "tests/storage/check.h"
#include "tests/storage/contract.h"
#include "tests/storage/store_helpers.h"

namespace brokerage::storage::contract {
namespace {

absl::Status TheFeedTellsEveryCommitInOrderWithItsKeys(Subject& subject) {
  Store& store = subject.store();
  std::vector<std::vector<std::string>> expected;
  for (int i = 0; i < 30; ++i) {
    CommitRequest request;
    if (i % 3 == 0) request.request_id = absl::StrCat("id", i);
    request.writes = {Write::Put(absl::StrCat("key", i), "secret value")};
    expected.push_back({absl::StrCat("key", i)});
    if (i % 2 == 0) {
      request.writes.push_back(Write::Delete("always"));
      expected.back().insert(expected.back().begin(), "always");
    }
    CHECK_OK(store.Commit(std::move(request)));
    // What does not happen is not told.
    CHECK_CODE(PutIf(store, {Guard::Absent(absl::StrCat("key", i))}, "not", "x"), absl::StatusCode::kAborted);
  }
  for (const bool reopened : {false, true}) {
    if (reopened) CHECK_OK(subject.Reopen());
    const uint64_t epoch = subject.store().GetHealth().revision.epoch;
    for (const uint64_t from : {0, 1, 17, 29}) {
      CHECK_ASSIGN(feed, ReadFeed(subject.store(), {epoch, from}, 30));
      CHECK_HOLDS(feed.size() == 30 - from);
      for (std::size_t i = 0; i < feed.size(); ++i) {
        CHECK_HOLDS(feed[i].sequence == from + i + 1, "place ", i, " holds ", feed[i].sequence);
        CHECK_HOLDS(feed[i].keys == expected[from + i], "sequence ", feed[i].sequence);
      }
    }
  }
  return absl::OkStatus();
}

absl::Status AFollowerOfALongFeedGetsEveryCommitOnce(Subject& subject) {
  Store& store = subject.store();
  constexpr uint64_t kCommits = 2'500;  // more than a batch
  CHECK_OK(RunTogether(10, [&](int thread) -> absl::Status {
    for (uint64_t i = 0; i < kCommits / 10; ++i) CHECK_OK(Put(store, absl::StrCat(thread), absl::StrCat(i)));
    return absl::OkStatus();
  }));
  CHECK_ASSIGN(feed, ReadFeed(store, {store.GetHealth().revision.epoch, 0}, kCommits));
  CHECK_HOLDS(feed.size() == kCommits);
  std::map<std::string, int> counts;
  for (uint64_t i = 0; i < kCommits; ++i) {
    CHECK_HOLDS(feed[i].sequence == i + 1 && feed[i].keys.size() == 1);
    ++counts[feed[i].keys[0]];
  }
  for (const auto& [key, count] : counts) CHECK_HOLDS(count == kCommits / 10, key);
  return absl::OkStatus();
}

// Keeps a copy of the table: a snapshot, then by the feed's keys whatever they hold at present.
absl::Status KeepCopy(const Store& store, const std::atomic<uint64_t>& last, Table& copy) {
  CHECK_ASSIGN(revision, store.Snapshot("", [&](const EntryView& entry) {
    copy[std::string(entry.key)] = {entry.sequence, std::string(entry.value)};
    return absl::OkStatus();
  }));
  uint64_t position = revision.sequence;
  if (position == last) return absl::OkStatus();
  const absl::Status enough = absl::CancelledError("enough");
  const absl::Status status = store.Follow(
      revision,
      [&](const std::vector<Change>& batch) -> absl::Status {
        CHECK_HOLDS(!batch.empty());
        for (const Change& change : batch) {
          CHECK_HOLDS(change.sequence == position + 1, "after ", position, " came ", change.sequence);
          position = change.sequence;
          for (const std::string& key : change.keys) {
            CHECK_ASSIGN(found, store.Get(key));
            if (found.has_value()) {
              copy[key] = {found->sequence, found->value};
            } else {
              copy.erase(key);
            }
          }
        }
        return position == last ? enough : absl::OkStatus();
      },
      std::stop_token());
  return status == enough ? absl::OkStatus() : status;
}

// Writer `thread` of SnapshotThenFollowEqualsTheTable.
absl::Status WriteMuch(Store& store, int thread, int commits) {
  for (int i = 0; i < commits; ++i) {
    CommitRequest request;
    const std::string shared = absl::StrCat("key", (i * 7 + thread) % 20);
    if (i % 5 == 4) {
      request.writes = {Write::Delete(shared)};
    } else {
      request.writes = {Write::Put(shared, absl::StrCat(thread, "/", i)),
                        Write::Put(absl::StrCat("own", thread), absl::StrCat(i))};
    }
    CHECK_OK(store.Commit(std::move(request)));
  }
  return absl::OkStatus();
}

absl::Status SnapshotThenFollowEqualsTheTable(Subject& subject) {
  Store& store = subject.store();
  constexpr int kWriters = 6;
  constexpr int kFollowers = 3;
  constexpr int kCommits = 60;
  // The followers begin amid the writes and end with the marker that the last writer leaves.
  std::atomic<int> writing = kWriters;
  std::atomic<uint64_t> last = std::numeric_limits<uint64_t>::max();
  std::vector<Table> copies(kFollowers);
  CHECK_OK(RunTogether(kWriters + kFollowers, [&](int thread) -> absl::Status {
    if (thread >= kWriters) return KeepCopy(store, last, copies[thread - kWriters]);
    const absl::Status written = WriteMuch(store, thread, kCommits);
    if (--writing == 0) {
      last = store.GetHealth().revision.sequence + 1;
      CHECK_OK(Put(store, "marker", "x"));
    }
    return written;
  }));
  CHECK_ASSIGN(table, ReadTable(store));
  for (int i = 0; i < kFollowers; ++i) CHECK_HOLDS(copies[i] == table, "follower ", i);
  CHECK_HOLDS(store.GetHealth().revision.sequence == kWriters * kCommits + 1);
  return absl::OkStatus();
}

absl::Status AFollowerWaitsForWhatComesAndStopsWhenAsked(Subject& subject) {
  Store& store = subject.store();
  const Revision from = store.GetHealth().revision;
  std::mutex mutex;
  std::condition_variable told;
  std::vector<uint64_t> seen;
  std::stop_source stop;
  absl::Status ended = absl::UnknownError("still following");
  std::thread follower([&] {
    ended = store.Follow(
        from,
        [&](const std::vector<Change>& batch) {
          const std::lock_guard lock(mutex);
          for (const Change& change : batch) seen.push_back(change.sequence);
          told.notify_all();
          return absl::OkStatus();
        },
        stop.get_token());
  });
  absl::Status wrote;
  for (uint64_t i = 1; i <= 5 && wrote.ok(); ++i) {
    wrote = Put(store, "key", absl::StrCat(i)).status();
    if (!wrote.ok()) break;
    std::unique_lock lock(mutex);
    told.wait(lock, [&] { return seen.size() == i; });
  }
  stop.request_stop();
  follower.join();
  CHECK_OK(wrote);
  CHECK_OK(ended);
  CHECK_HOLDS(seen == (std::vector<uint64_t>{1, 2, 3, 4, 5}));
  return absl::OkStatus();
}

absl::Status AFollowerEndsWithItsSinksError(Subject& subject) {
  Store& store = subject.store();
  CHECK_OK(Put(store, "key", "x"));
  CHECK_CODE(
      store.Follow(
          {store.GetHealth().revision.epoch, 0},
          [](const std::vector<Change>&) { return absl::CancelledError("enough"); }, std::stop_token()),
      absl::StatusCode::kCancelled);
  return absl::OkStatus();
}

absl::Status OnlyARevisionOfThisOrderCanBeFollowed(Subject& subject) {
  Store& store = subject.store();
  CHECK_ASSIGN(last, Put(store, "key", "x"));
  const Store::FollowSink unreached = [](const std::vector<Change>&) {
    return absl::InternalError("was told");
  };
  for (const Revision& from : {Revision{last.epoch + 1, 0}, Revision{last.epoch + 1, last.sequence},
                               Revision{0, 0}, Revision{last.epoch, last.sequence + 1}}) {
    CHECK_CODE(store.Follow(from, unreached, std::stop_token()), absl::StatusCode::kOutOfRange);
  }
  return absl::OkStatus();
}

absl::Status CompactForgetsChangesAndRequestIdsButNotTheTable(Subject& subject) {
  for (int i = 1; i <= 9; ++i) {
    CHECK_OK(PutAs(subject.store(), absl::StrCat("id", i), absl::StrCat("key", i), absl::StrCat(i)));
  }
  CHECK_ASSIGN(table, ReadTable(subject.store()));
  CHECK_OK(subject.store().Compact(0));
  CHECK_OK(subject.store().Compact(1));
  CHECK_HOLDS(subject.store().GetHealth().compacted_to == 0);
  CHECK_OK(subject.store().Compact(6));
  CHECK_OK(subject.store().Compact(3));  // what is forgotten stays so
  const uint64_t epoch = subject.store().GetHealth().revision.epoch;
  const Store::FollowSink unreached = [](const std::vector<Change>&) {
    return absl::InternalError("was told");
  };
  for (const bool reopened : {false, true}) {
    if (reopened) CHECK_OK(subject.Reopen());
    Store& store = subject.store();
    CHECK_HOLDS(store.GetHealth().compacted_to == 5);
    CHECK_CODE(store.Follow({epoch, 0}, unreached, std::stop_token()), absl::StatusCode::kOutOfRange);
    CHECK_CODE(store.Follow({epoch, 4}, unreached, std::stop_token()), absl::StatusCode::kOutOfRange);
    CHECK_ASSIGN(feed, ReadFeed(store, {epoch, 5}, 9));
    CHECK_HOLDS(feed.size() == 4 && feed[0].sequence == 6 && feed[3].sequence == 9);
    CHECK_ASSIGN(present, ReadTable(store));
    CHECK_HOLDS(present == table);
    CHECK_ASSIGN(kept, PutAs(store, "id6", "key6", "again"));
    CHECK_HOLDS(kept.sequence == 6);
  }
  CHECK_ASSIGN(acted, PutAs(subject.store(), "id5", "key5", "again"));
  CHECK_HOLDS(acted.sequence == 10);
  CHECK_ASSIGN(remembered, PutAs(subject.store(), "id5", "key5", "thrice"));
  CHECK_HOLDS(remembered.sequence == 10);

  CHECK_OK(subject.store().Compact(1'000'000));
  CHECK_HOLDS(subject.store().GetHealth().compacted_to == 10);
  CHECK_OK(subject.Reopen());
  CHECK_HOLDS(subject.store().GetHealth().compacted_to == 10);
  CHECK_ASSIGN(next, Put(subject.store(), "key", "x"));
  CHECK_HOLDS(next.sequence == 11);
  CHECK_ASSIGN(rest, ReadFeed(subject.store(), {epoch, 10}, 11));
  CHECK_HOLDS(rest.size() == 1);
  return absl::OkStatus();
}

absl::Status AFollowerThatFallsBehindCompactionIsTold(Subject& subject) {
  Store& store = subject.store();
  CHECK_ASSIGN(first, Put(store, "key", "1"));
  // While the follower is busy with commit 1, commits 2 to 4 come and go; 5 comes later.
  int batches = 0;
  const absl::Status ended = store.Follow(
      {first.epoch, 0},
      [&](const std::vector<Change>&) -> absl::Status {
        ++batches;
        for (int i = 2; i <= 4; ++i) CHECK_OK(Put(store, "key", absl::StrCat(i)));
        CHECK_OK(store.Compact(5));
        CHECK_OK(Put(store, "key", "5"));
        return absl::OkStatus();
      },
      std::stop_token());
  CHECK_CODE(ended, absl::StatusCode::kOutOfRange);
  CHECK_HOLDS(batches == 1);
  return absl::OkStatus();
}

// Commits each request id twice in a row: the second time it must be known, unless compaction is that close
// behind.
absl::Status WriteTwice(Store& store, int thread, int commits) {
  for (int i = 0; i < commits; ++i) {
    const std::string id = absl::StrCat(thread, "/", i);
    CHECK_ASSIGN(first, PutAs(store, id, id, "x"));
    CHECK_ASSIGN(again, PutAs(store, id, id, "x"));
    CHECK_HOLDS(first == again || first.sequence <= store.GetHealth().compacted_to);
  }
  return absl::OkStatus();
}

// Whatever is told is in order; being told that it is too late is fair.
absl::Status ReadInOrder(const Store& store) {
  const Health health = store.GetHealth();
  const auto feed = ReadFeed(store, {health.revision.epoch, health.compacted_to}, health.revision.sequence);
  if (absl::IsOutOfRange(feed.status())) return absl::OkStatus();
  CHECK_OK(feed);
  for (std::size_t i = 0; i < feed->size(); ++i)
    CHECK_HOLDS((*feed)[i].sequence == health.compacted_to + i + 1);
  return absl::OkStatus();
}

absl::Status CompactionUnderWritersAndFollowersBreaksNothing(Subject& subject) {
  Store& store = subject.store();
  constexpr int kWriters = 4;
  constexpr int kCommits = 50;
  std::atomic<int> writing = kWriters;
  CHECK_OK(RunTogether(kWriters + 2, [&](int thread) -> absl::Status {
    absl::Status status;
    if (thread < kWriters) {
      status = WriteTwice(store, thread, kCommits);
      --writing;
    }
    while (thread == kWriters && writing > 0 && status.ok()) {
      status = store.Compact(store.GetHealth().revision.sequence / 2);
    }
    while (thread > kWriters && writing > 0 && status.ok()) status = ReadInOrder(store);
    return status;
  }));
  CHECK_OK(subject.Reopen());
  CHECK_ASSIGN(table, ReadTable(subject.store()));
  CHECK_HOLDS(table.size() == kWriters * kCommits);
  return absl::OkStatus();
}

}  // namespace

std::vector<Check> FeedChecks() {
  return {
      {"TheFeedTellsEveryCommitInOrderWithItsKeys", TheFeedTellsEveryCommitInOrderWithItsKeys},
      {"AFollowerOfALongFeedGetsEveryCommitOnce", AFollowerOfALongFeedGetsEveryCommitOnce},
      {"SnapshotThenFollowEqualsTheTable", SnapshotThenFollowEqualsTheTable},
      {"AFollowerWaitsForWhatComesAndStopsWhenAsked", AFollowerWaitsForWhatComesAndStopsWhenAsked},
      {"AFollowerEndsWithItsSinksError", AFollowerEndsWithItsSinksError},
      {"OnlyARevisionOfThisOrderCanBeFollowed", OnlyARevisionOfThisOrderCanBeFollowed},
      {"CompactForgetsChangesAndRequestIdsButNotTheTable", CompactForgetsChangesAndRequestIdsButNotTheTable},
      {"AFollowerThatFallsBehindCompactionIsTold", AFollowerThatFallsBehindCompactionIsTold},
      {"CompactionUnderWritersAndFollowersBreaksNothing", CompactionUnderWritersAndFollowersBreaksNothing},
  };
}

}  // namespace brokerage::storage::contract
