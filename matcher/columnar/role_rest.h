// What a lane leaves out of a role and the rules read, in one more cache line.
//
// Facts lie all over the memory, a dozen lines of each; restored from here, they are the same to the rules.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "matcher/columnar/role_lane.h"
#include "matcher/types.h"

namespace brokerage::matcher {

// Few numbers, or too many to be kept.
template <typename Number, std::size_t kMost>
class FewOf {
 public:
  FewOf() = default;
  template <typename List>
  explicit FewOf(const List& list)
      : count_(static_cast<uint8_t>(list.size() <= kMost ? list.size() : kTooMany)) {
    if (fit()) std::copy(list.begin(), list.end(), numbers_.begin());
  }
  bool fit() const { return count_ != kTooMany; }
  const Number* begin() const { return numbers_.data(); }
  const Number* end() const { return numbers_.data() + count_; }

 private:
  static constexpr uint8_t kTooMany = std::numeric_limits<uint8_t>::max();
  std::array<Number, kMost> numbers_{};
  uint8_t count_ = 0;
};

struct alignas(64) RoleRest {
  // The organisation's number in the role table.
  RoleRest(const OpportunityFacts& opportunity, int64_t all_connections, uint32_t organisation_number);

  // Whether this and the lane are all that the rules read.
  bool IsWhole(const RoleLane& lane) const;
  // Makes `facts` the role's, as far as rules read them. The names, its centre's among them, stay as they
  // were.
  void Restore(const RoleLane& lane, GeoPoint place, OpportunityFacts& facts) const;

  int64_t connections;
  uint32_t organisation;
  FewOf<LanguageId, 2> languages;
  FewOf<CauseId, 3> causes;
  FewOf<LicenceKind, 3> licences;
  FewOf<AccessNeed, 4> access_support;
  uint16_t minimum_age;  // kNoAge: none
  uint16_t maximum_age;
  uint16_t block_minutes;
  WorkforceSet workforces;
  BarredListSet barred_lists;
  Sharing sharing;
  bool guardian_consent;

 private:
  static constexpr uint16_t kNoAge = std::numeric_limits<uint16_t>::max();
};
static_assert(sizeof(RoleRest) == 64);

}  // namespace brokerage::matcher
