// Advice on thin lists: which single change would bring more matches, and how many.
//
// Each figure is that of a question really asked: the changed one, of the same view at the same moment. There
// is no second reading of the rules here.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "matcher/index.h"
#include "matcher/types.h"

namespace brokerage::matcher {

// In the order in which changes that bring the same are told.
enum class RelaxationKind : uint8_t {
  kRadius,           // travel `further_m` more: whoever states a radius, or the volunteer asked about
  kMinimumCoverage,  // a role: cover `minimum_coverage_bp` of the commitment at least
  kWantedSkill,      // a role: `skill` is wanted and no longer required
  kRemote,           // a role is done from anywhere; a volunteer takes such roles
};

struct Relaxation {
  RelaxationKind kind = RelaxationKind::kRadius;
  uint32_t further_m = 0;
  uint32_t minimum_coverage_bp = 0;
  SkillId skill = 0;
  friend bool operator==(const Relaxation&, const Relaxation&) = default;
};

// 3, 5 and 10 miles: what people are asked in Kent.
inline constexpr std::array<uint32_t, 3> kFurtherStepsM = {4'828, 8'047, 16'093};
// No radius is made greater than this.
inline constexpr uint32_t kGreatestRadiusM = 500'000;
// Three quarters of the commitment, half, a quarter, whatever they can give.
inline constexpr std::array<uint32_t, 4> kCoverageStepsBp = {7'500, 5'000, 2'500, 0};

// The changes that there are to a role. Each kind's steps from small to great.
// Radius: of a role on site with a place. Coverage: each step below the present minimum, of a role with a
// schedule. Skills: each required one, as listed. Remote: of a role on site.
std::vector<Relaxation> RelaxationsOf(const OpportunityFacts& opportunity);
// And to a volunteer. Radius: of one whose home is known; one who states no radius begins at 0. Remote: of
// one who does not take such roles. What roles ask is not theirs to change.
std::vector<Relaxation> RelaxationsOf(const VolunteerFacts& volunteer);

// The record after the change. kRadius leaves a role as it is: the question is changed instead.
OpportunityFacts Relaxed(OpportunityFacts opportunity, const Relaxation& change);
VolunteerFacts Relaxed(VolunteerFacts volunteer, const Relaxation& change);

struct Suggestion {
  Relaxation change;
  int64_t additional = 0;             // matches after the change that are none now; at least 1
  int64_t lost = 0;                   // matches now that would be none; only kRemote of a role loses any
  int64_t best_score_millionths = 0;  // the highest score, after the change, of the additional ones
  friend bool operator==(const Suggestion&, const Suggestion&) = default;
};

struct Suggestions {
  int64_t matches = 0;  // now
  // Most additional matches first, then the highest best score, then as RelaxationsOf lists them. What brings
  // nothing is left out, and so is a step that brings no more than a smaller one of its kind.
  std::vector<Suggestion> best_first;
};

// For the question `query`, whose include_counts does not matter. nullopt when `cancelled`, which is asked
// between the changes, said so.
std::optional<Suggestions> SuggestRelaxations(const View& view, const VolunteersFor& query, Moment as_of,
                                              const Weights& weights, const std::function<bool()>& cancelled);
std::optional<Suggestions> SuggestRelaxations(const View& view, const OpportunitiesFor& query, Moment as_of,
                                              const Weights& weights, const std::function<bool()>& cancelled);

}  // namespace brokerage::matcher
