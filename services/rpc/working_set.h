// The records that one commit reads and writes: each is guarded from when it was read, and written if it was
// to be changed. For changes that concern several records of several kinds.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"

#include "services/rpc/mutations.h"
#include "services/rpc/records.h"
#include "storage/store.h"

namespace brokerage::rpc {

// A record is known by a prefix of storage/keys.h and its name; `Record` is what the prefix says. What is
// answered stays where it is for as long as the set lives. Not thread-safe; one for each attempt at a commit.
class WorkingSet {
 public:
  // The store outlives it.
  explicit WorkingSet(const storage::Store& store) : store_(store) {}

  // The record as it will be written, or as it is stored; null when there is none. Errors: FromStore's.
  template <typename Record>
  absl::StatusOr<const Record*> Find(absl::string_view prefix, absl::string_view name) {
    const auto slot = At<Record>(prefix, name);
    if (!slot.ok()) return slot.status();
    const bool there = (*slot)->sequence.has_value() || (*slot)->changed;
    return there ? static_cast<const Record*>((*slot)->message) : nullptr;
  }

  // The same to be changed; an empty one where there is none. Errors: FromStore's.
  template <typename Record>
  absl::StatusOr<Record*> Edit(absl::string_view prefix, absl::string_view name) {
    const auto slot = At<Record>(prefix, name);
    if (!slot.ok()) return slot.status();
    (*slot)->changed = true;
    return static_cast<Record*>((*slot)->message);
  }

  // A record of someone else's, who guards and writes it: it is found and changed where it lies.
  template <typename Record>
  void Lend(absl::string_view prefix, absl::string_view name, Record& record) {
    Slot slot;
    slot.message = &record;
    slot.sequence = 0;
    slot.lent = true;
    slots_.insert_or_assign(absl::StrCat(prefix, name), std::move(slot));
  }

  // The commit that last wrote a record that was read; 0: there is none.
  uint64_t SequenceOf(absl::string_view prefix, absl::string_view name) const {
    const auto found = slots_.find(absl::StrCat(prefix, name));
    return found == slots_.end() ? 0 : found->second.sequence.value_or(0);
  }

  // The last commit that wrote any of what was read; 0: none.
  uint64_t newest() const {
    uint64_t newest = 0;
    for (const auto& [key, slot] : slots_) newest = std::max(newest, slot.sequence.value_or(0));
    return newest;
  }

  // What the commit depends on and writes.
  Beside ToBeside() const {
    Beside beside;
    for (const auto& [key, slot] : slots_) {
      if (slot.lent) continue;
      beside.guards.push_back({key, slot.sequence});
      if (slot.changed) beside.writes.push_back(storage::Write::Put(key, slot.message->SerializeAsString()));
    }
    return beside;
  }

  // The same as all there is to a change of `resource`.
  Draft ToDraft(std::string resource) const {
    Beside beside = ToBeside();
    return {std::move(resource), std::move(beside.guards), std::move(beside.writes)};
  }

 private:
  struct Slot {
    std::unique_ptr<google::protobuf::Message> owned;
    google::protobuf::Message* message = nullptr;
    std::optional<uint64_t> sequence;  // nullopt: there is none
    bool changed = false;
    bool lent = false;
  };

  template <typename Record>
  absl::StatusOr<Slot*> At(absl::string_view prefix, absl::string_view name) {
    const std::string key = absl::StrCat(prefix, name);
    if (const auto found = slots_.find(key); found != slots_.end()) return &found->second;
    auto stored = store_.Get(key);
    if (!stored.ok()) return FromStore(stored.status());
    Slot slot;
    slot.owned = std::make_unique<Record>();
    slot.message = slot.owned.get();
    if (stored->has_value()) {
      slot.sequence = (*stored)->sequence;
      if (!slot.message->ParseFromString((*stored)->value)) {
        return FromStore(absl::DataLossError(absl::StrCat("the record at ", key, " cannot be read")));
      }
    }
    return &slots_.emplace(key, std::move(slot)).first->second;
  }

  const storage::Store& store_;
  std::map<std::string, Slot> slots_;
};

}  // namespace brokerage::rpc
