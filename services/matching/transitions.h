// The steps that a record may take from state to state: one table for each resource, and the one place that
// reads it.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

#include "base/errors.h"

namespace brokerage::matching {

template <typename Resource>
struct Transition {
  absl::string_view method;  // "PauseVolunteer"
  std::vector<typename Resource::State> from;
  std::optional<typename Resource::State> to;  // nullopt: it stays, or goes back where it was
  // Adds what a record lacks for it, each under `path` and the field's name; null: it needs nothing.
  void (*needs)(const Resource& resource, absl::string_view path, base::Violations& lacks) = nullptr;
};

// The row of `method`, which the table has: the tables are tested against the services' methods.
template <typename Resource>
const Transition<Resource>& RowOf(const std::vector<Transition<Resource>>& table, absl::string_view method) {
  return *std::find_if(table.begin(), table.end(), [&](const auto& row) { return row.method == method; });
}

// Whether `resource`, which reads as being in `state`, may take the step `row`. Errors: StateNotAllowed,
// naming the states from which it may; RecordIncomplete, naming all that it lacks. `name_of` gives a state's
// name.
template <typename Resource, typename NameOf>
absl::Status CheckTransition(const Transition<Resource>& row, typename Resource::State state,
                             const Resource& resource, NameOf name_of) {
  if (std::find(row.from.begin(), row.from.end(), state) == row.from.end()) {
    std::vector<std::string> allowed;
    for (const auto from : row.from) allowed.push_back(name_of(from));
    return base::StateNotAllowed(row.method, name_of(state), allowed);
  }
  base::Violations lacks;
  if (row.needs != nullptr) row.needs(resource, "", lacks);
  return lacks.empty() ? absl::OkStatus() : base::RecordIncomplete(row.method, lacks);
}

}  // namespace brokerage::matching
