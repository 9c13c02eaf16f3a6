// An index that knows what was asked of it: how often for volunteers or for a role that it does not have, how
// long to wait, and how many of its views are pinned.
#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "matcher/index.h"

namespace brokerage::matching {

// Thread-safe. Outlives the views.
class CountedIndex final : public matcher::Index {
 public:
  explicit CountedIndex(std::unique_ptr<matcher::Index> inner) : inner_(std::move(inner)) {}

  // Wait for it, and answer whether it came. Their limit guards against hanging, and measures nothing.
  bool AwaitLooks(int least) {
    return Await([&] { return looks_ >= least; });
  }
  bool AwaitMisses(int least) {
    return Await([&] { return misses_ >= least; });
  }
  bool AwaitWaits(int least) {
    return Await([&] { return waits_ >= least; });
  }
  bool AwaitUnpinned() {
    return Await([&] { return pinned_ == 0; });
  }

  // How long anyone meant to wait at a time, at most, since this was asked before.
  std::chrono::nanoseconds TakeLongestWait() {
    const std::lock_guard lock(mutex_);
    waits_ = 0;
    return std::exchange(longest_wait_, std::chrono::nanoseconds(0));
  }

  void Publish(std::vector<matcher::Change> changes, matcher::Revision revision) override {
    inner_->Publish(std::move(changes), revision);
  }
  std::unique_ptr<matcher::Load> StartLoad() override { return inner_->StartLoad(); }
  matcher::WaitResult WaitFor(matcher::Revision revision,
                              std::chrono::steady_clock::time_point deadline) const override {
    {
      const std::lock_guard lock(mutex_);
      longest_wait_ = std::max(longest_wait_, deadline - std::chrono::steady_clock::now());
    }
    Count(waits_, 1);
    return inner_->WaitFor(revision, deadline);
  }
  std::shared_ptr<const matcher::View> Pin() const override {
    return std::make_shared<const CountedView>(inner_->Pin(), *this);
  }

 private:
  class CountedView final : public matcher::View {
   public:
    CountedView(std::shared_ptr<const matcher::View> inner, const CountedIndex& index)
        : inner_(std::move(inner)), index_(index) {
      index_.Count(index_.pinned_, 1);
    }
    ~CountedView() override { index_.Count(index_.pinned_, -1); }

    matcher::Revision revision() const override { return inner_->revision(); }
    uint64_t state() const override { return inner_->state(); }
    matcher::IndexSize size() const override { return inner_->size(); }
    std::shared_ptr<const matcher::VolunteerFacts> FindVolunteer(
        absl::string_view name, const matcher::Visibility& visibility) const override {
      return inner_->FindVolunteer(name, visibility);
    }
    const matcher::OpportunityFacts* FindOpportunity(absl::string_view name,
                                                     const matcher::Visibility& visibility) const override {
      const auto* const found = inner_->FindOpportunity(name, visibility);
      if (found == nullptr) index_.Count(index_.misses_, 1);
      return found;
    }
    matcher::MatchList TopK(const matcher::VolunteersFor& query, matcher::Moment as_of,
                            const matcher::Weights& weights, std::size_t k,
                            const std::optional<matcher::RankKey>& after) const override {
      index_.Count(index_.looks_, 1);
      return inner_->TopK(query, as_of, weights, k, after);
    }
    matcher::MatchList TopK(const matcher::OpportunitiesFor& query, matcher::Moment as_of,
                            const matcher::Weights& weights, std::size_t k,
                            const std::optional<matcher::RankKey>& after) const override {
      return inner_->TopK(query, as_of, weights, k, after);
    }
    matcher::Explanation Explain(const matcher::VolunteerFacts& volunteer,
                                 const matcher::OpportunityFacts& opportunity, matcher::Moment as_of,
                                 const matcher::Weights& weights) const override {
      return inner_->Explain(volunteer, opportunity, as_of, weights);
    }
    int64_t ShownRankOf(const matcher::OpportunityFacts& opportunity, int64_t score_millionths,
                        const matcher::Weights& weights) const override {
      return inner_->ShownRankOf(opportunity, score_millionths, weights);
    }

   private:
    const std::shared_ptr<const matcher::View> inner_;
    const CountedIndex& index_;
  };

  void Count(int& what, int more) const {
    {
      const std::lock_guard lock(mutex_);
      what += more;
    }
    changed_.notify_all();
  }
  bool Await(const std::function<bool()>& has_come) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(30), has_come);
  }

  const std::unique_ptr<matcher::Index> inner_;
  mutable std::mutex mutex_;  // guards what follows
  mutable std::condition_variable changed_;
  mutable int looks_ = 0;
  mutable int misses_ = 0;
  mutable int waits_ = 0;
  mutable int pinned_ = 0;
  mutable std::chrono::nanoseconds longest_wait_{0};
};

}  // namespace brokerage::matching
