// A whole pair: do all conditions hold, and what is its score?
#include <benchmark/benchmark.h>

#include "bench/micro_world.h"
#include "matcher/pair.h"

namespace brokerage::bench {
namespace {

// Measures `part` of a Pair.
template <typename Part>
void MeasurePairs(benchmark::State& state, RoleClass role_class, const Part& part) {
  const MicroWorld micro(role_class);
  const matcher::Travel travel(micro.world().waters);
  const matcher::PairHistory history;
  micro.Measure(state, [&](const auto& volunteer, const auto& opportunity) {
    const matcher::Role role(opportunity, matcher::OrganisationStanding::kActive, World::AsOf(), travel);
    return part(matcher::Pair(volunteer, role, history, micro.world().taxonomies));
  });
}

void Conditions(benchmark::State& state, RoleClass role_class) {
  MeasurePairs(state, role_class, [](matcher::Pair pair) { return pair.HoldsAll(); });
}
BENCHMARK_CAPTURE(Conditions, local, RoleClass::kLocal);
BENCHMARK_CAPTURE(Conditions, worst, RoleClass::kWorst);

void Score(benchmark::State& state, RoleClass role_class) {
  MeasurePairs(state, role_class,
               [](matcher::Pair pair) { return matcher::ScoreOf(pair.PartsOf(), matcher::Weights()); });
}
BENCHMARK_CAPTURE(Score, local, RoleClass::kLocal);
BENCHMARK_CAPTURE(Score, worst, RoleClass::kWorst);

}  // namespace
}  // namespace brokerage::bench
