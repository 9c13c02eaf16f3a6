#include "matcher/columnar/role_asker.h"

#include <string>
#include <utility>

#include "matcher/order.h"
#include "matcher/pair.h"

namespace brokerage::matcher {

RoleAsker::RoleAsker(const RolePool& pool, const OpportunitiesFor& query, Moment as_of,
                     const Weights& weights, uint32_t own_centre, const SetVolunteerHistory* past,
                     std::size_t k, const std::optional<RankKey>& after)
    : pool_(pool),
      query_(query),
      volunteer_(*query.volunteer),
      as_of_(as_of),
      weights_(weights),
      own_centre_(own_centre),
      elsewhere_(volunteer_.centre.empty() ? "elsewhere" : ""),
      past_(past),
      travel_(pool.world.waters, {query.volunteer->home, query.volunteer->outcode_centroid}),
      before_(query, as_of, pool.world),
      best_(k, after) {}

int64_t RoleAsker::RankOf(const RoleLane& lane, int64_t score, int64_t connections) const {
  return connections == 0 ? score : ShownRank(score, lane.places, weights_.alpha_bp, connections);
}

void RoleAsker::Ask(const RoleLeaf& leaf, std::size_t number) {
  const RoleLane& lane = leaf.lanes()[number];
  const RoleRest& rest = leaf.RestOf(number);
  const OpportunityFacts& opportunity = FactsOf(leaf, number);
  if (query_.visibility.own_only && !query_.visibility.sees_all &&
      lane.facts->centre != query_.visibility.centre)
    return;
  const OrganisationStanding organisation = pool_.roles.StandingOf(rest);
  const Role role(opportunity, organisation, as_of_, travel_);
  PairHistory history;
  if (past_ != nullptr) history = HistoryOf(past_, lane.facts->name, rest.connections);
  PairScore pair = Pair(volunteer_, role, history, pool_.world.taxonomies).Score(weights_);
  if (!pair.score_millionths) return;
  ++eligible_;
  if (query_.access_supported_only && !SupportsAccess(volunteer_.access_needs, opportunity)) return;
  if (before_.Has(opportunity, organisation, history)) return;
  ++length_;
  const int64_t score = *pair.score_millionths;
  asked_.push_back({lane.facts, lane.id, std::move(pair)});
  if (!best_.Offer(RankOf(lane, score, rest.connections), score, asked_.back())) return asked_.pop_back();
  const auto* const worst = query_.include_counts ? nullptr : best_.worst();
  if (worst != nullptr) {
    worst_ = {worst->rank_millionths, worst->score_millionths, worst->record->id};
  }
}

// What rules read of a role, restored where that spares looking for its facts.
const OpportunityFacts& RoleAsker::FactsOf(const RoleLeaf& leaf, std::size_t number) {
  const RoleLane& lane = leaf.lanes()[number];
  if (!lane.is_whole) return *lane.facts;
  leaf.RestOf(number).Restore(lane, leaf.PlaceOf(number), restored_);
  const absl::string_view centre = lane.centre == own_centre_ ? volunteer_.centre : elsewhere_;
  if (restored_.centre != centre) restored_.centre = std::string(centre);
  return restored_;
}

MatchList RoleAsker::Answer() && {
  auto finished = std::move(best_).Finish();
  MatchList list;
  list.more = finished.more;
  list.matches.reserve(finished.best.size());
  // Names lie all over the memory: all are fetched before the first is waited for.
  for (const auto& candidate : finished.best) __builtin_prefetch(&candidate.record->facts->name);
  for (const auto& candidate : finished.best) {
    __builtin_prefetch(candidate.record->facts->name.data());
    __builtin_prefetch(candidate.record->facts->title.data());
  }
  for (const auto& candidate : finished.best) {
    const OpportunityFacts& opportunity = *candidate.record->facts;
    list.matches.push_back({{candidate.rank_millionths, candidate.score_millionths, opportunity.name},
                            candidate.record->pair,
                            opportunity.title});
  }
  if (query_.include_counts) {
    list.counts = Counts{pool_.roles.CountSeenBy(query_.visibility), eligible_};
    list.length = length_;
  }
  return list;
}

}  // namespace brokerage::matcher
