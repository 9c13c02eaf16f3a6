// The few things done to files apart from an engine's own: free space, durable copies, names that appear
// whole.
//
// Errors of all: RESOURCE_EXHAUSTED for a full disk, ALREADY_EXISTS, NOT_FOUND, else UNAVAILABLE; with the
// path and the operating system's words.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace brokerage::storage {

// Space that commits leave free, so that an engine can always tidy up (RocksDB: flush and compact).
struct DiskReserve {
  uint64_t bytes = uint64_t{512} * 1024 * 1024;
  // Bytes free for us where `directory` lies. Empty: an engine on disk asks the operating system, one in
  // memory nobody.
  std::function<absl::StatusOr<uint64_t>(const std::string& directory)> free_bytes;
};

// What the operating system says.
absl::StatusOr<uint64_t> FreeBytes(const std::string& directory);

// Bytes of the regular files in `directory`; files that vanish meanwhile do not count.
uint64_t DirectoryBytes(const std::string& directory);

// Names of the regular files in `directory`, in order.
absl::StatusOr<std::vector<std::string>> ListFiles(const std::string& directory);

bool Exists(const std::string& path);

// Whether `path` is a directory that holds something, or anything else than a directory.
bool IsOccupied(const std::string& path);

// The directory that `path` lies in.
std::string ParentDirectory(const std::string& path);

// Makes the new directory `path`, for this user only: what lies in it is personal.
absl::Status MakeDirectory(const std::string& path);
// The same, unless it is there; and those above it, as the user has it.
absl::Status MakeDirectories(const std::string& path);

// Removes the directory `path` if it is there and empty.
absl::Status RemoveEmptyDirectory(const std::string& path);

// Removes `path` and all below it, if it is there.
absl::Status RemoveTree(const std::string& path);

// Writes a new file, durably but for its name (see SyncDirectory).
absl::Status WriteFile(const std::string& path, absl::string_view content);

struct FileDigest {
  uint64_t bytes = 0;
  std::string sha256;  // lower-case hexadecimal
};

// Copies `from` to the new file `to`, durably but for its name.
absl::StatusOr<FileDigest> CopyFile(const std::string& from, const std::string& to);

// Makes `path` a durable file of its own, not a hard link that shares its bytes with another name.
absl::StatusOr<FileDigest> SealFile(const std::string& path);

// Makes the names in `directory` durable.
absl::Status SyncDirectory(const std::string& directory);

// Renames `from` to `to`, durably; ALREADY_EXISTS when there is a `to`, be it empty.
absl::Status RenameToNew(const std::string& from, const std::string& to);

}  // namespace brokerage::storage
