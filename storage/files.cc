#include "storage/files.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <optional>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <system_error>
#include <unistd.h>

#include "absl/strings/str_cat.h"

#include "base/digest.h"
#include "storage/errors.h"

namespace brokerage::storage {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kCopyBytes = 1024 * 1024;

absl::Status FileError(int error, absl::string_view what, const std::string& path) {
  const std::string message =
      absl::StrCat("cannot ", what, " ", path, ": ", std::generic_category().message(error));
  switch (error) {
    case ENOSPC:
    case EDQUOT:
      return absl::ResourceExhaustedError(message);
    case EEXIST:
    case ENOTEMPTY:
      return absl::AlreadyExistsError(message);
    case ENOENT:
      return absl::NotFoundError(message);
    default:
      return EngineUnavailable(message);
  }
}

// An open file, closed at the end of its scope.
class Descriptor {
 public:
  Descriptor(const std::string& path, int flags) : fd_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  bool ok() const { return fd_ >= 0; }
  int get() const { return fd_; }

 private:
  int fd_;
};

absl::Status WriteAll(const Descriptor& file, absl::string_view bytes, const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file.get(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return FileError(errno, "write", path);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return absl::OkStatus();
}

// Reads all of `path`, piece by piece.
template <typename Sink>
absl::Status ReadPieces(const std::string& path, Sink sink) {
  const Descriptor file(path, O_RDONLY);
  if (!file.ok()) return FileError(errno, "open", path);
  std::string buffer(kCopyBytes, '\0');
  while (true) {
    const ssize_t read = ::read(file.get(), buffer.data(), buffer.size());
    if (read < 0 && errno == EINTR) continue;
    if (read < 0) return FileError(errno, "read", path);
    if (read == 0) return absl::OkStatus();
    const absl::Status status = sink(absl::string_view(buffer.data(), static_cast<std::size_t>(read)));
    if (!status.ok()) return status;
  }
}

absl::Status Sync(const Descriptor& file, const std::string& path) {
  return ::fsync(file.get()) == 0 ? absl::OkStatus() : FileError(errno, "sync", path);
}

}  // namespace

absl::StatusOr<uint64_t> FreeBytes(const std::string& directory) {
  struct statvfs facts = {};
  if (::statvfs(directory.c_str(), &facts) != 0)
    return FileError(errno, "ask for the free space of", directory);
  return static_cast<uint64_t>(facts.f_bavail) * facts.f_frsize;
}

uint64_t DirectoryBytes(const std::string& directory) {
  uint64_t bytes = 0;
  std::error_code error;
  for (fs::directory_iterator entry(directory, error), end; !error && entry != end; entry.increment(error)) {
    std::error_code vanished;
    const uint64_t size = entry->file_size(vanished);
    if (!vanished) bytes += size;
  }
  return bytes;
}

absl::StatusOr<std::vector<std::string>> ListFiles(const std::string& directory) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator entry(directory, error), end; !error && entry != end; entry.increment(error)) {
    if (entry->is_regular_file(error)) names.push_back(entry->path().filename().string());
  }
  if (error) return FileError(error.value(), "list", directory);
  std::sort(names.begin(), names.end());
  return names;
}

bool Exists(const std::string& path) {
  std::error_code error;
  return fs::exists(fs::symlink_status(path, error));
}

bool IsOccupied(const std::string& path) {
  if (!Exists(path)) return false;
  std::error_code error;
  return !fs::is_directory(path, error) || !fs::is_empty(path, error);
}

std::string ParentDirectory(const std::string& path) {
  fs::path trimmed(path);
  if (!trimmed.has_filename()) trimmed = trimmed.parent_path();
  const std::string parent = trimmed.parent_path().string();
  return parent.empty() ? "." : parent;
}

absl::Status MakeDirectory(const std::string& path) {
  return ::mkdir(path.c_str(), 0700) == 0 ? absl::OkStatus() : FileError(errno, "create", path);
}

absl::Status MakeDirectories(const std::string& path) {
  std::error_code error;
  if (fs::is_directory(path, error)) return absl::OkStatus();
  fs::create_directories(ParentDirectory(path), error);
  if (error) return FileError(error.value(), "create the parents of", path);
  return MakeDirectory(path);
}

absl::Status RemoveEmptyDirectory(const std::string& path) {
  if (::rmdir(path.c_str()) == 0 || errno == ENOENT) return absl::OkStatus();
  return FileError(errno, "remove", path);
}

absl::Status RemoveTree(const std::string& path) {
  std::error_code error;
  fs::remove_all(path, error);
  return error ? FileError(error.value(), "remove", path) : absl::OkStatus();
}

absl::Status WriteFile(const std::string& path, absl::string_view content) {
  const Descriptor file(path, O_WRONLY | O_CREAT | O_EXCL);
  if (!file.ok()) return FileError(errno, "create", path);
  if (absl::Status status = WriteAll(file, content, path); !status.ok()) return status;
  return Sync(file, path);
}

absl::StatusOr<FileDigest> CopyFile(const std::string& from, const std::string& to) {
  const Descriptor target(to, O_WRONLY | O_CREAT | O_EXCL);
  if (!target.ok()) return FileError(errno, "create", to);
  FileDigest digest;
  base::Sha256Stream hash;
  absl::Status status = ReadPieces(from, [&](absl::string_view piece) {
    digest.bytes += piece.size();
    hash.Update(piece);
    return WriteAll(target, piece, to);
  });
  if (status.ok()) status = Sync(target, to);
  if (!status.ok()) return status;
  digest.sha256 = base::HexEncode(hash.Finish());
  return digest;
}

absl::StatusOr<FileDigest> SealFile(const std::string& path) {
  const std::string copy = absl::StrCat(path, ".copy");
  absl::StatusOr<FileDigest> digest = CopyFile(path, copy);
  if (!digest.ok()) return digest;
  if (::rename(copy.c_str(), path.c_str()) != 0) return FileError(errno, "rename", copy);
  return digest;
}

absl::Status SyncDirectory(const std::string& directory) {
  const Descriptor file(directory, O_RDONLY | O_DIRECTORY);
  if (!file.ok()) return FileError(errno, "open", directory);
  return Sync(file, directory);
}

absl::Status RenameToNew(const std::string& from, const std::string& to) {
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) != 0) {
    // Some file systems cannot promise not to replace; then looking first must do.
    if (errno != EINVAL) return FileError(errno, "rename", from);
    if (Exists(to)) return TargetExists(to);
    if (::rename(from.c_str(), to.c_str()) != 0) return FileError(errno, "rename", from);
  }
  return SyncDirectory(ParentDirectory(to));
}

}  // namespace brokerage::storage
