// What the requests of both resources have in common: parents and names.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

#include "base/errors.h"
#include "base/resource_names.h"

namespace brokerage::matching {

// Adds a fault when `parent` is no centre, or is `centres/-` and one centre is meant. An empty one is the
// limits' to refuse.
inline void CheckParent(absl::string_view parent, bool may_be_all, base::Violations& violations) {
  if (parent.empty()) return;
  const auto name = base::CentreName::Parse(parent);
  if (!name) {
    violations.Add("parent", "must be centres/{centre}");
  } else if (name->IsAll() && !may_be_all) {
    violations.Add("parent", "must name one centre");
  }
}

// Adds a fault when `name` is not one of Name's. `pattern` is what it must look like.
template <typename Name>
void CheckName(absl::string_view name, absl::string_view field, absl::string_view pattern,
               base::Violations& violations) {
  if (name.empty() || Name::Parse(name)) return;
  violations.Add(field, pattern);
}

inline void CheckVolunteerName(absl::string_view name, absl::string_view field,
                               base::Violations& violations) {
  CheckName<base::VolunteerName>(name, field, "must be centres/{centre}/volunteers/{volunteer}", violations);
}

inline void CheckOpportunityName(absl::string_view name, absl::string_view field,
                                 base::Violations& violations) {
  CheckName<base::OpportunityName>(name, field, "must be centres/{centre}/opportunities/{opportunity}",
                                   violations);
}

// What an update that came to `error` answers: a request with faults of its own is refused for them, with
// those of the record where that could be read, whatever else stands in its way.
inline absl::Status WithRequestFaults(const absl::Status& error, const base::Violations& request_faults) {
  return request_faults.empty() || absl::IsInvalidArgument(error) ? error : request_faults.ToStatus();
}

}  // namespace brokerage::matching
