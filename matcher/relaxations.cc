#include "matcher/relaxations.h"

#include <algorithm>
#include <utility>

namespace brokerage::matcher {
namespace {

const OpportunityFacts& SubjectOf(const VolunteersFor& query) { return *query.opportunity; }
const VolunteerFacts& SubjectOf(const OpportunitiesFor& query) { return *query.volunteer; }

// What `query` lists after the change and not before it.
VolunteersFor Gained(VolunteersFor query, const OpportunityFacts& changed, const Relaxation& change) {
  query.before = query.opportunity;
  query.opportunity = &changed;
  query.further_m = change.further_m;
  return query;
}

OpportunitiesFor Gained(OpportunitiesFor query, const VolunteerFacts& changed, const Relaxation&) {
  query.before = query.volunteer;
  query.volunteer = &changed;
  return query;
}

// What it lists now and would not after the change.
template <typename Query, typename Facts>
Query Lost(Query query, const Facts& changed) {
  query.before = &changed;
  return query;
}

// Whether the change may cost matches: all others only let more in.
bool MayLose(const VolunteersFor&, const Relaxation& change) {
  return change.kind == RelaxationKind::kRemote;
}
bool MayLose(const OpportunitiesFor&, const Relaxation&) { return false; }

template <typename Query>
std::optional<Suggestions> Suggest(const View& view, Query query, Moment as_of, const Weights& weights,
                                   const std::function<bool()>& cancelled) {
  // Without alpha the shown rank is the score, so that the first of a list scores highest.
  Weights by_score = weights;
  by_score.alpha_bp = 0;
  query.include_counts = true;
  const auto length = [&](const Query& question) {
    return view.TopK(question, as_of, by_score, 0, std::nullopt).length.value_or(0);
  };

  Suggestions suggestions;
  suggestions.matches = length(query);
  int64_t smaller_step = 0;  // what the step before, of the same kind, brings
  std::optional<RelaxationKind> kind_before;
  for (const Relaxation& change : RelaxationsOf(SubjectOf(query))) {
    if (cancelled()) return std::nullopt;
    // Skills are not steps of one another.
    if (kind_before != change.kind || change.kind == RelaxationKind::kWantedSkill) smaller_step = 0;
    kind_before = change.kind;
    const auto changed = Relaxed(SubjectOf(query), change);
    const MatchList gained = view.TopK(Gained(query, changed, change), as_of, by_score, 1, std::nullopt);
    if (gained.length.value_or(0) <= smaller_step) continue;
    smaller_step = *gained.length;
    suggestions.best_first.push_back({change, *gained.length,
                                      MayLose(query, change) ? length(Lost(query, changed)) : 0,
                                      gained.matches.front().key.score_millionths});
  }
  std::stable_sort(suggestions.best_first.begin(), suggestions.best_first.end(),
                   [](const Suggestion& a, const Suggestion& b) {
                     if (a.additional != b.additional) return a.additional > b.additional;
                     return a.best_score_millionths > b.best_score_millionths;
                   });
  return suggestions;
}

void AddRadiusSteps(uint32_t radius_m, std::vector<Relaxation>& changes) {
  for (const uint32_t further_m : kFurtherStepsM) {
    if (radius_m + further_m > kGreatestRadiusM) return;
    changes.push_back({RelaxationKind::kRadius, further_m});
  }
}

}  // namespace

std::vector<Relaxation> RelaxationsOf(const OpportunityFacts& opportunity) {
  std::vector<Relaxation> changes;
  if (!opportunity.remote && opportunity.place) AddRadiusSteps(0, changes);
  if (!std::holds_alternative<std::monostate>(opportunity.schedule)) {
    for (const uint32_t minimum_bp : kCoverageStepsBp) {
      if (minimum_bp >= opportunity.minimum_coverage_bp) continue;
      changes.push_back({RelaxationKind::kMinimumCoverage, 0, minimum_bp});
    }
  }
  for (const WantedSkill& wanted : opportunity.skills) {
    if (wanted.required) changes.push_back({RelaxationKind::kWantedSkill, 0, 0, wanted.skill});
  }
  if (!opportunity.remote) changes.push_back({RelaxationKind::kRemote});
  return changes;
}

std::vector<Relaxation> RelaxationsOf(const VolunteerFacts& volunteer) {
  std::vector<Relaxation> changes;
  if (volunteer.home || volunteer.outcode_centroid) {
    AddRadiusSteps(volunteer.travel_radius_m.value_or(0), changes);
  }
  if (!volunteer.accepts_remote) changes.push_back({RelaxationKind::kRemote});
  return changes;
}

OpportunityFacts Relaxed(OpportunityFacts opportunity, const Relaxation& change) {
  switch (change.kind) {
    case RelaxationKind::kRadius:
      break;
    case RelaxationKind::kMinimumCoverage:
      opportunity.minimum_coverage_bp = change.minimum_coverage_bp;
      break;
    case RelaxationKind::kWantedSkill:
      for (WantedSkill& wanted : opportunity.skills) {
        if (wanted.skill == change.skill) wanted.required = false;
      }
      break;
    case RelaxationKind::kRemote:
      opportunity.remote = true;
      opportunity.place.reset();
      break;
  }
  return opportunity;
}

VolunteerFacts Relaxed(VolunteerFacts volunteer, const Relaxation& change) {
  if (change.kind == RelaxationKind::kRadius) {
    volunteer.travel_radius_m = volunteer.travel_radius_m.value_or(0) + change.further_m;
  } else if (change.kind == RelaxationKind::kRemote) {
    volunteer.accepts_remote = true;
  }
  return volunteer;
}

std::optional<Suggestions> SuggestRelaxations(const View& view, const VolunteersFor& query, Moment as_of,
                                              const Weights& weights,
                                              const std::function<bool()>& cancelled) {
  return Suggest(view, query, as_of, weights, cancelled);
}

std::optional<Suggestions> SuggestRelaxations(const View& view, const OpportunitiesFor& query, Moment as_of,
                                              const Weights& weights,
                                              const std::function<bool()>& cancelled) {
  return Suggest(view, query, as_of, weights, cancelled);
}

}  // namespace brokerage::matcher
