// The state machine of a resource as one table: which method may be called in which state, and what the state
// is afterwards.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "google/protobuf/descriptor.h"

#include "base/errors.h"

namespace brokerage::registry {

// `State` is a protobuf enum.
template <typename State>
struct Transition {
  const char* method;  // "SuspendOrganisation"
  std::vector<State> from;
  // Nothing: the method leaves the state as it is, or it finds another one elsewhere (undelete).
  std::optional<State> to;
};

// Immutable.
template <typename State>
class StateTable {
 public:
  explicit StateTable(std::vector<Transition<State>> rows) : rows_(std::move(rows)) {}

  const std::vector<Transition<State>>& rows() const { return rows_; }

  // The state after `method` in `state`: the same one when the table names none. StateNotAllowed, naming the
  // states in which it is allowed; INTERNAL when the table does not know the method.
  absl::StatusOr<State> Next(absl::string_view method, State state) const {
    for (const Transition<State>& row : rows_) {
      if (method != row.method) continue;
      if (std::find(row.from.begin(), row.from.end(), state) != row.from.end()) return row.to.value_or(state);
      std::vector<std::string> allowed;
      for (const State from : row.from) allowed.push_back(NameOf(from));
      return base::StateNotAllowed(method, NameOf(state), allowed);
    }
    return base::Internal();
  }

 private:
  // "SUSPENDED", as the other service says it too.
  static std::string NameOf(State state) {
    const auto* value = google::protobuf::GetEnumDescriptor<State>()->FindValueByNumber(state);
    return value == nullptr ? std::string() : std::string(absl::StripPrefix(value->name(), "STATE_"));
  }

  std::vector<Transition<State>> rows_;
};

}  // namespace brokerage::registry
