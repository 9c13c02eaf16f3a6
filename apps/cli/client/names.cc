#include "apps/cli/client/names.h"

namespace brokerage::cli {

absl::Status NotAName(absl::string_view typed, absl::string_view whole) {
  return absl::InvalidArgumentError(
      absl::StrCat("\"", typed, "\" is no name: give ", whole, ", or the ID alone for one of your own"));
}

absl::Status CentreNotKnown(absl::string_view typed, absl::string_view whole) {
  return absl::InvalidArgumentError(
      absl::StrCat("\"", typed,
                   "\" is the end of a name and the centre is not known: give --centre, "
                   "or the whole name, ",
                   whole));
}

}  // namespace brokerage::cli
