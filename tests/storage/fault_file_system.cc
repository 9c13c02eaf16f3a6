#include "tests/storage/fault_file_system.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>
#include <utility>

#include "absl/strings/match.h"

namespace brokerage::storage::contract {
namespace {

namespace fs = std::filesystem;
using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;

std::string ContentOf(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

}  // namespace

// A file whose appends and syncs are counted and known.
class FaultWritableFile final : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  FaultWritableFile(FaultFileSystem& system, std::string name, std::unique_ptr<rocksdb::FSWritableFile> file)
      : FSWritableFileOwnerWrapper(std::move(file)), system_(system), name_(std::move(name)) {}

  IOStatus Append(const rocksdb::Slice& data, const IOOptions& options, IODebugContext* debug) override {
    if (IOStatus status = system_.Admit(); !status.ok()) {
      // Part of it may have got there.
      const rocksdb::Slice part(data.data(), data.size() / 2);
      if (!system_.Frozen() && target()->Append(part, options, debug).ok())
        system_.Appended(name_, part.size());
      return status;
    }
    IOStatus status = target()->Append(data, options, debug);
    if (status.ok()) system_.Appended(name_, data.size());
    return status;
  }
  IOStatus Append(const rocksdb::Slice& data, const IOOptions& options, const rocksdb::DataVerificationInfo&,
                  IODebugContext* debug) override {
    return Append(data, options, debug);
  }
  IOStatus Sync(const IOOptions& options, IODebugContext* debug) override {
    if (IOStatus status = system_.Admit(); !status.ok()) return status;
    IOStatus status = target()->Sync(options, debug);
    if (status.ok()) system_.Synced(name_);
    return status;
  }
  IOStatus Fsync(const IOOptions& options, IODebugContext* debug) override { return Sync(options, debug); }
  // Asks the system to begin writing; promises nothing.
  IOStatus RangeSync(uint64_t, uint64_t, const IOOptions&, IODebugContext*) override {
    return IOStatus::OK();
  }

 private:
  FaultFileSystem& system_;
  const std::string name_;
};

class FaultDirectory final : public rocksdb::FSDirectoryWrapper {
 public:
  FaultDirectory(FaultFileSystem& system, std::string name, std::unique_ptr<rocksdb::FSDirectory> directory)
      : FSDirectoryWrapper(std::move(directory)), system_(system), name_(std::move(name)) {}

  IOStatus Fsync(const IOOptions& options, IODebugContext* debug) override {
    return FsyncWithDirOptions(options, debug, {});
  }
  IOStatus FsyncWithDirOptions(const IOOptions& options, IODebugContext* debug,
                               const rocksdb::DirFsyncOptions& how) override {
    if (IOStatus status = system_.Admit(); !status.ok()) return status;
    IOStatus status = FSDirectoryWrapper::FsyncWithDirOptions(options, debug, how);
    if (status.ok()) system_.DirectorySynced(name_);
    return status;
  }

 private:
  FaultFileSystem& system_;
  const std::string name_;
};

FaultFileSystem::FaultFileSystem() : FileSystemWrapper(rocksdb::FileSystem::Default()) {}
FaultFileSystem::~FaultFileSystem() = default;

void FaultFileSystem::Freeze() {
  const std::lock_guard lock(mutex_);
  frozen_ = true;
}

void FaultFileSystem::FreezeAfter(uint64_t count) {
  const std::lock_guard lock(mutex_);
  freeze_at_ = writes_ + count;
}

bool FaultFileSystem::Frozen() const {
  const std::lock_guard lock(mutex_);
  return frozen_;
}

void FaultFileSystem::LosePower(uint64_t seed) {
  const std::lock_guard lock(mutex_);
  std::mt19937_64 random(seed);
  for (const auto& [name, facts] : files_) {
    std::error_code error;
    if (!fs::exists(name, error)) continue;
    if (!facts.name_synced && random() % 2 == 0) {
      if (facts.replaced.has_value()) {
        std::ofstream(name, std::ios::binary | std::ios::trunc) << *facts.replaced;
      } else {
        fs::remove(name, error);
      }
      continue;
    }
    const uint64_t unsynced = facts.size - facts.synced;
    const uint64_t happens = random() % 3;
    const uint64_t kept = happens == 0 ? 0 : happens == 1 ? unsynced : random() % (unsynced + 1);
    if (kept < unsynced) fs::resize_file(name, facts.synced + kept, error);
  }
  files_.clear();
  frozen_ = false;
  freeze_at_.reset();
}

void FaultFileSystem::FailWrite(uint64_t count, bool for_good) {
  const std::lock_guard lock(mutex_);
  fail_at_ = writes_ + count;
  fail_for_good_ = for_good;
}

void FaultFileSystem::FailNewFiles(const std::string& ending) {
  const std::lock_guard lock(mutex_);
  failing_ending_ = ending;
}

void FaultFileSystem::Repair() {
  const std::lock_guard lock(mutex_);
  fail_at_.reset();
  failing_ending_.clear();
}

uint64_t FaultFileSystem::writes() const {
  const std::lock_guard lock(mutex_);
  return writes_;
}

IOStatus FaultFileSystem::Admit() {
  const std::lock_guard lock(mutex_);
  const uint64_t place = writes_;
  if (freeze_at_.has_value() && place >= *freeze_at_) frozen_ = true;
  if (frozen_) return IOStatus::IOError("the power is gone");
  ++writes_;
  if (fail_at_.has_value() && (place == *fail_at_ || (fail_for_good_ && place > *fail_at_))) {
    return IOStatus::IOError("a planned fault");
  }
  return IOStatus::OK();
}

bool FaultFileSystem::FailsNew(const std::string& name) const {
  const std::lock_guard lock(mutex_);
  return !failing_ending_.empty() && absl::EndsWith(name, failing_ending_);
}

void FaultFileSystem::Track(const std::string& name, uint64_t size, bool synced) {
  const std::lock_guard lock(mutex_);
  files_[name] = {size, synced ? size : 0, synced, std::nullopt};
}

void FaultFileSystem::Appended(const std::string& name, uint64_t bytes) {
  const std::lock_guard lock(mutex_);
  files_[name].size += bytes;
}

void FaultFileSystem::Synced(const std::string& name) {
  const std::lock_guard lock(mutex_);
  files_[name].synced = files_[name].size;
}

void FaultFileSystem::DirectorySynced(const std::string& directory) {
  const std::lock_guard lock(mutex_);
  for (auto& [name, facts] : files_) {
    if (fs::path(name).parent_path() == fs::path(directory)) {
      facts.name_synced = true;
      facts.replaced.reset();
    }
  }
}

IOStatus FaultFileSystem::NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                          std::unique_ptr<rocksdb::FSWritableFile>* result,
                                          IODebugContext* debug) {
  if (IOStatus status = Admit(); !status.ok()) return status;
  if (FailsNew(name)) return IOStatus::IOError("a planned fault");
  std::unique_ptr<rocksdb::FSWritableFile> file;
  if (IOStatus status = target()->NewWritableFile(name, options, &file, debug); !status.ok()) return status;
  Track(name, 0, false);
  *result = std::make_unique<FaultWritableFile>(*this, name, std::move(file));
  return IOStatus::OK();
}

IOStatus FaultFileSystem::ReopenWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                             std::unique_ptr<rocksdb::FSWritableFile>* result,
                                             IODebugContext* debug) {
  if (IOStatus status = Admit(); !status.ok()) return status;
  std::unique_ptr<rocksdb::FSWritableFile> file;
  if (IOStatus status = target()->ReopenWritableFile(name, options, &file, debug); !status.ok())
    return status;
  std::error_code error;
  const uint64_t size = fs::file_size(name, error);
  Track(name, error ? 0 : size, true);
  *result = std::make_unique<FaultWritableFile>(*this, name, std::move(file));
  return IOStatus::OK();
}

// Log files are not recycled, so this is not called; it would need to know what bytes of the old file are
// synced.
IOStatus FaultFileSystem::ReuseWritableFile(const std::string&, const std::string&,
                                            const rocksdb::FileOptions&,
                                            std::unique_ptr<rocksdb::FSWritableFile>*, IODebugContext*) {
  return IOStatus::NotSupported("reusing files");
}

IOStatus FaultFileSystem::NewDirectory(const std::string& name, const IOOptions& options,
                                       std::unique_ptr<rocksdb::FSDirectory>* result, IODebugContext* debug) {
  std::unique_ptr<rocksdb::FSDirectory> directory;
  if (IOStatus status = target()->NewDirectory(name, options, &directory, debug); !status.ok()) return status;
  *result = std::make_unique<FaultDirectory>(*this, name, std::move(directory));
  return IOStatus::OK();
}

IOStatus FaultFileSystem::RenameFile(const std::string& from, const std::string& to, const IOOptions& options,
                                     IODebugContext* debug) {
  if (IOStatus status = Admit(); !status.ok()) return status;
  const std::lock_guard lock(mutex_);
  std::optional<std::string> replaced;
  if (fs::exists(to)) replaced = ContentOf(to);
  if (IOStatus status = target()->RenameFile(from, to, options, debug); !status.ok()) return status;
  FileFacts facts = files_[from];
  files_.erase(from);
  facts.name_synced = false;
  facts.replaced = std::move(replaced);
  files_[to] = std::move(facts);
  return IOStatus::OK();
}

// A deleted file is gone at once: whatever still needs it must have been synced before.
IOStatus FaultFileSystem::DeleteFile(const std::string& name, const IOOptions& options,
                                     IODebugContext* debug) {
  if (IOStatus status = Admit(); !status.ok()) return status;
  const std::lock_guard lock(mutex_);
  files_.erase(name);
  return target()->DeleteFile(name, options, debug);
}

IOStatus FaultFileSystem::Truncate(const std::string& name, std::size_t size, const IOOptions& options,
                                   IODebugContext* debug) {
  if (IOStatus status = Admit(); !status.ok()) return status;
  return target()->Truncate(name, size, options, debug);
}

}  // namespace brokerage::storage::contract
