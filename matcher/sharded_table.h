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
// change copies one shard of 256, once per editor.
template <typename Record>
class ShardedTable {
 public:
  ShardedTable() {
    static const auto* const kEmpty = new std::shared_ptr<const Shard>(std::make_shared<const Shard>());
    shards_.fill(*kEmpty);
  }

  const Record* Find(absl::string_view name) const {
    const Shard& shard = *shards_[ShardOf(name)];
    const auto it = LowerBound(shard, name);
    return it != shard.end() && it->name == name ? &*it : nullptr;
  }

  template <typename Function>
  void ForEach(Function&& function) const {
    for (const auto& shard : shards_) {
      for (const Record& record : *shard) function(record);
    }
  }

  // Makes the next state of a table. Not thread-safe.
  class Editor {
   public:
    explicit Editor(const ShardedTable& table) : table_(table) {}

    // The record of that name, made if there is none.
    Record& Edit(absl::string_view name) {
      Shard& shard = Own(ShardOf(name));
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
      Shard& shard = Own(ShardOf(name));
      shard.erase(LowerBound(shard, name));
    }

    // What was edited; the editor is spent.
    ShardedTable Finish() && { return std::move(table_); }

   private:
    using Shard = std::vector<Record>;

    Shard& Own(std::size_t index) {
      if (!owned_.test(index)) {
        auto copy = std::make_shared<Shard>(*table_.shards_[index]);
        editable_[index] = copy.get();
        table_.shards_[index] = std::move(copy);
        owned_.set(index);
      }
      return *editable_[index];
    }

    ShardedTable table_;
    std::bitset<256> owned_;
    std::array<Shard*, 256> editable_{};
  };

 private:
  static constexpr std::size_t kShards = 256;
  using Shard = std::vector<Record>;  // ordered by name

  static std::size_t ShardOf(absl::string_view name) { return absl::HashOf(name) % kShards; }

  template <typename AnyShard>
  static auto LowerBound(AnyShard& shard, absl::string_view name) {
    return std::lower_bound(shard.begin(), shard.end(), name,
                            [](const Record& record, absl::string_view n) { return record.name < n; });
  }

  std::array<std::shared_ptr<const Shard>, kShards> shards_;
};

}  // namespace brokerage::matcher
