// The storage port: an ordered, versioned, transactional key-value store.
//
// Start here: this file is the contract, storage/memory_store.h and storage/rocksdb_store.h are the engines,
// storage/forwarding_store.h wraps one, and tests/storage/contract.h proves that an engine keeps the
// guarantees.
//
// Guarantees of every engine
//  1. Commits are strictly serialisable, all or nothing.
//  2. OK means durable (RocksDB: in a synced log).
//  3. ABORTED means that nothing changed. UNKNOWN (the answer was lost) is resolved by committing again with
//  the same
//     request id, which is stored in the same transaction.
//  4. One gap-free order: Snapshot at R, then Follow from R, equals the table, always.
//  5. The feed carries keys, never values; a follower reads the present value.
//  6. Limits (the constants below); over them INVALID_ARGUMENT and nothing is written.
//
// Keys and values are bytes; keys order bytewise. Everything is thread-safe. No method throws. No call may be
// under way when a store is destroyed: end the followers first.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace brokerage::storage {

// Limits of one commit. The engine's own rows are not counted.
inline constexpr std::size_t kMaxCommitWrites = 10'000;
inline constexpr std::size_t kMaxCommitGuards = 10'000;
inline constexpr std::size_t kMaxCommitBytes = 16 * 1024 * 1024;  // keys and values together
inline constexpr std::size_t kMaxKeyBytes = 1024;                 // a key has at least 1
inline constexpr std::size_t kMaxRequestIdBytes = 256;

// A place in the one order of commits. Sequences start at 1 and have no gaps; 0 is "before everything". The
// epoch changes at a restore: revisions of different epochs cannot be compared.
struct Revision {
  uint64_t epoch = 0;
  uint64_t sequence = 0;
  friend bool operator==(const Revision&, const Revision&) = default;
};

// A stored value and the commit that last wrote it.
struct Versioned {
  std::string value;
  uint64_t sequence = 0;
};

struct Entry {
  std::string key;
  std::string value;
  uint64_t sequence = 0;
};

// One that lies in the engine's memory.
struct EntryView {
  absl::string_view key;
  absl::string_view value;
  uint64_t sequence = 0;
};

// What must hold of `key` for a commit to happen: absent (no sequence), or last written by `sequence`.
struct Guard {
  std::string key;
  std::optional<uint64_t> sequence;

  static Guard Absent(absl::string_view key) { return {std::string(key), std::nullopt}; }
  static Guard At(absl::string_view key, uint64_t sequence) { return {std::string(key), sequence}; }
};

// Puts `value` at `key`, or removes `key` when there is none. Of several writes to a key in one commit the
// last counts.
struct Write {
  std::string key;
  std::optional<std::string> value;

  static Write Put(absl::string_view key, absl::string_view value) {
    return {std::string(key), std::string(value)};
  }
  static Write Delete(absl::string_view key) { return {std::string(key), std::nullopt}; }
};

struct CommitRequest {
  // Empty, or unique to this commit: committing again with it returns the first commit's revision and changes
  // nothing.
  std::string request_id;
  std::vector<Guard> guards;
  std::vector<Write> writes;
  // A commit still waiting for its turn then is not done: DEADLINE_EXCEEDED, nothing changed.
  absl::Time deadline = absl::InfiniteFuture();
};

// One commit, as the feed tells it.
struct Change {
  uint64_t sequence = 0;
  std::vector<std::string> keys;
};

struct Health {
  absl::Status
      status;  // not OK: no commit will ever succeed again in this process, or there is no room to write
  Revision revision;          // of the last commit
  uint64_t compacted_to = 0;  // changes up to this sequence are no longer in the feed
};

class Store {
 public:
  virtual ~Store() = default;

  // The revision of the commit. Errors:
  //   INVALID_ARGUMENT   over a limit, an empty key, no writes
  //   ABORTED            a guard does not hold (payload kGuardKeyPayload: the key of the first such)
  //   DEADLINE_EXCEEDED  its turn did not come in time
  //   RESOURCE_EXHAUSTED no room on the disk; reads go on, writes resume when there is room
  //   UNKNOWN            the answer was lost: it may or may not have happened; the engine takes no more
  //   commits UNAVAILABLE        the engine takes no more commits (after a write error, or when closing);
  //   this one did not happen DATA_LOSS          a guard or the request id could not be read; nothing changed
  virtual absl::StatusOr<Revision> Commit(CommitRequest request) = 0;

  // The value at `key`; nullopt when absent. Errors: DATA_LOSS (a checksum does not hold), UNAVAILABLE.
  virtual absl::StatusOr<std::optional<Versioned>> Get(absl::string_view key) const = 0;

  // Up to `limit` (at least 1) entries whose keys start with `prefix` and lie after `after` ("" for the
  // first), in order, from one state of the table. Errors as Get's, and INVALID_ARGUMENT for a limit of 0.
  virtual absl::StatusOr<std::vector<Entry>> Scan(absl::string_view prefix, absl::string_view after,
                                                  std::size_t limit) const = 0;

  // Calls `sink` for every entry under each of `prefixes` in turn, in key order, all from one state of the
  // table, and returns that state's revision. Stops early with the sink's error when it returns one. Commits
  // go on meanwhile, also from the sink. What an entry views is gone when the sink returns.
  using SnapshotSink = std::function<absl::Status(const EntryView&)>;
  virtual absl::StatusOr<Revision> SnapshotOf(const std::vector<absl::string_view>& prefixes,
                                              const SnapshotSink& sink) const = 0;
  // Of one prefix.
  absl::StatusOr<Revision> Snapshot(absl::string_view prefix, const SnapshotSink& sink) const {
    return SnapshotOf({prefix}, sink);
  }

  // Calls `sink` with every commit after `from`, in order, each once, without a gap, waiting for new ones
  // until `stop` is requested (then OK) or the sink returns an error (then that). A batch is what is there at
  // once: never empty. Errors: OUT_OF_RANGE when changes after `from` are compacted away, or `from` is of
  // another epoch or lies in the future: begin again with Snapshot. DATA_LOSS, UNAVAILABLE as Get's.
  using FollowSink = std::function<absl::Status(const std::vector<Change>& batch)>;
  virtual absl::Status Follow(Revision from, const FollowSink& sink, std::stop_token stop) const = 0;

  // Forgets changes and request ids of commits before sequence `keep_from` (beyond the last commit: of all).
  // The table is not touched. Errors: UNKNOWN and UNAVAILABLE as Commit's.
  virtual absl::Status Compact(uint64_t keep_from) = 0;

  // Writes a consistent copy to the directory `to`, which must not exist. A directory that exists is a whole
  // backup: it is written beside and renamed. Errors: ALREADY_EXISTS, RESOURCE_EXHAUSTED, DATA_LOSS (what is
  // stored does not hold together: nothing is left at `to`), UNAVAILABLE.
  virtual absl::StatusOr<Revision> Backup(const std::string& to) = 0;

  virtual Health GetHealth() const = 0;
};

// On ABORTED, the key whose guard did not hold.
inline constexpr char kGuardKeyPayload[] = "brokerage/guard-key";

// The key of the guard that failed a commit, or "" when `status` names none.
std::string FailedGuardKey(const absl::Status& status);

}  // namespace brokerage::storage
