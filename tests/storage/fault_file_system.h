// A file system that fails: power that goes and takes every unsynced byte and name along, and errors at a
// chosen call.
//
// It writes to the machine's real files, and knows of each what a disk would still have after a loss of
// power: the bytes up to the last sync, the names up to the last sync of the directory.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <string>

#include "rocksdb/env.h"
#include "rocksdb/file_system.h"

namespace brokerage::storage::contract {

class FaultFileSystem final : public rocksdb::FileSystemWrapper {
 public:
  FaultFileSystem();
  ~FaultFileSystem() override;
  static const char* kClassName() { return "FaultFileSystem"; }
  const char* Name() const override { return kClassName(); }

  // From now on nothing reaches the disk: close the database, then call LosePower.
  void Freeze();
  // The same, once `count` more write operations were done.
  void FreezeAfter(uint64_t count);
  // Leaves on the disk what a loss of power at Freeze would have. Of what was not synced, `seed` chooses how
  // much happens to be there nevertheless: none, a part, or all. The file system works again.
  void LosePower(uint64_t seed);

  // Lets the write operation (appending, syncing, creating, renaming …) after `count` more fail, and with
  // `for_good` all after it. A failing append may leave a part of its bytes.
  void FailWrite(uint64_t count, bool for_good);
  // Lets the making of every file fail whose name ends so.
  void FailNewFiles(const std::string& ending);
  void Repair();
  // Write operations so far.
  uint64_t writes() const;

  rocksdb::IOStatus NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* result,
                                    rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus ReopenWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                       std::unique_ptr<rocksdb::FSWritableFile>* result,
                                       rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus ReuseWritableFile(const std::string& name, const std::string& old_name,
                                      const rocksdb::FileOptions& options,
                                      std::unique_ptr<rocksdb::FSWritableFile>* result,
                                      rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus NewDirectory(const std::string& name, const rocksdb::IOOptions& options,
                                 std::unique_ptr<rocksdb::FSDirectory>* result,
                                 rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus RenameFile(const std::string& from, const std::string& to,
                               const rocksdb::IOOptions& options, rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus DeleteFile(const std::string& name, const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus Truncate(const std::string& name, std::size_t size, const rocksdb::IOOptions& options,
                             rocksdb::IODebugContext* debug) override;

 private:
  friend class FaultWritableFile;
  friend class FaultDirectory;

  struct FileFacts {
    uint64_t size = 0;
    uint64_t synced = 0;
    bool name_synced = false;
    // What the name stood for before an unsynced rename onto it.
    std::optional<std::string> replaced;
  };

  bool Frozen() const;
  // Counts a write operation; an error when it is to fail.
  rocksdb::IOStatus Admit();
  bool FailsNew(const std::string& name) const;
  void Track(const std::string& name, uint64_t size, bool synced);
  void Appended(const std::string& name, uint64_t bytes);
  void Synced(const std::string& name);
  void DirectorySynced(const std::string& directory);

  mutable std::mutex mutex_;
  std::map<std::string, FileFacts> files_;
  bool frozen_ = false;
  uint64_t writes_ = 0;
  std::optional<uint64_t> freeze_at_;
  std::optional<uint64_t> fail_at_;
  bool fail_for_good_ = false;
  std::string failing_ending_;
};

}  // namespace brokerage::storage::contract
