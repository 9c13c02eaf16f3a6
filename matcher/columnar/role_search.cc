#include "matcher/columnar/role_search.h"

#include <algorithm>
#include <bit>
#include <tuple>
#include <utility>
#include <vector>

#include "matcher/best_of.h"
#include "matcher/columnar/seeker.h"
#include "matcher/columnar/skill_sums.h"
#include "matcher/left_out.h"
#include "matcher/order.h"
#include "matcher/pair.h"
#include "matcher/round.h"

namespace brokerage::matcher {
namespace {

// So many candidates are gathered before they are asked, those first who may rank highest.
constexpr std::size_t kBatch = 64;

// The weights of the parts that pairs have, and of the others 0.
struct PresentWeights {
  int64_t skills = 0;
  int64_t location = 0;
  int64_t availability = 0;
  int64_t causes = 0;
  int64_t sum = 0;
};

// The most that parts can be.
struct MostParts {
  int64_t skills = kMillion;
  int64_t location = kMillion;
  int64_t availability = kMillion;
  int64_t causes = kMillion;
};

int64_t ScoreBound(const PresentWeights& weights, const MostParts& most) {
  const int64_t sum = weights.skills * most.skills + weights.location * most.location +
                      weights.availability * most.availability + weights.causes * most.causes;
  return weights.sum == 0 ? 0 : R(sum, weights.sum);
}

// A leaf that may hold matches, with the most that anyone in it can score.
struct Visit {
  const RoleEntry* entry = nullptr;
  PresentWeights weights;
  int64_t location_part = 0;
  int64_t score_bound = 0;
  int parts = 0;
  bool centre_only = false;  // only roles of the centre that asks
};

// What another must reach to come in.
struct Bar {
  int64_t rank = -1;
  int64_t score = -1;
  uint64_t id = 0;  // IdPrefix, of what ranks and scores the same
};

struct Candidate {
  int64_t rank_bound = 0;
  int64_t score_bound = 0;
  const RoleLane* lane = nullptr;
};

template <typename Function>
void ForEachLane(const LaneSet& lanes, const Function& function) {
  for (std::size_t word = 0; word < lanes.size(); ++word) {
    for (uint64_t bits = lanes[word]; bits != 0; bits &= bits - 1) {
      function(word * 64 + static_cast<std::size_t>(std::countr_zero(bits)));
    }
  }
}

class Search {
 public:
  Search(const RolePool& pool, const OpportunitiesFor& query, Moment as_of, const Weights& weights,
         std::size_t k, const std::optional<RankKey>& after)
      : pool_(pool),
        query_(query),
        volunteer_(*query.volunteer),
        as_of_(as_of),
        weights_(weights),
        travel_(pool.world.waters, {query.volunteer->home, query.volunteer->outcode_centroid}),
        before_(query, as_of, pool.world),
        past_(pool.others.HistoryOfVolunteer(query.volunteer->name)),
        seeker_(volunteer_, pool.world.taxonomies),
        skills_(volunteer_, pool.world.taxonomies),
        best_(k, after) {}

  MatchList Run() {
    if (IsAvailable(volunteer_, past_ == nullptr ? 0 : past_->held_placements.size())) {
      Collect();
      for (const Visit& visit : visits_) Look(visit);
      AskPending();
    }
    return Answer();
  }

 private:
  const Taxonomies& taxonomies() const { return pool_.world.taxonomies; }

  // Notes where to look, the most promising first, so that the others need not be looked at.
  void Collect() {
    const Visibility& visibility = query_.visibility;
    const bool own_only = visibility.own_only && !visibility.sees_all;
    if (pool_.roles.county() != nullptr) CollectShelf(*pool_.roles.county(), own_only);
    for (const auto& centre : pool_.roles.centres()) {
      if (centre->shelf == nullptr) continue;
      const bool seen = visibility.sees_all || centre->name == visibility.centre;
      const bool shared = volunteer_.sharing == Sharing::kCounty || centre->name == volunteer_.centre;
      if (seen && shared) CollectShelf(*centre->shelf, false);
    }
    std::sort(visits_.begin(), visits_.end(), [](const Visit& a, const Visit& b) {
      // Where fewer parts may disappoint, the best are found sooner.
      return std::make_tuple(b.score_bound, a.parts, a.entry->least_id) <
             std::make_tuple(a.score_bound, b.parts, b.entry->least_id);
    });
  }

  void CollectShelf(const RoleShelf& shelf, bool centre_only) {
    for (const RoleEntry& entry : shelf.entries) {
      const std::optional<int64_t> location = LocationBound(entry);
      if (!location) continue;
      Visit visit{&entry, {}, *location, 0, 0, centre_only};
      Weigh(entry.first.kind, visit);
      visit.score_bound = ScoreBound(visit.weights, {kMillion, *location, kMillion, kMillion});
      visits_.push_back(visit);
    }
  }

  void Weigh(const RoleKind& kind, Visit& visit) const {
    const auto weight = [&](bool present, uint32_t of_part) -> int64_t {
      visit.parts += present ? 1 : 0;
      return present ? of_part : 0;
    };
    PresentWeights& present = visit.weights;
    present.skills = weight(kind.skills, weights_.skills);
    present.location = weight(true, weights_.location);
    present.availability = weight(kind.availability, weights_.availability);
    present.causes = weight(kind.causes && seeker_.states_cause(), weights_.causes);
    present.sum = present.skills + present.location + present.availability + present.causes;
  }

  std::optional<int64_t> LocationBound(const RoleEntry& entry) const {
    if (entry.first.kind.remote) {
      return volunteer_.accepts_remote ? std::optional<int64_t>(kMillion) : std::nullopt;
    }
    std::optional<int64_t> most;
    for (const auto* const origin : {&seeker_.home(), &seeker_.centroid()}) {
      if (!origin->has_value() || !(*origin)->within().Meets(entry.places)) continue;
      const std::optional<int64_t> bound = (*origin)->LocationBound(entry.places);
      if (bound) most = std::max(*bound, most.value_or(0));
    }
    return most;
  }

  // Whether whoever ranks and scores at most this, and whose id begins with these bytes or more, may still
  // come in.
  bool MayComeIn(int64_t rank_bound, int64_t score_bound, uint64_t least_id) const {
    if (rank_bound != bar_.rank) return rank_bound > bar_.rank;
    if (score_bound != bar_.score) return score_bound > bar_.score;
    return least_id <= bar_.id;
  }

  void Look(const Visit& visit) {
    const RoleEntry& entry = *visit.entry;
    if (!MayComeIn(visit.score_bound, visit.score_bound, entry.least_id)) return;
    const RoleLeaf& leaf = *entry.leaf;
    LaneSet lanes = entry.first.kind.remote ? leaf.All() : LanesWithin(entry);
    if (visit.centre_only) Keep(leaf.OfCentre(CentreHash(query_.visibility.centre)), lanes);
    if (entry.first.kind.skills) {
      skills_.Sum(leaf);
      skills_.Keep(LeastSkillsPart(visit), lanes);
    }
    ForEachLane(lanes, [&](std::size_t lane) { Consider(visit, lane); });
    if (pending_.size() >= kBatch) AskPending();
  }

  LaneSet LanesWithin(const RoleEntry& entry) const {
    LaneSet lanes{};
    for (const auto* const origin : {&seeker_.home(), &seeker_.centroid()}) {
      if (!origin->has_value() || !(*origin)->within().Meets(entry.places)) continue;
      const LaneSet within = entry.leaf->In((*origin)->within());
      for (std::size_t word = 0; word < lanes.size(); ++word) lanes[word] |= within[word];
    }
    return lanes;
  }

  static void Keep(const LaneSet& kept, LaneSet& lanes) {
    for (std::size_t word = 0; word < lanes.size(); ++word) lanes[word] &= kept[word];
  }

  // The least skills part with which a role of the leaf may still come in, everything else being whole.
  int64_t LeastSkillsPart(const Visit& visit) const {
    const PresentWeights& weights = visit.weights;
    if (bar_.rank < 0 || weights.skills == 0) return 0;
    const int64_t others =
        weights.location * visit.location_part + kMillion * (weights.availability + weights.causes);
    // R(sum, weight) ≥ rank exactly when 2 · sum ≥ weight · (2 · rank - 1).
    const int64_t missing = weights.sum * (2 * bar_.rank - 1) - 2 * others;
    return missing <= 0 ? 0 : (missing + 2 * weights.skills - 1) / (2 * weights.skills);
  }

  // Bounds what the pair can score, by what costs little to know.
  void Consider(const Visit& visit, std::size_t number) {
    const RoleKind& kind = visit.entry->first.kind;
    const RoleLane& lane = visit.entry->leaf->lanes()[number];
    if (!seeker_.MayHoldCheck(lane) || lane.expire_min <= as_of_.as_of_min) return;
    MostParts most;
    most.location = visit.location_part;
    most.causes = seeker_.CausesBound(lane);
    if (kind.skills) most.skills = skills_.PartBound(number);
    if (!MayComeIn(lane, ScoreBound(visit.weights, most))) return;
    if (!kind.remote) {
      const auto& origin = lane.facts->centre == volunteer_.centre ? seeker_.home() : seeker_.centroid();
      if (!origin) return;
      const std::optional<int64_t> location = origin->LocationBound(lane.place);
      if (!location) return;
      most.location = *location;
    }
    const std::optional<int64_t> availability = seeker_.AvailabilityBound(lane);
    if (!availability) return;
    most.availability = *availability;
    const int64_t score = ScoreBound(visit.weights, most);
    if (MayComeIn(lane, score)) pending_.push_back({RankBound(lane, score), score, &lane});
  }

  bool MayComeIn(const RoleLane& lane, int64_t score_bound) const {
    return MayComeIn(score_bound, score_bound, lane.id) &&
           (lane.connections == 0 || MayComeIn(RankBound(lane, score_bound), score_bound, lane.id));
  }

  // The shown rank rises with the score.
  int64_t RankBound(const RoleLane& lane, int64_t score) const {
    return ShownRank(score, lane.facts->places, weights_.alpha_bp, lane.connections);
  }

  void AskPending() {
    std::sort(pending_.begin(), pending_.end(), [](const Candidate& a, const Candidate& b) {
      return std::make_tuple(b.rank_bound, b.score_bound, a.lane->id) <
             std::make_tuple(a.rank_bound, a.score_bound, b.lane->id);
    });
    for (const Candidate& candidate : pending_) {
      if (!MayComeIn(candidate.rank_bound, candidate.score_bound, candidate.lane->id)) break;
      Ask(*candidate.lane);
    }
    pending_.clear();
  }

  void Ask(const RoleLane& lane) {
    const OpportunityFacts& opportunity = *lane.facts;
    if (!query_.visibility.Sees(opportunity.centre, opportunity.sharing)) return;
    const Role role(opportunity, pool_.others.StandingOf(opportunity), as_of_, travel_);
    const PairHistory history = HistoryOf(past_, opportunity.name, lane.connections);
    Pair pair(volunteer_, role, history, taxonomies());
    if (!pair.HoldsAll()) return;
    ++eligible_;
    if (query_.access_supported_only && !SupportsAccess(volunteer_.access_needs, opportunity)) return;
    if (before_.Has(opportunity, role.organisation, history)) return;
    ++length_;
    const int64_t score = ScoreOf(pair.PartsOf(), weights_);
    best_.Offer(RankBound(lane, score), score, opportunity);
    const auto* const worst = query_.include_counts ? nullptr : best_.worst();
    if (worst == nullptr) return;
    bar_ = {worst->rank_millionths, worst->score_millionths, IdPrefix(LastSegment(worst->record->name))};
  }

  MatchList Answer() {
    auto finished = std::move(best_).Finish();
    MatchList list;
    list.more = finished.more;
    list.matches.reserve(finished.best.size());
    for (const auto& candidate : finished.best) {
      const OpportunityFacts& opportunity = *candidate.record;
      const Role role(opportunity, pool_.others.StandingOf(opportunity), as_of_, travel_);
      const PairHistory history = HistoryOf(past_, opportunity.name, pool_.others.ConnectionsOf(opportunity));
      list.matches.push_back({{candidate.rank_millionths, candidate.score_millionths, opportunity.name},
                              Pair(volunteer_, role, history, taxonomies()).Score(weights_),
                              opportunity.title});
    }
    if (query_.include_counts) {
      list.counts = Counts{pool_.roles.CountSeenBy(query_.visibility), eligible_};
      list.length = length_;
    }
    return list;
  }

  const RolePool& pool_;
  const OpportunitiesFor& query_;
  const VolunteerRef volunteer_;
  const Moment as_of_;
  const Weights& weights_;
  const Travel travel_;
  const OpportunitiesBefore before_;
  const SetVolunteerHistory* const past_;
  const Seeker seeker_;
  SkillSums skills_;
  BestOf<OpportunityFacts> best_;
  Bar bar_;  // nothing while all are counted
  int64_t eligible_ = 0;
  int64_t length_ = 0;
  std::vector<Visit> visits_;
  std::vector<Candidate> pending_;
};

}  // namespace

MatchList SearchRoles(const RolePool& pool, const OpportunitiesFor& query, Moment as_of,
                      const Weights& weights, std::size_t k, const std::optional<RankKey>& after) {
  return Search(pool, query, as_of, weights, k, after).Run();
}

}  // namespace brokerage::matcher
