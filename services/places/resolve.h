// Places as clients write them, resolved to coordinates and a district.
#pragma once

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

#include "base/errors.h"
#include "brokerage/common/v1/place.pb.h"
#include "reference/districts.h"
#include "reference/places.h"
#include "reference/postcode.h"

namespace brokerage::places {

// Brings `place` into the form that is stored: a postcode in its normal form with the coordinates that are
// known of it, or coordinates alone; with the district and the precision. What a client says of a point
// beside a postcode is ignored: it is output then. Faults are added under `path`: neither or half of it
// given, a text that is no postcode, a postcode of which not even the outcode is known. Sizes and ranges are
// the limits' to check; coordinates out of range are left alone.
void ResolvePlace(common::v1::Place& place, absl::string_view path, const reference::PlaceIndex& places,
                  base::Violations& violations);

// Resolves a stored place again that is not known to the postcode. Whether it is known otherwise now.
bool ResolveAgain(common::v1::Place& place, const reference::PlaceIndex& places);

// The postcode that `text` is, in any usual writing; else a fault of `path` that says what may have been
// meant.
std::optional<reference::Postcode> ReadPostcode(const std::string& text, absl::string_view path,
                                                base::Violations& violations);

// Where `postcode` is; nothing when not even its outcode is known.
std::optional<common::v1::Place> Locate(const reference::Postcode& postcode,
                                        const reference::PlaceIndex& places);

// The normal form of `postcode`, in place; a fault of `path` when it is no postcode. Whether it is in use is
// not asked. An empty one is left alone.
void NormalisePostcode(std::string& postcode, absl::string_view path, base::Violations& violations);

// Whether a client gave the same place: the same postcode, or without one the same coordinates.
bool SamePlaceGiven(const common::v1::Place& a, const common::v1::Place& b);

// Leaves of a stored place what a client gave.
void ForgetResolution(common::v1::Place& place);

// The outcode of a stored place: its postcode's, or of its coordinates the one with the nearest centroid;
// empty when it has neither.
std::string OutcodeOf(const common::v1::Place& place, const reference::PlaceIndex& places);

// As records say it: the district of an outcode all of whose postcodes lie in one, or kOutside when all lie
// in none that is served; empty when they lie in several, or the outcode is not known.
std::string DistrictOfOutcode(absl::string_view outcode, const reference::Districts& districts);

// What an outcode says of a stored place: itself, and the district when all of it lies in one. No
// coordinates.
common::v1::Place OutcodeOnly(const common::v1::Place& place, const reference::PlaceIndex& places,
                              const reference::Districts& districts);

}  // namespace brokerage::places
