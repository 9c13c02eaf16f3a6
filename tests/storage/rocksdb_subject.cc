#include "tests/storage/rocksdb_subject.h"

#include <utility>

#include "tests/storage/subjects.h"

namespace brokerage::storage::contract {

RocksDbSubject::RocksDbSubject()
    : files_(std::make_shared<FaultFileSystem>()), env_(rocksdb::NewCompositeEnv(files_)) {
  options_.path = scratch_.path() + "/database";
  options_.env = env_.get();
  options_.store.owner = "contract";
  options_.store.reserve.bytes = kReserveBytes;
  options_.store.reserve.free_bytes = [this](const std::string&) -> absl::StatusOr<uint64_t> {
    return free_bytes_;
  };
  options_.store.committer.on_fatal = [this](const absl::Status&) { ++fatal_calls_; };
}

RocksDbSubject::~RocksDbSubject() = default;

absl::Status RocksDbSubject::Reopen() {
  store_.reset();
  files_->Repair();
  absl::StatusOr<std::unique_ptr<Store>> opened = OpenRocksDb(options_);
  if (!opened.ok()) return opened.status();
  store_ = *std::move(opened);
  return absl::OkStatus();
}

absl::Status RocksDbSubject::Crash() { return CrashAs(++crashes_); }

absl::Status RocksDbSubject::CrashAs(uint64_t seed) {
  files_->Freeze();
  store_.reset();
  files_->LosePower(seed);
  return Reopen();
}

absl::StatusOr<std::unique_ptr<Subject>> RocksDbSubject::Restore(const std::string& backup) {
  auto restored = std::make_unique<RocksDbSubject>();
  const absl::StatusOr<Revision> revision = RestoreRocksDb(backup, restored->options_);
  if (!revision.ok()) return revision.status();
  if (absl::Status status = restored->Reopen(); !status.ok()) return status;
  if (restored->store().GetHealth().revision != *revision) {
    return absl::InternalError("the restored store is not at the revision that the restore told");
  }
  return restored;
}

std::unique_ptr<Subject> NewRocksDbSubject() {
  auto subject = std::make_unique<RocksDbSubject>();
  if (!subject->Reopen().ok()) return nullptr;
  return subject;
}

}  // namespace brokerage::storage::contract
