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

// Of records that have a `name`.
struct ByName {
  template <typename Record>
  static absl::string_view NameOf(const Record& record) {
    return record.name;
  }
  template <typename Record>
  static bool Precedes(const Record& a, const Record& b) {
    return NameComesBefore(a.name, b.name);
  }
};

// Records must outlive this. `Names` says what a record is called, and which of two comes first by that.
template <typename Record, typename Names = ByName>
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
      : k_(k), capacity_(k == std::numeric_limits<std::size_t>::max() ? k : k + 1), after_(after) {
    constexpr std::size_t kUsual = 64;
    heap_.reserve(std::min(capacity_, kUsual));
  }

  // What another must come before to be kept; nullptr while there is room.
  const Candidate* worst() const { return heap_.size() < capacity_ ? nullptr : &heap_.front(); }

  // Whether it is kept, until there are better ones.
  bool Offer(int64_t rank_millionths, int64_t score_millionths, const Record& record) {
    const Candidate candidate{rank_millionths, score_millionths, &record};
    if (after_.has_value() && !ComesBefore(ViewOf(*after_), KeyOf(candidate))) return false;
    if (heap_.size() < capacity_) {
      heap_.push_back(candidate);
      std::push_heap(heap_.begin(), heap_.end(), Precedes);
    } else if (Precedes(candidate, heap_.front())) {
      std::pop_heap(heap_.begin(), heap_.end(), Precedes);
      heap_.back() = candidate;
      std::push_heap(heap_.begin(), heap_.end(), Precedes);
    } else {
      return false;
    }
    return true;
  }

  struct Result {
    std::vector<Candidate> best;  // best first, at most k
    bool more = false;
  };
  Result Finish() && {
    std::sort_heap(heap_.begin(), heap_.end(), Precedes);
    Result result{std::move(heap_), false};
    if (result.best.size() > k_) {
      result.best.pop_back();
      result.more = true;
    }
    return result;
  }

 private:
  static RankKeyView KeyOf(const Candidate& candidate) {
    return {candidate.rank_millionths, candidate.score_millionths, Names::NameOf(*candidate.record)};
  }
  static bool Precedes(const Candidate& a, const Candidate& b) {
    if (a.rank_millionths != b.rank_millionths) return a.rank_millionths > b.rank_millionths;
    if (a.score_millionths != b.score_millionths) return a.score_millionths > b.score_millionths;
    return Names::Precedes(*a.record, *b.record);
  }

  std::size_t k_;
  std::size_t capacity_;
  const std::optional<RankKey>& after_;
  std::vector<Candidate> heap_;  // the worst on top
};

}  // namespace brokerage::matcher
