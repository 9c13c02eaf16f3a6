// Logs in a file that stays small.
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/status.h"

namespace brokerage::base {

// How much of its logs a process keeps.
struct LogFileLimits {
  int64_t max_bytes = 16 * 1024 * 1024;  // of the file that is written to; one more line may go beyond
  int old_files = 4;                     // `path`.1, the latest, to `path`.4
};

// From here on everything that this process writes to standard error, its libraries' lines too, goes to the
// end of the file `path`, which is made for its owner alone. Once the file is full it becomes `path`.1, what
// was there moves up, and the oldest is dropped. Errors: UNAVAILABLE, naming
// the path.
absl::Status LogToFile(const std::string& path, LogFileLimits limits = {});

// For Log: moves a full file aside. Thread-safe; does nothing unless LogToFile was called.
void MoveFullLogFile();

}  // namespace brokerage::base
