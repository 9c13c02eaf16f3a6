// Checks of guarantees 1 and 3: strictly serialisable, all or nothing; ABORTED means that nothing changed.
#include <atomic>
#include <set>

#include "absl/strings/numbers.h"

#include "tests/storage/check.h"
#include "tests/storage/contract.h"
#include "tests/storage/store_helpers.h"

namespace brokerage::storage::contract {
namespace {

absl::Status CommitsAreNumberedFromOneWithoutGaps(Subject& subject) {
  Store& store = subject.store();
  CHECK_HOLDS(store.GetHealth().revision.sequence == 0);
  const uint64_t epoch = store.GetHealth().revision.epoch;
  CHECK_HOLDS(epoch != 0);
  for (uint64_t i = 1; i <= 20; ++i) {
    CHECK_ASSIGN(revision, Put(store, "key", absl::StrCat(i)));
    CHECK_HOLDS(revision == (Revision{epoch, i}));
    CHECK_CODE(PutIf(store, {Guard::Absent("key")}, "other", "x"), absl::StatusCode::kAborted);
  }
  CHECK_HOLDS(store.GetHealth().revision == (Revision{epoch, 20}));
  return absl::OkStatus();
}

absl::Status ACommitIsAllOrNothing(Subject& subject) {
  Store& store = subject.store();
  CHECK_OK(Put(store, "old", "1"));
  CommitRequest request;
  request.writes = {Write::Put("a", "1"), Write::Put("b", "2"), Write::Delete("old")};
  CHECK_ASSIGN(revision, store.Commit(request));
  CHECK_ASSIGN(table, ReadTable(store));
  CHECK_HOLDS(table == (Table{{"a", {revision.sequence, "1"}}, {"b", {revision.sequence, "2"}}}));

  request.guards = {Guard::At("a", revision.sequence), Guard::At("b", revision.sequence + 1)};
  request.writes = {Write::Put("a", "changed"), Write::Delete("b"), Write::Put("c", "new")};
  CHECK_CODE(store.Commit(request), absl::StatusCode::kAborted);
  CHECK_ASSIGN(after, ReadTable(store));
  CHECK_HOLDS(after == table);
  return absl::OkStatus();
}

absl::Status OfSeveralWritesToAKeyTheLastCounts(Subject& subject) {
  Store& store = subject.store();
  CommitRequest request;
  request.writes = {Write::Put("b", "first"), Write::Put("a", "x"), Write::Delete("b"),
                    Write::Put("b", "last"),  Write::Put("c", "x"), Write::Delete("c")};
  CHECK_ASSIGN(revision, store.Commit(request));
  CHECK_ASSIGN(table, ReadTable(store));
  CHECK_HOLDS(table == (Table{{"a", {revision.sequence, "x"}}, {"b", {revision.sequence, "last"}}}));
  CHECK_ASSIGN(feed, ReadFeed(store, {revision.epoch, 0}, 1));
  CHECK_HOLDS(feed.at(0).keys == (std::vector<std::string>{"a", "b", "c"}));
  return absl::OkStatus();
}

absl::Status ADeletedKeyIsAbsent(Subject& subject) {
  Store& store = subject.store();
  CHECK_OK(Put(store, "key", "1"));
  CHECK_OK(Delete(store, "key"));
  CHECK_ASSIGN(value, ValueAt(store, "key"));
  CHECK_HOLDS(value == "(absent)");
  CHECK_ASSIGN(entries, store.Scan("", "", 10));
  CHECK_HOLDS(entries.empty());
  // Removing what is not there is a commit like any other.
  CHECK_ASSIGN(revision, Delete(store, "key"));
  CHECK_HOLDS(revision.sequence == 3);
  CHECK_ASSIGN(again, PutIf(store, {Guard::Absent("key")}, "key", ""));
  CHECK_ASSIGN(empty, ValueAt(store, "key"));
  CHECK_HOLDS(again.sequence == 4 && empty.empty());
  return absl::OkStatus();
}

absl::Status GuardsHoldExactlyWhenTheySay(Subject& subject) {
  Store& store = subject.store();
  CHECK_OK(Put(store, "one", "x"));
  CHECK_OK(Put(store, "two", "x"));
  CHECK_OK(Put(store, "one", "y"));
  CHECK_OK(Put(store, "gone", "x"));
  CHECK_OK(Delete(store, "gone"));
  CHECK_OK(Put(store, "back", "x"));
  CHECK_OK(Delete(store, "back"));
  CHECK_OK(Put(store, "back", "y"));
  struct Case {
    std::vector<Guard> guards;
    const char* failed;  // the key named, or "" when the commit happens
  };
  const std::vector<Case> cases = {
      {{}, ""},
      {{Guard::At("one", 3)}, ""},
      {{Guard::At("one", 1)}, "one"},
      {{Guard::At("one", 4)}, "one"},
      {{Guard::At("one", 0)}, "one"},
      {{Guard::Absent("one")}, "one"},
      {{Guard::At("two", 2)}, ""},
      {{Guard::Absent("never")}, ""},
      {{Guard::At("never", 0)}, "never"},
      {{Guard::At("never", 1)}, "never"},
      {{Guard::Absent("gone")}, ""},
      {{Guard::At("gone", 4)}, "gone"},
      {{Guard::At("gone", 5)}, "gone"},
      {{Guard::At("back", 8)}, ""},
      {{Guard::At("back", 6)}, "back"},
      {{Guard::Absent("back")}, "back"},
      {{Guard::At("one", 3), Guard::At("two", 2), Guard::Absent("gone")}, ""},
      {{Guard::At("one", 3), Guard::At("two", 1), Guard::Absent("back")}, "two"},
      {{Guard::Absent("on")}, ""},  // the start of another key is a key of its own
      {{Guard::Absent(absl::string_view("one\0", 4))}, ""},
  };
  uint64_t sequence = 8;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const absl::StatusOr<Revision> revision = PutIf(store, cases[i].guards, "target", "x");
    if (std::string(cases[i].failed).empty()) {
      CHECK_HOLDS(revision.ok() && revision->sequence == ++sequence, "case ", i);
    } else {
      CHECK_HOLDS(absl::IsAborted(revision.status()), "case ", i);
      CHECK_HOLDS(FailedGuardKey(revision.status()) == cases[i].failed, "case ", i);
    }
  }
  return absl::OkStatus();
}

// Many create one key, each provided that nobody has: whoever is in the same batch must be seen.
absl::Status OfManyWhoCreateAKeyOneSucceeds(Subject& subject) {
  Store& store = subject.store();
  constexpr int kThreads = 16;
  constexpr int kKeys = 25;
  std::vector<std::atomic<int>> created(kKeys);
  CHECK_OK(RunTogether(kThreads, [&](int thread) -> absl::Status {
    for (int key = 0; key < kKeys; ++key) {
      const std::string name = absl::StrCat("key", key);
      const absl::StatusOr<Revision> revision =
          PutIf(store, {Guard::Absent(name)}, name, absl::StrCat(thread));
      if (revision.ok()) {
        ++created[key];
      } else {
        CHECK_CODE(revision, absl::StatusCode::kAborted);
      }
    }
    return absl::OkStatus();
  }));
  for (int key = 0; key < kKeys; ++key)
    CHECK_HOLDS(created[key] == 1, "key ", key, " by ", created[key].load());
  CHECK_HOLDS(store.GetHealth().revision.sequence == kKeys);
  return absl::OkStatus();
}

absl::StatusOr<int> NumberAt(const Store& store, absl::string_view key, std::vector<Guard>& guards) {
  const absl::StatusOr<std::optional<Versioned>> found = store.Get(key);
  if (!found.ok()) return found.status();
  if (!found->has_value()) {
    guards.push_back(Guard::Absent(key));
    return 0;
  }
  guards.push_back(Guard::At(key, (*found)->sequence));
  int number = 0;
  if (!absl::SimpleAtoi((*found)->value, &number)) return absl::InternalError("not a number");
  return number;
}

// Counters raised by many under guards: a lost update would make a sum too small, a doubled one too large.
absl::Status ConcurrentCommitsAreSerialisable(Subject& subject) {
  Store& store = subject.store();
  constexpr int kThreads = 12;
  constexpr int kRaises = 20;
  constexpr int kKeys = 3;
  std::mutex mutex;
  std::set<uint64_t> sequences;
  CHECK_OK(RunTogether(kThreads, [&](int thread) -> absl::Status {
    for (int done = 0; done < kRaises;) {
      // Each commit raises two of the three counters.
      const std::string first = absl::StrCat("counter", (thread + done) % kKeys);
      const std::string second = absl::StrCat("counter", (thread + done + 1) % kKeys);
      CommitRequest request;
      CHECK_ASSIGN(a, NumberAt(store, first, request.guards));
      CHECK_ASSIGN(b, NumberAt(store, second, request.guards));
      request.writes = {Write::Put(first, absl::StrCat(a + 1)), Write::Put(second, absl::StrCat(b + 1))};
      const absl::StatusOr<Revision> revision = store.Commit(std::move(request));
      if (revision.ok()) {
        ++done;
        const std::lock_guard lock(mutex);
        CHECK_HOLDS(sequences.insert(revision->sequence).second, "given twice: ", revision->sequence);
      } else {
        CHECK_CODE(revision, absl::StatusCode::kAborted);
      }
    }
    return absl::OkStatus();
  }));
  int sum = 0;
  for (int key = 0; key < kKeys; ++key) {
    std::vector<Guard> unused;
    CHECK_ASSIGN(number, NumberAt(store, absl::StrCat("counter", key), unused));
    sum += number;
  }
  CHECK_HOLDS(sum == 2 * kThreads * kRaises, "sum ", sum);
  CHECK_HOLDS(*sequences.begin() == 1 && *sequences.rbegin() == kThreads * kRaises);
  return absl::OkStatus();
}

// Strict: what a caller was told is seen by whoever asks afterwards.
absl::Status AnAnsweredCommitIsVisibleToAll(Subject& subject) {
  Store& store = subject.store();
  std::atomic<uint64_t> answered = 0;
  return RunTogether(6, [&](int thread) -> absl::Status {
    for (int i = 0; i < 40; ++i) {
      if (thread % 2 == 0) {
        CHECK_ASSIGN(revision, Put(store, "key", absl::StrCat(thread, "/", i)));
        uint64_t before = answered;
        while (before < revision.sequence && !answered.compare_exchange_weak(before, revision.sequence)) {
        }
      } else {
        const uint64_t least = answered;
        CHECK_ASSIGN(found, store.Get("key"));
        CHECK_HOLDS(least == 0 || (found.has_value() && found->sequence >= least));
        CHECK_HOLDS(store.GetHealth().revision.sequence >= least);
      }
    }
    return absl::OkStatus();
  });
}

}  // namespace

std::vector<Check> CommitChecks() {
  return {
      {"CommitsAreNumberedFromOneWithoutGaps", CommitsAreNumberedFromOneWithoutGaps},
      {"ACommitIsAllOrNothing", ACommitIsAllOrNothing},
      {"OfSeveralWritesToAKeyTheLastCounts", OfSeveralWritesToAKeyTheLastCounts},
      {"ADeletedKeyIsAbsent", ADeletedKeyIsAbsent},
      {"GuardsHoldExactlyWhenTheySay", GuardsHoldExactlyWhenTheySay},
      {"OfManyWhoCreateAKeyOneSucceeds", OfManyWhoCreateAKeyOneSucceeds},
      {"ConcurrentCommitsAreSerialisable", ConcurrentCommitsAreSerialisable},
      {"AnAnsweredCommitIsVisibleToAll", AnAnsweredCommitIsVisibleToAll},
  };
}

}  // namespace brokerage::storage::contract
