// What the requests of all resources have in common: names, parents, the faults of an update.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

#include "base/errors.h"
#include "base/resource_names.h"

namespace brokerage::rpc {

// What a name of Name's must look like, as a fault says it.
template <typename Name>
std::string MustBe() {
  return absl::StrCat("must be ", Name::kPattern);
}

// Adds a fault of `field` when `name` is none of Name's. An empty one is the limits' to refuse.
template <typename Name>
void CheckName(absl::string_view name, absl::string_view field, base::Violations& violations) {
  if (!name.empty() && !Name::Parse(name)) violations.Add(field, MustBe<Name>());
}

// Of a resource in an update, whose name the limits let be empty.
template <typename Name>
void RequireName(absl::string_view name, absl::string_view field, base::Violations& violations) {
  if (name.empty()) violations.Add(field, "is required");
  CheckName<Name>(name, field, violations);
}

// Adds a fault when `parent` is no centre, or is `centres/-` and one centre is meant.
inline void CheckParent(absl::string_view parent, bool may_be_all, base::Violations& violations) {
  CheckName<base::CentreName>(parent, "parent", violations);
  if (may_be_all) return;
  const auto name = base::CentreName::Parse(parent);
  if (name && name->IsAll()) violations.Add("parent", "must name one centre");
}

// What an update that came to `error` answers: a request with faults of its own is refused for them, with
// those of the record where that could be read, whatever else stands in its way.
inline absl::Status WithRequestFaults(const absl::Status& error, const base::Violations& request_faults) {
  return request_faults.empty() || absl::IsInvalidArgument(error) ? error : request_faults.ToStatus();
}

}  // namespace brokerage::rpc
