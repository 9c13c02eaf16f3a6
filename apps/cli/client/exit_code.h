// What the program says to the shell. docs/cli.md lists these: they are stable.
#pragma once

#include "absl/status/status.h"

namespace brokerage::cli {

enum class ExitCode {
  kOk = 0,
  kFailed = 1,       // the request was refused, or something failed
  kUsage = 2,        // the command line is wrong
  kRowsRefused = 3,  // rows of an imported file are faulty, whether or not the others were written
  kUnreachable = 4,  // a service did not answer, or not in time
  kDenied = 5,       // the credential is missing, not valid, or lacks the right
  kNotFound = 6,     // what was named does not exist, or is not yours to see
};

// For an error that ends a command.
ExitCode ExitCodeOf(const absl::Status& status);

// The error of a file, so that it is not taken for one of a service: UNKNOWN with the same message.
absl::Status AsFileError(const absl::Status& status);

}  // namespace brokerage::cli
