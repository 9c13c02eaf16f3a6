// The store in memory, for tests: the same rows, committer and checks as on disk.
#pragma once

#include <map>
#include <memory>
#include <shared_mutex>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include "storage/row_store.h"
#include "storage/store.h"

namespace brokerage::storage {

// What a memory store writes to. It outlives the store, so that a test can close one and open it again.
// Thread-safe; for one open store at a time.
class MemoryDisk {
 public:
  // Lets every write from now on fail with `error`; OK repairs the disk.
  void FailWrites(absl::Status error);

 private:
  friend class MemoryEngine;
  mutable std::shared_mutex mutex_;
  std::map<std::string, std::string> rows_;
  absl::Status write_error_;
};

struct MemoryOptions {
  std::shared_ptr<MemoryDisk> disk = std::make_shared<MemoryDisk>();
  StoreOptions store;
};

// Errors as RowStore::Open's.
absl::StatusOr<std::unique_ptr<Store>> OpenMemory(MemoryOptions options);

// An empty store of its own.
std::unique_ptr<Store> NewMemoryStore();

// Fills the empty disk of `options` from the backup at `from`, with a new epoch. Errors: ALREADY_EXISTS (the
// disk holds something), those of RestoreBackup.
absl::StatusOr<Revision> RestoreMemory(const std::string& from, const MemoryOptions& options);

}  // namespace brokerage::storage
