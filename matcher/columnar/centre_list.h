// The centres with their leaves, and which of them may have someone near a place.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "matcher/columnar/leaf.h"
#include "matcher/columnar/ownership.h"
#include "matcher/columnar/word_reach.h"

namespace brokerage::matcher {

struct LeafEntry {
  ClusterKey first_key = 0;
  uint32_t leaf_number = 0;
  LeafSummary summary;
  const Leaf* leaf = nullptr;
};

// Neighbouring leaves, with what is true of all.
struct LeafNode {
  static constexpr std::size_t kMaxEntries = 64;

  Edit edit = 0;
  LeafSummary summary;
  std::vector<LeafEntry> entries;
};

struct CentreLeaves {
  Edit edit = 0;
  std::string name;  // "centres/ashford"
  LeafSummary summary;
  std::vector<std::shared_ptr<const LeafNode>> nodes;
};

// What is true of all leaves of a node, and of a centre.
LeafSummary SummaryOf(const LeafNode& node);
LeafSummary SummaryOf(const CentreLeaves& centre);

// An immutable state; copying it shares everything. Centres are known by their numbers, from 0 up.
class CentreList {
 public:
  std::size_t size() const { return size_; }
  const CentreLeaves& operator[](std::size_t number) const { return *At(number); }

  // Calls visit(number, centre) for each whose volunteers' centroids may be in their reach of the place, all
  // going so much further than they state; and for few others. A country has hundreds, of which a place is
  // near to few: where their volunteers live lies side by side.
  template <typename Visit>
  void ForEachReaching(const DistanceBound& place, uint32_t further_m, Visit visit) const {
    for (std::size_t group = 0; group < reaches_.size(); ++group) {
      for (unsigned left = reaches_[group].Reaching(place, further_m); left != 0; left &= left - 1) {
        const std::size_t number = group * kGroup + static_cast<std::size_t>(std::countr_zero(left));
        visit(number, (*this)[number]);
      }
    }
  }

  // Editing.
  void Add(std::string name, Edit edit);
  CentreLeaves& Own(std::size_t number, Edit edit);
  // After its leaves changed.
  void Summarise(std::size_t number, Edit edit);

 private:
  static constexpr std::size_t kGroup = kPlaneWords;
  struct Group {
    Edit edit = 0;
    std::array<std::shared_ptr<const CentreLeaves>, kGroup> centres;
  };

  const std::shared_ptr<const CentreLeaves>& At(std::size_t number) const {
    return groups_[number / kGroup]->centres[number % kGroup];
  }
  Group& OwnGroup(std::size_t number, Edit edit) { return matcher::Own(groups_[number / kGroup], edit); }

  std::vector<std::shared_ptr<const Group>> groups_;
  std::vector<WordReach> reaches_;  // by group: each centre's volunteers', from their centroids
  std::size_t size_ = 0;
};

}  // namespace brokerage::matcher
