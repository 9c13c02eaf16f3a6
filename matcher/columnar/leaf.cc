#include "matcher/columnar/leaf.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <vector>

namespace brokerage::matcher {
void LeafSummary::Add(const LeafSummary& other) {
  homes.Add(other.homes);
  centroids.Add(other.centroids);
  max_radius_m = std::max(max_radius_m, other.max_radius_m);
  any_available |= other.any_available;
  any_remote |= other.any_remote;
  any_on_site |= other.any_on_site;
  live += other.live;
  county += other.county;
  least_id = std::min(least_id, other.least_id);
}

uint64_t IdPrefix(absl::string_view id) {
  uint64_t bytes = 0;
  std::memcpy(&bytes, id.data(), std::min(id.size(), sizeof(bytes)));
  return __builtin_bswap64(bytes);
}

std::optional<uint32_t> RowArena::Append(absl::Span<const uint8_t> row) {
  if (room_ - used_ < row.size()) return std::nullopt;
  const std::size_t block = block_count_ - 1;
  const auto address = static_cast<uint32_t>(block << kOffsetBits | used_);
  std::memcpy(blocks_[block].get() + used_, row.data(), row.size());
  used_ += row.size();
  return address;
}

bool RowArena::Extend(std::size_t capacity) {
  if (block_count_ == kMaxBlocks) return false;
  blocks_[block_count_++].reset(new uint8_t[capacity]);
  capacity_ += capacity;
  room_ = capacity;
  used_ = 0;
  return true;
}

Leaf::Leaf(uint32_t centre, PlaneSpace& space)
    : centre_(centre),
      space_(&space),
      cell_(space.pool),
      stride_(space.pool.stride()),
      rows_(std::make_shared<RowArena>(0)) {
  for (int plane = 0; plane < space.map.count(); ++plane) std::fill_n(words(plane), kPlaneWords, uint64_t{0});
  std::fill_n(heads(), kLanes, LaneHead());
}

Leaf::Leaf(const Leaf& other, const PlanePool::Lease* near)
    : first_key(other.first_key),
      centre_(other.centre_),
      space_(other.space_),
      cell_(near == nullptr ? PlanePool::Lease(space_->pool) : PlanePool::Lease(space_->pool, *near)),
      stride_(other.stride_),
      rows_(other.rows_),
      row_capacity_(other.row_capacity_),
      homes_(other.homes_),
      centroids_(other.centroids_),
      summary_(other.summary_) {
  for (int plane = 0; plane < space_->map.count(); ++plane) {
    std::copy_n(other.words(plane), kPlaneWords, words(plane));
  }
  std::copy_n(other.heads(), kLanes, heads());
}

std::size_t Leaf::bytes() const { return sizeof(Leaf) + space_->pool.cell_bytes() + row_capacity_; }

void Leaf::Reserve(std::size_t row_bytes) {
  rows_ = std::make_shared<RowArena>(row_bytes);
  row_capacity_ = row_bytes;
}

int Leaf::LaneFor(std::size_t i, std::size_t count) {
  const std::size_t word = i * kPlaneWords / count;
  const std::size_t first = (word * count + kPlaneWords - 1) / kPlaneWords;
  return static_cast<int>(word * 64 + (i - first));
}

// In the word whose box grows least.
int Leaf::FreeLaneFor(const LaneContent& content) const {
  const uint64_t* const live = plane(PlaneMap::kLive);
  int best = -1;
  int64_t least_growth = 0;
  for (int word = 0; word < kPlaneWords; ++word) {
    if (live[word] == ~uint64_t{0}) continue;
    const auto& home = content.volunteer.home;
    const int64_t growth = home ? homes_.Growth(static_cast<std::size_t>(word), *home) : 0;
    if (best >= 0 && growth >= least_growth) continue;
    best = word * 64 + std::countr_one(live[word]);
    least_growth = growth;
  }
  return best;
}

int Leaf::Insert(const LaneContent& content) {
  const int lane = FreeLaneFor(content);
  Insert(lane, content);
  return lane;
}

void Leaf::Replace(int lane, const LaneContent& content) {
  ClearLane(lane);
  Insert(lane, content);
}

void Leaf::Remove(int lane) {
  ClearLane(lane);
  Recount();
}

void Leaf::Keep(const LaneSet& lanes, const PointTable& points) {
  for (int plane = 0; plane < space_->map.count(); ++plane) {
    for (std::size_t word = 0; word < lanes.size(); ++word) words(plane)[word] &= lanes[word];
  }
  Compact(0);
  row_capacity_ = rows_->capacity();
  homes_ = WordReach();
  centroids_ = WordReach();
  summary_ = LeafSummary();
  for (int lane = 0; lane < kLanes; ++lane) {
    if (!Has(PlaneMap::kLive, lane)) continue;
    Widen(lane, point(lane).Origin(true, points), point(lane).Origin(false, points), row(lane).id());
  }
  Recount();
}

void Leaf::Insert(int lane, const LaneContent& content) {
  auto offset = rows_->Append(content.row);
  if (!offset) {
    MakeRoom(content.row.size());
    offset = rows_->Append(content.row);
  }
  const absl::string_view id = Row(content.row.data(), content.point).id();
  heads()[lane] = {content.point, *offset, static_cast<uint16_t>(IdPrefix(id) >> 48), content.state};
  SetPlanes(lane, content);
  Widen(lane, content.volunteer.home, content.volunteer.outcode_centroid, id);
  Recount();
}

void Leaf::SetPlanes(int lane, const LaneContent& content) {
  thread_local std::vector<PlaneIndex> set;
  space_->map.PlanesOf(content.volunteer, content.state, set);
  for (const PlaneIndex plane : set) {
    words(plane)[lane / 64] |= uint64_t{1} << (lane % 64);
  }
}

void Leaf::ClearLane(int lane) {
  const uint64_t keep = ~(uint64_t{1} << (lane % 64));
  for (int plane = 0; plane < space_->map.count(); ++plane) words(plane)[lane / 64] &= keep;
}

void Leaf::Widen(int lane, const std::optional<GeoPoint>& home, const std::optional<GeoPoint>& centroid,
                 absl::string_view id) {
  const bool on_site = point(lane).travel_radius_m != LanePoint::kNone;
  const uint32_t radius_m = on_site ? point(lane).travel_radius_m : 0;
  const auto word = static_cast<std::size_t>(lane / 64);
  const auto add = [&](const std::optional<GeoPoint>& from, WordReach& reach, GeoBox& box) {
    if (!from) return;
    box.Add(*from);
    if (on_site) reach.Add(word, *from, radius_m);
  };
  add(home, homes_, summary_.homes);
  add(centroid, centroids_, summary_.centroids);
  summary_.max_radius_m = std::max(summary_.max_radius_m, radius_m);
  summary_.least_id = std::min(summary_.least_id, IdPrefix(id));
}

void Leaf::Recount() {
  const uint64_t* const live = plane(PlaneMap::kLive);
  const uint64_t* const county = plane(PlaneMap::kCounty);
  uint64_t available = 0;
  uint64_t remote = 0;
  uint64_t on_site = 0;
  summary_.live = 0;
  summary_.county = 0;
  for (int word = 0; word < kPlaneWords; ++word) {
    summary_.live += static_cast<uint32_t>(std::popcount(live[word]));
    summary_.county += static_cast<uint32_t>(std::popcount(county[word]));
    const uint64_t open = plane(PlaneMap::kAvailable)[word];
    available |= open;
    remote |= open & plane(PlaneMap::kRemote)[word];
    on_site |= open & plane(PlaneMap::kOnSite)[word];
  }
  summary_.any_available = available != 0;
  summary_.any_remote = remote != 0;
  summary_.any_on_site = on_site != 0;
}

void Leaf::MakeRoom(std::size_t more) {
  // A sixteenth more, about what two dozen rows take: an edit seldom waits for room, and little is unused.
  const std::size_t room = row_capacity_ / 16 + more + 256;
  if (!rows_->Extend(room)) Compact(more);
  row_capacity_ = rows_->capacity();
}

void Leaf::Compact(std::size_t more) {
  std::array<absl::Span<const uint8_t>, kLanes> rows;  // empty where no lane is in use
  std::size_t used = 0;
  for (int lane = 0; lane < kLanes; ++lane) {
    if (!Has(PlaneMap::kLive, lane)) continue;
    rows[static_cast<std::size_t>(lane)] = row(lane).bytes();
    used += rows[static_cast<std::size_t>(lane)].size();
  }
  auto fresh = std::make_shared<RowArena>(used + used / 16 + more + 256);
  for (int lane = 0; lane < kLanes; ++lane) {
    const auto& bytes = rows[static_cast<std::size_t>(lane)];
    if (!bytes.empty()) heads()[lane].row = *fresh->Append(bytes);
  }
  rows_ = std::move(fresh);
}

}  // namespace brokerage::matcher
