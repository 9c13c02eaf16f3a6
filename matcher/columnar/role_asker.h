// Asks roles whether they match, exactly, and keeps the best.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>

#include "absl/strings/string_view.h"

#include "matcher/best_of.h"
#include "matcher/columnar/role_leaf.h"
#include "matcher/columnar/role_queue.h"
#include "matcher/columnar/role_search.h"
#include "matcher/left_out.h"
#include "matcher/waters.h"

namespace brokerage::matcher {

class RoleAsker {
 public:
  // `own_centre` is the role table's number of the volunteer's centre, `past` what is known of them. All
  // outlives it.
  RoleAsker(const RolePool& pool, const OpportunitiesFor& query, Moment as_of, const Weights& weights,
            uint32_t own_centre, const SetVolunteerHistory* past, std::size_t k,
            const std::optional<RankKey>& after);

  void Ask(const RoleLeaf& leaf, std::size_t number);
  // Whoever stands further down is of no use. While all are counted, everybody is.
  const Standing& worst() const { return worst_; }
  // The shown rank, which rises with the score.
  int64_t RankOf(const RoleLane& lane, int64_t score, int64_t connections) const;
  // The asker is spent.
  MatchList Answer() &&;

 private:
  // A role that matches, and how.
  struct Asked {
    const OpportunityFacts* facts = nullptr;
    uint64_t id = 0;  // IdPrefix
    PairScore pair;
  };
  struct ById {
    static absl::string_view NameOf(const Asked& asked) { return asked.facts->name; }
    static bool Precedes(const Asked& a, const Asked& b) {
      return a.id != b.id ? a.id < b.id : NameComesBefore(NameOf(a), NameOf(b));
    }
  };

  const OpportunityFacts& FactsOf(const RoleLeaf& leaf, std::size_t number);

  const RolePool& pool_;
  const OpportunitiesFor& query_;
  const VolunteerRef volunteer_;
  const Moment as_of_;
  const Weights& weights_;
  const uint32_t own_centre_;
  const absl::string_view elsewhere_;  // the name of any other centre
  const SetVolunteerHistory* const past_;
  const Travel travel_;
  const OpportunitiesBefore before_;
  OpportunityFacts restored_;
  std::deque<Asked> asked_;
  BestOf<Asked, ById> best_;
  Standing worst_;
  int64_t eligible_ = 0;
  int64_t length_ = 0;
};

}  // namespace brokerage::matcher
