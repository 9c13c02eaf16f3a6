#include "matcher/waters.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "matcher/distance.h"

namespace brokerage::matcher {
namespace {

// Few enough that a box says much of them, and enough that there are few boxes.
constexpr std::size_t kSegmentsInAGroup = 8;

// Differences of two coordinates of 32 bits, multiplied and subtracted, take 67 bits; those of places that
// are no further apart than this, 61.
__extension__ using Wide = __int128;
constexpr int64_t kNarrowE7 = int64_t{1} << 30;

// On which side of the line from `a` to `b` the point lies: -1, 0 (on it) or 1.
template <typename Number>
int Side(GeoPoint a, GeoPoint b, GeoPoint point) {
  const auto minus = [](int32_t x, int32_t y) { return Number{x} - Number{y}; };
  const Number turn = minus(b.latitude_e7, a.latitude_e7) * minus(point.longitude_e7, a.longitude_e7) -
                      minus(b.longitude_e7, a.longitude_e7) * minus(point.latitude_e7, a.latitude_e7);
  return (turn > 0) - (turn < 0);
}

}  // namespace

Waters::Box Waters::Box::Of(GeoPoint a, GeoPoint b) {
  return {std::min(a.latitude_e7, b.latitude_e7), std::max(a.latitude_e7, b.latitude_e7),
          std::min(a.longitude_e7, b.longitude_e7), std::max(a.longitude_e7, b.longitude_e7)};
}

void Waters::Box::Add(const Box& other) {
  south = std::min(south, other.south);
  north = std::max(north, other.north);
  west = std::min(west, other.west);
  east = std::max(east, other.east);
}

Waters::Waters(absl::Span<const Barrier> barriers, std::vector<Crossing> crossings)
    : crossings_(std::move(crossings)) {
  for (const Barrier& barrier : barriers) {
    for (std::size_t i = 0; i + 1 < barrier.size(); i += kSegmentsInAGroup) {
      Group group{{}, points_.size(), points_.size()};
      const std::size_t last = std::min(i + kSegmentsInAGroup, barrier.size() - 1);
      for (std::size_t at = i; at <= last; ++at) {
        points_.push_back(barrier[at]);
        group.box.Add(Box::Of(barrier[at], barrier[at]));
      }
      group.end = points_.size();
      everything_.Add(group.box);
      groups_.push_back(group);
    }
  }
  FindWays();
}

// Floyd and Warshall's: the shortest ways between all crossings.
void Waters::FindWays() {
  const std::size_t count = crossings_.size();
  ways_.resize(count * count);
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t j = 0; j < count; ++j) {
      const GeoPoint from = crossings_[i].point;
      const GeoPoint to = crossings_[j].point;
      Leg(i, j) = {Between(from, to) ? kNoWay : DistanceM(from, to), j};
    }
  }
  for (std::size_t over = 0; over < count; ++over) {
    for (std::size_t i = 0; i < count; ++i) {
      for (std::size_t j = 0; j < count; ++j) {
        const int64_t metres = Leg(i, over).metres + Leg(over, j).metres;
        if (metres < Leg(i, j).metres) Leg(i, j) = {metres, Leg(i, over).next};
      }
    }
  }
}

bool Waters::Between(GeoPoint a, GeoPoint b) const {
  const Box box = Box::Of(a, b);
  if (!everything_.Meets(box)) return false;
  Box all = everything_;
  all.Add(box);
  const bool narrow = int64_t{all.north} - all.south < kNarrowE7 && int64_t{all.east} - all.west < kNarrowE7;
  return narrow ? Crosses<int64_t>(a, b, box) : Crosses<Wide>(a, b, box);
}

template <typename Number>
bool Waters::Crosses(GeoPoint a, GeoPoint b, const Box& box) const {
  for (const Group& group : groups_) {
    if (!group.box.Meets(box)) continue;
    int before = Side<Number>(a, b, points_[group.begin]);
    for (std::size_t i = group.begin + 1; i < group.end; ++i) {
      const int side = Side<Number>(a, b, points_[i]);
      if (before * side < 0 &&
          Side<Number>(points_[i - 1], points_[i], a) * Side<Number>(points_[i - 1], points_[i], b) < 0) {
        return true;
      }
      before = side;
    }
  }
  return false;
}

std::optional<int64_t> Waters::TravelM(GeoPoint a, GeoPoint b) const {
  if (!Between(a, b)) return DistanceM(a, b);
  return WaysFrom(*this, a).RoundM(b, DistanceM(a, b));
}

WaysFrom::WaysFrom(const Waters& waters, GeoPoint here)
    : waters_(&waters), here_(here), reach_(waters.crossings().size()) {
  for (std::size_t i = 0; i < reach_.size(); ++i) reach_[i].to = i;
  for (std::size_t i = 0; i < reach_.size(); ++i) {
    const GeoPoint first = waters.crossings()[i].point;
    if (waters.Between(here, first)) continue;
    const int64_t to_first_m = DistanceM(here, first);
    for (std::size_t j = 0; j < reach_.size(); ++j) {
      const int64_t metres = to_first_m + waters.BetweenCrossingsM(i, j);
      if (metres < reach_[j].metres) reach_[j] = {metres, i, j};
    }
  }
  std::sort(reach_.begin(), reach_.end(), [](const Reach& a, const Reach& b) {
    return std::tie(a.metres, a.to) < std::tie(b.metres, b.to);
  });
  while (!reach_.empty() && reach_.back().metres >= Waters::kNoWay) reach_.pop_back();
}

WaysFrom::Last WaysFrom::LastBefore(GeoPoint there) const {
  Last best;
  for (const Reach& reach : reach_) {
    if (reach.metres >= best.metres) break;
    const GeoPoint last = waters_->crossings()[reach.to].point;
    if (best.reach != nullptr && CertainlyFurther(last, there, best.metres - reach.metres)) continue;
    const int64_t metres = reach.metres + DistanceM(last, there);
    // What is not shorter needs no look at the water.
    if (metres < best.metres && !waters_->Between(last, there)) best = {metres, &reach};
  }
  return best;
}

std::optional<int64_t> WaysFrom::RoundM(GeoPoint there, int64_t straight_m) const {
  const Last last = LastBefore(there);
  if (last.reach == nullptr) return std::nullopt;
  // Legs are rounded one by one, and three that lie in line may come out a metre short.
  return std::max(straight_m, last.metres);
}

const Crossing* WaysFrom::FirstCrossing(GeoPoint there) const {
  if (!waters_->Between(here_, there)) return nullptr;
  const Last last = LastBefore(there);
  if (last.reach == nullptr) return nullptr;
  const std::size_t end = last.reach->through;
  for (std::size_t at = last.reach->to;; at = waters_->NextCrossing(at, end)) {
    const Crossing& crossing = waters_->crossings()[at];
    if (!crossing.name.empty()) return &crossing;
    if (at == end) return nullptr;
  }
}

Travel::Travel(const Waters& waters, std::initializer_list<std::optional<GeoPoint>> common_ends)
    : waters_(&waters) {
  for (const std::optional<GeoPoint>& end : common_ends) {
    if (end.has_value()) common_ends_.push_back({*end, std::nullopt});
  }
}

std::optional<int64_t> Travel::TravelM(GeoPoint a, GeoPoint b, int64_t straight_m) const {
  if (!waters_->Between(a, b)) return straight_m;
  for (CommonEnd& end : common_ends_) {
    if (end.point != a && end.point != b) continue;
    if (!end.ways.has_value()) end.ways.emplace(*waters_, end.point);
    return end.ways->RoundM(end.point == a ? b : a, straight_m);
  }
  return WaysFrom(*waters_, a).RoundM(b, straight_m);
}

}  // namespace brokerage::matcher
