// National Grid references to latitude and longitude, over PROJ.
//
// The transformation is pinned, not chosen by what grids a machine has: transverse Mercator on Airy 1830
// undone, then the seven-parameter Helmert transformation of OSGB36 to WGS 84 (EPSG:1314). Ordnance Survey's
// OSTN15 grid is not used: every machine gives the same point, at the price of up to 5 m against OSTN15 (in
// Kent about 2 m).
#pragma once

#include <memory>
#include <optional>

#include "absl/status/statusor.h"

#include "reference/point.h"

namespace brokerage::reference {

// Not thread-safe: one for each thread.
class GridConverter {
 public:
  // INTERNAL when PROJ cannot set the transformation up.
  static absl::StatusOr<std::unique_ptr<GridConverter>> Create();
  ~GridConverter();

  // Eastings and northings in metres on EPSG:27700. Nothing outside the grid (0 to 700 km east, 0 to 1,300 km
  // north).
  std::optional<Point> ToPoint(double easting_m, double northing_m) const;

 private:
  struct Impl;
  explicit GridConverter(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace brokerage::reference
