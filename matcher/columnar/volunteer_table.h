// All volunteers: for each centre a row of leaves in the order of cluster keys, and where each name lies.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"

#include "matcher/columnar/centre_list.h"
#include "matcher/columnar/leaf.h"
#include "matcher/columnar/name_map.h"
#include "matcher/columnar/ownership.h"
#include "matcher/columnar/point_table.h"

namespace brokerage::matcher {

// Where a volunteer lies.
struct LanePlace {
  const Leaf* leaf = nullptr;
  int lane = 0;
  LaneAddress address = 0;
};

// An immutable state; copying it shares everything.
class VolunteerTable {
 public:
  std::optional<LanePlace> Find(absl::string_view name) const;
  const CentreList& centres() const { return centres_; }
  // The number of a centre that has or had volunteers: its index in centres(), and Leaf::centre().
  std::optional<uint32_t> CentreNumber(absl::string_view name) const;
  absl::string_view CentreName(const Leaf& leaf) const { return centres_[leaf.centre()].name; }
  int64_t size() const;
  std::size_t bytes() const;

 private:
  friend class VolunteerEditor;
  friend class VolunteerLoad;

  static constexpr std::size_t kChunk = 32;
  struct Chunk {
    Edit edit = 0;
    std::array<std::shared_ptr<const Leaf>, kChunk> leaves;
  };
  using CentreNumbers = absl::flat_hash_map<std::string, uint32_t>;

  const Leaf& LeafAt(uint32_t number) const { return *chunks_[number / kChunk]->leaves[number % kChunk]; }
  uint32_t AddCentre(absl::string_view name, Edit edit);

  std::vector<std::shared_ptr<const Chunk>> chunks_;  // leaves by number
  CentreList centres_;
  std::shared_ptr<const CentreNumbers> numbers_ = std::make_shared<const CentreNumbers>();
  NameMap names_;
  std::vector<uint32_t> unused_;  // leaf numbers
  uint32_t leaf_count_ = 0;
};

// Makes the next state of a table, which it changes as it goes and which is whole after Finish. Not
// thread-safe.
class VolunteerEditor {
 public:
  // `edit` is of this editor alone. Everything outlives it.
  VolunteerEditor(VolunteerTable& table, Edit edit, PlaneSpace& planes, PointTable& points)
      : table_(table), edit_(edit), planes_(planes), points_(points) {}

  void Upsert(const VolunteerFacts& facts, const LaneState& state);
  void Remove(absl::string_view name);
  // Lets summaries tell of what changed; leaves that emptied go. The editor is spent.
  void Finish();

 private:
  // An entry of a centre's leaves.
  struct Position {
    std::size_t node = 0;
    std::size_t entry = 0;
  };

  CentreLeaves& OwnCentre(uint32_t centre) { return table_.centres_.Own(centre, edit_); }
  Position PositionFor(uint32_t centre, ClusterKey key) const;
  Position PositionOf(uint32_t centre, uint32_t leaf_number) const;
  const LeafEntry& EntryAt(uint32_t centre, Position position) const {
    return table_.centres_[centre].nodes[position.node]->entries[position.entry];
  }
  Leaf& OwnLeaf(uint32_t leaf_number);
  // After a leaf changed: its entry and its node say so; an empty leaf goes.
  void Refresh(uint32_t centre, Position position);
  void Split(uint32_t centre, Position position);
  void RemoveAt(const LanePlace& place, uint64_t hash);
  uint32_t AddLeaf(std::shared_ptr<Leaf> leaf, ClusterKey first_key);
  void InsertEntry(uint32_t centre, Position position, const LeafEntry& entry);

  VolunteerTable& table_;
  const Edit edit_;
  PlaneSpace& planes_;
  PointTable& points_;
  std::vector<uint8_t> row_;
  std::vector<uint32_t> changed_;  // leaf numbers, some more than once
};

}  // namespace brokerage::matcher
