#include "matcher/columnar/name_map.h"

#include <algorithm>

#include "absl/hash/hash.h"

#include "matcher/columnar/parallel.h"

namespace brokerage::matcher {

uint64_t NameMap::HashOf(absl::string_view name) {
  // absl's hash is strong in its low bits; the shards are told apart by the high ones.
  return static_cast<uint64_t>(absl::HashOf(name)) * 0x9e3779b97f4a7c15u;
}

NameMap NameMap::Of(std::vector<Entry> entries, Edit edit) {
  constexpr std::size_t kShards = kFanOut * kFanOut;
  const auto shard_of = [](const Entry& entry) { return entry.hash >> 52; };
  std::vector<std::size_t> begins(kShards + 1);
  for (const Entry& entry : entries) ++begins[shard_of(entry) + 1];
  for (std::size_t i = 1; i < begins.size(); ++i) begins[i] += begins[i - 1];
  std::vector<Entry> by_shard(entries.size());
  std::vector<std::size_t> ends = begins;
  for (const Entry& entry : entries) by_shard[ends[shard_of(entry)]++] = entry;
  entries = {};

  NameMap map;
  for (auto& node : map.nodes_) Own(node, edit);
  ForEachInParallel(kShards, [&](std::size_t number) {
    const auto begin = by_shard.begin() + static_cast<std::ptrdiff_t>(begins[number]);
    const auto end = by_shard.begin() + static_cast<std::ptrdiff_t>(begins[number + 1]);
    if (begin == end) return;
    std::sort(begin, end, [](const Entry& a, const Entry& b) { return TagOf(a.hash) < TagOf(b.hash); });
    auto shard = NewShared<Shard>();
    shard->edit = edit;
    shard->leads.reserve(static_cast<std::size_t>(end - begin));
    for (auto it = begin; it != end; ++it) shard->leads.push_back({TagOf(it->hash), it->address});
    // Nodes are this map's own, and each shard has its place in one.
    const_cast<Node&>(*map.nodes_[number / kFanOut]).shards[number % kFanOut] = std::move(shard);
  });
  return map;
}

template <typename Leads>
auto NameMap::RangeOf(Leads& leads, uint64_t hash) {
  struct ByTag {
    bool operator()(const Lead& lead, uint16_t tag) const { return lead.tag < tag; }
    bool operator()(uint16_t tag, const Lead& lead) const { return tag < lead.tag; }
  };
  return std::equal_range(leads.begin(), leads.end(), TagOf(hash), ByTag());
}

std::vector<NameMap::Lead>::iterator NameMap::LeadAt(Shard& shard, uint64_t hash, LaneAddress address) {
  const auto [begin, end] = RangeOf(shard.leads, hash);
  return std::find_if(begin, end, [&](const Lead& lead) { return lead.address == address; });
}

std::optional<LaneAddress> NameMap::Find(uint64_t hash, const IsMeant& is_meant) const {
  const auto& node = nodes_[NodeOf(hash)];
  if (node == nullptr) return std::nullopt;
  const auto& shard = node->shards[ShardOf(hash)];
  if (shard == nullptr) return std::nullopt;
  const auto [begin, end] = RangeOf(shard->leads, hash);
  for (auto lead = begin; lead != end; ++lead) {
    const LaneAddress address = lead->address;  // a copy, for it is packed and nothing may refer to it
    if (is_meant(address)) return address;
  }
  return std::nullopt;
}

NameMap::Shard& NameMap::OwnShard(uint64_t hash, Edit edit) {
  return Own(Own(nodes_[NodeOf(hash)], edit).shards[ShardOf(hash)], edit);
}

void NameMap::Insert(uint64_t hash, LaneAddress address, Edit edit) {
  auto& leads = OwnShard(hash, edit).leads;
  leads.insert(RangeOf(leads, hash).second, {TagOf(hash), address});
}

void NameMap::Move(uint64_t hash, LaneAddress from, LaneAddress to, Edit edit) {
  LeadAt(OwnShard(hash, edit), hash, from)->address = to;
}

void NameMap::Erase(uint64_t hash, LaneAddress address, Edit edit) {
  Shard& shard = OwnShard(hash, edit);
  shard.leads.erase(LeadAt(shard, hash, address));
}

std::size_t NameMap::bytes() const {
  std::size_t bytes = sizeof(NameMap);
  for (const auto& node : nodes_) {
    if (node == nullptr) continue;
    bytes += sizeof(Node);
    for (const auto& shard : node->shards) {
      if (shard == nullptr) continue;
      bytes += sizeof(Shard) + shard->leads.capacity() * sizeof(Lead);
    }
  }
  return bytes;
}

}  // namespace brokerage::matcher
