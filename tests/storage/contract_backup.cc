// Checks of Backup and restore: a whole copy of one state, key by key, under a new epoch.
#include <atomic>
#include <filesystem>
#include <fstream>

#include "absl/strings/numbers.h"

#include "tests/storage/check.h"
#include "tests/storage/contract.h"
#include "tests/storage/store_helpers.h"

namespace brokerage::storage::contract {
namespace {

namespace fs = std::filesystem;

absl::Status ABackupRestoresKeyByKey(Subject& subject) {
  Store& store = subject.store();
  for (int i = 0; i < 50; ++i) {
    CHECK_OK(PutAs(store, absl::StrCat("id", i), absl::StrCat("key", i % 30), std::string(i * 50, 'x')));
  }
  CHECK_OK(Delete(store, "key7"));
  CHECK_OK(store.Compact(11));
  CHECK_ASSIGN(table, ReadTable(store));
  const std::string backup = subject.scratch() + "/backup";
  CHECK_ASSIGN(revision, store.Backup(backup));
  CHECK_HOLDS(revision == store.GetHealth().revision);
  CHECK_OK(Put(store, "later", "not in the backup"));

  CHECK_ASSIGN(restored, subject.Restore(backup));
  CHECK_ASSIGN(copy, ReadTable(restored->store()));
  CHECK_HOLDS(copy == table && copy.size() == 29);
  const Health health = restored->store().GetHealth();
  CHECK_OK(health.status);
  CHECK_HOLDS(health.revision.sequence == revision.sequence && health.compacted_to == 10);
  // Request ids came along, so a retry does not act again.
  CHECK_ASSIGN(again, PutAs(restored->store(), "id49", "key49", "twice"));
  CHECK_HOLDS(again.sequence == 50);
  CHECK_ASSIGN(feed, ReadFeed(restored->store(), {health.revision.epoch, 10}, revision.sequence));
  CHECK_HOLDS(feed.size() == revision.sequence - 10);
  return absl::OkStatus();
}

absl::Status ARestoreStartsANewEpoch(Subject& subject) {
  CHECK_ASSIGN(first, Put(subject.store(), "key", "x"));
  const std::string backup = subject.scratch() + "/backup";
  CHECK_OK(subject.store().Backup(backup));
  CHECK_ASSIGN(lost, Put(subject.store(), "key", "y"));
  CHECK_ASSIGN(one, subject.Restore(backup));
  CHECK_ASSIGN(two, subject.Restore(backup));
  CHECK_ASSIGN(after_one, Put(one->store(), "key", "z"));
  CHECK_ASSIGN(after_two, Put(two->store(), "key", "z"));
  // The same sequence in three lines of history: only the epoch tells them apart.
  CHECK_HOLDS(lost.sequence == 2 && after_one.sequence == 2 && after_two.sequence == 2);
  CHECK_HOLDS(lost.epoch == first.epoch && after_one.epoch != first.epoch);
  CHECK_HOLDS(after_two.epoch != first.epoch && after_two.epoch != after_one.epoch);
  const Store::FollowSink unreached = [](const std::vector<Change>&) {
    return absl::InternalError("was told");
  };
  CHECK_CODE(one->store().Follow(lost, unreached, std::stop_token()), absl::StatusCode::kOutOfRange);
  CHECK_CODE(one->store().Follow(first, unreached, std::stop_token()), absl::StatusCode::kOutOfRange);
  CHECK_OK(one->Reopen());
  CHECK_HOLDS(one->store().GetHealth().revision == after_one);
  return absl::OkStatus();
}

absl::Status AnEmptyDatabaseCanBeBackedUp(Subject& subject) {
  const std::string backup = subject.scratch() + "/backup";
  CHECK_ASSIGN(revision, subject.store().Backup(backup));
  CHECK_HOLDS(revision.sequence == 0);
  CHECK_ASSIGN(restored, subject.Restore(backup));
  CHECK_ASSIGN(table, ReadTable(restored->store()));
  CHECK_HOLDS(table.empty());
  return absl::OkStatus();
}

absl::Status ABackupAmidWritesIsOfOneState(Subject& subject) {
  Store& store = subject.store();
  std::atomic<bool> enough = false;
  CHECK_OK(Put(store, "ready", "x"));
  CHECK_OK(RunTogether(4, [&](int thread) -> absl::Status {
    if (thread == 0) {
      absl::Status status;
      for (int i = 0; i < 3 && status.ok(); ++i) {
        status = store.Backup(absl::StrCat(subject.scratch(), "/backup", i)).status();
      }
      enough = true;
      return status;
    }
    for (int i = 0; !enough; ++i) {
      CommitRequest request;
      request.writes = {Write::Put(absl::StrCat("left", thread), absl::StrCat(i)),
                        Write::Put(absl::StrCat("right", thread), absl::StrCat(i))};
      CHECK_OK(store.Commit(std::move(request)));
    }
    return absl::OkStatus();
  }));
  for (int i = 0; i < 3; ++i) {
    CHECK_ASSIGN(restored, subject.Restore(absl::StrCat(subject.scratch(), "/backup", i)));
    CHECK_ASSIGN(table, ReadTable(restored->store()));
    uint64_t newest = 0;
    for (const auto& [key, what] : table) newest = std::max(newest, what.first);
    CHECK_HOLDS(newest == restored->store().GetHealth().revision.sequence);
    for (int thread = 1; thread < 4; ++thread) {
      CHECK_HOLDS(table[absl::StrCat("left", thread)] == table[absl::StrCat("right", thread)], "backup ", i);
    }
  }
  return absl::OkStatus();
}

absl::Status ABackupNeverWritesOverAnything(Subject& subject) {
  Store& store = subject.store();
  CHECK_OK(Put(store, "key", "x"));
  const std::string empty = subject.scratch() + "/empty";
  const std::string file = subject.scratch() + "/file";
  const std::string backup = subject.scratch() + "/backup";
  fs::create_directory(empty);
  std::ofstream(file) << "content";
  CHECK_OK(store.Backup(backup));
  for (const std::string& taken : {empty, file, backup}) {
    CHECK_CODE(store.Backup(taken), absl::StatusCode::kAlreadyExists);
  }
  CHECK_HOLDS(fs::is_empty(empty) && fs::file_size(file) == 7);
  CHECK_CODE(store.Backup(subject.scratch() + "/no/such/parent"), absl::StatusCode::kNotFound);
  // A backup that was broken off leaves only what the next one removes.
  const std::string next = subject.scratch() + "/next";
  fs::create_directories(next + ".partial/data");
  CHECK_OK(store.Backup(next + "/"));
  CHECK_HOLDS(!fs::exists(next + ".partial"));
  CHECK_OK(subject.Restore(next));
  return absl::OkStatus();
}

absl::Status FlipByte(const std::string& path, uint64_t at) {
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekg(static_cast<std::streamoff>(at));
  const int byte = file.get();
  file.seekp(static_cast<std::streamoff>(at));
  file.put(static_cast<char>(byte ^ 0x20));
  return file.good() ? absl::OkStatus() : absl::InternalError("cannot flip a byte of " + path);
}

absl::Status ADamagedBackupIsNotRestored(Subject& subject) {
  for (int i = 0; i < 20; ++i) CHECK_OK(Put(subject.store(), absl::StrCat("key", i), std::string(200, 'x')));
  const std::string backup = subject.scratch() + "/backup";
  CHECK_OK(subject.store().Backup(backup));
  std::vector<std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(backup)) {
    if (entry.is_regular_file()) files.push_back(fs::relative(entry.path(), backup).string());
  }
  CHECK_HOLDS(files.size() >= 2);
  const std::string damaged = subject.scratch() + "/damaged";
  for (const std::string& file : files) {
    for (const std::string damage : {"flipped", "cut", "removed"}) {
      fs::copy(backup, damaged, fs::copy_options::recursive);
      const std::string path = damaged + "/" + file;
      const uint64_t size = fs::file_size(path);
      if (damage == "flipped" && size > 0) {
        CHECK_OK(FlipByte(path, size / 2));
      } else if (damage == "cut" && size > 0) {
        fs::resize_file(path, size - 1);
      } else {
        fs::remove(path);
      }
      const absl::Status status = subject.Restore(damaged).status();
      CHECK_HOLDS(absl::IsDataLoss(status) || (file == "backup.txt" && absl::IsNotFound(status)), file, " ",
                  damage, ": ", status.ToString());
      fs::remove_all(damaged);
    }
  }
  CHECK_OK(subject.Restore(backup));
  return absl::OkStatus();
}

}  // namespace

std::vector<Check> BackupChecks() {
  return {
      {"ABackupRestoresKeyByKey", ABackupRestoresKeyByKey},
      {"ARestoreStartsANewEpoch", ARestoreStartsANewEpoch},
      {"AnEmptyDatabaseCanBeBackedUp", AnEmptyDatabaseCanBeBackedUp},
      {"ABackupAmidWritesIsOfOneState", ABackupAmidWritesIsOfOneState},
      {"ABackupNeverWritesOverAnything", ABackupNeverWritesOverAnything},
      {"ADamagedBackupIsNotRestored", ADamagedBackupIsNotRestored},
  };
}

}  // namespace brokerage::storage::contract
