// Rows by name, of which a state can be pinned: going through one neither waits for changes nor holds them
// up.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"

#include "matcher/columnar/ownership.h"

namespace brokerage::matching {

// Not thread-safe; a state that was pinned is read by any thread. `Row` is copyable.
template <typename Row>
class PinnedRows {
 private:
  // What a change copies, once for each pinned state. Places that hold nobody are taken again.
  struct Block {
    matcher::Edit edit = 0;
    std::vector<std::optional<Row>> rows;
  };
  static constexpr std::size_t kRowsInBlock = 1'024;

 public:
  class State {
   public:
    // In no order that means anything.
    template <typename Function>
    void ForEach(Function&& function) const {
      for (const auto& block : blocks_) {
        for (const std::optional<Row>& row : block->rows) {
          if (row) function(*row);
        }
      }
    }

   private:
    friend class PinnedRows;
    explicit State(std::vector<std::shared_ptr<const Block>> blocks) : blocks_(std::move(blocks)) {}
    std::vector<std::shared_ptr<const Block>> blocks_;
  };

  // Replaces what is there under that name.
  void Put(absl::string_view name, Row row) {
    const auto [place, added] = places_.try_emplace(name, 0);
    if (added) place->second = TakePlace();
    RowAt(place->second) = std::move(row);
  }

  void Remove(absl::string_view name) {
    const auto place = places_.find(name);
    if (place == places_.end()) return;
    RowAt(place->second).reset();
    empty_.push_back(place->second);
    places_.erase(place);
  }

  // As it is now.
  State Pin() {
    ++edit_;
    return State(blocks_);
  }

 private:
  std::size_t TakePlace() {
    if (!empty_.empty()) {
      const std::size_t place = empty_.back();
      empty_.pop_back();
      return place;
    }
    const std::size_t place = used_++;
    if (place % kRowsInBlock == 0) blocks_.push_back(nullptr);
    matcher::Own(blocks_.back(), edit_).rows.emplace_back();
    return place;
  }

  std::optional<Row>& RowAt(std::size_t place) {
    return matcher::Own(blocks_[place / kRowsInBlock], edit_).rows[place % kRowsInBlock];
  }

  matcher::Edit edit_ = 1;  // another one after each pinned state
  std::size_t used_ = 0;
  std::vector<std::shared_ptr<const Block>> blocks_;
  std::vector<std::size_t> empty_;
  absl::flat_hash_map<std::string, std::size_t> places_;
};

}  // namespace brokerage::matching
