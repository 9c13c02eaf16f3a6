// The bearer token: read from a file, never from the command line, where other users of the machine would see
// it.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace brokerage::cli {

struct BearerToken {
  std::string text;
  // The id of the centre that it belongs to: tokens read `vb_<centre>_<credential>_<secret>`. Empty when it
  // does not.
  std::string centre;
  // Whether other users of the machine may read the file.
  bool readable_by_others = false;
};

// The centre's id in `token`; empty when it has not the form.
std::string CentreOfToken(absl::string_view token);

// The token on the first line of the file at `path`. NOT_FOUND or UNAVAILABLE when it cannot be read,
// INVALID_ARGUMENT when it holds no token.
absl::StatusOr<BearerToken> ReadCredentialFile(const std::string& path);

}  // namespace brokerage::cli
