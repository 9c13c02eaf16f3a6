// Volunteers and roles for the benchmarks of inner parts: enough that nothing is learnt by heart, few enough
// for the caches.
#pragma once

#include <benchmark/benchmark.h>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "bench/world.h"
#include "matcher/types.h"
#include "matcher/world.h"

namespace brokerage::bench {

// Of questions of one class.
class MicroWorld {
 public:
  explicit MicroWorld(RoleClass role_class) : world_(DryWorld()) {
    const World made(kSeed, kVolunteers);
    for (int64_t i = 0; i < kVolunteers; ++i) volunteers_.push_back(made.VolunteerAt(i));
    for (int64_t i = 0; i < kRoles; ++i) roles_.push_back(made.QuestionAt(role_class, i).role);
  }

  const matcher::World& world() const { return *world_; }

  // Measures `part` of a volunteer and a role, all pairs in turn.
  template <typename Part>
  void Measure(benchmark::State& state, const Part& part) const {
    std::size_t i = 0;
    for (auto _ : state) {
      benchmark::DoNotOptimize(part(volunteers_[i % volunteers_.size()], roles_[i % roles_.size()]));
      ++i;
    }
  }

 private:
  static constexpr uint64_t kSeed = 1;
  // Without a common factor, so that all pairs come.
  static constexpr int64_t kVolunteers = 512;
  static constexpr int64_t kRoles = 31;

  std::shared_ptr<const matcher::World> world_;
  std::vector<matcher::VolunteerFacts> volunteers_;
  std::vector<matcher::OpportunityFacts> roles_;
};

}  // namespace brokerage::bench
