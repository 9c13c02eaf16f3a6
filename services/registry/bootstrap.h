// The first start: a lead centre, its administrator, and the matching service's way in.
#pragma once

#include <string>

#include "absl/status/status.h"

#include "base/clock.h"
#include "reference/districts.h"
#include "storage/store.h"

namespace brokerage::registry {

struct BootstrapOptions {
  // The id of the lead centre, of the shape that CreateCentre asks for; where it is a district's, the centre
  // covers that district and is named after it.
  std::string lead_centre = "ashford";
  // Where the secrets go: made with mode 0700.
  std::string credentials_dir;
};

inline constexpr char kLeadTokenFile[] = "lead.token";
inline constexpr char kMatchingTokenFile[] = "matching-service.token";

// When `store` has no centre: writes the two files, each a bearer token and a line feed, mode 0600, then
// makes the centre and the credentials in one commit. A crash between the two leaves files that the next
// start replaces, never a store whose secrets nobody has. When there is a centre, nothing is done. Errors:
// INVALID_ARGUMENT for a lead centre that is no id; UNAVAILABLE when the files cannot be written; the
// store's.
absl::Status Bootstrap(storage::Store& store, const reference::Districts& districts, const base::Clock& clock,
                       const BootstrapOptions& options);

}  // namespace brokerage::registry
