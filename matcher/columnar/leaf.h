// A leaf: up to 512 volunteers of one centre who live near one another and are alike, as bit-planes and rows.
//
// Leaves are immutable once published. An edit copies the planes of the leaf that it changes and appends rows
// to memory that older copies of the leaf share, behind what they know of.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <type_traits>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

#include "matcher/columnar/cluster_key.h"
#include "matcher/columnar/geo_box.h"
#include "matcher/columnar/ownership.h"
#include "matcher/columnar/plane_pool.h"
#include "matcher/columnar/planes.h"
#include "matcher/columnar/row.h"
#include "matcher/columnar/word_reach.h"

namespace brokerage::matcher {

// A bit for each lane.
using LaneSet = std::array<uint64_t, kPlaneWords>;

inline bool IsEmpty(const LaneSet& lanes) {
  uint64_t any = 0;
  for (const uint64_t word : lanes) any |= word;
  return any == 0;
}

inline int CountOf(const LaneSet& lanes) {
  int count = 0;
  for (const uint64_t word : lanes) count += std::popcount(word);
  return count;
}

// What is true of all volunteers of a leaf, or of several. Bounds may be wider than they need be.
struct LeafSummary {
  GeoBox homes;
  GeoBox centroids;
  uint32_t max_radius_m = 0;
  bool any_available = false;
  bool any_remote = false;
  bool any_on_site = false;
  // Exact.
  uint32_t live = 0;
  uint32_t county = 0;  // of them, shared with the county
  // No last segment of a name is less than these bytes (IdPrefix).
  uint64_t least_id = ~uint64_t{0};

  void Add(const LeafSummary& other);
};

// The first eight bytes of an id, so that comparing numbers compares beginnings of ids.
uint64_t IdPrefix(absl::string_view id);

// Memory for rows that grows at its end only, in a few blocks. What was read from it stays where it is, and
// may be read while an editor appends.
class RowArena {
 public:
  explicit RowArena(std::size_t capacity) { Extend(capacity); }

  const uint8_t* At(uint32_t address) const {
    return blocks_[address >> kOffsetBits].get() + (address & ((uint32_t{1} << kOffsetBits) - 1));
  }

  // Editing.
  // Where the row now begins; nullopt when there is no room in the last block.
  std::optional<uint32_t> Append(absl::Span<const uint8_t> row);
  // Adds a block. False: there are as many as there may be.
  bool Extend(std::size_t capacity);
  // Of all blocks, in bytes.
  std::size_t capacity() const { return capacity_; }

 private:
  // Of an address; a block is smaller than a leaf's rows can be by far.
  static constexpr int kOffsetBits = 29;
  static constexpr std::size_t kMaxBlocks = 5;

  std::array<std::unique_ptr<uint8_t[]>, kMaxBlocks> blocks_;
  // The editor's.
  std::size_t block_count_ = 0;
  std::size_t capacity_ = 0;
  std::size_t room_ = 0;  // of the last block
  std::size_t used_ = 0;
};

// A volunteer on its way into a leaf.
struct LaneContent {
  absl::Span<const uint8_t> row;
  LanePoint point;
  VolunteerRef volunteer;  // of these
  LaneState state;
};

// What is looked at of a lane before its row: together, so that it is fetched at once.
struct LaneHead {
  LanePoint point;
  uint32_t row = 0;       // where it begins
  uint16_t id_begin = 0;  // the first two bytes of the id, as a number
  LaneState state;
};
static_assert(std::is_trivially_copyable_v<LaneHead> && sizeof(LaneHead) == 24);

// What planes say, and where they and the heads of lanes are kept. Outlives its leaves.
struct PlaneSpace {
  explicit PlaneSpace(const Taxonomies& taxonomies)
      : map(taxonomies), pool(static_cast<std::size_t>(map.count()), kLanes * sizeof(LaneHead)) {}

  const PlaneMap map;
  PlanePool pool;  // a leaf's planes, and its heads
};

class Leaf {
 public:
  // An empty one.
  Leaf(uint32_t centre, PlaneSpace& space);
  Leaf(const Leaf& other) : Leaf(other, &other.cell_) {}
  // A copy whose planes lie where those of `near` do, or nullptr: where a new leaf's do.
  Leaf(const Leaf& other, const PlanePool::Lease* near);
  Leaf& operator=(const Leaf&) = delete;

  uint32_t centre() const { return centre_; }
  const uint64_t* plane(PlaneIndex plane) const { return cell_->planes + plane * stride_; }
  bool Has(PlaneIndex plane, int lane) const {
    return (this->plane(plane)[lane / 64] >> (lane % 64) & 1) != 0;
  }
  const LanePoint& point(int lane) const { return head(lane).point; }
  // The first two bytes of the id, as a number.
  uint16_t id_begin(int lane) const { return head(lane).id_begin; }
  // Asks the memory for what leads to planes and rows, and for what leads to a lane's row.
  void Prefetch() const {
    __builtin_prefetch(this);
    __builtin_prefetch(reinterpret_cast<const char*>(this) + 64);
  }
  void PrefetchLane(int lane) const {
    const auto* const at = reinterpret_cast<const char*>(&head(lane));
    __builtin_prefetch(at);
    __builtin_prefetch(at + sizeof(LaneHead) - 1);
  }
  Row row(int lane) const { return Row(rows_->At(head(lane).row), point(lane)); }
  LaneState StateOf(int lane) const { return head(lane).state; }
  const LeafSummary& summary() const { return summary_; }
  // By their homes, or by the centroids for pairs across centres.
  const WordReach& reach(bool same_centre) const { return same_centre ? homes_ : centroids_; }
  bool IsFull() const { return summary_.live == kLanes; }
  std::size_t bytes() const;

  // Editing, before it is published.
  // Room for rows of so many bytes in all.
  void Reserve(std::size_t row_bytes);
  // Of an empty leaf: the lane of the `i`-th of `count` that go into it in the order of their keys. Words of
  // lanes are filled alike, so that those who come later find room beside their neighbours.
  static int LaneFor(std::size_t i, std::size_t count);
  void Insert(int lane, const LaneContent& content);  // a lane that is not in use
  int Insert(const LaneContent& content);             // not when full
  void Replace(int lane, const LaneContent& content);
  void Remove(int lane);
  // Removes all others. Bounds are exact again, and rows have memory of their own.
  void Keep(const LaneSet& lanes, const PointTable& points);

  Edit edit = 0;
  // Volunteers whose key is less belong to leaves before this one.
  ClusterKey first_key = 0;

 private:
  const LaneHead& head(int lane) const { return heads()[lane]; }
  LaneHead* heads() const { return reinterpret_cast<LaneHead*>(cell_->rest); }
  uint64_t* words(int plane) const { return cell_->planes + static_cast<std::size_t>(plane) * stride_; }

  int FreeLaneFor(const LaneContent& content) const;
  void SetPlanes(int lane, const LaneContent& content);
  void ClearLane(int lane);
  void Widen(int lane, const std::optional<GeoPoint>& home, const std::optional<GeoPoint>& centroid,
             absl::string_view id);
  void Recount();
  // Makes room for a row of so many bytes behind the others, or moves those in use to new memory.
  void MakeRoom(std::size_t more);
  void Compact(std::size_t more);

  uint32_t centre_;
  PlaneSpace* space_;
  PlanePool::Lease cell_;
  std::size_t stride_;  // from plane to plane, in words
  std::shared_ptr<RowArena> rows_;
  std::size_t row_capacity_ = 0;  // that of the rows when this was edited, for later edits add to it
  WordReach homes_;
  WordReach centroids_;
  LeafSummary summary_;
};

}  // namespace brokerage::matcher
