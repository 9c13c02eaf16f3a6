// A table of records by name that is cheap to change and to keep old states of.
#pragma once

#include <algorithm>
#include <array>
#include <bitset>
#include <cstddef>
#include <memory>
#include <vector>

#include "absl/hash/hash.h"
#include "absl/strings/string_view.h"

namespace brokerage::matcher {

// An immutable state; copying it shares everything. `Record` is copyable and has a `std::string name`. A
// change copies one shard of 4,096 and the group that it is in, once per editor: what is many records in all
// is few in a shard.
template <typename Record>
class ShardedTable {
  static constexpr std::size_t kFanOut = 64;
  using Shard = std::vector<Record>;  // ordered by name
  struct Group {
    std::array<std::shared_ptr<const Shard>, kFanOut> shards;
  };
  // Where a name's record is, or would be.
  struct Place {
    std::size_t group;
    std::size_t shard;
  };

 public:
  ShardedTable() {
    static const auto* const kEmpty = new std::shared_ptr<const Group>(EmptyGroup());
    groups_.fill(*kEmpty);
  }

  const Record* Find(absl::string_view name) const {
    const Place place = PlaceOf(name);
    const Shard& shard = *groups_[place.group]->shards[place.shard];
    const auto it = LowerBound(shard, name);
    return it != shard.end() && it->name == name ? &*it : nullptr;
  }

  template <typename Function>
  void ForEach(Function&& function) const {
    for (const auto& group : groups_) {
      for (const auto& shard : group->shards) {
        for (const Record& record : *shard) function(record);
      }
    }
  }

  // Makes the next state of a table. Not thread-safe.
  class Editor {
   public:
    explicit Editor(const ShardedTable& table) : table_(table) {}

    // The record of that name, made if there is none.
    Record& Edit(absl::string_view name) {
      Shard& shard = Own(PlaceOf(name));
      auto it = LowerBound(shard, name);
      if (it == shard.end() || it->name != name) {
        it = shard.insert(it, Record());
        it->name = std::string(name);
      }
      return *it;
    }

    // As edited so far.
    const Record* Find(absl::string_view name) const { return table_.Find(name); }

    void Erase(absl::string_view name) {
      if (table_.Find(name) == nullptr) return;
      Shard& shard = Own(PlaceOf(name));
      shard.erase(LowerBound(shard, name));
    }

    // What was edited; the editor is spent.
    ShardedTable Finish() && { return std::move(table_); }

   private:
    Shard& Own(Place place) {
      auto& group = table_.groups_[place.group];
      if (!owned_groups_.test(place.group)) group = std::make_shared<Group>(*group);
      owned_groups_.set(place.group);
      auto& shard = const_cast<Group&>(*group).shards[place.shard];  // nobody else reads it yet
      const std::size_t number = place.group * kFanOut + place.shard;
      if (!owned_shards_.test(number)) shard = std::make_shared<Shard>(*shard);
      owned_shards_.set(number);
      return const_cast<Shard&>(*shard);
    }

    ShardedTable table_;
    std::bitset<kFanOut> owned_groups_;
    std::bitset<kFanOut * kFanOut> owned_shards_;
  };

 private:
  static std::shared_ptr<const Group> EmptyGroup() {
    auto group = std::make_shared<Group>();
    group->shards.fill(std::make_shared<const Shard>());
    return group;
  }

  static Place PlaceOf(absl::string_view name) {
    const std::size_t hash = absl::HashOf(name);
    return {hash / kFanOut % kFanOut, hash % kFanOut};
  }

  template <typename AnyShard>
  static auto LowerBound(AnyShard& shard, absl::string_view name) {
    return std::lower_bound(shard.begin(), shard.end(), name,
                            [](const Record& record, absl::string_view n) { return record.name < n; });
  }

  std::array<std::shared_ptr<const Group>, kFanOut> groups_;
};

}  // namespace brokerage::matcher
