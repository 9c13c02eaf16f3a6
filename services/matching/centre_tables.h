// Something of each volunteer of a centre, in memory.
//
// A centre's volunteers are read from the store when they are first asked about, so that a start need not
// wait for it; from then on the store's feed keeps them in step.
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

#include "base/resource_names.h"
#include "storage/keys.h"
#include "storage/store.h"

namespace brokerage::matching {

// A Table is one centre's: `Table::Entry` is what it keeps of a volunteer, and `Put(name, entry)` sets it; an
// Entry{} leaves nothing. Thread-safe.
template <typename Table>
class CentreTables {
 public:
  using Entry = typename Table::Entry;
  // What is kept of a stored record. Errors: DATA_LOSS.
  using Read = absl::FunctionRef<absl::StatusOr<Entry>(absl::string_view)>;

  // The store outlives it.
  explicit CentreTables(const storage::Store& store) : store_(store) {}

  // From the store's feed, in its order: the record that is stored as the volunteer `name` now; nullopt:
  // there is none any more. Errors: `read`'s.
  absl::Status Put(absl::string_view name, std::optional<absl::string_view> record, Read read) {
    const auto centre = CentreOf(name);
    if (centre == nullptr) return absl::OkStatus();
    if (!record) {
      centre->Put(std::string(name), {});
      return absl::OkStatus();
    }
    auto entry = read(*record);
    if (!entry.ok()) return entry.status();
    centre->Put(std::string(name), *std::move(entry));
    return absl::OkStatus();
  }

  // The feed goes on from the present state of the store, without what happened in between.
  void Forget() {
    const std::lock_guard lock(mutex_);
    centres_.clear();
  }

  // Calls `ask` with the table of `centre` (`centres/{centre}`); nothing changes meanwhile. Errors: the
  // store's, `read`'s.
  absl::Status Ask(absl::string_view centre, Read read, absl::FunctionRef<void(const Table&)> ask) const {
    std::shared_ptr<Centre> asked;
    {
      const std::lock_guard lock(mutex_);
      auto& known = centres_[centre];
      if (known == nullptr) known = std::make_shared<Centre>();
      asked = known;
    }
    if (auto status = asked->ReadOnce(store_, centre, read); !status.ok()) return status;
    asked->Ask(ask);
    return absl::OkStatus();
  }

 private:
  class Centre {
   public:
    void Put(const std::string& name, Entry entry) {
      const std::lock_guard lock(mutex_);
      if (state_ == State::kRead) table_.Put(name, std::move(entry));
      // What is being read may be older.
      if (state_ == State::kReading) meanwhile_.emplace_back(name, std::move(entry));
    }

    // Whoever asks while it is read waits.
    absl::Status ReadOnce(const storage::Store& store, absl::string_view centre, Read read) {
      const std::lock_guard reading(reading_);
      if (!Begin()) return absl::OkStatus();
      Table table;
      const auto revision = store.Snapshot(
          absl::StrCat(storage::kVolunteers, centre, "/"),
          [&](const storage::EntryView& stored) -> absl::Status {
            auto entry = read(stored.value);
            if (!entry.ok()) return entry.status();
            table.Put(std::string(stored.key.substr(storage::kVolunteers.size())), *std::move(entry));
            return absl::OkStatus();
          });
      const std::lock_guard lock(mutex_);
      for (auto& [name, entry] : std::exchange(meanwhile_, {})) table.Put(name, std::move(entry));
      table_ = std::move(table);
      state_ = revision.ok() ? State::kRead : State::kUnread;
      return revision.status();
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

    std::mutex reading_;  // one reads; the feed does not wait for it
    mutable std::mutex mutex_;
    State state_ = State::kUnread;
    std::vector<std::pair<std::string, Entry>> meanwhile_;
    Table table_;
  };

  // The centre of the volunteer; nullptr when nobody asked about it yet.
  std::shared_ptr<Centre> CentreOf(absl::string_view volunteer) const {
    const auto parsed = base::VolunteerName::Parse(volunteer);
    if (!parsed) return nullptr;
    const std::lock_guard lock(mutex_);
    const auto known = centres_.find(parsed->Parent().Format());
    return known == centres_.end() ? nullptr : known->second;
  }

  const storage::Store& store_;
  mutable std::mutex mutex_;
  mutable absl::flat_hash_map<std::string, std::shared_ptr<Centre>> centres_;
};

}  // namespace brokerage::matching
