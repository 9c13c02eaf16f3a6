#include "matcher/plain_index.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <utility>

#include "matcher/best_of.h"
#include "matcher/left_out.h"
#include "matcher/opportunity_search.h"
#include "matcher/opportunity_tables.h"
#include "matcher/pair.h"
#include "matcher/sharded_table.h"

namespace brokerage::matcher {
namespace {

struct VolunteerRecord {
  std::string name;
  std::shared_ptr<const VolunteerFacts> facts;
};

// The index's whole state.
struct Tables {
  ShardedTable<VolunteerRecord> volunteers;
  OpportunityTables others;
};

class PlainView final : public View {
 public:
  PlainView(std::shared_ptr<const World> world, Tables tables, Revision revision, uint64_t state)
      : world_(std::move(world)), tables_(std::move(tables)), revision_(revision), state_(state) {}

  const Tables& tables() const { return tables_; }
  Revision revision() const override { return revision_; }
  uint64_t state() const override { return state_; }

  IndexSize size() const override {
    IndexSize size{0, CountOpportunities(tables_.others), 0};
    tables_.volunteers.ForEach([&](const VolunteerRecord&) { ++size.volunteers; });
    return size;
  }

  std::shared_ptr<const VolunteerFacts> FindVolunteer(absl::string_view name,
                                                      const Visibility& visibility) const override {
    const VolunteerRecord* record = tables_.volunteers.Find(name);
    return record != nullptr && Seen(record->facts.get(), visibility) ? record->facts : nullptr;
  }

  const OpportunityFacts* FindOpportunity(absl::string_view name,
                                          const Visibility& visibility) const override {
    return tables_.others.Find(name, visibility);
  }

  MatchList TopK(const VolunteersFor& query, Moment as_of, const Weights& weights, std::size_t k,
                 const std::optional<RankKey>& after) const override {
    const OpportunityFacts& opportunity = *query.opportunity;
    const Travel travel(world_->waters, {opportunity.place});
    const Role role(opportunity, StandingOf(opportunity), as_of, travel);
    const VolunteersBefore before(query, StandingOf(opportunity), as_of, *world_);
    const int64_t connections = ConnectionsOf(opportunity);
    const auto traveller = [&](const VolunteerRecord& record) {
      VolunteerRef volunteer(*record.facts);
      Extend(volunteer, query.further_m);
      return volunteer;
    };
    BestOf<VolunteerRecord> best(k, after);
    Counts counts;
    int64_t length = 0;
    tables_.volunteers.ForEach([&](const VolunteerRecord& record) {
      if (!Seen(record.facts.get(), query.visibility)) return;
      ++counts.considered;
      const PairHistory history =
          HistoryOf(tables_.others.HistoryOfVolunteer(record.name), opportunity.name, connections);
      const VolunteerRef volunteer = traveller(record);
      Pair pair(volunteer, role, history, world_->taxonomies);
      if (!pair.HoldsAll()) return;
      ++counts.eligible;
      if (query.access_supported_only && !SupportsAccess(volunteer.access_needs, opportunity)) return;
      if (before.Has(volunteer, history)) return;
      ++length;
      const int64_t score = ScoreOf(pair.PartsOf(), weights);
      best.Offer(score, score, record);
    });
    MatchList list = ListOf(std::move(best), [&](const VolunteerRecord& record) {
      const PairHistory history =
          HistoryOf(tables_.others.HistoryOfVolunteer(record.name), opportunity.name, connections);
      return Pair(traveller(record), role, history, world_->taxonomies).Score(weights);
    });
    if (query.include_counts) {
      list.counts = counts;
      list.length = length;
    }
    return list;
  }

  MatchList TopK(const OpportunitiesFor& query, Moment as_of, const Weights& weights, std::size_t k,
                 const std::optional<RankKey>& after) const override {
    return SearchOpportunities(tables_.others, *world_, query, as_of, weights, k, after);
  }

  Explanation Explain(const VolunteerFacts& volunteer, const OpportunityFacts& opportunity, Moment as_of,
                      const Weights& weights) const override {
    return ExplainPair(volunteer, opportunity, tables_.others.HistoryOfPair(volunteer.name, opportunity),
                       StandingOf(opportunity), *world_, as_of, weights);
  }

  int64_t ShownRankOf(const OpportunityFacts& opportunity, int64_t score_millionths,
                      const Weights& weights) const override {
    return ShownRank(score_millionths, opportunity.places, weights.alpha_bp, ConnectionsOf(opportunity));
  }

 private:
  template <typename Facts>
  static bool Seen(const Facts* facts, const Visibility& visibility) {
    return facts != nullptr && visibility.Sees(facts->centre, facts->sharing);
  }

  template <typename Record, typename Scorer>
  static MatchList ListOf(BestOf<Record> best, const Scorer& score) {
    auto finished = std::move(best).Finish();
    MatchList list;
    list.more = finished.more;
    list.matches.reserve(finished.best.size());
    for (const auto& candidate : finished.best) {
      list.matches.push_back({{candidate.rank_millionths, candidate.score_millionths, candidate.record->name},
                              score(*candidate.record),
                              candidate.record->facts->display_name});
    }
    return list;
  }

  OrganisationStanding StandingOf(const OpportunityFacts& opportunity) const {
    return tables_.others.StandingOf(opportunity);
  }
  int64_t ConnectionsOf(const OpportunityFacts& opportunity) const {
    return tables_.others.ConnectionsOf(opportunity);
  }

  const std::shared_ptr<const World> world_;
  const Tables tables_;
  const Revision revision_;
  const uint64_t state_;
};

// Applies changes to a state.
class TablesEditor {
 public:
  explicit TablesEditor(const Tables& tables) : volunteers_(tables.volunteers), others_(tables.others) {}

  void operator()(UpsertVolunteer change) {
    VolunteerRecord& record = volunteers_.Edit(change.facts.name);
    record.facts = std::make_shared<const VolunteerFacts>(std::move(change.facts));
  }
  void operator()(const RemoveVolunteer& change) {
    volunteers_.Erase(change.name);
    others_.ForgetVolunteer(change.name);
  }
  template <typename Other>
  void operator()(Other change) {
    others_.Apply(std::move(change));
  }

  Tables Finish() && { return {std::move(volunteers_).Finish(), std::move(others_).Finish()}; }

 private:
  ShardedTable<VolunteerRecord>::Editor volunteers_;
  OpportunityEditor others_;
};

class PlainIndex final : public Index {
 public:
  explicit PlainIndex(std::shared_ptr<const World> world)
      : world_(std::move(world)), view_(std::make_shared<const PlainView>(world_, Tables(), Revision(), 0)) {}

  void Publish(std::vector<Change> changes, Revision revision) override {
    const std::lock_guard<std::mutex> publishing(publishing_);
    TablesEditor editor(PinPlain()->tables());
    for (Change& change : changes) std::visit(editor, std::move(change));
    Show(std::move(editor).Finish(), revision);
  }

  std::unique_ptr<Load> StartLoad() override { return std::make_unique<PlainLoad>(*this); }

  WaitResult WaitFor(Revision revision, std::chrono::steady_clock::time_point deadline) const override {
    std::unique_lock<std::mutex> lock(mutex_);
    const auto settled = [&] {
      const Revision now = view_->revision();
      return now.epoch != revision.epoch || now.sequence >= revision.sequence;
    };
    if (!published_.wait_until(lock, deadline, settled)) return WaitResult::kDeadline;
    return view_->revision().epoch == revision.epoch ? WaitResult::kReached : WaitResult::kOtherEpoch;
  }

  std::shared_ptr<const View> Pin() const override { return PinPlain(); }

 private:
  class PlainLoad final : public Load {
   public:
    explicit PlainLoad(PlainIndex& index) : index_(index) {}
    void Add(std::vector<Change> changes) override {
      const std::lock_guard<std::mutex> lock(mutex_);
      for (Change& change : changes) {
        if (!IsRemoval(change)) std::visit(editor_, std::move(change));
      }
    }
    void AddVolunteers(absl::Span<const VolunteerFacts> volunteers) override {
      const std::lock_guard<std::mutex> lock(mutex_);
      for (const VolunteerFacts& facts : volunteers) editor_(UpsertVolunteer{facts});
    }
    void Finish(Revision revision) override {
      const std::lock_guard<std::mutex> publishing(index_.publishing_);
      index_.Show(std::move(editor_).Finish(), revision);
    }

   private:
    PlainIndex& index_;
    std::mutex mutex_;  // guards editor_
    TablesEditor editor_{Tables()};
  };

  void Show(Tables tables, Revision revision) {
    auto next = std::make_shared<const PlainView>(world_, std::move(tables), revision, ++last_state_);
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      view_.swap(next);
    }
    published_.notify_all();
    // The old state is let go here, outside the lock.
  }

  std::shared_ptr<const PlainView> PinPlain() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return view_;
  }

  const std::shared_ptr<const World> world_;
  std::mutex publishing_;  // one publisher at a time
  uint64_t last_state_ = 0;
  mutable std::mutex mutex_;  // guards view_
  mutable std::condition_variable published_;
  std::shared_ptr<const PlainView> view_;
};

}  // namespace

std::unique_ptr<Index> MakePlainIndex(std::shared_ptr<const World> world) {
  return std::make_unique<PlainIndex>(std::move(world));
}

}  // namespace brokerage::matcher
