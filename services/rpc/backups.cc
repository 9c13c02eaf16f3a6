#include "services/rpc/backups.h"

#include <filesystem>
#include <system_error>

#include "absl/strings/str_cat.h"

#include "base/errors.h"
#include "base/ids.h"
#include "base/log.h"
#include "services/rpc/mutations.h"

namespace brokerage::rpc {

absl::StatusOr<MadeBackup> MakeBackup(storage::Store& store, const std::string& directory,
                                      absl::string_view id, absl::Time now) {
  if (!id.empty() && !base::IsClientId(id)) {
    return base::InvalidField("backup_id", "must be 1 to 63 of [a-z0-9-], a letter first and no hyphen last");
  }
  if (directory.empty()) {
    return base::FailedPrecondition(base::reason::kNoBackupDirectory,
                                    "This service was started without --backups.");
  }
  std::error_code error;
  std::filesystem::create_directories(directory, error);
  if (error) {
    base::Log(base::Severity::kError, "backups.directory",
              {{"directory", directory}, {"detail", error.message()}});
    return base::StoreUnavailable();
  }
  MadeBackup made;
  const std::string chosen =
      id.empty() ? absl::StrCat("at-", absl::FormatTime("%Y%m%d-%H%M%S", now, absl::UTCTimeZone()))
                 : std::string(id);
  made.name = absl::StrCat("backups/", chosen);
  made.path = absl::StrCat(directory, "/", chosen);
  const auto revision = store.Backup(made.path);
  if (!revision.ok()) {
    if (revision.status().code() == absl::StatusCode::kAlreadyExists) return base::AlreadyExists(made.name);
    return FromStore(revision.status());
  }
  made.revision = *revision;
  return made;
}

}  // namespace brokerage::rpc
