// Checks of guarantee 2: OK means durable. And of what happens when the disk is full or fails.
#include <map>

#include "tests/storage/check.h"
#include "tests/storage/contract.h"
#include "tests/storage/store_helpers.h"

namespace brokerage::storage::contract {
namespace {

absl::Status WhatIsCommittedIsThereAfterReopening(Subject& subject) {
  CommitRequest request;
  request.writes = {Write::Put("a", "1"), Write::Put(std::string("b\0\xff", 3), std::string("\0\n\xff", 3))};
  CHECK_OK(subject.store().Commit(request));
  CHECK_OK(Put(subject.store(), "gone", "x"));
  CHECK_OK(Delete(subject.store(), "gone"));
  CHECK_ASSIGN(before, ReadTable(subject.store()));
  const Health health = subject.store().GetHealth();
  CHECK_OK(subject.Reopen());
  CHECK_ASSIGN(after, ReadTable(subject.store()));
  CHECK_HOLDS(before == after && after.size() == 2);
  CHECK_HOLDS(subject.store().GetHealth().revision == health.revision);
  CHECK_ASSIGN(next, Put(subject.store(), "c", "3"));
  CHECK_HOLDS(next == (Revision{health.revision.epoch, health.revision.sequence + 1}));
  return absl::OkStatus();
}

absl::Status AcknowledgedCommitsSurviveACrash(Subject& subject) {
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 7; ++i) {
      CHECK_OK(Put(subject.store(), absl::StrCat("key", round, "/", i), absl::StrCat(i)));
    }
    CHECK_ASSIGN(before, ReadTable(subject.store()));
    // After reading: a store that holds writes back until somebody looks must not be saved by the look.
    CHECK_ASSIGN(last, Put(subject.store(), "last", absl::StrCat(round)));
    before["last"] = {last.sequence, absl::StrCat(round)};
    CHECK_OK(subject.Crash());
    CHECK_ASSIGN(after, ReadTable(subject.store()));
    CHECK_HOLDS(before == after);
    CHECK_HOLDS(subject.store().GetHealth().revision == last);
  }
  return absl::OkStatus();
}

absl::Status AcknowledgedCommitsOfManyWritersSurviveACrash(Subject& subject) {
  std::mutex mutex;
  Table acknowledged;
  CHECK_OK(RunTogether(8, [&](int thread) -> absl::Status {
    for (int i = 0; i < 12; ++i) {
      const std::string key = absl::StrCat("key", thread, "/", i);
      CHECK_ASSIGN(revision, Put(subject.store(), key, std::string(100, 'v')));
      const std::lock_guard lock(mutex);
      acknowledged[key] = {revision.sequence, std::string(100, 'v')};
    }
    return absl::OkStatus();
  }));
  CHECK_OK(subject.Crash());
  CHECK_ASSIGN(after, ReadTable(subject.store()));
  CHECK_HOLDS(after == acknowledged);
  return absl::OkStatus();
}

absl::Status AFullDiskRefusesWritesAndServesReads(Subject& subject) {
  Store& store = subject.store();
  CHECK_ASSIGN(first, PutAs(store, "id", "key", "x"));
  subject.SetFreeBytes(Subject::kReserveBytes - 1);
  CHECK_CODE(Put(store, "key", "y"), absl::StatusCode::kResourceExhausted);
  CHECK_CODE(Delete(store, "key"), absl::StatusCode::kResourceExhausted);
  CHECK_CODE(store.GetHealth().status, absl::StatusCode::kResourceExhausted);
  CHECK_CODE(store.Backup(subject.scratch() + "/backup"), absl::StatusCode::kResourceExhausted);
  CHECK_ASSIGN(value, ValueAt(store, "key"));
  CHECK_HOLDS(value == "x");
  CHECK_OK(ReadTable(store));
  CHECK_ASSIGN(feed, ReadFeed(store, {first.epoch, 0}, 1));
  // What needs no room is answered as ever.
  CHECK_ASSIGN(again, PutAs(store, "id", "key", "y"));
  CHECK_HOLDS(again == first);
  CHECK_CODE(PutIf(store, {Guard::Absent("key")}, "key", "y"), absl::StatusCode::kAborted);
  CHECK_CODE(Put(store, "", "y"), absl::StatusCode::kInvalidArgument);

  subject.SetFreeBytes(Subject::kReserveBytes * 2);
  CHECK_ASSIGN(next, Put(store, "key", "z"));
  CHECK_HOLDS(next.sequence == 2 && store.GetHealth().status.ok() && subject.fatal_calls() == 0);
  return absl::OkStatus();
}

absl::Status TheReserveCountsWhatACommitWouldWrite(Subject& subject) {
  subject.SetFreeBytes(Subject::kReserveBytes + 100'000);
  CHECK_CODE(Put(subject.store(), "key", std::string(100'000, 'x')), absl::StatusCode::kResourceExhausted);
  CHECK_OK(Put(subject.store(), "key", std::string(10'000, 'x')));
  return absl::OkStatus();
}

absl::Status AWriteErrorIsFinal(Subject& subject) {
  CHECK_OK(PutAs(subject.store(), "id-1", "key", "before"));
  subject.BreakWrites();
  CHECK_CODE(PutAs(subject.store(), "id-2", "key", "lost"), absl::StatusCode::kUnknown);
  CHECK_CODE(PutAs(subject.store(), "id-3", "key", "after"), absl::StatusCode::kUnavailable);
  CHECK_CODE(PutAs(subject.store(), "id-2", "key", "lost"), absl::StatusCode::kUnavailable);
  CHECK_CODE(subject.store().Compact(1'000), absl::StatusCode::kUnavailable);
  CHECK_CODE(subject.store().GetHealth().status, absl::StatusCode::kUnavailable);
  CHECK_HOLDS(subject.fatal_calls() == 1, subject.fatal_calls());
  CHECK_ASSIGN(value, ValueAt(subject.store(), "key"));
  CHECK_HOLDS(value == "before");

  // The next process finds a whole-commit prefix, and the same request id settles what was unknown.
  CHECK_OK(subject.Reopen());
  CHECK_OK(subject.store().GetHealth().status);
  CHECK_ASSIGN(settled, PutAs(subject.store(), "id-2", "key", "lost"));
  CHECK_HOLDS(settled.sequence == 2);
  CHECK_ASSIGN(now, ValueAt(subject.store(), "key"));
  CHECK_HOLDS(now == "lost");
  return absl::OkStatus();
}

absl::Status AWriteErrorUnderManyWritersLosesNothingAcknowledged(Subject& subject) {
  std::mutex mutex;
  Table acknowledged;
  CHECK_OK(RunTogether(8, [&](int thread) -> absl::Status {
    for (int i = 0; i < 30; ++i) {
      if (thread == 0 && i == 10) subject.BreakWrites();
      const std::string key = absl::StrCat("key", thread, "/", i);
      const absl::StatusOr<Revision> revision = Put(subject.store(), key, "v");
      if (!revision.ok()) {
        CHECK_HOLDS(absl::IsUnknown(revision.status()) || absl::IsUnavailable(revision.status()));
        continue;
      }
      const std::lock_guard lock(mutex);
      acknowledged[key] = {revision->sequence, "v"};
    }
    return absl::OkStatus();
  }));
  CHECK_HOLDS(subject.fatal_calls() == 1);
  CHECK_OK(subject.Reopen());
  CHECK_ASSIGN(table, ReadTable(subject.store()));
  for (const auto& [key, what] : acknowledged) {
    const auto found = table.find(key);
    CHECK_HOLDS(found != table.end() && found->second == what, "lost: ", key);
  }
  return absl::OkStatus();
}

}  // namespace

std::vector<Check> DurabilityChecks() {
  return {
      {"WhatIsCommittedIsThereAfterReopening", WhatIsCommittedIsThereAfterReopening},
      {"AcknowledgedCommitsSurviveACrash", AcknowledgedCommitsSurviveACrash},
      {"AcknowledgedCommitsOfManyWritersSurviveACrash", AcknowledgedCommitsOfManyWritersSurviveACrash},
      {"AFullDiskRefusesWritesAndServesReads", AFullDiskRefusesWritesAndServesReads},
      {"TheReserveCountsWhatACommitWouldWrite", TheReserveCountsWhatACommitWouldWrite},
      {"AWriteErrorIsFinal", AWriteErrorIsFinal},
      {"AWriteErrorUnderManyWritersLosesNothingAcknowledged",
       AWriteErrorUnderManyWritersLosesNothingAcknowledged},
  };
}

}  // namespace brokerage::storage::contract
