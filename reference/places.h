// Where a postcode or a point lies: imported postcodes where there are any, shipped centroids everywhere
// else.
//
// Attribution, wherever places are shown: kPlacesAttribution.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "reference/districts.h"
#include "reference/point.h"
#include "reference/postcode.h"

namespace brokerage::reference {

inline constexpr absl::string_view kPlacesAttribution =
    "Contains OS data © Crown copyright and database right 2025. Contains Royal Mail data © Royal Mail "
    "copyright and "
    "database right 2025. Contains National Statistics data © Crown copyright and database right 2025. "
    "Licensed under "
    "the Open Government Licence v3.0.";

// The mean of fewer imported postcodes stands for no home when a pair crosses centres: a sparse file's could
// lie on the very home, or close to it.
inline constexpr std::size_t kLeastPostcodesOfACentroid = 50;

// How well a place is known, best first.
enum class Precision {
  kCoordinates,  // the point itself was given
  kPostcode,     // the point of the postcode, from an imported file
  kSector,       // the mean of the postcodes of its sector ("TN23 1")
  kOutcode,      // the mean of the postcodes of its outcode ("TN23")
};

struct ResolvedPlace {
  Point point;
  // ONS code of a served district, kOutside, or empty when unknown: an outcode or a sector gives a district
  // only when all its postcodes agree.
  std::string district;
  std::string
      outcode;  // of the postcode; of a point given by coordinates, the outcode with the nearest centroid
  Precision precision = Precision::kPostcode;
};

// Immutable and thread-safe; share it and replace the pointer to reload.
class PlaceIndex {
 public:
  virtual ~PlaceIndex() = default;

  // The postcode's own point, or its sector's centroid, or its outcode's. Nothing when not even the outcode
  // is known.
  virtual std::optional<ResolvedPlace> Resolve(const Postcode& postcode) const = 0;

  // The place of a point. Its district is that of the nearest imported postcode within 2 km, else the one
  // that the two nearest sectors agree on, the nearest within 10 km, else unknown. Ranges are the caller's to
  // check.
  virtual ResolvedPlace ResolveCoordinates(Point point) const = 0;

  // The centroid that stands for every home in `outcode` ("TN23") when a pair crosses centres: the shipped
  // one; for outcodes beyond the shipped table the mean of the imported postcodes, if at least
  // kLeastPostcodesOfACentroid were; nothing otherwise.
  virtual std::optional<Point> OutcodeCentroid(absl::string_view outcode) const = 0;

  // The outcode whose centroid is nearest by great circle, of those that OutcodeCentroid knows; of equally
  // near ones the first bytewise.
  virtual std::string NearestOutcode(Point point) const = 0;

  // The reference version: the SHA-256 of the imported file in hexadecimal, or "shipped-" and 16 digits of
  // the SHA-256 of the shipped table when nothing is imported.
  virtual const std::string& version() const = 0;

  // Imported postcodes; 0 when nothing is imported.
  virtual std::size_t postcode_count() const = 0;
};

// The shipped centroids alone.
std::shared_ptr<const PlaceIndex> ShippedPlaces(const Districts& districts);

// The places imported last into `dir` (DATA/places), over the shipped centroids; these alone when nothing was
// ever imported there, or `dir` is empty. DATA_LOSS when what was imported is missing or damaged,
// UNIMPLEMENTED when a later program wrote it, UNAVAILABLE when it cannot be read: at start the service then
// refuses to run, on a reload it keeps what it has.
absl::StatusOr<std::shared_ptr<const PlaceIndex>> LoadPlaces(const std::string& dir,
                                                             const Districts& districts);

}  // namespace brokerage::reference
