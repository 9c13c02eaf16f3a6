#include "storage/rocksdb_store.h"

#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "rocksdb/cache.h"
#include "rocksdb/db.h"
#include "rocksdb/env.h"
#include "rocksdb/filter_policy.h"
#include "rocksdb/listener.h"
#include "rocksdb/options.h"
#include "rocksdb/table.h"
#include "rocksdb/utilities/checkpoint.h"
#include "rocksdb/write_batch.h"

#include "storage/backup.h"
#include "storage/errors.h"
#include "storage/files.h"

namespace brokerage::storage {
namespace {

// Of the filters that spare a look at a file which lacks the key: 1 in 100 is looked at in vain.
constexpr double kFilterBitsPerKey = 10;
constexpr std::size_t kBlockBytes = 8 * 1024;
// Well below what a service may open.
constexpr int kOpenFiles = 512;
// RocksDB's own log, for the administrator: bounded.
constexpr std::size_t kLogFileBytes = 4 * 1024 * 1024;
constexpr std::size_t kLogFiles = 4;
// Checked from when a row is put into a batch until it is in memory and in the log.
constexpr std::size_t kProtectionBytesPerKey = 8;

rocksdb::Slice ToSlice(absl::string_view text) { return {text.data(), text.size()}; }
absl::string_view ToView(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

absl::Status FromRocksDb(const rocksdb::Status& status) {
  if (status.ok()) return absl::OkStatus();
  if (status.IsCorruption()) return Corrupt(status.ToString());
  if (status.IsNoSpace()) return absl::ResourceExhaustedError(status.ToString());
  return EngineUnavailable(status.ToString());
}

// What keeps a database from opening.
absl::Status FromOpening(const rocksdb::Status& status, const std::string& path) {
  // Held by this process, or by another.
  const std::string words = status.ToString();
  if (status.IsIOError() && (absl::StrContains(words, "lock hold by current process") ||
                             absl::StrContains(words, "LOCK: Resource temporarily unavailable"))) {
    return WrongDatabase(absl::StrCat(path, " is in use by another process: ", words));
  }
  // A newer RocksDB's files.
  if (status.IsNotSupported() || status.IsInvalidArgument()) return WrongDatabase(status.ToString());
  return FromRocksDb(status);
}

// Passes on write errors of flushes and compactions.
class ErrorListener final : public rocksdb::EventListener {
 public:
  void OnBackgroundError(rocksdb::BackgroundErrorReason, rocksdb::Status* error) override {
    const std::lock_guard lock(mutex_);
    if (!error_.ok()) return;
    error_ = FromRocksDb(*error);
    if (listener_) listener_(error_);
  }

  void Set(std::function<void(const absl::Status&)> listener) {
    const std::lock_guard lock(mutex_);
    listener_ = std::move(listener);
    if (listener_ && !error_.ok()) listener_(error_);
  }

 private:
  std::mutex mutex_;
  std::function<void(const absl::Status&)> listener_;
  absl::Status error_;
};

// Says nothing: a copy is opened without leaving a log in it.
class SilentLogger final : public rocksdb::Logger {
 public:
  using rocksdb::Logger::Logv;
  void Logv(const char*, va_list) override {}
};

rocksdb::Options EngineOptions(const RocksDbOptions& options) {
  rocksdb::Options engine;
  if (options.env != nullptr) engine.env = options.env;
  engine.create_if_missing = true;
  engine.db_host_id = "";  // no file names the machine

  rocksdb::BlockBasedTableOptions table;
  table.block_cache = rocksdb::NewLRUCache(options.cache_bytes);
  table.block_size = kBlockBytes;
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(kFilterBitsPerKey));
  // Indexes and filters count against the cache, so that memory stays bounded however much is stored.
  table.cache_index_and_filter_blocks = true;
  table.pin_l0_filter_and_index_blocks_in_cache = true;
  engine.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  // Zstandard would take a quarter less room, and twice the time when all is read at a start.
  engine.compression = rocksdb::kLZ4Compression;
  engine.level_compaction_dynamic_level_bytes = true;
  engine.write_buffer_size = options.write_buffer_bytes;
  engine.max_open_files = kOpenFiles;
  engine.skip_stats_update_on_db_open = true;

  // A log that ends within a record was cut by a crash; one that is wrong before its end is damaged, and
  // opening it would lose commits in silence: it is refused.
  engine.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  engine.paranoid_checks = true;
  // After a write error the process ends; nothing is resumed in place.
  engine.max_bgerror_resume_count = 0;

  engine.info_log_level = rocksdb::InfoLogLevel::WARN_LEVEL;
  engine.max_log_file_size = kLogFileBytes;
  engine.keep_log_file_num = kLogFiles;
  engine.stats_dump_period_sec = 0;
  engine.stats_persist_period_sec = 0;
  return engine;
}

absl::StatusOr<std::optional<std::string>> GetRow(rocksdb::DB& db, const rocksdb::ReadOptions& options,
                                                  absl::string_view key) {
  std::string value;
  const rocksdb::Status status = db.Get(options, ToSlice(key), &value);
  if (status.IsNotFound()) return std::nullopt;
  if (!status.ok()) return FromRocksDb(status);
  return value;
}

absl::Status ReadRows(rocksdb::DB& db, rocksdb::ReadOptions options, const RowRange& range,
                      const RowReader::RowSink& sink) {
  const rocksdb::Slice end = ToSlice(range.end);
  if (!range.end.empty()) options.iterate_upper_bound = &end;
  const std::unique_ptr<rocksdb::Iterator> row(db.NewIterator(options));
  std::size_t count = 0;
  for (row->Seek(ToSlice(range.begin)); row->Valid() && count < range.limit; row->Next(), ++count) {
    if (absl::Status status = sink(ToView(row->key()), ToView(row->value())); !status.ok()) return status;
  }
  return FromRocksDb(row->status());
}

// One state of a database that is open elsewhere.
class SnapshotReader final : public RowReader {
 public:
  explicit SnapshotReader(rocksdb::DB& db) : db_(db) {
    options_.snapshot = db.GetSnapshot();
    // A whole table read once must not push out what is read often.
    options_.fill_cache = false;
  }
  ~SnapshotReader() override { db_.ReleaseSnapshot(options_.snapshot); }

  absl::StatusOr<std::optional<std::string>> Get(absl::string_view key) const override {
    return GetRow(db_, options_, key);
  }
  absl::Status Read(const RowRange& range, const RowSink& sink) const override {
    return ReadRows(db_, options_, range, sink);
  }

 private:
  rocksdb::DB& db_;
  rocksdb::ReadOptions options_;
};

// A copy, opened to be looked at.
class CopyReader final : public RowReader {
 public:
  static absl::StatusOr<std::unique_ptr<RowReader>> Open(const RocksDbOptions& options,
                                                         const std::string& path) {
    rocksdb::Options engine = EngineOptions(options);
    engine.info_log = std::make_shared<SilentLogger>();
    rocksdb::DB* db = nullptr;
    if (const rocksdb::Status status = rocksdb::DB::OpenForReadOnly(engine, path, &db); !status.ok()) {
      return FromOpening(status, path);
    }
    auto copy = std::make_unique<CopyReader>(std::unique_ptr<rocksdb::DB>(db));
    if (const rocksdb::Status status = db->VerifyChecksum(); !status.ok()) return FromRocksDb(status);
    return copy;
  }

  explicit CopyReader(std::unique_ptr<rocksdb::DB> db) : db_(std::move(db)) {}

  absl::StatusOr<std::optional<std::string>> Get(absl::string_view key) const override {
    return GetRow(*db_, {}, key);
  }
  absl::Status Read(const RowRange& range, const RowSink& sink) const override {
    return ReadRows(*db_, {}, range, sink);
  }

 private:
  const std::unique_ptr<rocksdb::DB> db_;
};

class RocksDbEngine final : public RowEngine {
 public:
  static absl::StatusOr<std::unique_ptr<RocksDbEngine>> Open(const RocksDbOptions& options) {
    if (absl::Status status = MakeDirectories(options.path); !status.ok()) return status;
    rocksdb::Options engine = EngineOptions(options);
    auto listener = std::make_shared<ErrorListener>();
    engine.listeners.push_back(listener);
    rocksdb::DB* db = nullptr;
    if (const rocksdb::Status status = rocksdb::DB::Open(engine, options.path, &db); !status.ok()) {
      return FromOpening(status, options.path);
    }
    return std::unique_ptr<RocksDbEngine>(
        new RocksDbEngine(options, std::move(listener), std::unique_ptr<rocksdb::DB>(db)));
  }

  absl::StatusOr<std::optional<std::string>> Get(absl::string_view key) const override {
    return GetRow(*db_, {}, key);
  }

  absl::Status Read(const RowRange& range, const RowSink& sink) const override {
    return ReadRows(*db_, {}, range, sink);
  }

  std::unique_ptr<RowReader> View() const override { return std::make_unique<SnapshotReader>(*db_); }

  absl::Status Write(const std::vector<RowWrite>& writes) override {
    rocksdb::WriteBatch batch(0, 0, kProtectionBytesPerKey, 0);
    for (const RowWrite& write : writes) {
      const rocksdb::Status status = write.value.has_value()
                                         ? batch.Put(ToSlice(write.key), ToSlice(*write.value))
                                         : batch.Delete(ToSlice(write.key));
      if (!status.ok()) return FromRocksDb(status);
    }
    rocksdb::WriteOptions options;
    options.sync = true;
    return FromRocksDb(db_->Write(options, &batch));
  }

  void OnWriteError(std::function<void(const absl::Status&)> listener) override {
    listener_->Set(std::move(listener));
  }

  uint64_t SizeBytes() const override { return DirectoryBytes(options_.path); }

  absl::StatusOr<std::unique_ptr<RowReader>> CopyTo(const std::string& directory) const override {
    const std::string target = std::filesystem::absolute(directory).string();
    rocksdb::Checkpoint* made = nullptr;
    rocksdb::Status status = rocksdb::Checkpoint::Create(db_.get(), &made);
    const std::unique_ptr<rocksdb::Checkpoint> checkpoint(made);
    if (status.ok()) status = checkpoint->CreateCheckpoint(target);
    if (!status.ok()) return FromRocksDb(status);
    return CopyReader::Open(options_, target);
  }

 private:
  RocksDbEngine(RocksDbOptions options, std::shared_ptr<ErrorListener> listener,
                std::unique_ptr<rocksdb::DB> db)
      : options_(std::move(options)), listener_(std::move(listener)), db_(std::move(db)) {}

  const RocksDbOptions options_;
  const std::shared_ptr<ErrorListener> listener_;
  const std::unique_ptr<rocksdb::DB> db_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Store>> OpenRocksDb(RocksDbOptions options) {
  if (!options.store.reserve.free_bytes) options.store.reserve.free_bytes = FreeBytes;
  absl::StatusOr<std::unique_ptr<RocksDbEngine>> engine = RocksDbEngine::Open(options);
  if (!engine.ok()) return engine.status();
  return RowStore::Open(*std::move(engine), options.path, std::move(options.store));
}

absl::StatusOr<Revision> RestoreRocksDb(const std::string& from, const RocksDbOptions& options) {
  return RestoreBackup(
      from, options.path, options.store.owner, [&](const std::string& directory) -> absl::StatusOr<Revision> {
        RocksDbOptions copy = options;
        copy.path = directory;
        const absl::StatusOr<std::unique_ptr<RocksDbEngine>> engine = RocksDbEngine::Open(copy);
        if (!engine.ok()) return engine.status();
        return StartNewEpoch(**engine, options.store.owner);
      });
}

}  // namespace brokerage::storage
