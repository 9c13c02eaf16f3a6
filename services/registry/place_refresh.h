// After an import of places: records that were known less well are placed again.
#pragma once

#include "absl/status/statusor.h"

#include "base/clock.h"
#include "reference/places.h"
#include "storage/store.h"

namespace brokerage::registry {

// Resolves the places of all organisations again that are not known to the postcode, and stores those that
// are known better now. Writers go on meanwhile. Returns how many organisations changed. Errors: the store's;
// what was stored stays so, and calling again goes on.
absl::StatusOr<int> RefreshPlaces(storage::Store& store, const reference::PlaceIndex& places,
                                  const base::Clock& clock);

}  // namespace brokerage::registry
