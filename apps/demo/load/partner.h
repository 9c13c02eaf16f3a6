// A credential for another centre, to see the county with other eyes.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

#include "apps/cli/client/client.h"

namespace brokerage::demo {

// Makes an administrator's credential of `centre` (its id) and writes the token to `path`, for its owner
// only. Nothing is done when there is a file at `path`. Errors: the registry's; UNKNOWN when the file cannot
// be written.
absl::Status WritePartnerCredential(const cli::Client& client, absl::string_view centre,
                                    const std::string& path);

}  // namespace brokerage::demo
