// Places as clients write them, resolved to coordinates and a district.
#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "base/errors.h"
#include "brokerage/common/v1/place.pb.h"
#include "reference/places.h"
#include "reference/postcode.h"

namespace brokerage::registry {

// The postcode that `text` is, in any usual writing; else a fault of `path` that says what may have been
// meant.
std::optional<reference::Postcode> ReadPostcode(const std::string& text, absl::string_view path,
                                                base::Violations& violations);

// Where `postcode` is; nothing when not even its outcode is known.
std::optional<common::v1::Place> Locate(const reference::Postcode& postcode,
                                        const reference::PlaceIndex& places);

// Brings `place` into the form that is stored: a postcode in its normal form and the point known of it, or
// coordinates alone; with district and precision. What a client says of a point beside a postcode is
// ignored: it is output then. Faults are added under `path`. Ranges are the limits' to check.
void ResolvePlace(common::v1::Place& place, absl::string_view path, const reference::PlaceIndex& places,
                  base::Violations& violations);

// Whether a client gave the same place: the same postcode, or without one the same coordinates.
bool SamePlaceGiven(const common::v1::Place& a, const common::v1::Place& b);

// Resolves a stored place again that was not known to the postcode. Whether it is known better now, or lies
// elsewhere.
bool ResolveAgain(common::v1::Place& place, const reference::PlaceIndex& places);

}  // namespace brokerage::registry
