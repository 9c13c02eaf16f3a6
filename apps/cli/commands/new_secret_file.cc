#include "apps/cli/commands/new_secret_file.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

#include "absl/strings/str_cat.h"

namespace brokerage::cli {
namespace {

constexpr mode_t kOwnerOnly = 0600;

}  // namespace

absl::StatusOr<NewSecretFile> NewSecretFile::Create(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kOwnerOnly);
  if (descriptor >= 0) return NewSecretFile(path, descriptor);
  if (errno == EEXIST)
    return absl::AlreadyExistsError(absl::StrCat(path, ": is there already; name a new file"));
  return absl::UnknownError(absl::StrCat(path, ": cannot be made: ", std::strerror(errno)));
}

NewSecretFile::NewSecretFile(NewSecretFile&& other) noexcept
    : path_(std::move(other.path_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      filled_(other.filled_) {}

NewSecretFile::~NewSecretFile() {
  if (descriptor_ < 0) return;
  ::close(descriptor_);
  if (!filled_) ::unlink(path_.c_str());
}

absl::Status NewSecretFile::Fill(absl::string_view secret) {
  const std::string text = absl::StrCat(secret, "\n");
  absl::string_view rest = text;
  while (!rest.empty()) {
    const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) break;
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
  if (!rest.empty() || ::fsync(descriptor_) != 0) {
    return absl::UnknownError(absl::StrCat(path_, ": cannot be written: ", std::strerror(errno)));
  }
  filled_ = true;
  return absl::OkStatus();
}

}  // namespace brokerage::cli
