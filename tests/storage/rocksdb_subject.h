// A RocksDB database under test, over a file system that fails when told to.
#pragma once

#include <atomic>
#include <memory>
#include <string>

#include "storage/rocksdb_store.h"
#include "tests/storage/contract.h"
#include "tests/storage/fault_file_system.h"
#include "tests/storage/scratch.h"

namespace brokerage::storage::contract {

class RocksDbSubject final : public Subject {
 public:
  RocksDbSubject();
  ~RocksDbSubject() override;

  Store& store() override { return *store_; }
  absl::Status Reopen() override;
  // A loss of power: what was not synced is gone, as the count of crashes chooses.
  absl::Status Crash() override;
  absl::StatusOr<std::unique_ptr<Subject>> Restore(const std::string& backup) override;
  void SetFreeBytes(uint64_t bytes) override { free_bytes_ = bytes; }
  void BreakWrites() override { files_->FailWrite(0, true); }
  int fatal_calls() const override { return fatal_calls_; }
  std::string scratch() const override { return scratch_.path(); }

  FaultFileSystem& files() { return *files_; }
  RocksDbOptions& options() { return options_; }
  // Closes the store; Reopen opens it again.
  void Close() { store_.reset(); }
  // Crashes as `seed` chooses.
  absl::Status CrashAs(uint64_t seed);

 private:
  ScratchDirectory scratch_;
  std::shared_ptr<FaultFileSystem> files_;
  std::unique_ptr<rocksdb::Env> env_;
  RocksDbOptions options_;
  std::atomic<uint64_t> free_bytes_ = 2 * kReserveBytes;
  std::atomic<int> fatal_calls_ = 0;
  uint64_t crashes_ = 0;
  std::unique_ptr<Store> store_;
};

}  // namespace brokerage::storage::contract
