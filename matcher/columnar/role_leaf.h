// A leaf of roles: up to 512 open opportunities of one kind, as what a search asks of each.
//
// Of one kind are those that are done in the same way (remote or on site) and whose scores have the same
// parts, so that one sum tells for all of them what a score needs. Leaves are immutable once published.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

#include "matcher/columnar/geo_box.h"
#include "matcher/columnar/lane_kernel.h"
#include "matcher/columnar/leaf.h"
#include "matcher/columnar/ownership.h"
#include "matcher/taxonomy.h"
#include "matcher/types.h"

namespace brokerage::matcher {

// Whether a role can match anyone at some moment: open, with places left.
bool MayMatch(const OpportunityFacts& opportunity);

// How a role is done, and which parts the score of a pair with it has; causes only when the volunteer states
// one too.
struct RoleKind {
  RoleKind() = default;
  RoleKind(const OpportunityFacts& opportunity, const Taxonomies& taxonomies);

  bool remote = false;
  bool skills = false;
  bool availability = false;
  bool causes = false;
  friend auto operator<=>(const RoleKind&, const RoleKind&) = default;
};

// Where a role belongs among others: by kind; then on site along a Morton curve, and remote by id, so that
// those who tie lie in the order in which they are shown. No two roles have the same.
struct RoleKey {
  RoleKind kind;
  uint64_t place = 0;
  std::string name;
  friend auto operator<=>(const RoleKey&, const RoleKey&) = default;
};
RoleKey RoleKeyOf(const OpportunityFacts& opportunity, const Taxonomies& taxonomies);

// The causes of a list as bits: lists that share one share a bit. Where there are more causes than bits,
// others may share one too.
uint64_t CauseBits(absl::Span<const CauseId> causes);

// Equal names have equal ones.
int32_t CentreHash(absl::string_view centre);

// One role, as far as it does not depend on the moment.
struct RoleLane {
  RoleLane(const OpportunityFacts& opportunity, int64_t connection_count);

  const OpportunityFacts* facts;  // kept by the opportunity tables of the same state
  uint64_t id;                    // IdPrefix
  GeoPoint place;                 // where it is known
  bool has_place;
  int32_t centre;     // CentreHash
  uint64_t causes;    // CauseBits
  Minute expire_min;  // of one that does not, the last
  int64_t connections;
  // Half-hours that may count for it: the windows, or those of any session.
  SlotSet slots;
  int32_t committed_minutes =
      0;  // a week; 0 without a schedule, and of dated roles, which the moment decides
  bool dated = false;
  uint8_t required_skills = 0;
  CheckLevel check_level;
};

// A skill that a role wants.
struct WantedPosting {
  uint32_t share = 0;  // of the skills part, in millionths, rounded up
  uint16_t lane = 0;
  uint8_t level = 0;
  bool required = false;
};

class RoleLeaf {
 public:
  Edit edit = 0;

  const std::vector<RoleLane>& lanes() const { return lanes_; }
  bool IsFull() const { return lanes_.size() == kLanes; }

  // Who wants a skill. Of skills that the taxonomy lacks nobody asks.
  absl::Span<const WantedPosting> Wanting(SkillId skill) const {
    return absl::MakeConstSpan(postings_.data() + begins_[skill], begins_[skill + 1u] - begins_[skill]);
  }
  // Roles that require a skill.
  const LaneSet& requiring() const { return requiring_; }
  // In use.
  const LaneSet& All() const { return all_; }
  // Whose place lies there.
  LaneSet In(const GeoBox& box) const;
  LaneSet OfCentre(int32_t centre_hash) const;

  // Of all roles.
  const GeoBox& places() const { return places_; }
  uint64_t least_id() const { return least_id_; }

  // Editing, before it is published. What is asked above is true again after Index.
  void Add(const OpportunityFacts& opportunity, int64_t connections);
  void Remove(const OpportunityFacts& opportunity);  // which there is
  // Moves the greater half to `upper`, and returns its least key.
  RoleKey Split(RoleLeaf& upper, const Taxonomies& taxonomies);
  void Index(const Taxonomies& taxonomies);

 private:
  void IndexSkills(const Taxonomies& taxonomies);

  std::vector<RoleLane> lanes_;
  LaneNumbers latitudes_e7_{};
  LaneNumbers longitudes_e7_{};
  LaneNumbers centres_{};  // CentreHash
  LaneSet all_{};
  LaneSet placed_{};
  LaneSet requiring_{};
  std::vector<WantedPosting> postings_;  // by skill
  std::vector<uint32_t> begins_;         // of each skill's postings, and their end
  GeoBox places_;
  uint64_t least_id_ = std::numeric_limits<uint64_t>::max();
};

}  // namespace brokerage::matcher
