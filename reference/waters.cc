#include "reference/waters.h"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

#include "reference/configured_table.h"
#include "reference/shipped.h"

namespace brokerage::reference {
namespace {

constexpr int32_t kPoleE7 = 90 * kDegreeE7;

std::optional<Point> PointFrom(const std::string& latitude, const std::string& longitude) {
  const auto latitude_e7 = ParseDegreesE7(latitude);
  const auto longitude_e7 = ParseDegreesE7(longitude);
  if (!latitude_e7 || !longitude_e7 || std::abs(*latitude_e7) > kPoleE7) return std::nullopt;
  return Point{*latitude_e7, *longitude_e7};
}

}  // namespace

// Takes rows one by one.
class WatersReader {
 public:
  // What is wrong with the row, given those before it.
  std::vector<std::string> Take(const std::vector<std::string>& fields) {
    std::vector<std::string> reasons;
    const std::string& kind = fields[0];
    if (kind != "barrier" && kind != "crossing" && kind != "corner") {
      reasons.push_back("the kind is not barrier, crossing or corner");
    }
    if (fields[1].empty()) reasons.push_back("the name is missing");
    const std::optional<Point> point = PointFrom(fields[2], fields[3]);
    if (!point) reasons.push_back("the position is not in degrees");
    if (!reasons.empty()) return reasons;
    if (kind == "barrier") return TakeBarrierPoint(fields[1], *point);
    return TakeCrossing({fields[1], *point, kind == "corner"});
  }

  // What is wrong with what has been read; empty when nothing is.
  std::string Fault() const {
    for (const WaterBarrier& barrier : waters_.barriers_) {
      if (barrier.points.size() < 2) return absl::StrCat("the barrier ", barrier.name, " has one point only");
    }
    if (barrier_points_ > kMaxBarrierPoints)
      return TooMany(barrier_points_, "barriers' points", kMaxBarrierPoints);
    const std::size_t crossings = waters_.crossings_.size();
    return crossings > kMaxCrossings ? TooMany(crossings, "crossings and corners", kMaxCrossings) : "";
  }

  Waters Finish() && { return std::move(waters_); }

 private:
  static std::string TooMany(std::size_t count, absl::string_view what, std::size_t limit) {
    return absl::StrCat("there are ", count, " ", what, ", and ", limit, " are the most");
  }

  std::vector<std::string> TakeBarrierPoint(const std::string& name, Point point) {
    if (!waters_.crossings_.empty()) return {"barriers come before crossings and corners"};
    std::vector<WaterBarrier>& barriers = waters_.barriers_;
    if (barriers.empty() || barriers.back().name != name) {
      const bool before = std::any_of(barriers.begin(), barriers.end(),
                                      [&](const WaterBarrier& barrier) { return barrier.name == name; });
      if (before) return {"the barrier was given before"};
      barriers.push_back({name, {}});
    }
    std::vector<Point>& points = barriers.back().points;
    if (!points.empty() && points.back() == point) return {"the barrier's point is the one before"};
    points.push_back(point);
    ++barrier_points_;
    return {};
  }

  std::vector<std::string> TakeCrossing(WaterCrossing crossing) {
    const bool on_barrier =
        std::any_of(waters_.barriers_.begin(), waters_.barriers_.end(), [&](const WaterBarrier& barrier) {
          return std::find(barrier.points.begin(), barrier.points.end(), crossing.point) !=
                 barrier.points.end();
        });
    if (on_barrier && crossing.corner) return {"the corner is a point of a barrier"};
    if (!on_barrier && !crossing.corner) return {"the crossing is no point of a barrier"};
    const bool before =
        std::any_of(waters_.crossings_.begin(), waters_.crossings_.end(),
                    [&](const WaterCrossing& other) { return other.point == crossing.point; });
    if (before) return {"a crossing or corner was there before"};
    waters_.crossings_.push_back(std::move(crossing));
    return {};
  }

  Waters waters_;
  std::size_t barrier_points_ = 0;
};

absl::StatusOr<Waters> Waters::Parse(absl::string_view csv) {
  WatersReader reader;
  const auto judge = [&](const std::vector<std::string>& fields) { return reader.Take(fields); };
  if (auto status = ReadConfiguredTable(csv, {"kind", "name", "latitude", "longitude", "remark"}, judge);
      !status.ok()) {
    return status;
  }
  if (const std::string fault = reader.Fault(); !fault.empty()) return absl::InvalidArgumentError(fault);
  return std::move(reader).Finish();
}

absl::StatusOr<Waters> Waters::Load(const std::string& path) {
  if (path.empty()) return KentWaters();
  return LoadConfiguredTable<Waters>(path);
}

const Waters& KentWaters() {
  static const Waters* const waters = [] {
    absl::StatusOr<Waters> parsed = Waters::Parse(WatersCsv());
    if (!parsed.ok()) ShippedTableIsFaulty(parsed.status().message());
    return new Waters(*std::move(parsed));
  }();
  return *waters;
}

}  // namespace brokerage::reference
