// How far a volunteer's skills answer what the roles of a leaf want.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "matcher/columnar/leaf.h"
#include "matcher/columnar/role_leaf.h"
#include "matcher/taxonomy.h"
#include "matcher/types.h"
#include "matcher/volunteer_ref.h"

namespace brokerage::matcher {

// Made for one volunteer, and used for one leaf after the other.
class SkillSums {
 public:
  SkillSums(const VolunteerRef& volunteer, const Taxonomies& taxonomies);

  // Turns to a leaf.
  void Sum(const RoleLeaf& leaf);
  // Of the leaf: leaves in `lanes` those whose required skills may all be held, and whose skills part may be
  // `least_part`.
  void Keep(int64_t least_part, LaneSet& lanes) const;
  // The most that the skills part can be.
  int64_t PartBound(std::size_t lane) const { return IsTouched(lane) ? part_[lane] : 0; }

 private:
  // A wanted skill that is answered somewhat.
  struct Answer {
    SkillId wanted = 0;
    std::array<uint8_t, 6> credits{};  // in 120ths, by wanted level
    int64_t CreditFor(uint8_t level) const { return credits[level < credits.size() ? level : 5]; }
  };

  void Add(const Answer& answer, const WantedPosting& wanted);
  bool IsTouched(std::size_t lane) const { return (touched_[lane / 64] >> (lane % 64) & 1) != 0; }

  std::vector<Answer> answers_;
  const RoleLeaf* leaf_ = nullptr;
  // Lanes of which any wanted skill is answered; of others nothing is written below.
  LaneSet touched_{};
  std::array<int32_t, kLanes> part_;
  std::array<uint8_t, kLanes> held_;  // required skills
};

}  // namespace brokerage::matcher
