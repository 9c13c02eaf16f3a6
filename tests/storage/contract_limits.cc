// Checks of guarantee 6: each limit holds, one beyond it is refused and nothing is written. And of deadlines.
#include <functional>

#include "absl/time/clock.h"

#include "tests/storage/check.h"
#include "tests/storage/contract.h"
#include "tests/storage/store_helpers.h"

namespace brokerage::storage::contract {
namespace {

// A commit of `size` of what a limit counts.
using Sized = std::function<CommitRequest(std::size_t size)>;

absl::Status HoldsAtTheEdge(Store& store, std::size_t limit, const Sized& request) {
  CHECK_ASSIGN(before, ReadTable(store));
  const uint64_t sequence = store.GetHealth().revision.sequence;
  CHECK_CODE(store.Commit(request(limit + 1)), absl::StatusCode::kInvalidArgument);
  CHECK_HOLDS(store.GetHealth().revision.sequence == sequence);
  CHECK_ASSIGN(after, ReadTable(store));
  CHECK_HOLDS(before == after);
  CHECK_ASSIGN(revision, store.Commit(request(limit)));
  CHECK_HOLDS(revision.sequence == sequence + 1);
  return absl::OkStatus();
}

absl::Status ACommitHasAtMostTenThousandWrites(Subject& subject) {
  CHECK_HOLDS(kMaxCommitWrites == 10'000);
  CHECK_OK(HoldsAtTheEdge(subject.store(), kMaxCommitWrites, [](std::size_t size) {
    CommitRequest request;
    for (std::size_t i = 0; i < size; ++i)
      request.writes.push_back(Write::Put(absl::StrCat("key", i), "value"));
    return request;
  }));
  CHECK_ASSIGN(table, ReadTable(subject.store()));
  CHECK_HOLDS(table.size() == kMaxCommitWrites);
  return absl::OkStatus();
}

absl::Status ACommitHasAtMostTenThousandGuards(Subject& subject) {
  return HoldsAtTheEdge(subject.store(), kMaxCommitGuards, [](std::size_t size) {
    CommitRequest request;
    for (std::size_t i = 0; i < size; ++i) request.guards.push_back(Guard::Absent(absl::StrCat("no", i)));
    request.writes = {Write::Put("key", "value")};
    return request;
  });
}

absl::Status ACommitHasAtMostSixteenMebibytes(Subject& subject) {
  CHECK_HOLDS(kMaxCommitBytes == 16 * 1024 * 1024);
  // Keys and values of all writes count together.
  const Sized request = [](std::size_t size) {
    CommitRequest sized;
    const std::size_t half = size / 2;
    sized.writes = {Write::Put("one", std::string(half - 3, 'x')),
                    Write::Put("two", std::string(size - half - 3, 'y'))};
    return sized;
  };
  CHECK_OK(HoldsAtTheEdge(subject.store(), kMaxCommitBytes, request));
  CHECK_OK(subject.Reopen());
  CHECK_ASSIGN(one, ValueAt(subject.store(), "one"));
  CHECK_ASSIGN(two, ValueAt(subject.store(), "two"));
  CHECK_HOLDS(one.size() + two.size() + 6 == kMaxCommitBytes);
  return absl::OkStatus();
}

absl::Status AKeyHasAtMostOneKibibyte(Subject& subject) {
  CHECK_HOLDS(kMaxKeyBytes == 1024);
  CHECK_OK(HoldsAtTheEdge(subject.store(), kMaxKeyBytes, [](std::size_t size) {
    CommitRequest request;
    request.writes = {Write::Put("small", "x"), Write::Put(std::string(size, '\xff'), "value")};
    return request;
  }));
  CHECK_ASSIGN(value, ValueAt(subject.store(), std::string(kMaxKeyBytes, '\xff')));
  CHECK_HOLDS(value == "value");
  return HoldsAtTheEdge(subject.store(), kMaxKeyBytes, [](std::size_t size) {
    CommitRequest request;
    request.guards = {Guard::Absent(std::string(size, 'k'))};
    request.writes = {Write::Put("small", "x")};
    return request;
  });
}

absl::Status ARequestIdHasAtMost256Bytes(Subject& subject) {
  CHECK_HOLDS(kMaxRequestIdBytes == 256);
  CHECK_OK(HoldsAtTheEdge(subject.store(), kMaxRequestIdBytes, [](std::size_t size) {
    CommitRequest request;
    request.request_id = std::string(size, 'i');
    request.writes = {Write::Put("key", "value")};
    return request;
  }));
  CHECK_ASSIGN(again, PutAs(subject.store(), std::string(kMaxRequestIdBytes, 'i'), "key", "other"));
  CHECK_HOLDS(again.sequence == 1);
  return absl::OkStatus();
}

absl::Status EmptyKeysAndEmptyCommitsAreRefused(Subject& subject) {
  Store& store = subject.store();
  CHECK_CODE(store.Commit({}), absl::StatusCode::kInvalidArgument);
  CHECK_CODE(Put(store, "", "x"), absl::StatusCode::kInvalidArgument);
  CHECK_CODE(Delete(store, ""), absl::StatusCode::kInvalidArgument);
  CHECK_CODE(PutIf(store, {Guard::Absent("")}, "key", "x"), absl::StatusCode::kInvalidArgument);
  CHECK_HOLDS(store.GetHealth().revision.sequence == 0);
  CHECK_OK(Put(store, "k", ""));
  return absl::OkStatus();
}

absl::Status ACommitPastItsDeadlineChangesNothing(Subject& subject) {
  Store& store = subject.store();
  CommitRequest request;
  request.request_id = "id";
  request.writes = {Write::Put("key", "x")};
  for (const absl::Time deadline :
       {absl::InfinitePast(), absl::UnixEpoch(), absl::Now() - absl::Seconds(1)}) {
    request.deadline = deadline;
    CHECK_CODE(store.Commit(request), absl::StatusCode::kDeadlineExceeded);
  }
  CHECK_HOLDS(store.GetHealth().revision.sequence == 0);
  for (const absl::Time deadline :
       {absl::Now() + absl::Hours(1), absl::Now() + absl::Hours(24 * 365 * 300)}) {
    request.deadline = deadline;
    CHECK_ASSIGN(revision, store.Commit(request));
    CHECK_HOLDS(revision.sequence == 1);
  }
  return absl::OkStatus();
}

}  // namespace

std::vector<Check> LimitChecks() {
  return {
      {"ACommitHasAtMostTenThousandWrites", ACommitHasAtMostTenThousandWrites},
      {"ACommitHasAtMostTenThousandGuards", ACommitHasAtMostTenThousandGuards},
      {"ACommitHasAtMostSixteenMebibytes", ACommitHasAtMostSixteenMebibytes},
      {"AKeyHasAtMostOneKibibyte", AKeyHasAtMostOneKibibyte},
      {"ARequestIdHasAtMost256Bytes", ARequestIdHasAtMost256Bytes},
      {"EmptyKeysAndEmptyCommitsAreRefused", EmptyKeysAndEmptyCommitsAreRefused},
      {"ACommitPastItsDeadlineChangesNothing", ACommitPastItsDeadlineChangesNothing},
  };
}

}  // namespace brokerage::storage::contract
