// The parts of a score: time that overlaps, and credits for skills.
#include <benchmark/benchmark.h>

#include "bench/micro_world.h"
#include "matcher/availability.h"
#include "matcher/skills.h"

namespace brokerage::bench {
namespace {

// Minutes of a role's schedule in which a volunteer is free.
void Overlap(benchmark::State& state, RoleClass role_class) {
  MicroWorld(role_class).Measure(state, [](const auto& volunteer, const auto& role) {
    return matcher::CoveredMinutes(role.schedule, matcher::CommitmentOf(role.schedule, World::AsOf()),
                                   volunteer.free);
  });
}
BENCHMARK_CAPTURE(Overlap, week, RoleClass::kWorst);
BENCHMARK_CAPTURE(Overlap, dated, RoleClass::kDated);

void Credits(benchmark::State& state) {
  const MicroWorld micro(RoleClass::kRemote);
  micro.Measure(state, [&](const auto& volunteer, const auto& role) {
    return matcher::SkillsPart(role.skills, volunteer.skills, micro.world().taxonomies.skills);
  });
}
BENCHMARK(Credits);

}  // namespace
}  // namespace brokerage::bench
