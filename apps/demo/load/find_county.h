// Looks for a loaded county.
#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "apps/cli/client/client.h"
#include "apps/demo/load/mark.h"

namespace brokerage::demo {

struct FoundCounty {
  Mark mark;
  std::string first_organisation;  // resource name
  absl::Time begun;                // when loading began
};

// The county that the registry holds, if any. Errors are the registry's.
absl::StatusOr<std::optional<FoundCounty>> FindCounty(const cli::Client& client);

// The name of an open role of its first organisation: the county's first role, or one like it. NOT_FOUND when
// there is no county, or none of these roles is open any more.
absl::StatusOr<std::string> FindSuggestion(const cli::Client& client);

}  // namespace brokerage::demo
