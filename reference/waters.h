// Water that people must go round, and where they can cross it: a table of our own for Kent, which a
// deployment may replace.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "reference/point.h"

namespace brokerage::reference {

// The matcher finds the ways between all crossings at start, in time by the cube of their number, and looks
// at barriers in every pair.
inline constexpr std::size_t kMaxCrossings = 250;
inline constexpr std::size_t kMaxBarrierPoints = 5'000;

// The middle of a water, from point to point.
struct WaterBarrier {
  std::string name;  // "the Swale"
  std::vector<Point> points;
};

// On a barrier's point a bridge, a tunnel or a ferry; a corner, where ways along a winding shore turn, lies
// on none.
struct WaterCrossing {
  std::string name;  // as in "8 km by the Sheppey Crossing"
  Point point;
  bool corner = false;
};

// Immutable. Without rows nothing is in the way.
class Waters {
 public:
  // From CSV with the header kind,name,latitude,longitude,remark; a kind is barrier, crossing or corner, and
  // the rows of one barrier follow one another. INVALID_ARGUMENT naming each line at fault: another kind, a
  // missing name, a position that is none, a barrier's name given before, a point of a barrier that is the
  // one before it, a barrier of one point, a barrier below a crossing or a corner, a crossing on no point of
  // a barrier, a corner on one, a crossing or corner where one was before, more than the limits above.
  static absl::StatusOr<Waters> Parse(absl::string_view csv);
  // The same from a file, or Kent's where `path` is empty; NOT_FOUND or UNAVAILABLE when it cannot be read.
  static absl::StatusOr<Waters> Load(const std::string& path);

  // In the order of the table.
  const std::vector<WaterBarrier>& barriers() const { return barriers_; }
  const std::vector<WaterCrossing>& crossings() const { return crossings_; }

 private:
  friend class WatersReader;
  std::vector<WaterBarrier> barriers_;
  std::vector<WaterCrossing> crossings_;
};

// The Thames estuary, the Medway, the Swale and the Stour's mouth.
const Waters& KentWaters();

}  // namespace brokerage::reference
