#include "bench/endtoend/remembering_index.h"

#include <mutex>
#include <shared_mutex>
#include <utility>

#include "absl/container/flat_hash_map.h"

namespace brokerage::bench {
namespace {

using namespace matcher;  // NOLINT: an index is all there is here

class Remembered {
 public:
  template <typename WorkOut>
  MatchList For(const OpportunityFacts* role, WorkOut work_out) {
    {
      const std::shared_lock lock(mutex_);
      if (const auto known = lists_.find(role); known != lists_.end()) return known->second;
    }
    MatchList list = work_out();
    const std::lock_guard lock(mutex_);
    lists_.emplace(role, list);
    return list;
  }

 private:
  std::shared_mutex mutex_;
  absl::flat_hash_map<const OpportunityFacts*, MatchList> lists_;
};

class RememberingView final : public View {
 public:
  RememberingView(std::shared_ptr<const View> inner, Remembered& remembered)
      : inner_(std::move(inner)), remembered_(remembered) {}

  Revision revision() const override { return inner_->revision(); }
  uint64_t state() const override { return inner_->state(); }
  IndexSize size() const override { return inner_->size(); }
  std::shared_ptr<const VolunteerFacts> FindVolunteer(absl::string_view name,
                                                      const Visibility& visibility) const override {
    return inner_->FindVolunteer(name, visibility);
  }
  const OpportunityFacts* FindOpportunity(absl::string_view name,
                                          const Visibility& visibility) const override {
    return inner_->FindOpportunity(name, visibility);
  }
  MatchList TopK(const VolunteersFor& query, Moment as_of, const Weights& weights, std::size_t k,
                 const std::optional<RankKey>& after) const override {
    return remembered_.For(query.opportunity, [&] { return inner_->TopK(query, as_of, weights, k, after); });
  }
  MatchList TopK(const OpportunitiesFor& query, Moment as_of, const Weights& weights, std::size_t k,
                 const std::optional<RankKey>& after) const override {
    return inner_->TopK(query, as_of, weights, k, after);
  }
  Explanation Explain(const VolunteerFacts& volunteer, const OpportunityFacts& opportunity, Moment as_of,
                      const Weights& weights) const override {
    return inner_->Explain(volunteer, opportunity, as_of, weights);
  }
  int64_t ShownRankOf(const OpportunityFacts& opportunity, int64_t score_millionths,
                      const Weights& weights) const override {
    return inner_->ShownRankOf(opportunity, score_millionths, weights);
  }

 private:
  const std::shared_ptr<const View> inner_;
  Remembered& remembered_;
};

class RememberingIndex final : public Index {
 public:
  explicit RememberingIndex(std::unique_ptr<Index> inner) : inner_(std::move(inner)) {}

  void Publish(std::vector<Change> changes, Revision revision) override {
    inner_->Publish(std::move(changes), revision);
  }
  std::unique_ptr<Load> StartLoad() override { return inner_->StartLoad(); }
  WaitResult WaitFor(Revision revision, std::chrono::steady_clock::time_point deadline) const override {
    return inner_->WaitFor(revision, deadline);
  }
  std::shared_ptr<const View> Pin() const override {
    return std::make_shared<const RememberingView>(inner_->Pin(), remembered_);
  }

 private:
  const std::unique_ptr<Index> inner_;
  mutable Remembered remembered_;
};

}  // namespace

std::unique_ptr<Index> MakeRememberingIndex(std::unique_ptr<Index> inner) {
  return std::make_unique<RememberingIndex>(std::move(inner));
}

}  // namespace brokerage::bench
