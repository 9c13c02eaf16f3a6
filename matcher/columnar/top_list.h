// The best so far of a search in leaves, in the total order of matches.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "matcher/columnar/volunteer_table.h"
#include "matcher/order.h"
#include "matcher/result.h"

namespace brokerage::matcher {

// Keeps the first `k` strictly after `after` (from the top when unset), and one more to know whether any
// follow. What it is given outlives it.
class TopList {
 public:
  struct Candidate {
    int64_t score_millionths = 0;
    const Leaf* leaf = nullptr;
    int lane = 0;
    uint32_t slot = 0;  // of what is kept of it
  };

  TopList(const VolunteerTable& table, std::size_t k, const std::optional<RankKey>& after)
      : table_(table),
        k_(k),
        capacity_(k == std::numeric_limits<std::size_t>::max() ? k : k + 1),
        after_(after) {
    constexpr std::size_t kUsual = 32;
    heap_.reserve(std::min(capacity_, kUsual));
    kept_.reserve(std::min(capacity_, kUsual));
  }

  // No candidate that scores less comes in; -1 while there is room.
  int64_t least_score() const { return heap_.size() < capacity_ ? -1 : heap_.front().score_millionths; }
  // Of those that score as much as that, none whose id begins with more than these bytes does.
  uint64_t greatest_id() const { return greatest_id_; }

  // Where to keep what was worked out of the candidate, if it comes in; nullptr if not.
  PairScore* Offer(int64_t score_millionths, const Leaf& leaf, int lane) {
    Candidate candidate{score_millionths, &leaf, lane};
    if (after_ && !ComesAfter(candidate, *after_)) return nullptr;
    if (heap_.size() < capacity_) {
      candidate.slot = static_cast<uint32_t>(kept_.size());
      kept_.emplace_back();
      heap_.push_back(candidate);
    } else if (Precedes(candidate, heap_.front())) {
      std::pop_heap(heap_.begin(), heap_.end(), Order{*this});
      candidate.slot = heap_.back().slot;
      heap_.back() = candidate;
    } else {
      return nullptr;
    }
    std::push_heap(heap_.begin(), heap_.end(), Order{*this});
    if (heap_.size() == capacity_) greatest_id_ = IdPrefix(heap_.front().leaf->row(heap_.front().lane).id());
    return &kept_[candidate.slot];
  }

  struct Result {
    std::vector<Candidate> best;  // best first, at most k
    std::vector<PairScore> kept;  // by slot
    bool more = false;
  };
  Result Finish() && {
    std::sort_heap(heap_.begin(), heap_.end(), Order{*this});
    Result result{std::move(heap_), std::move(kept_), false};
    if (result.best.size() > k_) {
      result.best.pop_back();
      result.more = true;
    }
    return result;
  }

 private:
  struct Order {
    const TopList& list;
    bool operator()(const Candidate& a, const Candidate& b) const { return list.Precedes(a, b); }
  };

  std::string NameOf(const Candidate& candidate) const {
    return candidate.leaf->row(candidate.lane).NameIn(table_.CentreName(*candidate.leaf));
  }

  bool Precedes(const Candidate& a, const Candidate& b) const {
    if (a.score_millionths != b.score_millionths) return a.score_millionths > b.score_millionths;
    const int by_id = a.leaf->row(a.lane).id().compare(b.leaf->row(b.lane).id());
    return by_id != 0 ? by_id < 0 : NameOf(a) < NameOf(b);
  }

  bool ComesAfter(const Candidate& candidate, const RankKey& key) const {
    if (candidate.score_millionths != key.score_millionths) {
      return candidate.score_millionths < key.score_millionths;
    }
    const std::string name = NameOf(candidate);
    return ComesBefore(ViewOf(key), {candidate.score_millionths, candidate.score_millionths, name});
  }

  const VolunteerTable& table_;
  std::size_t k_;
  std::size_t capacity_;
  const std::optional<RankKey>& after_;
  std::vector<Candidate> heap_;  // the worst on top
  std::vector<PairScore> kept_;
  uint64_t greatest_id_ = std::numeric_limits<uint64_t>::max();
};

}  // namespace brokerage::matcher
