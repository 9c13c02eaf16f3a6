// Whole files, read and written so that a reader never meets half of one.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace brokerage::base {

// The bytes of the file at `path`. NOT_FOUND when there is none; UNAVAILABLE when it cannot be read.
absl::StatusOr<std::string> ReadFile(const std::string& path);

// Writes `bytes` to a temporary file beside `path`, syncs it, renames it to `path` and syncs the folder:
// after a crash there is the old file or the new one. `mode` is the permission bits. UNAVAILABLE, naming the
// path, on any failure; no temporary file is left then.
absl::Status WriteFileAtomically(const std::string& path, absl::string_view bytes, unsigned mode = 0644);

}  // namespace brokerage::base
