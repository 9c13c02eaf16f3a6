// Checks of Get, Scan and Snapshot: key order, paging, one state.
#include <atomic>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"

#include "tests/storage/check.h"
#include "tests/storage/contract.h"
#include "tests/storage/store_helpers.h"

namespace brokerage::storage::contract {
namespace {

std::string Bytes(std::initializer_list<int> bytes) {
  std::string text;
  for (const int byte : bytes) text.push_back(static_cast<char>(byte));
  return text;
}

// Keys whose order and prefixes are easily got wrong.
std::set<std::string> AwkwardKeys() {
  return {Bytes({0}),
          Bytes({0, 0}),
          Bytes({1}),
          "a",
          "a" + Bytes({0}),
          "a/",
          "a/1",
          "a/10",
          "a/2",
          "a/2/x",
          "a0",
          "b",
          Bytes({0x7f}),
          Bytes({0x80}),
          Bytes({0xc3, 0xa9}),
          Bytes({0xff}),
          Bytes({0xff, 0}),
          Bytes({0xff, 0xff}),
          Bytes({0xff, 0xff, 0xff})};
}

absl::Status ScanPagesThroughAPrefixInKeyOrder(Subject& subject) {
  Store& store = subject.store();
  const std::set<std::string> keys = AwkwardKeys();
  for (const std::string& key : keys) CHECK_OK(Put(store, key, "of " + key));
  std::vector<std::string> prefixes(keys.begin(), keys.end());
  prefixes.insert(prefixes.end(), {"", "c", "a/2/", Bytes({0xfe})});
  for (const std::string& prefix : prefixes) {
    std::vector<std::string> expected;
    for (const std::string& key : keys) {
      if (absl::StartsWith(key, prefix)) expected.push_back(key);
    }
    for (const std::size_t limit : {1, 2, 3, 100}) {
      std::vector<std::string> found;
      std::string after;
      while (true) {
        CHECK_ASSIGN(page, store.Scan(prefix, after, limit));
        CHECK_HOLDS(page.size() <= limit);
        for (const Entry& entry : page) {
          CHECK_HOLDS(entry.value == "of " + entry.key);
          CHECK_ASSIGN(got, store.Get(entry.key));
          CHECK_HOLDS(got.has_value() && got->sequence == entry.sequence && got->value == entry.value);
          found.push_back(entry.key);
        }
        if (page.size() < limit) break;
        after = page.back().key;
      }
      CHECK_HOLDS(found == expected, "limit ", limit);
    }
  }
  return absl::OkStatus();
}

absl::Status AfterIsAnyPlaceInTheOrder(Subject& subject) {
  Store& store = subject.store();
  const std::set<std::string> keys = AwkwardKeys();
  for (const std::string& key : keys) CHECK_OK(Put(store, key, "x"));
  std::vector<std::string> places(keys.begin(), keys.end());
  places.insert(places.end(), {"a/15", "0", "zz", "a/2/y"});
  for (const std::string& after : places) {
    for (const std::string prefix : {"", "a/", "\xff"}) {
      std::vector<std::string> expected;
      for (const std::string& key : keys) {
        if (absl::StartsWith(key, prefix) && key > after) expected.push_back(key);
      }
      CHECK_ASSIGN(page, store.Scan(prefix, after, 100));
      CHECK_HOLDS(page.size() == expected.size());
      for (std::size_t i = 0; i < page.size(); ++i) CHECK_HOLDS(page[i].key == expected[i]);
    }
  }
  CHECK_CODE(store.Scan("", "", 0), absl::StatusCode::kInvalidArgument);
  return absl::OkStatus();
}

constexpr int kAccounts = 8;
constexpr int kEach = 100;

// Moves money between accounts until `enough`; the sum never changes within a commit.
absl::Status MoveMoney(Store& store, int seed, const std::atomic<bool>& enough) {
  for (int i = seed; !enough; i = (i * 7 + 3) % 1'000) {
    const std::string from = absl::StrCat("account", i % kAccounts);
    const std::string to = absl::StrCat("account", (i + 1 + i / kAccounts % (kAccounts - 1)) % kAccounts);
    CHECK_ASSIGN(giver, store.Get(from));
    CHECK_ASSIGN(taker, store.Get(to));
    int given = 0;
    int taken = 0;
    CHECK_HOLDS(absl::SimpleAtoi(giver->value, &given) && absl::SimpleAtoi(taker->value, &taken));
    if (from == to) continue;
    CommitRequest request;
    request.guards = {Guard::At(from, giver->sequence), Guard::At(to, taker->sequence)};
    request.writes = {Write::Put(from, absl::StrCat(given - 1)), Write::Put(to, absl::StrCat(taken + 1))};
    const absl::Status status = store.Commit(std::move(request)).status();
    CHECK_HOLDS(status.ok() || absl::IsAborted(status), status.ToString());
  }
  return absl::OkStatus();
}

// Runs `look` 40 times while money moves.
absl::Status WhileMoneyMoves(Store& store, const std::function<absl::Status()>& look) {
  CommitRequest open;
  for (int i = 0; i < kAccounts; ++i)
    open.writes.push_back(Write::Put(absl::StrCat("account", i), absl::StrCat(kEach)));
  CHECK_OK(store.Commit(open));
  std::atomic<bool> enough = false;
  return RunTogether(4, [&](int thread) -> absl::Status {
    if (thread > 0) return MoveMoney(store, thread, enough);
    absl::Status status;
    for (int i = 0; i < 40 && status.ok(); ++i) status = look();
    enough = true;
    return status;
  });
}

absl::Status AScanIsOfOneState(Subject& subject) {
  Store& store = subject.store();
  return WhileMoneyMoves(store, [&]() -> absl::Status {
    CHECK_ASSIGN(page, store.Scan("account", "", 100));
    int sum = 0;
    for (const Entry& entry : page) {
      int amount = 0;
      CHECK_HOLDS(absl::SimpleAtoi(entry.value, &amount));
      sum += amount;
    }
    CHECK_HOLDS(page.size() == kAccounts && sum == kAccounts * kEach, "sum ", sum);
    return absl::OkStatus();
  });
}

absl::Status ASnapshotIsTheStateAtItsRevision(Subject& subject) {
  Store& store = subject.store();
  return WhileMoneyMoves(store, [&]() -> absl::Status {
    int sum = 0;
    uint64_t newest = 0;
    std::string last;
    CHECK_ASSIGN(revision, store.Snapshot("account", [&](const EntryView& entry) -> absl::Status {
      int amount = 0;
      CHECK_HOLDS(absl::SimpleAtoi(entry.value, &amount));
      CHECK_HOLDS(last < entry.key);
      last = std::string(entry.key);
      sum += amount;
      newest = std::max(newest, entry.sequence);
      return absl::OkStatus();
    }));
    CHECK_HOLDS(sum == kAccounts * kEach, "sum ", sum);
    // Every commit changes an account, so the newest account is the revision.
    CHECK_HOLDS(newest == revision.sequence, newest, " at ", revision.sequence);
    CHECK_HOLDS(revision.epoch == store.GetHealth().revision.epoch);
    return absl::OkStatus();
  });
}

absl::Status ASnapshotEndsWithItsSinksError(Subject& subject) {
  Store& store = subject.store();
  for (int i = 0; i < 5; ++i) CHECK_OK(Put(store, absl::StrCat("key", i), "x"));
  int seen = 0;
  CHECK_CODE(store.Snapshot("key",
                            [&](const EntryView&) {
                              return ++seen == 3 ? absl::CancelledError("enough") : absl::OkStatus();
                            }),
             absl::StatusCode::kCancelled);
  CHECK_HOLDS(seen == 3);
  return absl::OkStatus();
}

absl::Status CommitsFromASnapshotsSinkAreNotPartOfIt(Subject& subject) {
  Store& store = subject.store();
  for (int i = 0; i < 5; ++i) CHECK_OK(Put(store, absl::StrCat("key", i), "x"));
  int seen = 0;
  CHECK_ASSIGN(revision, store.Snapshot("key", [&](const EntryView& entry) -> absl::Status {
    CHECK_HOLDS(entry.value == "x");
    ++seen;
    CHECK_OK(Put(store, absl::StrCat(entry.key, "/new"), "y"));
    return Put(store, "key4", "y").status();
  }));
  CHECK_HOLDS(seen == 5 && revision.sequence == 5);
  CHECK_ASSIGN(now, store.Scan("key", "", 100));
  CHECK_HOLDS(now.size() == 10);
  return absl::OkStatus();
}

absl::Status ASnapshotOfSeveralPrefixesIsOfOneState(Subject& subject) {
  Store& store = subject.store();
  CHECK_OK(Put(store, "a/1", "x"));
  CHECK_OK(Put(store, "b/1", "x"));
  CHECK_OK(Put(store, "c/1", "x"));
  CHECK_OK(Put(store, "c/2", "x"));
  std::string keys;
  CHECK_ASSIGN(revision, store.SnapshotOf({"c/", "none/", "a/"}, [&](const EntryView& entry) -> absl::Status {
    CHECK_HOLDS(entry.value == "x");
    absl::StrAppend(&keys, entry.key, " ");
    return Put(store, "a/1", "y").status();
  }));
  CHECK_HOLDS(keys == "c/1 c/2 a/1 ", keys);
  CHECK_HOLDS(revision.sequence == 4, revision.sequence);
  int seen = 0;
  CHECK_CODE(store.SnapshotOf({"a/", "b/"},
                              [&](const EntryView&) {
                                ++seen;
                                return absl::CancelledError("enough");
                              }),
             absl::StatusCode::kCancelled);
  CHECK_HOLDS(seen == 1);
  CHECK_ASSIGN(of_nothing,
               store.SnapshotOf({}, [](const EntryView&) { return absl::InternalError("an entry"); }));
  CHECK_HOLDS(of_nothing.sequence == store.GetHealth().revision.sequence);
  return absl::OkStatus();
}

}  // namespace

std::vector<Check> ReadChecks() {
  return {
      {"ScanPagesThroughAPrefixInKeyOrder", ScanPagesThroughAPrefixInKeyOrder},
      {"AfterIsAnyPlaceInTheOrder", AfterIsAnyPlaceInTheOrder},
      {"AScanIsOfOneState", AScanIsOfOneState},
      {"ASnapshotIsTheStateAtItsRevision", ASnapshotIsTheStateAtItsRevision},
      {"ASnapshotEndsWithItsSinksError", ASnapshotEndsWithItsSinksError},
      {"CommitsFromASnapshotsSinkAreNotPartOfIt", CommitsFromASnapshotsSinkAreNotPartOfIt},
      {"ASnapshotOfSeveralPrefixesIsOfOneState", ASnapshotOfSeveralPrefixesIsOfOneState},
  };
}

}  // namespace brokerage::storage::contract
