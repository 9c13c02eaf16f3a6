// The best k of what is offered, in the total order of matches.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "matcher/order.h"

namespace brokerage::matcher {

// `Record` has a `name`; records must outlive this.
template <typename Record>
class BestOf {
 public:
  struct Candidate {
    int64_t rank_millionths = 0;
    int64_t score_millionths = 0;
    const Record* record = nullptr;
  };

  // Keeps the first `k` strictly after `after` (from the top when unset), and one more to know whether any
  // follow.
  BestOf(std::size_t k, const std::optional<RankKey>& after)
      : k_(k), capacity_(k == std::numeric_limits<std::size_t>::max() ? k : k + 1), after_(after) {}

  void Offer(int64_t rank_millionths, int64_t score_millionths, const Record& record) {
    const Candidate candidate{rank_millionths, score_millionths, &record};
    if (after_.has_value() &&
        !Precedes(after_->rank_millionths, after_->score_millionths, after_->name, candidate)) {
      return;
    }
    if (heap_.size() < capacity_) {
      heap_.push_back(candidate);
      std::push_heap(heap_.begin(), heap_.end(), Precede);
    } else if (Precede(candidate, heap_.front())) {
      std::pop_heap(heap_.begin(), heap_.end(), Precede);
      heap_.back() = candidate;
      std::push_heap(heap_.begin(), heap_.end(), Precede);
    }
  }

  struct Result {
    std::vector<Candidate> best;  // best first, at most k
    bool more = false;
  };
  Result Finish() && {
    std::sort_heap(heap_.begin(), heap_.end(), Precede);
    Result result{std::move(heap_), false};
    if (result.best.size() > k_) {
      result.best.pop_back();
      result.more = true;
    }
    return result;
  }

 private:
  static bool Precedes(int64_t rank_millionths, int64_t score_millionths, const std::string& name,
                       const Candidate& other) {
    if (rank_millionths != other.rank_millionths) return rank_millionths > other.rank_millionths;
    if (score_millionths != other.score_millionths) return score_millionths > other.score_millionths;
    return NameComesBefore(name, other.record->name);
  }
  static bool Precede(const Candidate& a, const Candidate& b) {
    return Precedes(a.rank_millionths, a.score_millionths, a.record->name, b);
  }

  std::size_t k_;
  std::size_t capacity_;
  const std::optional<RankKey>& after_;
  std::vector<Candidate> heap_;  // the worst on top
};

}  // namespace brokerage::matcher
