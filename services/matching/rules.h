// What records are held against.
#pragma once

#include "absl/time/time.h"

#include "reference/places.h"
#include "services/matching/convert/tables.h"

namespace brokerage::matching {

struct Rules {
  const ReferenceTables& tables;
  const reference::PlaceIndex& places;
  absl::Time now;
};

}  // namespace brokerage::matching
