#include "matcher/order.h"

#include <algorithm>

#include "matcher/round.h"

namespace brokerage::matcher {
namespace {

constexpr int64_t kBasisPoints = 10'000;

}  // namespace

absl::string_view LastSegment(absl::string_view name) {
  const std::size_t slash = name.rfind('/');
  return slash == absl::string_view::npos ? name : name.substr(slash + 1);
}

bool NameComesBefore(absl::string_view a, absl::string_view b) {
  // absl::string_view compares as memcmp does: bytewise.
  const int by_id = LastSegment(a).compare(LastSegment(b));
  return by_id != 0 ? by_id < 0 : a < b;
}

bool ComesBefore(const RankKeyView& a, const RankKeyView& b) {
  if (a.rank_millionths != b.rank_millionths) return a.rank_millionths > b.rank_millionths;
  if (a.score_millionths != b.score_millionths) return a.score_millionths > b.score_millionths;
  return NameComesBefore(a.name, b.name);
}

int64_t ShownRank(int64_t score_millionths, uint32_t places, uint32_t alpha_bp, int64_t connections) {
  const int64_t capacity = std::max<int64_t>(places, 1) * kBasisPoints;
  return R(score_millionths * capacity, capacity + alpha_bp * connections);
}

}  // namespace brokerage::matcher
