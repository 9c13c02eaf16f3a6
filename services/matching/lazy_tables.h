// Something of each record of a group (the volunteers of a centre, say), in memory.
//
// A group is read from the store when it is first asked about, so that a start need not wait for it; from
// then on the store's feed keeps it in step.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"

#include "storage/store.h"

namespace brokerage::matching {

// A Table is one group's. `Table::kPrefixes` are of storage/keys.h: of which kinds its records are, read in
// one state of the store. `Table::GroupOf(name)` is the group of the record called so, with which the name
// begins up to a "/" (empty where there is one group only), or nullopt. `Table::Entry` is what it keeps of a
// record, and `Put(name, entry)` sets it: an Entry{} leaves nothing. Thread-safe.
template <typename Table>
class LazyTables {
 public:
  using Entry = typename Table::Entry;
  // What is kept of the record called `name`, from its bytes. Errors: DATA_LOSS.
  using Read = absl::FunctionRef<absl::StatusOr<Entry>(absl::string_view name, absl::string_view bytes)>;

  // The store outlives it.
  explicit LazyTables(const storage::Store& store) : store_(store) {}

  // From the store's feed, in its order: the record that is stored as `name` now; nullopt: there is none
  // any more. Errors: `read`'s.
  absl::Status Put(absl::string_view name, std::optional<absl::string_view> record, Read read) {
    const auto group = GroupOf(name);
    if (group == nullptr) return absl::OkStatus();
    if (!record) {
      group->Put(std::string(name), {});
      return absl::OkStatus();
    }
    auto entry = read(name, *record);
    if (!entry.ok()) return entry.status();
    group->Put(std::string(name), *std::move(entry));
    return absl::OkStatus();
  }

  // The feed goes on from the present state of the store, without what happened in between.
  void Forget() {
    const std::lock_guard lock(mutex_);
    groups_.clear();
  }

  // Calls `ask` with the table of `group`; nothing changes meanwhile. Errors: the store's, `read`'s.
  absl::Status Ask(absl::string_view group, Read read, absl::FunctionRef<void(const Table&)> ask) const {
    std::shared_ptr<Group> asked;
    {
      const std::lock_guard lock(mutex_);
      auto& known = groups_[group];
      if (known == nullptr) known = std::make_shared<Group>();
      asked = known;
    }
    const auto found = asked->ReadOnce(store_, group, read);
    // Anybody may ask about groups that there are none of, as many as they can think of.
    if (!found.ok() || !*found) Drop(group, asked);
    if (!found.ok()) return found.status();
    asked->Ask(ask);
    return absl::OkStatus();
  }

  // How many groups are kept.
  std::size_t size() const {
    const std::lock_guard lock(mutex_);
    return groups_.size();
  }

 private:
  class Group {
   public:
    void Put(const std::string& name, Entry entry) {
      const std::lock_guard lock(mutex_);
      found_ = true;
      if (state_ == State::kRead) table_.Put(name, std::move(entry));
      // What is being read may be older.
      if (state_ == State::kReading) meanwhile_.emplace_back(name, std::move(entry));
    }

    // Whether there are any records. Whoever asks while it is read waits.
    absl::StatusOr<bool> ReadOnce(const storage::Store& store, absl::string_view group, Read read) {
      const std::lock_guard reading(reading_);
      if (!Begin()) return Found();
      std::vector<std::string> prefixes;
      for (const absl::string_view prefix : Table::kPrefixes)
        prefixes.push_back(absl::StrCat(prefix, group, group.empty() ? "" : "/"));
      Table table;
      bool found = false;
      const auto revision = store.SnapshotOf({prefixes.begin(), prefixes.end()},
                                             [&](const storage::EntryView& stored) -> absl::Status {
                                               absl::string_view name = stored.key;
                                               for (const absl::string_view prefix : Table::kPrefixes) {
                                                 if (absl::ConsumePrefix(&name, prefix)) break;
                                               }
                                               auto entry = read(name, stored.value);
                                               if (!entry.ok()) return entry.status();
                                               table.Put(std::string(name), *std::move(entry));
                                               found = true;
                                               return absl::OkStatus();
                                             });
      const std::lock_guard lock(mutex_);
      auto meanwhile = std::exchange(meanwhile_, {});
      state_ = revision.ok() ? State::kRead : State::kUnread;
      if (!revision.ok()) return revision.status();
      for (auto& [name, entry] : meanwhile) table.Put(name, std::move(entry));
      table_ = std::move(table);
      found_ = found_ || found;
      return found_;
    }

    void Ask(absl::FunctionRef<void(const Table&)> ask) const {
      const std::lock_guard lock(mutex_);
      ask(table_);
    }

   private:
    // Until it is read, what the feed says is in what will be read.
    enum class State { kUnread, kReading, kRead };

    bool Begin() {
      const std::lock_guard lock(mutex_);
      if (state_ == State::kRead) return false;
      state_ = State::kReading;
      return true;
    }
    bool Found() const {
      const std::lock_guard lock(mutex_);
      return found_;
    }

    std::mutex reading_;  // one reads; the feed does not wait for it
    mutable std::mutex mutex_;
    State state_ = State::kUnread;
    std::vector<std::pair<std::string, Entry>> meanwhile_;
    Table table_;
    bool found_ = false;  // a record, by whoever read or told of one
  };

  // The group of the record; nullptr when nobody asked about it yet.
  std::shared_ptr<Group> GroupOf(absl::string_view name) const {
    const std::optional<std::string> group = Table::GroupOf(name);
    if (!group) return nullptr;
    const std::lock_guard lock(mutex_);
    const auto known = groups_.find(*group);
    return known == groups_.end() ? nullptr : known->second;
  }

  // Whoever asks next reads anew. Another group of that name, read since, stays.
  void Drop(absl::string_view group, const std::shared_ptr<Group>& dropped) const {
    const std::lock_guard lock(mutex_);
    const auto known = groups_.find(group);
    if (known != groups_.end() && known->second == dropped) groups_.erase(known);
  }

  const storage::Store& store_;
  mutable std::mutex mutex_;
  mutable absl::flat_hash_map<std::string, std::shared_ptr<Group>> groups_;
};

}  // namespace brokerage::matching
