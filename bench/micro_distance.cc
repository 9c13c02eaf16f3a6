// One distance, between a home and a role's place.
#include <benchmark/benchmark.h>

#include "bench/micro_world.h"
#include "matcher/distance.h"

namespace brokerage::bench {
namespace {

void Distance(benchmark::State& state) {
  MicroWorld(RoleClass::kLocal).Measure(state, [](const auto& volunteer, const auto& role) {
    return matcher::DistanceM(volunteer.home.value_or(matcher::GeoPoint()), *role.place);
  });
}
BENCHMARK(Distance);

}  // namespace
}  // namespace brokerage::bench
