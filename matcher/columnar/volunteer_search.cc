#include "matcher/columnar/volunteer_search.h"

#include <algorithm>
#include <array>
#include <bit>
#include <memory>
#include <utility>
#include <vector>

#include "matcher/columnar/distance_kernel.h"
#include "matcher/columnar/leaf_visits.h"
#include "matcher/columnar/role_bounds.h"
#include "matcher/columnar/top_list.h"
#include "matcher/left_out.h"
#include "matcher/pair.h"
#include "matcher/round.h"
#include "matcher/skills.h"

namespace brokerage::matcher {
namespace {

constexpr std::size_t kAhead = 2;
// Candidates of so many leaves are asked in the order of what they may score, in so many steps, so that
// others are held against a bar that is high already.
constexpr std::size_t kTogether = 256;
constexpr int kTiers = 24;
// So few of a leaf are asked at once; of a role on site more, for most are left out by their distance.
constexpr int kFewLanes = 1;
constexpr int kFewLanesOnSite = 32;

// A candidate on its way through the memory: where it lives is fetched first, then its row, then it is asked.
struct Pending {
  const LeafVisit* visit = nullptr;
  int lane = 0;
  int64_t location_part = 0;  // at most
};
constexpr std::size_t kPendingPlaces = 2 * kPlacesTogether;
constexpr std::size_t kPendingRows = 8;

// Rows are unpacked here; a thread asks one question at a time.
RowScratch& Scratch() {
  thread_local RowScratch scratch;
  return scratch;
}

// A leaf whose candidates wait for others who may score more.
struct WaitingLeaf {
  const LeafVisit* visit = nullptr;
  RoleBounds::WorkedOut worked_out;
};
std::array<WaitingLeaf, kTogether>& WaitingLeaves() {
  thread_local const auto leaves = std::make_unique<std::array<WaitingLeaf, kTogether>>();
  return *leaves;
}

class Search {
 public:
  Search(const VolunteerPool& pool, const VolunteersFor& query, Moment as_of, const Weights& weights,
         std::size_t k, const std::optional<RankKey>& after)
      : pool_(pool),
        query_(query),
        weights_(weights),
        travel_(pool.world.waters, {query.opportunity->place}),
        role_(*query.opportunity, pool.others.StandingOf(*query.opportunity), as_of, travel_),
        before_(query, role_.organisation, as_of, pool.world),
        bounds_(role_, pool.world.taxonomies, pool.planes, weights, query.further_m),
        connections_(pool.others.ConnectionsOf(*query.opportunity)),
        top_(pool.volunteers, k, after) {}

  MatchList Run() {
    if (query_.include_counts) counts_.considered = CountConsidered(pool_.volunteers.centres(), query_);
    if (RoleIsOpen()) visits_ = VisitsFor(pool_.volunteers, query_, bounds_);
    LookAt();
    return Answer();
  }

 private:
  // What the role's conditions and parts read.
  RowLists ListsRead() const {
    if (query_.before != nullptr) return {};
    const OpportunityFacts& role = *query_.opportunity;
    RowLists lists;
    lists.free = role_.commitment.minutes > 0;
    lists.exceptions = role_.commitment.kind == Commitment::Kind::kDated;
    lists.papers = !role.licences.empty() || role.required_check.level != CheckLevel::kNone;
    return lists;
  }

  // The conditions that no volunteer changes; without them nobody is a match.
  bool RoleIsOpen() {
    const VolunteerRef nobody;
    const PairHistory history;
    Pair pair(nobody, role_, history, pool_.world.taxonomies);
    return pair.Holds(Condition::kOpportunityNotOpen) && pair.Holds(Condition::kOrganisationNotActive);
  }

  void LookAt() {
    const bool in_order = !query_.include_counts && bounds_.tell_apart();
    for (std::size_t i = 0; i < visits_.size(); ++i) {
      // While one is looked at, the next are on their way.
      FetchAhead(i, visits_.size());
      Look(visits_[i], in_order);
      if (waiting_ == kTogether) AskWaiting();
    }
    AskWaiting();
    AskPending();
  }

  void FetchAhead(std::size_t i, std::size_t count) const {
    const auto is_due = [&](std::size_t ahead) { return i + ahead < count && MayHold(visits_[i + ahead]); };
    if (is_due(3 * kAhead)) visits_[i + 3 * kAhead].leaf->Prefetch();
    if (is_due(kAhead)) bounds_.Prefetch(*visits_[i + kAhead].leaf);
  }

  // What the best so far ask of whoever is to come in.
  const RoleBounds::Bar& Bar() {
    const int64_t least = query_.include_counts ? -1 : top_.least_score();
    if (least != bar_.least_score) bar_ = bounds_.BarOf(least);
    return bar_;
  }

  // Asks the candidates of a leaf; `in_order`: lets them wait, when they are more than a few.
  void Look(const LeafVisit& visit, bool in_order) {
    const RoleBounds::Bar& bar = Bar();
    if (!MayHold(visit)) return;
    LaneSet lanes = WordsOf(visit);
    bounds_.KeepCandidates(*visit.leaf, visit.county_only, visit.location_part, bar, lanes);
    if (!in_order || CountOf(lanes) <= (bounds_.from_place() ? kFewLanesOnSite : kFewLanes)) {
      AskAll(visit, lanes);
      return;
    }
    WaitingLeaf& waiting = WaitingLeaves()[waiting_++];
    waiting.visit = &visit;
    waiting.worked_out.lanes = lanes;
    bounds_.WorkOut(*visit.leaf, visit.location_part, waiting.worked_out);
  }

  // Asks those of the leaves that wait together, tier by tier.
  void AskWaiting() {
    AskPending();
    const auto leaves = absl::MakeSpan(WaitingLeaves()).first(waiting_);
    waiting_ = 0;
    int64_t most = 0;
    for (const WaitingLeaf& leaf : leaves) most = std::max(most, leaf.worked_out.most_score);
    const int64_t step = most / kTiers + 1;
    for (int64_t tier = most - step / 2; tier > 0 && tier > Bar().least_score; tier -= step) {
      const RoleBounds::Bar bar = bounds_.BarOf(tier);
      for (WaitingLeaf& leaf : leaves) LookAgain(leaf, bar);
      AskPending();
    }
    for (WaitingLeaf& leaf : leaves) LookAgain(leaf, Bar());
  }

  // Asks those of the leaf who may reach the bar and were not asked yet.
  void LookAgain(WaitingLeaf& leaf, const RoleBounds::Bar& bar) {
    RoleBounds::WorkedOut& worked_out = leaf.worked_out;
    if (worked_out.most_score < bar.least_score || IsEmpty(worked_out.lanes) || !MayHold(*leaf.visit)) return;
    LaneSet lanes = worked_out.lanes;
    bounds_.KeepCandidates(worked_out, leaf.visit->location_part, bar, lanes);
    for (std::size_t word = 0; word < lanes.size(); ++word) worked_out.lanes[word] &= ~lanes[word];
    AskAll(*leaf.visit, lanes);
  }

  static LaneSet WordsOf(const LeafVisit& visit) {
    LaneSet lanes;
    for (std::size_t word = 0; word < lanes.size(); ++word) {
      lanes[word] = (visit.words >> word & 1) != 0 ? ~uint64_t{0} : 0;
    }
    return lanes;
  }

  // Whether anyone of the leaf may come in, by the bar as it was worked out last. Whoever can only tie comes
  // in by their id.
  bool MayHold(const LeafVisit& visit) const {
    return visit.location_part >= bar_.least_location &&
           (!CanOnlyTie(visit) || visit.least_id <= top_.greatest_id());
  }

  bool CanOnlyTie(const LeafVisit& visit) const { return visit.location_part < bar_.least_location_for_more; }

  // Some are asked now, the last when others have come, or by AskPending.
  void AskAll(const LeafVisit& visit, const LaneSet& lanes) {
    for (std::size_t word = 0; word < lanes.size(); ++word) {
      for (uint64_t bits = lanes[word]; bits != 0; bits &= bits - 1) {
        const int lane = static_cast<int>(word) * 64 + std::countr_zero(bits);
        visit.leaf->PrefetchLane(lane);
        places_[places_end_++ % kPendingPlaces] = {&visit, lane, 0};
        if (places_end_ - places_begin_ == kPendingPlaces) FetchRows();
      }
    }
  }

  void AskPending() {
    while (places_begin_ != places_end_) FetchRows();
    while (rows_begin_ != rows_end_) Ask(rows_[rows_begin_++ % kPendingRows]);
  }

  // Of the longest pending, those who may come in at all.
  void FetchRows() {
    const std::size_t count = std::min(places_end_ - places_begin_, kPlacesTogether);
    const auto pending = [&](std::size_t i) -> Pending& {
      return places_[(places_begin_ + i) % kPendingPlaces];
    };
    const auto& place = bounds_.from_place();
    std::array<int32_t, kPlacesTogether> least_m{};
    if (place) {
      Places origins;
      for (std::size_t i = 0; i < count; ++i) {
        const LeafVisit& visit = *pending(i).visit;
        const LanePoint& point = visit.leaf->point(pending(i).lane);
        // Who lives nobody knows where is left to the conditions.
        origins.Set(i, point.Origin(visit.same_centre, pool_.points).value_or(place->from()));
      }
      least_m = LowerMetres(*place, origins);
    }
    for (std::size_t i = 0; i < count; ++i) FetchRow(pending(i), least_m[i]);
    places_begin_ += count;
  }

  // Of one who is at least so far away.
  void FetchRow(Pending& pending, int64_t least_m) {
    const LeafVisit& visit = *pending.visit;
    const RoleBounds::Bar& bar = Bar();
    // Whoever can only tie comes in by their id.
    if (CanOnlyTie(visit) && visit.leaf->id_begin(pending.lane) > top_.greatest_id() >> 48) return;
    const std::optional<int64_t> location =
        LocationOf(visit.leaf->point(pending.lane), least_m, bar.least_location);
    if (!location) return;
    pending.location_part = *location;
    visit.leaf->row(pending.lane).Prefetch();
    rows_[rows_end_++ % kPendingRows] = pending;
    if (rows_end_ - rows_begin_ == kPendingRows) Ask(rows_[rows_begin_++ % kPendingRows]);
  }

  void Ask(const Pending& pending) {
    const LeafVisit& visit = *pending.visit;
    const int lane = pending.lane;
    const RoleBounds::Bar& bar = Bar();
    if (pending.location_part < bar.least_location) return;
    const Row row = visit.leaf->row(lane);
    const absl::string_view centre = pool_.volunteers.CentreName(*visit.leaf);
    VolunteerRef volunteer = row.Unpack(centre, pool_.points, scratch_, lists_);
    Extend(volunteer, query_.further_m);
    const PairHistory history = HistoryIn(*visit.leaf, lane, row, centre);
    Pair pair(volunteer, role_, history, pool_.world.taxonomies);
    Parts parts;
    parts.location = pending.location_part;
    // While there is room, everybody is told apart by the conditions alone.
    const bool has_room = bar.least_score < 0;
    if (!has_room && !MayReach(volunteer, pair, bar.least_score, parts)) return;
    if (!pair.HoldsAll()) return;
    ++counts_.eligible;
    if (query_.access_supported_only && !SupportsAccess(volunteer.access_needs, *query_.opportunity)) return;
    if (before_.Has(volunteer, history)) return;
    ++length_;
    if (has_room) MayReach(volunteer, pair, bar.least_score, parts);
    parts.location = pair.LocationPart();
    const int64_t score = ScoreOf(parts, weights_);
    if (PairScore* const kept = top_.Offer(score, *visit.leaf, lane)) *kept = pair.Shown(parts, score);
  }

  // The most that the location part can be at least so far away; nullopt when that is too far, or less than
  // `least`.
  std::optional<int64_t> LocationOf(const LanePoint& point, int64_t least_m, int64_t least) const {
    if (least_m == 0) return kMillion;
    const int64_t radius_m = int64_t{point.travel_radius_m} + query_.further_m;
    if (least_m > radius_m) return std::nullopt;
    // R(10^6 · (radius - d), radius) ≥ least, without the division.
    if (2 * kMillion * (radius_m - least_m) + radius_m < 2 * radius_m * least) return std::nullopt;
    return R(kMillion * (radius_m - least_m), radius_m);
  }

  // Fills in the parts other than the location, which is the most that it can be, while the pair may still
  // score `least`.
  bool MayReach(const VolunteerRef& volunteer, Pair& pair, int64_t least, Parts& parts) const {
    const OpportunityFacts& role = *role_.facts;
    parts.skills = SkillsPart(role.skills, volunteer.skills, pool_.world.taxonomies.skills);
    parts.causes = CausesPart(volunteer.causes, role.causes, pool_.world.taxonomies.causes);
    if (role_.commitment.minutes == 0) return ScoreOf(parts, weights_) >= least;
    parts.availability = kMillion;
    if (ScoreOf(parts, weights_) < least) return false;
    parts.availability = pair.AvailabilityPart();
    return ScoreOf(parts, weights_) >= least;
  }

  PairHistory HistoryIn(const Leaf& leaf, int lane, const Row& row, absl::string_view centre) const {
    const SetVolunteerHistory* past = nullptr;
    if (leaf.StateOf(lane).has_history) {
      past = pool_.others.HistoryOfVolunteer(row.NameIn(centre));
    }
    return HistoryOf(past, query_.opportunity->name, connections_);
  }

  MatchList Answer() {
    auto finished = std::move(top_).Finish();
    MatchList list;
    list.more = finished.more;
    list.matches.reserve(finished.best.size());
    for (const TopList::Candidate& candidate : finished.best) {
      const Row row = candidate.leaf->row(candidate.lane);
      const absl::string_view centre = pool_.volunteers.CentreName(*candidate.leaf);
      const VolunteerRef volunteer = row.Unpack(centre, pool_.points, scratch_);
      const PairHistory history;  // no note is about it
      PairScore& pair = finished.kept[candidate.slot];
      pair.notes = Pair(volunteer, role_, history, pool_.world.taxonomies).Notes();
      const int64_t score = candidate.score_millionths;
      list.matches.push_back(
          {{score, score, row.NameIn(centre)}, std::move(pair), std::string(row.display_name())});
    }
    if (query_.include_counts) {
      list.counts = counts_;
      list.length = length_;
    }
    return list;
  }

  const VolunteerPool& pool_;
  const VolunteersFor& query_;
  const Weights& weights_;
  const Travel travel_;
  const Role role_;
  const VolunteersBefore before_;
  const RoleBounds bounds_;
  const int64_t connections_;
  const RowLists lists_ = ListsRead();
  TopList top_;
  RoleBounds::Bar bar_;
  Counts counts_;
  int64_t length_ = 0;
  std::vector<LeafVisit> visits_;
  std::size_t waiting_ = 0;  // of WaitingLeaves()
  std::array<Pending, kPendingPlaces> places_;
  std::array<Pending, kPendingRows> rows_;
  std::size_t places_begin_ = 0;
  std::size_t places_end_ = 0;
  std::size_t rows_begin_ = 0;
  std::size_t rows_end_ = 0;
  RowScratch& scratch_ = Scratch();
};

}  // namespace

MatchList SearchVolunteers(const VolunteerPool& pool, const VolunteersFor& query, Moment as_of,
                           const Weights& weights, std::size_t k, const std::optional<RankKey>& after) {
  return Search(pool, query, as_of, weights, k, after).Run();
}

}  // namespace brokerage::matcher
