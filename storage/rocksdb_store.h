// The store on RocksDB: one machine, no server. docs/storage-format.md describes what is on disk.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "absl/status/statusor.h"

#include "storage/row_store.h"
#include "storage/store.h"

namespace rocksdb {
class Env;
}

namespace brokerage::storage {

struct RocksDbOptions {
  // The database's own directory; made when it is not there. One process at a time opens it.
  std::string path;
  StoreOptions store;
  // Blocks kept in memory.
  std::size_t cache_bytes = std::size_t{64} * 1024 * 1024;
  // What writes are collected in before they are sorted into a file; bounds the log that is read on opening.
  std::size_t write_buffer_bytes = std::size_t{32} * 1024 * 1024;
  // The file system under RocksDB; not owned, nullptr for the machine's. Tests inject faults through it.
  rocksdb::Env* env = nullptr;
};

// Errors as RowStore::Open's; FAILED_PRECONDITION also when another process has the database open.
absl::StatusOr<std::unique_ptr<Store>> OpenRocksDb(RocksDbOptions options);

// Makes the database at `options.path`, which must not exist or be empty, from the backup at `from`, with a
// new epoch. Offline: nothing may have either open. Errors as RestoreBackup's.
absl::StatusOr<Revision> RestoreRocksDb(const std::string& from, const RocksDbOptions& options);

}  // namespace brokerage::storage
