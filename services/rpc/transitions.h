// The steps that a record may take from state to state: one table for each resource, and the one place that
// reads it.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/generated_enum_reflection.h"

#include "base/errors.h"

namespace brokerage::rpc {

template <typename Resource>
struct Transition {
  absl::string_view method;  // "PauseVolunteer"
  std::vector<typename Resource::State> from;
  std::optional<typename Resource::State> to;  // nullopt: it stays, or goes back where it was
  // Adds what a record lacks for it, each under `path` and the field's name; null: it needs nothing.
  void (*needs)(const Resource& resource, absl::string_view path, base::Violations& lacks) = nullptr;
};

// "SUSPENDED". `State` is a protobuf enum.
template <typename State>
std::string StateName(State state) {
  const auto* value = google::protobuf::GetEnumDescriptor<State>()->FindValueByNumber(state);
  return value == nullptr ? "" : std::string(absl::StripPrefix(value->name(), "STATE_"));
}

// The row of `method`, which the table has: the tables are tested against the services' methods.
template <typename Resource>
const Transition<Resource>& RowOf(const std::vector<Transition<Resource>>& table, absl::string_view method) {
  return *std::find_if(table.begin(), table.end(), [&](const auto& row) { return row.method == method; });
}

// Whether `resource`, which reads as being in `state`, may take the step `row`. Errors: StateNotAllowed,
// naming the states from which it may; RecordIncomplete, naming all that it lacks.
template <typename Resource>
absl::Status CheckTransition(const Transition<Resource>& row, typename Resource::State state,
                             const Resource& resource) {
  if (std::find(row.from.begin(), row.from.end(), state) == row.from.end()) {
    std::vector<std::string> allowed;
    for (const auto from : row.from) allowed.push_back(StateName(from));
    return base::StateNotAllowed(row.method, StateName(state), allowed);
  }
  base::Violations lacks;
  if (row.needs != nullptr) row.needs(resource, "", lacks);
  return lacks.empty() ? absl::OkStatus() : base::RecordIncomplete(row.method, lacks);
}

}  // namespace brokerage::rpc
