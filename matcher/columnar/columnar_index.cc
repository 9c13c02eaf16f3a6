#include "matcher/columnar/columnar_index.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <utility>
#include <variant>

#include "absl/container/flat_hash_map.h"

#include "matcher/columnar/published.h"
#include "matcher/columnar/role_search.h"
#include "matcher/columnar/roles.h"
#include "matcher/columnar/seeker_tables.h"
#include "matcher/columnar/volunteer_load.h"
#include "matcher/columnar/volunteer_search.h"
#include "matcher/columnar/volunteer_table.h"
#include "matcher/opportunity_tables.h"
#include "matcher/pair.h"

namespace brokerage::matcher {
namespace {

// What all states of an index share.
struct Common {
  explicit Common(std::shared_ptr<const World> given)
      : world(std::move(given)), planes(world->taxonomies), seekers(world->taxonomies) {}

  const std::shared_ptr<const World> world;
  PlaneSpace planes;
  PointTable points;
  const SeekerTables seekers;
};

class ColumnarView final : public View {
 public:
  // Made by `edit`.
  ColumnarView(std::shared_ptr<Common> common, VolunteerTable volunteers, Roles roles, Revision revision,
               Edit edit)
      : common_(std::move(common)),
        volunteers_(std::move(volunteers)),
        roles_(std::move(roles)),
        revision_(revision),
        edit_(edit) {}

  const VolunteerTable& volunteers() const { return volunteers_; }
  const Roles& roles() const { return roles_; }
  Revision revision() const override { return revision_; }
  uint64_t state() const override { return edit_; }

  IndexSize size() const override {
    return {volunteers_.size(), roles_.table->size(), static_cast<int64_t>(volunteers_.bytes())};
  }

  std::shared_ptr<const VolunteerFacts> FindVolunteer(absl::string_view name,
                                                      const Visibility& visibility) const override {
    const auto place = volunteers_.Find(name);
    if (!place) return nullptr;
    const bool county = place->leaf->Has(PlaneMap::kCounty, place->lane);
    const absl::string_view centre = volunteers_.CentreName(*place->leaf);
    if (!visibility.Sees(std::string(centre), county ? Sharing::kCounty : Sharing::kCentre)) return nullptr;
    return std::make_shared<const VolunteerFacts>(
        place->leaf->row(place->lane).ToFacts(centre, common_->points));
  }

  const OpportunityFacts* FindOpportunity(absl::string_view name,
                                          const Visibility& visibility) const override {
    return roles_.others->Find(name, visibility);
  }

  MatchList TopK(const VolunteersFor& query, Moment as_of, const Weights& weights, std::size_t k,
                 const std::optional<RankKey>& after) const override {
    return SearchVolunteers(
        {volunteers_, *roles_.others, *common_->world, common_->planes.map, common_->points}, query, as_of,
        weights, k, after);
  }

  MatchList TopK(const OpportunitiesFor& query, Moment as_of, const Weights& weights, std::size_t k,
                 const std::optional<RankKey>& after) const override {
    return SearchRoles({*roles_.table, *roles_.others, *common_->world, common_->seekers}, query, as_of,
                       weights, k, after);
  }

  Explanation Explain(const VolunteerFacts& volunteer, const OpportunityFacts& opportunity, Moment as_of,
                      const Weights& weights) const override {
    return ExplainPair(volunteer, opportunity, roles_.others->HistoryOfPair(volunteer.name, opportunity),
                       roles_.others->StandingOf(opportunity), *common_->world, as_of, weights);
  }

  int64_t ShownRankOf(const OpportunityFacts& opportunity, int64_t score_millionths,
                      const Weights& weights) const override {
    return ShownRank(score_millionths, opportunity.places, weights.alpha_bp,
                     roles_.others->ConnectionsOf(opportunity));
  }

 private:
  const std::shared_ptr<Common> common_;
  const VolunteerTable volunteers_;
  const Roles roles_;
  const Revision revision_;
  const Edit edit_;
};

LaneState LaneStateOf(const VolunteerRef& volunteer, const SetVolunteerHistory* past) {
  const std::size_t placements = past == nullptr ? 0 : past->held_placements.size();
  return {IsAvailable(volunteer, placements), past != nullptr};
}

// Applies changes to a state.
class ViewEditor {
 public:
  ViewEditor(VolunteerTable volunteers, Roles roles, Edit edit, Common& common)
      : common_(common),
        edit_(edit),
        volunteers_(std::move(volunteers)),
        volunteer_editor_(volunteers_, edit, common.planes, common.points),
        roles_(std::move(roles), edit, common.world->taxonomies) {}

  void operator()(const UpsertVolunteer& change) {
    volunteer_editor_.Upsert(change.facts, StateOf(change.facts.name, change.facts));
  }
  void operator()(const RemoveVolunteer& change) {
    volunteer_editor_.Remove(change.name);
    roles_.ForgetVolunteer(change.name);
  }
  void operator()(SetVolunteerHistory change) {
    const std::string name = change.name;
    roles_.Apply(std::move(change));
    const auto place = volunteers_.Find(name);
    if (!place) return;
    // What is known of it decides its planes, and where it lies.
    const VolunteerFacts facts =
        place->leaf->row(place->lane).ToFacts(volunteers_.CentreName(*place->leaf), common_.points);
    volunteer_editor_.Upsert(facts, StateOf(name, facts));
  }
  void operator()(UpsertOpportunity change) {
    const std::string name = change.facts.name;
    roles_.ChangeOpportunity(name, std::move(change));
  }
  void operator()(const RemoveOpportunity& change) { roles_.ChangeOpportunity(change.name, change); }
  void operator()(const SetConnections& change) { roles_.ChangeOpportunity(change.opportunity, change); }
  void operator()(const SetOrganisation& change) { roles_.Apply(change); }

  // As edited; the editor is spent.
  std::shared_ptr<const ColumnarView> Finish(std::shared_ptr<Common> common, Revision revision) && {
    volunteer_editor_.Finish();
    return std::make_shared<const ColumnarView>(std::move(common), std::move(volunteers_),
                                                std::move(roles_).Finish(), revision, edit_);
  }

 private:
  LaneState StateOf(absl::string_view name, const VolunteerRef& volunteer) const {
    return LaneStateOf(volunteer, roles_.HistoryOfVolunteer(name));
  }

  Common& common_;
  const Edit edit_;
  VolunteerTable volunteers_;
  VolunteerEditor volunteer_editor_;
  RolesEditor roles_;
};

class ColumnarIndex final : public Index {
 public:
  explicit ColumnarIndex(std::shared_ptr<const World> world)
      : common_(std::make_shared<Common>(std::move(world))),
        view_(std::make_shared<const ColumnarView>(common_, VolunteerTable(), Roles(), Revision(), Edit{0})) {
  }

  void Publish(std::vector<Change> changes, Revision revision) override {
    const std::lock_guard<std::mutex> publishing(publishing_);
    auto present = view_.Pin();
    ViewEditor editor(present->volunteers(), present->roles(), ++last_edit_, *common_);
    present.reset();  // so that it goes when it is replaced
    for (Change& change : changes) std::visit(editor, std::move(change));
    Show(std::move(editor).Finish(common_, revision));
  }

  std::unique_ptr<Load> StartLoad() override {
    const std::lock_guard<std::mutex> publishing(publishing_);
    return std::make_unique<ColumnarLoad>(*this, ++last_edit_);
  }

  WaitResult WaitFor(Revision revision, std::chrono::steady_clock::time_point deadline) const override {
    std::unique_lock<std::mutex> lock(mutex_);
    const auto settled = [&] {
      return revision_.epoch != revision.epoch || revision_.sequence >= revision.sequence;
    };
    if (!published_.wait_until(lock, deadline, settled)) return WaitResult::kDeadline;
    return revision_.epoch == revision.epoch ? WaitResult::kReached : WaitResult::kOtherEpoch;
  }

  std::shared_ptr<const View> Pin() const override { return view_.Pin(); }

 private:
  class ColumnarLoad final : public Load {
   public:
    ColumnarLoad(ColumnarIndex& index, Edit edit)
        : index_(index), edit_(edit), volunteers_(edit, index.common_->planes, index.common_->points) {}

    void Add(std::vector<Change> changes) override {
      std::vector<VolunteerFacts> volunteers;
      for (Change& change : changes) {
        if (auto* upsert = std::get_if<UpsertVolunteer>(&change))
          volunteers.push_back(std::move(upsert->facts));
      }
      AddVolunteers(volunteers);
      const std::lock_guard<std::mutex> lock(mutex_);
      for (Change& change : changes) {
        if (!IsRemoval(change)) std::visit([&](auto& other) { AddOther(std::move(other)); }, change);
      }
    }

    void AddVolunteers(absl::Span<const VolunteerFacts> volunteers) override {
      if (!volunteers.empty()) volunteers_.Add(volunteers);
    }

    void Finish(Revision revision) override {
      OpportunityTables others = std::move(others_).Finish();
      absl::flat_hash_map<uint64_t, const SetVolunteerHistory*> pasts;
      others.histories.ForEach([&](const HistoryRecord& record) {
        pasts.emplace(NameMap::HashOf(record.name), record.history.get());
      });
      VolunteerTable volunteers = std::move(volunteers_).Finish([&](const VolunteerLoad::Loaded& volunteer) {
        const auto past = pasts.find(volunteer.hash);
        const bool has_past =
            past != pasts.end() && volunteer.row.IsNamed(past->second->name, volunteer.centre);
        return LaneStateOf(volunteer.facts, has_past ? past->second : nullptr);
      });
      RoleTable table;
      RoleEditor editor(table, edit_, index_.common_->world->taxonomies);
      others.opportunities.ForEach([&](const OpportunityRecord& record) {
        if (record.facts != nullptr) editor.Add(record, others.StandingOf(*record.facts));
      });
      editor.Finish();
      Roles roles{std::make_shared<const RoleTable>(std::move(table)),
                  std::make_shared<const OpportunityTables>(std::move(others))};
      const std::lock_guard<std::mutex> publishing(index_.publishing_);
      index_.Show(std::make_shared<const ColumnarView>(index_.common_, std::move(volunteers),
                                                       std::move(roles), revision, edit_));
    }

   private:
    void AddOther(const UpsertVolunteer&) {}
    void AddOther(const RemoveVolunteer&) {}
    template <typename Change>
    void AddOther(Change change) {
      others_.Apply(std::move(change));
    }

    ColumnarIndex& index_;
    const Edit edit_;
    VolunteerLoad volunteers_;
    std::mutex mutex_;  // guards others_
    OpportunityEditor others_{OpportunityTables()};
  };

  void Show(std::shared_ptr<const ColumnarView> view) {
    const Revision revision = view->revision();
    view_.Set(std::move(view), [&] {
      {
        const std::lock_guard<std::mutex> lock(mutex_);
        revision_ = revision;
      }
      published_.notify_all();
    });
  }

  const std::shared_ptr<Common> common_;
  std::mutex publishing_;  // one publisher at a time
  Edit last_edit_ = 0;
  Published<ColumnarView> view_;
  mutable std::mutex mutex_;  // guards revision_, which waiters wait for
  mutable std::condition_variable published_;
  Revision revision_;
};

}  // namespace

std::unique_ptr<Index> MakeColumnarIndex(std::shared_ptr<const World> world) {
  return std::make_unique<ColumnarIndex>(std::move(world));
}

}  // namespace brokerage::matcher
