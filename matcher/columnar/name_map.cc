#include "matcher/columnar/name_map.h"

#include <algorithm>

#include "absl/hash/hash.h"

namespace brokerage::matcher {

uint64_t NameMap::HashOf(absl::string_view name) {
  // absl's hash is strong in its low bits; the shards are told apart by the high ones.
  return static_cast<uint64_t>(absl::HashOf(name)) * 0x9e3779b97f4a7c15u;
}

NameMap::Range NameMap::RangeOf(const Shard& shard, uint64_t hash) {
  const auto [begin, end] = std::equal_range(shard.tags.begin(), shard.tags.end(), TagOf(hash));
  return {static_cast<std::size_t>(begin - shard.tags.begin()),
          static_cast<std::size_t>(end - shard.tags.begin())};
}

std::size_t NameMap::IndexOf(const Shard& shard, uint64_t hash, LaneAddress address) {
  const Range range = RangeOf(shard, hash);
  const auto first = shard.addresses.begin();
  return static_cast<std::size_t>(std::find(first + static_cast<std::ptrdiff_t>(range.begin),
                                            first + static_cast<std::ptrdiff_t>(range.end), address) -
                                  first);
}

std::optional<LaneAddress> NameMap::Find(uint64_t hash, const IsMeant& is_meant) const {
  const auto& node = nodes_[NodeOf(hash)];
  if (node == nullptr) return std::nullopt;
  const auto& shard = node->shards[ShardOf(hash)];
  if (shard == nullptr) return std::nullopt;
  const Range range = RangeOf(*shard, hash);
  for (std::size_t i = range.begin; i < range.end; ++i) {
    if (is_meant(shard->addresses[i])) return shard->addresses[i];
  }
  return std::nullopt;
}

NameMap::Shard& NameMap::OwnShard(uint64_t hash, Edit edit) {
  return Own(Own(nodes_[NodeOf(hash)], edit).shards[ShardOf(hash)], edit);
}

void NameMap::Insert(uint64_t hash, LaneAddress address, Edit edit) {
  Shard& shard = OwnShard(hash, edit);
  const auto at = static_cast<std::ptrdiff_t>(RangeOf(shard, hash).end);
  shard.tags.insert(shard.tags.begin() + at, TagOf(hash));
  shard.addresses.insert(shard.addresses.begin() + at, address);
}

void NameMap::Move(uint64_t hash, LaneAddress from, LaneAddress to, Edit edit) {
  Shard& shard = OwnShard(hash, edit);
  shard.addresses[IndexOf(shard, hash, from)] = to;
}

void NameMap::Erase(uint64_t hash, LaneAddress address, Edit edit) {
  Shard& shard = OwnShard(hash, edit);
  const auto at = static_cast<std::ptrdiff_t>(IndexOf(shard, hash, address));
  shard.tags.erase(shard.tags.begin() + at);
  shard.addresses.erase(shard.addresses.begin() + at);
}

std::size_t NameMap::bytes() const {
  std::size_t bytes = sizeof(NameMap);
  for (const auto& node : nodes_) {
    if (node == nullptr) continue;
    bytes += sizeof(Node);
    for (const auto& shard : node->shards) {
      if (shard == nullptr) continue;
      bytes += sizeof(Shard) + shard->tags.capacity() * sizeof(uint16_t) +
               shard->addresses.capacity() * sizeof(LaneAddress);
    }
  }
  return bytes;
}

}  // namespace brokerage::matcher
