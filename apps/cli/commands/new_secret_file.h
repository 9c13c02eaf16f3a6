// A file for a secret: readable by the user alone, and never one that was there before.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace brokerage::cli {

// Made before the secret exists, so that none is ever made that cannot be kept. Removed again unless it is
// filled.
class NewSecretFile {
 public:
  // ALREADY_EXISTS when there is such a file, UNKNOWN when it cannot be made.
  static absl::StatusOr<NewSecretFile> Create(const std::string& path);
  NewSecretFile(NewSecretFile&& other) noexcept;
  NewSecretFile& operator=(NewSecretFile&&) = delete;
  ~NewSecretFile();

  // Writes the secret and a line end, to the disk itself. UNKNOWN when that fails.
  absl::Status Fill(absl::string_view secret);

 private:
  NewSecretFile(std::string path, int descriptor) : path_(std::move(path)), descriptor_(descriptor) {}

  std::string path_;
  int descriptor_;
  bool filled_ = false;
};

}  // namespace brokerage::cli
