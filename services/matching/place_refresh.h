// After an import of places: records that were known less well are placed again.
#pragma once

#include "absl/status/statusor.h"

#include "base/clock.h"
#include "reference/places.h"
#include "storage/store.h"

namespace brokerage::matching {

// Resolves the homes of all volunteers and the places of all opportunities again that are not known to the
// postcode, and stores those that are known otherwise now. Writers go on meanwhile. Returns how many records
// changed. Errors: the store's; what was stored stays so, and calling again goes on.
absl::StatusOr<int> RefreshPlaces(storage::Store& store, const reference::PlaceIndex& places,
                                  const base::Clock& clock);

}  // namespace brokerage::matching
