#include "base/files.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"

#include "base/digest.h"

namespace brokerage::base {
namespace {

constexpr std::size_t kReadBytes = 256 * 1024;
constexpr std::size_t kSuffixBytes = 8;

absl::Status Failure(const std::string& path, absl::string_view doing) {
  const int error = errno;
  const std::string message = absl::StrCat(path, ": cannot be ", doing, ": ", std::strerror(error));
  return error == ENOENT ? absl::NotFoundError(message) : absl::UnavailableError(message);
}

// What a writer cannot do is UNAVAILABLE, whatever the reason.
absl::Status WriteFailure(const std::string& path, absl::string_view doing) {
  return absl::UnavailableError(Failure(path, doing).message());
}

bool WriteAll(int descriptor, absl::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

absl::Status SyncFolder(const std::string& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return WriteFailure(folder, "opened");
  const absl::Cleanup close = [descriptor] { ::close(descriptor); };
  if (::fsync(descriptor) != 0) return WriteFailure(folder, "synced");
  return absl::OkStatus();
}

absl::Status WriteAndSync(const std::string& path, absl::string_view bytes, unsigned mode) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  if (descriptor < 0) return WriteFailure(path, "created");
  const absl::Cleanup close = [descriptor] { ::close(descriptor); };
  // The process's umask must not take away what the caller asks for.
  if (::fchmod(descriptor, mode) != 0) return WriteFailure(path, "given its mode");
  if (!WriteAll(descriptor, bytes)) return WriteFailure(path, "written");
  if (::fsync(descriptor) != 0) return WriteFailure(path, "synced");
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return Failure(path, "opened");
  const absl::Cleanup close = [descriptor] { ::close(descriptor); };
  std::string bytes;
  while (true) {
    const std::size_t size = bytes.size();
    bytes.resize(size + kReadBytes);
    const ssize_t got = ::read(descriptor, bytes.data() + size, kReadBytes);
    if (got < 0 && errno != EINTR) return Failure(path, "read");
    bytes.resize(size + static_cast<std::size_t>(got > 0 ? got : 0));
    if (got == 0) return bytes;
  }
}

absl::Status WriteFileAtomically(const std::string& path, absl::string_view bytes, unsigned mode) {
  const std::string temporary = absl::StrCat(path, ".", HexEncode(RandomBytes(kSuffixBytes)), ".tmp");
  absl::Status status = WriteAndSync(temporary, bytes, mode);
  if (status.ok() && std::rename(temporary.c_str(), path.c_str()) != 0)
    status = WriteFailure(path, "replaced");
  if (!status.ok()) {
    ::unlink(temporary.c_str());
    return status;
  }
  const std::string folder = std::filesystem::path(path).parent_path().string();
  return SyncFolder(folder.empty() ? "." : folder);
}

}  // namespace brokerage::base
