// The total order of matches, and the rank that opportunities are shown by.
#pragma once

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace brokerage::matcher {

// Where a match stands in its list: rank, then score, both descending; then the last segment of the resource
// name bytewise (ids are random, so ties favour nobody), then the whole name.
struct RankKey {
  int64_t rank_millionths = 0;  // volunteers: the score; opportunities: the shown rank
  int64_t score_millionths = 0;
  std::string name;
  friend bool operator==(const RankKey&, const RankKey&) = default;
};

// The same without owning the name.
struct RankKeyView {
  int64_t rank_millionths = 0;
  int64_t score_millionths = 0;
  absl::string_view name;
};
inline RankKeyView ViewOf(const RankKey& key) {
  return {key.rank_millionths, key.score_millionths, key.name};
}

// Whether `a` comes strictly before `b`. A total order over distinct keys.
bool ComesBefore(const RankKeyView& a, const RankKeyView& b);
inline bool ComesBefore(const RankKey& a, const RankKey& b) { return ComesBefore(ViewOf(a), ViewOf(b)); }

// The id at the end of a resource name.
absl::string_view LastSegment(absl::string_view name);

// The order of names alone, as above.
bool NameComesBefore(absl::string_view a, absl::string_view b);

// R(score · places · 10^4, places · 10^4 + alpha_bp · connections): each connection that an opportunity has
// had lowers it a little. `places` is at least 1.
int64_t ShownRank(int64_t score_millionths, uint32_t places, uint32_t alpha_bp, int64_t connections);

}  // namespace brokerage::matcher
