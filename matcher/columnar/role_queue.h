// What a search for roles may still look at, the most promising first.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "absl/container/inlined_vector.h"

#include "matcher/columnar/role_leaf.h"

namespace brokerage::matcher {

// Where in a list something stands: by rank, then by score, then by IdPrefix, of which the least comes first.
// Of two that stand alike, whole names decide.
class Standing {
 public:
  // The last of all.
  Standing() = default;
  // Rank and score are not below 0, and below 2^32.
  Standing(int64_t rank, int64_t score, uint64_t id)
      : rank_and_score_(static_cast<uint64_t>(rank) << 32 | static_cast<uint64_t>(score)), from_last_(~id) {}

  void SetId(uint64_t id) { from_last_ = ~id; }
  bool Ties(const Standing& other) const { return rank_and_score_ == other.rank_and_score_; }
  // Whether it is further down.
  friend bool operator<(const Standing& a, const Standing& b) { return a.Number() < b.Number(); }

 private:
  __extension__ using Wide = unsigned __int128;
  Wide Number() const { return Wide{rank_and_score_} << 64 | from_last_; }

  uint64_t rank_and_score_ = 0;
  uint64_t from_last_ = 0;
};
inline constexpr uint64_t kLastId = std::numeric_limits<uint64_t>::max();

struct Prospect {
  enum class What : uint32_t {
    kRole,    // the first of the lanes
    kRun,     // the lanes, in the order of their ids
    kOthers,  // all of a shelf's runs that were put off
    kWord,    // the 64 lanes of a word, on site
  };
  // Nobody in it stands higher; but words come last of those that tie, for any id may be in them, and whoever
  // is known before spares a look.
  Standing best;
  const RoleLeaf* leaf = nullptr;
  uint16_t begin = 0;  // lane
  uint16_t end = 0;
  What what = What::kRole;  // as wide as what is left, so that prospects are copied word by word
};

class RoleQueue {
 public:
  bool empty() const { return heap_.empty(); }
  void Push(const Prospect& prospect) {
    heap_.push_back(prospect);
    std::push_heap(heap_.begin(), heap_.end(), ComesLater);
  }
  Prospect Pop() {
    std::pop_heap(heap_.begin(), heap_.end(), ComesLater);
    const Prospect best = heap_.back();
    heap_.pop_back();
    return best;
  }

 private:
  static bool ComesLater(const Prospect& a, const Prospect& b) { return a.best < b.best; }

  absl::InlinedVector<Prospect, 128> heap_;
};

}  // namespace brokerage::matcher
