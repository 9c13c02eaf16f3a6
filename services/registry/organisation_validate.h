// What an organisation must be to be stored, beyond the limits of its fields.
#pragma once

#include <optional>

#include "base/errors.h"
#include "brokerage/registry/v1/organisation.pb.h"
#include "reference/districts.h"
#include "reference/places.h"

namespace brokerage::registry {

// Checks `organisation` against the limits and the rules of its fields, and brings it into the form that is
// stored: places resolved, the size band from the income. `before` is what is stored of it, whose places stay
// as they are where the same ones are given; null when it is new. Every fault is added, under
// "organisation.". That the centre and the accountable body exist is the handler's to check: it reads the
// store.
void CheckOrganisation(const v1::Organisation* before, v1::Organisation& organisation,
                       const reference::Districts& districts, const reference::PlaceIndex& places,
                       base::Violations& violations);

// NCVO's band of a yearly income in pounds.
v1::SizeBand SizeBandOf(std::optional<int64_t> income);

}  // namespace brokerage::registry
