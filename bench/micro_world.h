// Volunteers and roles for the benchmarks of inner parts: enough that nothing is learnt by heart, few enough
// for the caches.
#pragma once

#include <benchmark/benchmark.h>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "bench/world.h"
#include "matcher/taxonomy.h"
#include "matcher/types.h"

namespace brokerage::bench {

// Of questions of one class.
class MicroWorld {
 public:
  explicit MicroWorld(RoleClass role_class) : taxonomies_(ShippedTaxonomies()) {
    const World world(kSeed, kVolunteers);
    for (int64_t i = 0; i < kVolunteers; ++i) volunteers_.push_back(world.VolunteerAt(i));
    for (int64_t i = 0; i < kRoles; ++i) roles_.push_back(world.QuestionAt(role_class, i).role);
  }

  const matcher::Taxonomies& taxonomies() const { return *taxonomies_; }

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

  std::shared_ptr<const matcher::Taxonomies> taxonomies_;
  std::vector<matcher::VolunteerFacts> volunteers_;
  std::vector<matcher::OpportunityFacts> roles_;
};

}  // namespace brokerage::bench
