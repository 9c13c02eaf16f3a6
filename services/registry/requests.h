// What the requests of all resources have in common.
#pragma once

#include "absl/strings/string_view.h"

#include "base/errors.h"

namespace brokerage::registry {

// Adds a fault of `field` when `name` is none of Name's; `pattern` is what it must look like. An empty one is
// the limits' to refuse.
template <typename Name>
void CheckName(absl::string_view name, absl::string_view field, absl::string_view pattern,
               base::Violations& violations) {
  if (!name.empty() && !Name::Parse(name)) violations.Add(field, pattern);
}

// Of a resource in an update, whose name the limits let be empty.
template <typename Name>
void RequireName(absl::string_view name, absl::string_view field, absl::string_view pattern,
                 base::Violations& violations) {
  if (name.empty()) violations.Add(field, "is required");
  CheckName<Name>(name, field, pattern, violations);
}

}  // namespace brokerage::registry
