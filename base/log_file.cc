#include "base/log_file.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <mutex>
#include <sys/stat.h>
#include <unistd.h>

#include "absl/strings/str_cat.h"

namespace brokerage::base {
namespace {

struct LogFile {
  std::mutex mutex;
  std::string path;  // empty: standard error is left alone
  LogFileLimits limits;
};

// Never freed: threads may log until the very end.
LogFile& TheLogFile() {
  static auto& file = *new LogFile;
  return file;
}

bool IsFull(const LogFile& file) {
  struct stat status = {};
  return ::fstat(STDERR_FILENO, &status) == 0 && status.st_size >= file.limits.max_bytes;
}

// Makes standard error the file `path`.
bool OpenAtEnd(const std::string& path) {
  const int fd = ::open(path.c_str(), O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
  if (fd < 0) return false;
  const bool taken = ::dup2(fd, STDERR_FILENO) >= 0;
  ::close(fd);
  return taken;
}

}  // namespace

absl::Status LogToFile(const std::string& path, LogFileLimits limits) {
  LogFile& file = TheLogFile();
  const std::lock_guard lock(file.mutex);
  if (!OpenAtEnd(path)) {
    return absl::UnavailableError(absl::StrCat("cannot write ", path, ": ", std::strerror(errno)));
  }
  file.path = path;
  file.limits = limits;
  return absl::OkStatus();
}

void MoveFullLogFile() {
  LogFile& file = TheLogFile();
  const std::lock_guard lock(file.mutex);
  if (file.path.empty() || !IsFull(file)) return;
  // Where a rename or the opening fails the full file goes on: a large log is better than none.
  for (int i = file.limits.old_files; i > 1; --i) {
    std::rename(absl::StrCat(file.path, ".", i - 1).c_str(), absl::StrCat(file.path, ".", i).c_str());
  }
  std::rename(file.path.c_str(), absl::StrCat(file.path, ".1").c_str());
  OpenAtEnd(file.path);
}

}  // namespace brokerage::base
