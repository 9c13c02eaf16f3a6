// Backups of a service's store, by name, under its configured directory.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

#include "storage/store.h"

namespace brokerage::rpc {

struct MadeBackup {
  std::string name;  // `backups/{backup}`
  std::string path;
  storage::Revision revision;
};

// Writes a backup called `id` (empty: after the moment) into `directory`, which is made when it is not there.
// Errors: INVALID_ARGUMENT (the id is none), AlreadyExists, FAILED_PRECONDITION NO_BACKUP_DIRECTORY (none is
// configured), what FromStore makes of the store's.
absl::StatusOr<MadeBackup> MakeBackup(storage::Store& store, const std::string& directory,
                                      absl::string_view id, absl::Time now);

}  // namespace brokerage::rpc
