// Water that lies in the way: barriers that no way leads across, and the crossings where one does.
//
// Everything happens on the plane of degrees, in whole numbers, so that it is the same on every machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "absl/types/span.h"

#include "matcher/types.h"

namespace brokerage::matcher {

// The middle of the water, from point to point. Barriers that meet share a point, or there is a gap.
using Barrier = std::vector<GeoPoint>;

// A point through which ways may lead. On a barrier it is a bridge, a tunnel or a ferry; off the barriers a
// corner, where ways along a winding shore turn, and then it leads across nothing.
struct Crossing {
  GeoPoint point;
  std::string name;  // "the Sheppey Crossing"; empty for a corner: nobody is told of one
};

// Immutable and thread-safe.
class Waters {
 public:
  static constexpr int64_t kNoWay = std::numeric_limits<int64_t>::max() / 4;  // two of them may be added

  // Nothing is in the way anywhere.
  Waters() = default;
  // Takes time and memory by the cube and the square of the number of crossings.
  Waters(absl::Span<const Barrier> barriers, std::vector<Crossing> crossings);

  // Whether the straight line from `a` to `b` passes from one side of a barrier's segment to the other
  // between the segment's ends. Touching is not crossing: to end on a barrier, to run along one, to pass
  // through one of its points.
  bool Between(GeoPoint a, GeoPoint b) const;

  // The travel distance in whole metres, symmetric to the bit and never below DistanceM (matcher/distance.h):
  // that, when no water is between; else the shortest way over one crossing or more, each leg a great circle
  // that crosses no barrier, rounded to the metre. nullopt: no crossing leads there.
  std::optional<int64_t> TravelM(GeoPoint a, GeoPoint b) const;

  absl::Span<const Crossing> crossings() const { return crossings_; }
  // The shortest way between two crossings, kNoWay when there is none.
  int64_t BetweenCrossingsM(std::size_t from, std::size_t to) const { return Leg(from, to).metres; }
  // The crossing that comes next on that way; `to` itself when it is the next, or when there is no way.
  std::size_t NextCrossing(std::size_t from, std::size_t to) const { return Leg(from, to).next; }

 private:
  struct Box {
    int32_t south = std::numeric_limits<int32_t>::max();
    int32_t north = std::numeric_limits<int32_t>::min();
    int32_t west = std::numeric_limits<int32_t>::max();
    int32_t east = std::numeric_limits<int32_t>::min();

    static Box Of(GeoPoint a, GeoPoint b);
    void Add(const Box& other);
    bool Meets(const Box& other) const {
      return south <= other.north && other.south <= north && west <= other.east && other.west <= east;
    }
  };
  // Points of a barrier that follow one another, and the box around them. The next group of a barrier begins
  // with the last point of the one before it.
  struct Group {
    Box box;
    std::size_t begin = 0;
    std::size_t end = 0;
  };
  struct Way {
    int64_t metres = kNoWay;
    std::size_t next = 0;
  };

  const Way& Leg(std::size_t from, std::size_t to) const { return ways_[from * crossings_.size() + to]; }
  Way& Leg(std::size_t from, std::size_t to) { return ways_[from * crossings_.size() + to]; }
  void FindWays();
  // `Number` holds the difference of two products of differences of the coordinates involved.
  template <typename Number>
  bool Crosses(GeoPoint a, GeoPoint b, const Box& box) const;

  Box everything_;
  std::vector<Group> groups_;
  std::vector<GeoPoint> points_;
  std::vector<Crossing> crossings_;
  std::vector<Way> ways_;  // row by row: from each crossing to each
};

// The ways from one place, found once for many questions: what `waters` answers of it and places across the
// water, sooner. `waters` must outlive it.
class WaysFrom {
 public:
  WaysFrom(const Waters& waters, GeoPoint here);

  GeoPoint here() const { return here_; }
  // waters.TravelM(here, there) where water is between; `straight_m` is DistanceM(here, there).
  std::optional<int64_t> RoundM(GeoPoint there, int64_t straight_m) const;

  // The first crossing with a name on the shortest way from `there` to here, where water is between. nullptr
  // when none is, when no way is known, or when it leads past corners alone.
  const Crossing* FirstCrossing(GeoPoint there) const;

 private:
  // The shortest way from here to a crossing, and the first crossing on it.
  struct Reach {
    int64_t metres = Waters::kNoWay;
    std::size_t through = 0;
    std::size_t to = 0;
  };
  // The last crossing on the shortest way to `there`, and the way's whole length.
  struct Last {
    int64_t metres = Waters::kNoWay;
    const Reach* reach = nullptr;
  };
  Last LastBefore(GeoPoint there) const;

  const Waters* waters_;
  GeoPoint here_;
  std::vector<Reach> reach_;  // of the crossings that can be reached, the nearest first
};

// The travel distances of a query's pairs. A query whose pairs have an end in common says which places that
// end may be, and is answered sooner. Not thread-safe: one for each thread. `waters` must outlive it.
class Travel {
 public:
  explicit Travel(const Waters& waters) : waters_(&waters) {}
  Travel(const Waters& waters, std::initializer_list<std::optional<GeoPoint>> common_ends);

  // waters.TravelM(a, b), of which `straight_m` is DistanceM(a, b).
  std::optional<int64_t> TravelM(GeoPoint a, GeoPoint b, int64_t straight_m) const;

 private:
  struct CommonEnd {
    GeoPoint point;
    std::optional<WaysFrom> ways;  // found when first asked for
  };

  const Waters* waters_;
  mutable std::vector<CommonEnd> common_ends_;
};

}  // namespace brokerage::matcher
