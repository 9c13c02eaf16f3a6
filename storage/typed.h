// Messages over the port: a table of one kind of record, by resource name.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

#include "storage/store.h"

namespace brokerage::storage {

// A record and the commit that last wrote it.
template <typename Message>
struct Stored {
  std::string name;
  Message message;
  uint64_t sequence = 0;
};

// `prefix` is one of storage/keys.h. The store outlives the table. Reads fail as the port's do, and with
// DATA_LOSS where bytes are not the message that they should be.
template <typename Message>
class Table {
 public:
  Table(const Store& store, absl::string_view prefix) : store_(store), prefix_(prefix) {}

  absl::string_view prefix() const { return prefix_; }
  std::string Key(absl::string_view name) const { return absl::StrCat(prefix_, name); }
  // Whether `key` is of this table; `name` is what follows the prefix.
  static bool Owns(absl::string_view prefix, absl::string_view key) {
    return key.substr(0, prefix.size()) == prefix;
  }

  Write Put(absl::string_view name, const Message& message) const {
    return Write::Put(Key(name), message.SerializeAsString());
  }
  Write Delete(absl::string_view name) const { return Write::Delete(Key(name)); }

  absl::StatusOr<std::optional<Stored<Message>>> Get(absl::string_view name) const {
    auto found = store_.Get(Key(name));
    if (!found.ok()) return found.status();
    if (!found->has_value()) return std::optional<Stored<Message>>();
    auto stored = Decode(std::string(name), (*found)->value, (*found)->sequence);
    if (!stored.ok()) return stored.status();
    return std::optional<Stored<Message>>(*std::move(stored));
  }

  // Up to `limit` records whose names start with `name_prefix` and lie after the name `after` ("" for the
  // first).
  absl::StatusOr<std::vector<Stored<Message>>> List(absl::string_view name_prefix, absl::string_view after,
                                                    std::size_t limit) const {
    auto entries = store_.Scan(Key(name_prefix), after.empty() ? std::string() : Key(after), limit);
    if (!entries.ok()) return entries.status();
    std::vector<Stored<Message>> list;
    list.reserve(entries->size());
    for (const Entry& entry : *entries) {
      auto stored = Decode(entry.key.substr(prefix_.size()), entry.value, entry.sequence);
      if (!stored.ok()) return stored.status();
      list.push_back(*std::move(stored));
    }
    return list;
  }

  // Calls `sink` for every record, in order of names, from one state of the store, and returns that state's
  // revision.
  absl::StatusOr<Revision> Snapshot(const std::function<absl::Status(Stored<Message>)>& sink) const {
    return store_.Snapshot(prefix_, [&](const EntryView& entry) -> absl::Status {
      auto stored = Decode(std::string(entry.key.substr(prefix_.size())), entry.value, entry.sequence);
      if (!stored.ok()) return stored.status();
      return sink(*std::move(stored));
    });
  }

 private:
  static absl::StatusOr<Stored<Message>> Decode(std::string name, absl::string_view bytes,
                                                uint64_t sequence) {
    Stored<Message> stored;
    if (!stored.message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
      return absl::DataLossError(absl::StrCat("record is not a ", Message::descriptor()->full_name()));
    }
    stored.name = std::move(name);
    stored.sequence = sequence;
    return stored;
  }

  const Store& store_;
  std::string prefix_;
};

}  // namespace brokerage::storage
