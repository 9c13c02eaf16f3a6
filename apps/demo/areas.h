// Where in Kent the demonstration's people live and its organisations work.
#pragma once

#include <vector>

#include "absl/strings/string_view.h"

namespace brokerage::demo {

// The part of an outcode that lies in one district.
struct Area {
  absl::string_view district;  // id of its centre: "ashford"
  absl::string_view code;      // ONS code of the district that it lies in; E06000035 is Medway
  absl::string_view outcode;
  absl::string_view town;  // its largest place
  int postcodes = 0;       // about how many: its weight beside the district's other areas
  bool rural = false;      // villages: people drive, and travel further
};

// By district, in the order of the districts' codes.
const std::vector<Area>& Areas();

// Whether `area` lies beyond the twelve districts; its people come to the centre next to it.
inline bool IsOutside(const Area& area) { return area.code == "E06000035"; }

}  // namespace brokerage::demo
