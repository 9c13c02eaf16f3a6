// What a loaded county says of itself, so that loading it again does nothing twice.
//
// It stands in the description of the county's first organisation, where the public API keeps it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

#include "apps/demo/county.h"

namespace brokerage::demo {

struct Mark {
  uint64_t seed = 1;
  int organisations = 0;
  int opportunities = 0;
  int volunteers = 0;
  absl::CivilDay today;        // the day on which loading began
  std::string places_version;  // of the places that it was made with
  bool complete = false;

  // Whether it is of the same county, on whichever day and however far.
  bool IsOfSameCounty(const Mark& other) const;
};

Mark MarkOf(const CountyOptions& options, absl::string_view places_version);
CountyOptions OptionsOf(const Mark& mark);

// "[demonstration seed=1 organisations=400 … state=loading]"
std::string FormatMark(const Mark& mark);
// The mark somewhere in `text`, if there is one.
std::optional<Mark> FindMark(absl::string_view text);

}  // namespace brokerage::demo
