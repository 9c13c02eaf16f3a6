#include "reference/grid.h"

#include <cmath>
#include <proj.h>
#include <utility>

#include "absl/status/status.h"

namespace brokerage::reference {
namespace {

constexpr char kPipeline[] =
    "+proj=pipeline "
    "+step +inv +proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 +y_0=-100000 +ellps=airy "
    "+step +proj=push +v_3 "
    "+step +proj=cart +ellps=airy "
    "+step +proj=helmert +x=446.448 +y=-125.157 +z=542.06 +rx=0.15 +ry=0.247 +rz=0.842 +s=-20.489 "
    "+convention=position_vector "
    "+step +inv +proj=cart +ellps=WGS84 "
    "+step +proj=pop +v_3 "
    "+step +proj=unitconvert +xy_in=rad +xy_out=deg";

constexpr double kMaxEastingM = 700'000;
constexpr double kMaxNorthingM = 1'300'000;

}  // namespace

struct GridConverter::Impl {
  PJ_CONTEXT* context = nullptr;
  PJ* pipeline = nullptr;
  ~Impl() {
    if (pipeline != nullptr) proj_destroy(pipeline);
    if (context != nullptr) proj_context_destroy(context);
  }
};

GridConverter::GridConverter(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
GridConverter::~GridConverter() = default;

absl::StatusOr<std::unique_ptr<GridConverter>> GridConverter::Create() {
  auto impl = std::make_unique<Impl>();
  impl->context = proj_context_create();
  if (impl->context == nullptr) return absl::InternalError("PROJ gives no context");
  proj_context_set_enable_network(impl->context, 0);
  impl->pipeline = proj_create(impl->context, kPipeline);
  if (impl->pipeline == nullptr)
    return absl::InternalError("PROJ refuses the transformation of grid references");
  return std::unique_ptr<GridConverter>(new GridConverter(std::move(impl)));
}

std::optional<Point> GridConverter::ToPoint(double easting_m, double northing_m) const {
  const bool inside =
      easting_m >= 0 && easting_m <= kMaxEastingM && northing_m >= 0 && northing_m <= kMaxNorthingM;
  if (!inside) return std::nullopt;
  const PJ_COORD out = proj_trans(impl_->pipeline, PJ_FWD, proj_coord(easting_m, northing_m, 0, 0));
  if (!std::isfinite(out.xy.x) || !std::isfinite(out.xy.y)) return std::nullopt;
  return Point{.latitude_e7 = static_cast<int32_t>(std::lround(out.xy.y * kDegreeE7)),
               .longitude_e7 = static_cast<int32_t>(std::lround(out.xy.x * kDegreeE7))};
}

}  // namespace brokerage::reference
