// Where each volunteer lies, by name: a persistent hash table of six bytes an entry.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "absl/strings/string_view.h"

#include "matcher/columnar/ownership.h"

namespace brokerage::matcher {

// A lane of a leaf: the leaf's number times kLanes, plus the lane.
using LaneAddress = uint32_t;

// An immutable state; copying it shares everything. It keeps no names: entries are found by 28 bits of a
// hash, and the caller says which of them it meant.
class NameMap {
 public:
  // Whether the volunteer at an address has the name in question.
  using IsMeant = std::function<bool(LaneAddress)>;

  static uint64_t HashOf(absl::string_view name);

  // One name's entry.
  struct Entry {
    uint64_t hash;
    LaneAddress address;
  };
  // Of all of `entries` at once, sharing the work between threads.
  static NameMap Of(std::vector<Entry> entries, Edit edit);

  std::optional<LaneAddress> Find(uint64_t hash, const IsMeant& is_meant) const;

  // Editing. `hash` has no entry at `address` yet.
  void Insert(uint64_t hash, LaneAddress address, Edit edit);
  // Of the entry of `hash` at `from`, which there is.
  void Move(uint64_t hash, LaneAddress from, LaneAddress to, Edit edit);
  void Erase(uint64_t hash, LaneAddress address, Edit edit);

  std::size_t bytes() const;

 private:
#pragma pack(push, 2)
  struct Lead {
    uint16_t tag;
    LaneAddress address;
  };
#pragma pack(pop)
  static_assert(sizeof(Lead) == 6);
  // In the order of their tags.
  struct Shard {
    Edit edit = 0;
    std::vector<Lead> leads;
  };
  static constexpr std::size_t kFanOut = 64;
  struct Node {
    Edit edit = 0;
    std::array<std::shared_ptr<const Shard>, kFanOut> shards;
  };

  static std::size_t NodeOf(uint64_t hash) { return hash >> 58; }
  static std::size_t ShardOf(uint64_t hash) { return hash >> 52 & (kFanOut - 1); }
  static uint16_t TagOf(uint64_t hash) { return static_cast<uint16_t>(hash >> 36); }
  // Those with the hash's tag, and of them the one at the address, which there is.
  template <typename Leads>
  static auto RangeOf(Leads& leads, uint64_t hash);
  static std::vector<Lead>::iterator LeadAt(Shard& shard, uint64_t hash, LaneAddress address);
  Shard& OwnShard(uint64_t hash, Edit edit);

  std::array<std::shared_ptr<const Node>, kFanOut> nodes_;
};

}  // namespace brokerage::matcher
