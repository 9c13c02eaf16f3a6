// An error as it is shown: what was refused, every field of it, the stable reason, and what to do about it.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

#include "apps/cli/client/environment.h"

namespace brokerage::cli {

// What may help; empty when there is nothing to add.
std::string HintFor(const absl::Status& status);

// On standard error: sentences, or with `json` {"error": {"code", "reason", "message", "fields", "needs",
// "hint"}}.
void PrintError(const Environment& environment, const absl::Status& status, bool json);

}  // namespace brokerage::cli
