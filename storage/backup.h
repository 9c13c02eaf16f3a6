// Backups as directories: the engine's files, and a manifest that says what they are and what they must hash
// to.
//
//   backup.txt   the manifest, sealed by a hash of its own
//   data/        the files
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "storage/files.h"
#include "storage/store.h"

namespace brokerage::storage {

struct BackupManifest {
  struct File {
    std::string name;
    FileDigest digest;
  };
  uint64_t format = 0;  // kFormatVersion of the rows
  std::string owner;
  Revision revision;  // of the last commit
  std::vector<File> files;
};

// Writes the new directory `to`: whole, durable, or not at all. `fill` puts the engine's files into a new
// directory that it creates, and says at what revision. Errors: ALREADY_EXISTS, those of files.h and of
// `fill`.
absl::StatusOr<Revision> WriteBackup(
    const std::string& to, absl::string_view owner,
    const std::function<absl::StatusOr<Revision>(const std::string& directory)>& fill);

// The manifest of the backup at `from`. Errors: NOT_FOUND, DATA_LOSS (it is not as it was written),
// FAILED_PRECONDITION (written by a newer version).
absl::StatusOr<BackupManifest> ReadManifest(const std::string& from);

// Puts the database of the backup at `from` into `to`, which must not exist or be empty: whole, durable, or
// not at all. `prepare` is given the copied files where they lie before they appear under their name, and
// what it returns is returned. Errors: ALREADY_EXISTS (`to` holds something), DATA_LOSS (a file is not as it
// was written), FAILED_PRECONDITION (another owner's, or of a newer version), those of files.h and of
// `prepare`.
absl::StatusOr<Revision> RestoreBackup(
    const std::string& from, const std::string& to, absl::string_view owner,
    const std::function<absl::StatusOr<Revision>(const std::string& directory)>& prepare);

}  // namespace brokerage::storage
