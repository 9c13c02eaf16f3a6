// Checks of guarantee 3: committing again with the same request id never acts twice.
#include <atomic>
#include <set>

#include "tests/storage/check.h"
#include "tests/storage/contract.h"
#include "tests/storage/store_helpers.h"

namespace brokerage::storage::contract {
namespace {

absl::Status ARequestIdActsOnce(Subject& subject) {
  Store& store = subject.store();
  CHECK_ASSIGN(first, PutAs(store, "id-1", "key", "first"));
  CHECK_ASSIGN(again, PutAs(store, "id-1", "key", "second"));
  CHECK_HOLDS(first == again);
  CHECK_OK(Put(store, "key", "third"));
  // Also when its guards no longer hold: the first commit is the answer.
  CommitRequest request;
  request.request_id = "id-1";
  request.guards = {Guard::Absent("key")};
  request.writes = {Write::Delete("key")};
  CHECK_ASSIGN(later, store.Commit(request));
  CHECK_HOLDS(first == later);
  CHECK_ASSIGN(value, ValueAt(store, "key"));
  CHECK_HOLDS(value == "third");
  CHECK_ASSIGN(other, PutAs(store, "id-2", "key", "fourth"));
  CHECK_HOLDS(other.sequence == 3);
  return absl::OkStatus();
}

absl::Status ARequestIdActsOnceAfterReopening(Subject& subject) {
  CHECK_ASSIGN(first, PutAs(subject.store(), "id", "key", "first"));
  CHECK_OK(subject.Reopen());
  CHECK_ASSIGN(again, PutAs(subject.store(), "id", "key", "second"));
  CHECK_HOLDS(first == again);
  CHECK_OK(subject.Crash());
  CHECK_ASSIGN(later, PutAs(subject.store(), "id", "key", "third"));
  CHECK_HOLDS(first == later);
  CHECK_ASSIGN(value, ValueAt(subject.store(), "key"));
  CHECK_HOLDS(value == "first");
  return absl::OkStatus();
}

absl::Status ARequestIdActsOnceAmongConcurrentDuplicates(Subject& subject) {
  Store& store = subject.store();
  constexpr int kThreads = 16;
  constexpr int kRequests = 15;
  std::mutex mutex;
  std::vector<std::set<uint64_t>> sequences(kRequests);
  CHECK_OK(RunTogether(kThreads, [&](int thread) -> absl::Status {
    for (int i = 0; i < kRequests; ++i) {
      CHECK_ASSIGN(revision,
                   PutAs(store, absl::StrCat("id", i), absl::StrCat("key", i), absl::StrCat(thread)));
      const std::lock_guard lock(mutex);
      sequences[i].insert(revision.sequence);
    }
    return absl::OkStatus();
  }));
  for (int i = 0; i < kRequests; ++i) CHECK_HOLDS(sequences[i].size() == 1, "id", i);
  CHECK_HOLDS(store.GetHealth().revision.sequence == kRequests);
  return absl::OkStatus();
}

absl::Status ARequestIdOfAnAbortedCommitIsStillFree(Subject& subject) {
  Store& store = subject.store();
  CommitRequest request;
  request.request_id = "id";
  request.guards = {Guard::At("key", 1)};
  request.writes = {Write::Put("key", "x")};
  CHECK_CODE(store.Commit(request), absl::StatusCode::kAborted);
  CHECK_OK(Put(store, "key", "y"));
  CHECK_ASSIGN(revision, store.Commit(request));
  CHECK_HOLDS(revision.sequence == 2);
  return absl::OkStatus();
}

absl::Status RequestIdsAreNoKeysOfTheTable(Subject& subject) {
  Store& store = subject.store();
  CHECK_OK(PutAs(store, "id", "key", "x"));
  CHECK_ASSIGN(value, ValueAt(store, "id"));
  CHECK_HOLDS(value == "(absent)");
  CHECK_ASSIGN(entries, store.Scan("", "", 10));
  CHECK_HOLDS(entries.size() == 1);
  // Nor is an id another id's beginning.
  CHECK_ASSIGN(shorter, PutAs(store, "i", "key", "y"));
  CHECK_HOLDS(shorter.sequence == 2);
  return absl::OkStatus();
}

}  // namespace

std::vector<Check> RequestIdChecks() {
  return {
      {"ARequestIdActsOnce", ARequestIdActsOnce},
      {"ARequestIdActsOnceAfterReopening", ARequestIdActsOnceAfterReopening},
      {"ARequestIdActsOnceAmongConcurrentDuplicates", ARequestIdActsOnceAmongConcurrentDuplicates},
      {"ARequestIdOfAnAbortedCommitIsStillFree", ARequestIdOfAnAbortedCommitIsStillFree},
      {"RequestIdsAreNoKeysOfTheTable", RequestIdsAreNoKeysOfTheTable},
  };
}

}  // namespace brokerage::storage::contract
