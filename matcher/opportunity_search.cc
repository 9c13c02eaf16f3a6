#include "matcher/opportunity_search.h"

#include <utility>

#include "matcher/best_of.h"
#include "matcher/left_out.h"
#include "matcher/order.h"
#include "matcher/pair.h"

namespace brokerage::matcher {

MatchList SearchOpportunities(const OpportunityTables& tables, const World& world,
                              const OpportunitiesFor& query, Moment as_of, const Weights& weights,
                              std::size_t k, const std::optional<RankKey>& after) {
  const VolunteerFacts& volunteer = *query.volunteer;
  const SetVolunteerHistory* const past = tables.HistoryOfVolunteer(volunteer.name);
  const Travel travel(world.waters, {volunteer.home, volunteer.outcode_centroid});
  const OpportunitiesBefore before(query, as_of, world);
  BestOf<OpportunityRecord> best(k, after);
  Counts counts;
  int64_t length = 0;
  tables.opportunities.ForEach([&](const OpportunityRecord& record) {
    if (record.facts == nullptr) return;
    const OpportunityFacts& opportunity = *record.facts;
    if (!query.visibility.Sees(opportunity.centre, opportunity.sharing)) return;
    ++counts.considered;
    const Role role(opportunity, tables.StandingOf(opportunity), as_of, travel);
    const PairHistory history = HistoryOf(past, record.name, record.connections);
    Pair pair(volunteer, role, history, world.taxonomies);
    if (!pair.HoldsAll()) return;
    ++counts.eligible;
    if (query.access_supported_only && !SupportsAccess(volunteer.access_needs, opportunity)) return;
    if (before.Has(opportunity, role.organisation, history)) return;
    ++length;
    const int64_t score = ScoreOf(pair.PartsOf(), weights);
    best.Offer(ShownRank(score, opportunity.places, weights.alpha_bp, history.connections), score, record);
  });
  auto finished = std::move(best).Finish();
  MatchList list;
  list.more = finished.more;
  list.matches.reserve(finished.best.size());
  for (const auto& candidate : finished.best) {
    const OpportunityRecord& record = *candidate.record;
    const Role role(*record.facts, tables.StandingOf(*record.facts), as_of, travel);
    const PairHistory history = HistoryOf(past, record.name, record.connections);
    list.matches.push_back({{candidate.rank_millionths, candidate.score_millionths, record.name},
                            Pair(volunteer, role, history, world.taxonomies).Score(weights),
                            record.facts->title});
  }
  if (query.include_counts) {
    list.counts = counts;
    list.length = length;
  }
  return list;
}

int64_t CountOpportunities(const OpportunityTables& tables) {
  int64_t count = 0;
  tables.opportunities.ForEach([&](const OpportunityRecord& record) { count += record.facts != nullptr; });
  return count;
}

}  // namespace brokerage::matcher
