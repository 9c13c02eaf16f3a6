// Resource names as people type them: whole, or only the last segment when the rest is known.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

#include "base/resource_names.h"

namespace brokerage::cli {

// INVALID_ARGUMENT: `typed` is no name; `whole` shows what one looks like.
absl::Status NotAName(absl::string_view typed, absl::string_view whole);
// INVALID_ARGUMENT: `typed` would be the end of a name like `whole`, had the centre been given.
absl::Status CentreNotKnown(absl::string_view typed, absl::string_view whole);

// `Name` is one of those of base/resource_names.h that have a centre; `centre` the caller's centre's id, or
// empty.
//
// "centres/ashford/volunteers/x" stays as it is; "x" becomes that of the caller's centre. INVALID_ARGUMENT,
// saying what was expected, for any other form and for a bare id without a centre.
template <typename Name>
absl::StatusOr<std::string> NameInCentre(absl::string_view typed, absl::string_view centre) {
  if (Name::Parse(typed)) return std::string(typed);
  Name shown;
  shown.centre = "CENTRE";
  shown.id = "ID";
  Name name;
  // Any centre will do to see whether the rest is an id.
  const bool known = !centre.empty() && centre != "-";
  name.centre = known ? std::string(centre) : "ashford";
  name.id = std::string(typed);
  std::string whole = name.Format();
  if (!Name::Parse(whole)) return NotAName(typed, shown.Format());
  if (!known) return CentreNotKnown(typed, shown.Format());
  return whole;
}

// The same for what belongs to no centre. `collection` is "organisations/" and the like.
template <typename Name>
absl::StatusOr<std::string> TopLevelName(absl::string_view collection, absl::string_view typed) {
  if (Name::Parse(typed)) return std::string(typed);
  std::string whole = absl::StrCat(collection, typed);
  if (!Name::Parse(whole)) return NotAName(typed, absl::StrCat(collection, "ID"));
  return whole;
}

}  // namespace brokerage::cli
