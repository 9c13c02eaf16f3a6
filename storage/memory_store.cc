#include "storage/memory_store.h"

#include <mutex>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

#include "base/files.h"
#include "storage/backup.h"
#include "storage/errors.h"
#include "storage/files.h"
#include "storage/rows.h"

namespace brokerage::storage {
namespace {

constexpr char kRowsFile[] = "/rows";

// The file of a backup: key and value of each row, each after its length.
std::string EncodeRows(const std::map<std::string, std::string>& rows) {
  std::string bytes;
  for (const auto& [key, value] : rows) {
    absl::StrAppend(&bytes, EncodeNumber(key.size()), key, EncodeNumber(value.size()), value);
  }
  return bytes;
}

absl::StatusOr<std::string> TakePiece(absl::string_view& bytes) {
  const absl::StatusOr<uint64_t> size = DecodeNumber(bytes.substr(0, sizeof(uint64_t)));
  if (!size.ok()) return size.status();
  bytes.remove_prefix(sizeof(uint64_t));
  if (bytes.size() < *size) return Corrupt("a row ends early");
  std::string piece(bytes.substr(0, *size));
  bytes.remove_prefix(*size);
  return piece;
}

absl::StatusOr<std::map<std::string, std::string>> DecodeRows(absl::string_view bytes) {
  std::map<std::string, std::string> rows;
  while (!bytes.empty()) {
    absl::StatusOr<std::string> key = TakePiece(bytes);
    if (!key.ok()) return key.status();
    absl::StatusOr<std::string> value = TakePiece(bytes);
    if (!value.ok()) return value.status();
    rows[*std::move(key)] = *std::move(value);
  }
  return rows;
}

}  // namespace

class MemoryEngine final : public RowEngine {
 public:
  explicit MemoryEngine(std::shared_ptr<MemoryDisk> disk) : disk_(std::move(disk)) {}

  absl::StatusOr<std::optional<std::string>> Get(absl::string_view key) const override {
    const std::shared_lock lock(disk_->mutex_);
    const auto row = disk_->rows_.find(std::string(key));
    if (row == disk_->rows_.end()) return std::nullopt;
    return row->second;
  }

  absl::Status Read(const RowRange& range, const RowSink& sink) const override {
    // Copied first, so that a sink may call the store.
    std::vector<std::pair<std::string, std::string>> found;
    {
      const std::shared_lock lock(disk_->mutex_);
      for (auto row = disk_->rows_.lower_bound(range.begin); row != disk_->rows_.end(); ++row) {
        if (found.size() == range.limit || (!range.end.empty() && row->first >= range.end)) break;
        found.push_back(*row);
      }
    }
    for (const auto& [key, value] : found) {
      if (absl::Status status = sink(key, value); !status.ok()) return status;
    }
    return absl::OkStatus();
  }

  std::unique_ptr<RowReader> View() const override {
    auto copy = std::make_shared<MemoryDisk>();
    const std::shared_lock lock(disk_->mutex_);
    copy->rows_ = disk_->rows_;
    return std::make_unique<MemoryEngine>(std::move(copy));
  }

  absl::Status Write(const std::vector<RowWrite>& writes) override {
    const std::lock_guard lock(disk_->mutex_);
    if (!disk_->write_error_.ok()) return disk_->write_error_;
    for (const RowWrite& write : writes) {
      if (write.value.has_value()) {
        disk_->rows_[write.key] = *write.value;
      } else {
        disk_->rows_.erase(write.key);
      }
    }
    return absl::OkStatus();
  }

  void OnWriteError(std::function<void(const absl::Status&)>) override {}

  uint64_t SizeBytes() const override { return 0; }

  absl::StatusOr<std::unique_ptr<RowReader>> CopyTo(const std::string& directory) const override {
    std::string bytes;
    {
      const std::shared_lock lock(disk_->mutex_);
      bytes = EncodeRows(disk_->rows_);
    }
    absl::Status status = MakeDirectory(directory);
    if (status.ok()) status = WriteFile(directory + kRowsFile, bytes);
    if (!status.ok()) return status;
    return OpenCopy(directory);
  }

  static absl::StatusOr<std::unique_ptr<RowReader>> OpenCopy(const std::string& directory) {
    auto copy = std::make_shared<MemoryDisk>();
    MemoryEngine engine(copy);
    if (absl::Status status = engine.Load(directory); !status.ok()) return status;
    return std::make_unique<MemoryEngine>(std::move(copy));
  }

  absl::Status Load(const std::string& directory) {
    const absl::StatusOr<std::string> bytes = base::ReadFile(directory + kRowsFile);
    if (!bytes.ok()) return bytes.status();
    absl::StatusOr<std::map<std::string, std::string>> rows = DecodeRows(*bytes);
    if (!rows.ok()) return rows.status();
    const std::lock_guard lock(disk_->mutex_);
    disk_->rows_ = *std::move(rows);
    return absl::OkStatus();
  }

  bool empty() const {
    const std::shared_lock lock(disk_->mutex_);
    return disk_->rows_.empty();
  }

 private:
  const std::shared_ptr<MemoryDisk> disk_;
};

void MemoryDisk::FailWrites(absl::Status error) {
  const std::lock_guard lock(mutex_);
  write_error_ = std::move(error);
}

absl::StatusOr<std::unique_ptr<Store>> OpenMemory(MemoryOptions options) {
  return RowStore::Open(std::make_unique<MemoryEngine>(std::move(options.disk)), "",
                        std::move(options.store));
}

std::unique_ptr<Store> NewMemoryStore() { return *OpenMemory({}); }

absl::StatusOr<Revision> RestoreMemory(const std::string& from, const MemoryOptions& options) {
  MemoryEngine target(options.disk);
  if (!target.empty()) return TargetExists("the disk's database");
  // Restored through a directory of its own, so that what is checked is what a restore on disk checks.
  const std::string scratch = absl::StrCat(from, ".memory");
  absl::StatusOr<Revision> revision = RestoreBackup(
      from, scratch, options.store.owner, [&](const std::string& directory) -> absl::StatusOr<Revision> {
        if (absl::Status status = target.Load(directory); !status.ok()) return status;
        return StartNewEpoch(target, options.store.owner);
      });
  if (absl::Status status = RemoveTree(scratch); !status.ok()) return status;
  return revision;
}

}  // namespace brokerage::storage
