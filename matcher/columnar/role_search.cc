// A search that takes the most promising first: words of lanes, bounded by their places, turn into roles,
// bounded by all that is packed of them, and those are asked. It is over when the best that is left cannot
// come in.
#include "matcher/columnar/role_search.h"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>
#include <utility>

#include "absl/container/inlined_vector.h"

#include "matcher/columnar/role_asker.h"
#include "matcher/columnar/role_queue.h"
#include "matcher/columnar/seeker.h"
#include "matcher/pair.h"
#include "matcher/round.h"

namespace brokerage::matcher {
namespace {

// So many of a run are looked at at a time.
constexpr std::size_t kRunStep = 8;
// The RoleParts that have skills, and those that have not, a bit for each.
constexpr uint32_t kPartsWithSkills = 0b10101010;
constexpr uint32_t kPartsWithoutSkills = 0b01010101;
constexpr uint32_t kNoCentre = std::numeric_limits<uint32_t>::max();

// The weights of the parts that pairs have, and of the others 0.
struct PresentWeights {
  PresentWeights() = default;
  PresentWeights(const Weights& weights, RoleParts parts)
      : skills((parts & kHasSkills) != 0 ? weights.skills : 0),
        location(weights.location),
        availability((parts & kHasAvailability) != 0 ? weights.availability : 0),
        causes((parts & kHasCauses) != 0 ? weights.causes : 0),
        sum(skills + location + availability + causes) {}

  // At least the score of a pair whose parts are at most these: rounding keeps the order.
  int64_t ScoreBound(const MostParts& most) const {
    const int64_t whole = skills * most.skills + location * most.location + availability * most.availability +
                          causes * most.causes;
    return sum == 0 ? 0 : R(whole, sum);
  }

  int64_t skills = 0;
  int64_t location = 0;
  int64_t availability = 0;
  int64_t causes = 0;
  int64_t sum = 0;
};

class Search {
 public:
  Search(const RolePool& pool, const OpportunitiesFor& query, Moment as_of, const Weights& weights,
         std::size_t k, const std::optional<RankKey>& after)
      : pool_(pool),
        query_(query),
        volunteer_(*query.volunteer),
        as_of_(as_of),
        past_(pool.others.HistoryOfVolunteer(query.volunteer->name)),
        own_centre_(NumberOf(volunteer_.centre)),
        seeker_(volunteer_, own_centre_, pool.world.taxonomies, pool.seekers),
        asker_(pool, query, as_of, weights, own_centre_, past_, k, after) {
    for (std::size_t parts = 0; parts < kRolePartsCount; ++parts) {
      const std::size_t present = seeker_.states_cause() ? parts : parts & ~std::size_t{kHasCauses};
      present_[parts] = {weights, static_cast<RoleParts>(present)};
    }
  }

  MatchList Run() {
    if (IsAvailable(volunteer_, past_ == nullptr ? 0 : past_->held_placements.size())) {
      Collect();
      while (!queue_.empty()) {
        Prospect prospect = queue_.Pop();
        if (prospect.what == Prospect::What::kWord)
          prospect.best.SetId(prospect.leaf->WordOf(prospect.begin / 64).least_id);
        if (MayComeIn(prospect.best)) {
          Follow(prospect);
        } else if (!prospect.best.Ties(asker_.worst())) {
          break;  // and so cannot all that follow; of words that tie, others may have lesser ids
        }
      }
    }
    return std::move(asker_).Answer();
  }

 private:
  uint32_t NumberOf(absl::string_view centre) const {
    const CentreRoles* const known = pool_.roles.FindCentre(centre);
    return known == nullptr ? kNoCentre : known->number;
  }

  // Queues all that are visible and shared, the centre's own among the county's apart.
  void Collect() {
    const Visibility& visibility = query_.visibility;
    if (pool_.roles.county() != nullptr) CollectShelf(*pool_.roles.county());
    const bool shared = volunteer_.sharing == Sharing::kCounty;
    if (visibility.sees_all && shared) {
      for (const auto& centre : pool_.roles.centres()) CollectCentre(centre.get());
    } else if (shared || visibility.sees_all || visibility.centre == volunteer_.centre) {
      CollectCentre(pool_.roles.FindCentre(shared ? visibility.centre : volunteer_.centre));
    }
  }

  void CollectCentre(const CentreRoles* centre) {
    if (centre != nullptr && centre->shelf != nullptr) CollectShelf(*centre->shelf);
  }

  void CollectShelf(const RoleShelf& shelf) {
    absl::InlinedVector<const RoleLeaf*, 32> near;
    for (std::size_t i = 0; i < shelf.places.size(); ++i) {
      if (!seeker_.reach().Meets(shelf.places[i])) continue;
      near.push_back(shelf.on_site[i].leaf.get());
      near.back()->FetchWords();
    }
    for (const RoleLeaf* const leaf : near) CollectWords(*leaf);
    if (volunteer_.accepts_remote) CollectRuns(shelf);
  }

  void CollectWords(const RoleLeaf& leaf) {
    for (std::size_t number = 0; number < leaf.words(); ++number) {
      const RoleLeaf::Word& word = leaf.WordOf(number);
      if (!seeker_.reach().Meets(word.places)) continue;
      MostParts most = seeker_.Most();
      most.location = seeker_.LocationBound(word.places);
      if (most.location < 0) continue;
      leaf.FetchPlaces(number);
      const int64_t score = BoundOf(word.parts, most);
      queue_.Push(
          {{score, score, kLastId}, &leaf, static_cast<uint16_t>(number * 64), 0, Prospect::What::kWord});
    }
  }

  // Queues the runs whose main skill is wholly held, or none; all others at once, for later.
  void CollectRuns(const RoleShelf& shelf) {
    const int64_t with_skills = BoundOf(kPartsWithSkills, seeker_.Most());
    const int64_t without_skills = BoundOf(kPartsWithoutSkills, seeker_.Most());
    int64_t least_missing = Seeker::kNone;
    for (const RoleShelf::Run& run : shelf.runs) {
      const int64_t missing = seeker_.LeastMissing(run.lanes.main_skill, run.lanes.least_share);
      if (missing == 0) {
        PushRun(shelf, run, run.lanes.main_skill.any() ? with_skills : without_skills);
      } else {
        least_missing = std::min(least_missing, missing);
      }
    }
    if (least_missing == Seeker::kNone) return;
    const int64_t score = BoundOfMissing(least_missing);
    queue_.Push(
        {{score, score, 0}, nullptr, static_cast<uint16_t>(put_off_.size()), 0, Prospect::What::kOthers});
    put_off_.push_back(&shelf);
  }

  void CollectOthers(const RoleShelf& shelf) {
    for (const RoleShelf::Run& run : shelf.runs) {
      const int64_t missing = seeker_.LeastMissing(run.lanes.main_skill, run.lanes.least_share);
      if (missing != 0 && missing != Seeker::kNone) PushRun(shelf, run, BoundOfMissing(missing));
    }
  }

  void PushRun(const RoleShelf& shelf, const RoleShelf::Run& run, int64_t score) {
    const RoleLeaf* const leaf = shelf.remote[run.entry].leaf.get();
    queue_.Push({{score, score, run.least_id}, leaf, run.lanes.begin, run.lanes.end, Prospect::What::kRun});
  }

  // The score of roles of which so much is missing. What is taken off is rounded down.
  int64_t BoundOfMissing(int64_t missing) const {
    MostParts most = seeker_.Most();
    most.skills = std::min(most.skills, kMillion - missing / kFullCredit);
    return BoundOf(kPartsWithSkills, most);
  }

  // The most that roles score that have any of these RoleParts, which are at most these. Nobody's rank is
  // above their score.
  int64_t BoundOf(uint32_t any_parts, const MostParts& most) const {
    int64_t score = 0;
    for (std::size_t parts = 0; parts < kRolePartsCount; ++parts) {
      if ((any_parts >> parts & 1) != 0) score = std::max(score, present_[parts].ScoreBound(most));
    }
    return score;
  }

  // Whether what stands no better may still come in.
  bool MayComeIn(const Standing& best) const { return !(best < asker_.worst()); }

  void Follow(const Prospect& prospect) {
    switch (prospect.what) {
      case Prospect::What::kRole:
        return asker_.Ask(*prospect.leaf, prospect.begin);
      case Prospect::What::kRun:
        return LookAtRun(prospect);
      case Prospect::What::kOthers:
        return CollectOthers(*put_off_[prospect.begin]);
      case Prospect::What::kWord:
        return LookAtWord(*prospect.leaf, prospect.begin);
    }
  }

  void LookAtWord(const RoleLeaf& leaf, std::size_t begin) {
    const uint64_t in_box = leaf.In(begin / 64, seeker_.reach(), seeker_.highest_check());
    uint64_t lanes = 0;
    for (uint64_t left = in_box; left != 0; left &= left - 1) {
      const std::size_t lane = begin + static_cast<std::size_t>(std::countr_zero(left));
      if (seeker_.MayReach(leaf.PlaceOf(lane))) lanes |= left & (0 - left);
    }
    FetchLanes(leaf, begin, lanes);
    for (uint64_t left = lanes; left != 0; left &= left - 1) {
      const std::size_t lane = begin + static_cast<std::size_t>(std::countr_zero(left));
      const GeoPoint place = leaf.PlaceOf(lane);
      Consider(leaf, lane, &place);
    }
  }

  // A few at a time, for their ids stop most searches early.
  void LookAtRun(Prospect run) {
    const std::size_t begin = run.begin;
    const std::size_t step = std::min<std::size_t>({kRunStep, run.end - begin, 64 - begin % 64});
    const uint64_t lanes =
        run.leaf->OpenTo(begin / 64, seeker_.highest_check()) >> (begin % 64) & ((uint64_t{1} << step) - 1);
    FetchLanes(*run.leaf, begin, lanes);
    for (uint64_t left = lanes; left != 0; left &= left - 1)
      Consider(*run.leaf, begin + static_cast<std::size_t>(std::countr_zero(left)), nullptr);
    run.begin = static_cast<uint16_t>(begin + step);
    if (run.begin == run.end) return;
    run.best.SetId(run.leaf->lanes()[run.begin].id);
    queue_.Push(run);
  }

  static void FetchLanes(const RoleLeaf& leaf, std::size_t begin, uint64_t lanes) {
    for (; lanes != 0; lanes &= lanes - 1)
      __builtin_prefetch(&leaf.lanes()[begin + static_cast<std::size_t>(std::countr_zero(lanes))]);
  }

  // Queues a role that may come in, by all that costs little to know. `place`: of one on site.
  void Consider(const RoleLeaf& leaf, std::size_t number, const GeoPoint* place) {
    const RoleLane& lane = leaf.lanes()[number];
    if (lane.expire_min != RoleLane::kNoExpiry && lane.expire_min <= as_of_.as_of_min) return;
    MostParts most;
    if (!seeker_.Bound(lane, place, most)) return;
    const int64_t score = present_[lane.parts].ScoreBound(most);
    const Standing best(asker_.RankOf(lane, score, lane.connections), score, lane.id);
    if (!MayComeIn(best)) return;
    __builtin_prefetch(lane.is_whole ? static_cast<const void*>(&leaf.RestOf(number)) : lane.facts);
    queue_.Push({best, &leaf, static_cast<uint16_t>(number), 0, Prospect::What::kRole});
  }

  const RolePool& pool_;
  const OpportunitiesFor& query_;
  const VolunteerRef volunteer_;
  const Moment as_of_;
  const SetVolunteerHistory* const past_;
  const uint32_t own_centre_;  // the volunteer's
  const Seeker seeker_;
  std::array<PresentWeights, kRolePartsCount> present_;
  RoleQueue queue_;
  absl::InlinedVector<const RoleShelf*, 4> put_off_;
  RoleAsker asker_;
};

}  // namespace

MatchList SearchRoles(const RolePool& pool, const OpportunitiesFor& query, Moment as_of,
                      const Weights& weights, std::size_t k, const std::optional<RankKey>& after) {
  return Search(pool, query, as_of, weights, k, after).Run();
}

}  // namespace brokerage::matcher
