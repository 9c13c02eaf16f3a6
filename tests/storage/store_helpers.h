// Short ways to commit and read in tests of storage.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "storage/store.h"

namespace brokerage::storage::contract {

inline absl::StatusOr<Revision> Put(Store& store, absl::string_view key, absl::string_view value) {
  CommitRequest request;
  request.writes = {Write::Put(key, value)};
  return store.Commit(std::move(request));
}

inline absl::StatusOr<Revision> PutAs(Store& store, absl::string_view request_id, absl::string_view key,
                                      absl::string_view value) {
  CommitRequest request;
  request.request_id = std::string(request_id);
  request.writes = {Write::Put(key, value)};
  return store.Commit(std::move(request));
}

inline absl::StatusOr<Revision> PutIf(Store& store, std::vector<Guard> guards, absl::string_view key,
                                      absl::string_view value) {
  CommitRequest request;
  request.guards = std::move(guards);
  request.writes = {Write::Put(key, value)};
  return store.Commit(std::move(request));
}

inline absl::StatusOr<Revision> Delete(Store& store, absl::string_view key) {
  CommitRequest request;
  request.writes = {Write::Delete(key)};
  return store.Commit(std::move(request));
}

// The value at `key`, or "(absent)".
inline absl::StatusOr<std::string> ValueAt(const Store& store, absl::string_view key) {
  const absl::StatusOr<std::optional<Versioned>> found = store.Get(key);
  if (!found.ok()) return found.status();
  return found->has_value() ? (*found)->value : std::string("(absent)");
}

// Everything under `prefix`: key → (sequence, value).
using Table = std::map<std::string, std::pair<uint64_t, std::string>>;
inline absl::StatusOr<Table> ReadTable(const Store& store, absl::string_view prefix = "") {
  Table table;
  const absl::StatusOr<Revision> revision = store.Snapshot(prefix, [&](const EntryView& entry) {
    table[std::string(entry.key)] = {entry.sequence, std::string(entry.value)};
    return absl::OkStatus();
  });
  if (!revision.ok()) return revision.status();
  return table;
}

// The changes after `from` up to `to`, as Follow tells them.
inline absl::StatusOr<std::vector<Change>> ReadFeed(const Store& store, Revision from, uint64_t to) {
  std::vector<Change> changes;
  if (from.sequence >= to) return changes;
  if (store.GetHealth().revision.sequence < to) return absl::InternalError("there are fewer commits");
  const absl::Status enough = absl::CancelledError("enough");
  const absl::Status status = store.Follow(
      from,
      [&](const std::vector<Change>& batch) {
        changes.insert(changes.end(), batch.begin(), batch.end());
        return changes.size() >= to - from.sequence ? enough : absl::OkStatus();
      },
      std::stop_token());
  if (status != enough) return status.ok() ? absl::InternalError("Follow ended by itself") : status;
  return changes;
}

}  // namespace brokerage::storage::contract
