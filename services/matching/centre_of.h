// To which centre a record belongs, by its name.
#pragma once

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace brokerage::matching {

// `centres/{centre}` of a `Name` (base/resource_names.h) of something of a centre's; nullopt when `name` is
// not one.
template <typename Name>
std::optional<std::string> CentreOf(absl::string_view name) {
  const auto parsed = Name::Parse(name);
  return parsed ? std::optional(parsed->Parent().Format()) : std::nullopt;
}

}  // namespace brokerage::matching
