// What a role asks for, in terms of planes: who of a leaf may fit, and how much they could score at most.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/container/inlined_vector.h"

#include "matcher/columnar/geo_box.h"
#include "matcher/columnar/lane_kernel.h"
#include "matcher/columnar/leaf.h"
#include "matcher/columnar/planes.h"
#include "matcher/pair.h"
#include "matcher/taxonomy.h"
#include "matcher/types.h"

namespace brokerage::matcher {

// Every bound is at least the truth in the same whole numbers, so that nobody is lost by it: a score is
// R(Σ weight · part, Σ weight), and a lane whose sum cannot reach what a score needs is left out.
class RoleBounds {
 public:
  // What `role` asks, under `weights`, of volunteers who travel `further_m` more than they state. The role,
  // the taxonomies and the map outlive it.
  RoleBounds(const Role& role, const Taxonomies& taxonomies, const PlaneMap& planes, const Weights& weights,
             uint32_t further_m);

  // Whether anyone of a summary may fit, and the most that the location part can be there. `same_centre`:
  // whether its volunteers are of the role's centre.
  std::optional<int64_t> LocationBound(const LeafSummary& summary, bool same_centre) const;

  // What scoring `least_score` takes (below 0: nothing). Worked out when the score changes, so that leaves
  // and lanes are compared without a division.
  struct Bar {
    int64_t least_score = -1;
    // Of weight · part, summed; of those who state a cause and of others.
    int64_t sum_with_cause = 0;
    int64_t sum_without_cause = 0;
    // Location parts below this cannot score it; those below the other cannot score more.
    int64_t least_location = 0;
    int64_t least_location_for_more = 0;
  };
  Bar BarOf(int64_t least_score) const;

  // Keeps, of `lanes`, those of `leaf` that may hold every condition and reach the bar, given the most that
  // the location part can be. `county_only`: only those shared with the county.
  void KeepCandidates(const Leaf& leaf, bool county_only, int64_t location_part, const Bar& bar,
                      LaneSet& lanes) const;

  // The same for leaves that are looked at several times: what does not depend on the bar is worked out once.
  struct WorkedOut {
    LaneSet lanes{};  // the caller's, of those that KeepCandidates kept
    LaneSet states_cause{};
    LaneUnits units;
    int64_t most_score = 0;  // of the lanes, at most
  };
  void WorkOut(const Leaf& leaf, int64_t location_part, WorkedOut& out) const;
  void KeepCandidates(const WorkedOut& worked_out, int64_t location_part, const Bar& bar,
                      LaneSet& lanes) const;

  // Whether planes tell apart what volunteers may score.
  bool tell_apart() const { return !skills_and_causes_.empty() || !availability_.empty(); }

  // Asks the memory for what KeepCandidates reads.
  void Prefetch(const Leaf& leaf) const;

  // From the role's place; unset when remote or unknown.
  const std::optional<DistanceBound>& from_place() const { return from_place_; }

 private:
  // A lane is in the set when its bit is set in any of the planes. Lists of a usual role need no memory of
  // their own: it would cost as much as looking at several leaves.
  using PlaneSet = absl::InlinedVector<PlaneIndex, 8>;
  // Of lanes in `full` the one, of others in `half` the other.
  struct Term {
    PlaneSet full;
    uint16_t full_units = 0;
    PlaneSet half;
    uint16_t half_units = 0;
  };
  using Terms = absl::InlinedVector<Term, 6>;

  void KeepRequired(const Leaf& leaf, bool county_only, LaneSet& lanes) const;
  static void AddTo(Terms& terms, const PlaneSet& planes, uint16_t units);
  void AddSkills(const PlaneMap& planes);
  void AddCauses(const PlaneMap& planes);
  void AddAvailability(const PlaneMap& planes);
  using Minutes = absl::InlinedVector<std::pair<int64_t, PlaneSet>, 4>;
  void AddCoverage(const Minutes& minutes);
  void AddPapers();
  // Millionths times weight as units, rounded up.
  uint16_t Units(int64_t numerator) const;
  // The most that lanes whose units are at most these can score.
  int64_t MostScore(LaneMost units, int64_t location_part) const;
  // The least location part with which a score can be reached; kMillion + 1: with none.
  int64_t LeastLocation(int64_t least_score) const;
  // The units that the parts other than location must reach, at most what a vector's lane holds plus one.
  int64_t LeastUnits(int64_t least_sum, int64_t location_part) const;
  // Of those who state a cause and of others.
  struct LeastOf {
    int64_t with_cause;
    int64_t without_cause;
  };
  LeastOf UnitsOf(const Bar& bar, int64_t location_part) const;
  // `sums` are LaneUnits or the terms; `to_come` may still be added to them.
  template <typename Sums>
  static void KeepReachingUnits(const Sums& sums, const LaneSet& states_cause, LeastOf least, int64_t to_come,
                                LaneSet& lanes);
  static void AddTerms(const Leaf& leaf, const Terms& all, std::vector<LaneTerm>& terms);
  LaneSet StatingCause(const Leaf& leaf) const;

  const Role& role_;
  const Weights weights_;
  const uint32_t further_m_;
  std::optional<DistanceBound> from_place_;
  absl::InlinedVector<PlaneSet, 8> required_;
  Terms skills_and_causes_;
  Terms availability_;
  Terms coverage_;  // in minutes; empty: required_ says as much
  uint16_t least_coverage_ = 0;
  absl::InlinedVector<PlaneIndex, 32> all_planes_;
  bool states_cause_ = false;
  bool has_availability_ = false;
  int64_t weight_without_cause_ = 0;
  int64_t weight_with_cause_ = 0;
  int64_t most_skills_ = 0;        // weight · part
  int64_t most_availability_ = 0;  // the same
  int64_t availability_units_ = 0;
  int quantum_bits_ = 0;  // a unit is 2 to this of weight · millionths
  int64_t rounding_ = 0;  // what rounding the parts may add
};

}  // namespace brokerage::matcher
