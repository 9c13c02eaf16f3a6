// A leaf of roles: up to 512 open opportunities, all on site or all remote, as what a search asks of each.
// Leaves are immutable once published.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "absl/types/span.h"

#include "matcher/columnar/geo_box.h"
#include "matcher/columnar/lane_kernel.h"
#include "matcher/columnar/leaf.h"
#include "matcher/columnar/ownership.h"
#include "matcher/columnar/role_lane.h"
#include "matcher/columnar/role_rest.h"
#include "matcher/types.h"

namespace brokerage::matcher {

// Whether a role can match anyone at some moment: open, with places left, and remote or somewhere.
bool MayMatch(const OpportunityFacts& opportunity);

// The skill that a role wants most, with what follows from it.
class MainSkill {
 public:
  MainSkill() = default;  // none is wanted
  explicit MainSkill(absl::Span<const WantedSkill> wanted);

  bool any() const { return code_ != 0; }
  bool required() const { return (code_ & 1) != 0; }
  SkillId skill() const { return static_cast<SkillId>((code_ >> 1) - 1); }
  friend auto operator<=>(const MainSkill&, const MainSkill&) = default;

 private:
  uint32_t code_ = 0;
};

// Where a role belongs among its like: on site along a Morton curve; remote by the main skill, so that those
// who want what a volunteer lacks lie together, and then by id, so that those who tie lie in the order in
// which they are shown. No two roles have the same.
struct RoleKey {
  explicit RoleKey(const OpportunityFacts& opportunity);
  RoleKey() = default;  // before all

  MainSkill main_skill;  // of remote ones
  uint64_t place = 0;
  std::string name;
  friend auto operator<=>(const RoleKey&, const RoleKey&) = default;
};

class RoleLeaf {
 public:
  Edit edit = 0;

  // In the order of their keys.
  const std::vector<RoleLane>& lanes() const { return lanes_; }
  const RoleRest& RestOf(std::size_t lane) const { return rests_[lane]; }
  GeoPoint PlaceOf(std::size_t lane) const { return {latitudes_e7_[lane], longitudes_e7_[lane]}; }
  bool IsFull() const { return lanes_.size() == kLanes; }
  std::size_t words() const { return (lanes_.size() + 63) / 64; }

  // The lanes of a word, as bits, that ask for no higher check; and of them those that lie in a box.
  uint64_t OpenTo(std::size_t word, CheckLevel highest) const {
    return open_to_[static_cast<std::size_t>(highest)][word];
  }
  uint64_t In(std::size_t word, const GeoBox& box, CheckLevel highest) const;
  // Fetches what In reads.
  void FetchPlaces(std::size_t word) const {
    for (std::size_t lane = word * 64; lane < (word + 1) * 64; lane += 16) {
      __builtin_prefetch(&latitudes_e7_[lane]);
      __builtin_prefetch(&longitudes_e7_[lane]);
    }
  }

  // Of the roles of a word.
  struct Word {
    GeoBox places;
    uint64_t least_id = std::numeric_limits<uint64_t>::max();
    uint32_t parts = 0;  // a bit for each RoleParts that there is
  };
  GeoBox places() const;  // of all
  const Word& WordOf(std::size_t word) const { return words_[word]; }
  void FetchWords() const {
    __builtin_prefetch(&lanes_);
    for (const Word& word : words_) __builtin_prefetch(&word);
  }

  // Roles of one main skill, lane by lane.
  struct Run {
    MainSkill main_skill;
    uint32_t least_share = 0;  // that it has of the skills part, in millionths
    uint16_t begin = 0;
    uint16_t end = 0;
  };
  const std::vector<Run>& runs() const { return runs_; }

  // Editing, before it is published. What is asked above of words and runs is true again after Index.
  void Add(const RoleLane& lane, const RoleRest& rest);
  void Remove(const OpportunityFacts& opportunity);  // which there is
  // Moves the greater half to `upper`, and returns its least key.
  RoleKey Split(RoleLeaf& upper);
  void Index();

 private:
  static constexpr std::size_t kCheckLevels = 5;

  std::size_t LowerBound(const OpportunityFacts& opportunity) const;

  std::vector<RoleLane> lanes_;
  std::vector<RoleRest> rests_;
  LaneNumbers latitudes_e7_{};
  LaneNumbers longitudes_e7_{};
  std::array<LaneSet, kCheckLevels> open_to_{};
  std::array<Word, kPlaneWords> words_;
  std::vector<Run> runs_;
};

}  // namespace brokerage::matcher
