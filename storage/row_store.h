// The store of an embedded engine: the port over rows, with the one committer.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

#include "storage/committer.h"
#include "storage/feed.h"
#include "storage/files.h"
#include "storage/row_engine.h"
#include "storage/store.h"

namespace brokerage::storage {

// What embedded engines have in common.
struct StoreOptions {
  // Whose database it is ("matching", "registry"): written on creation and checked on opening, so that one
  // service never opens or restores the other's.
  std::string owner;
  CommitterOptions committer;
  DiskReserve reserve;
};

class RowStore final : public Store, private CommitLog {
 public:
  // Opens what `engine` holds, or begins a new database when it holds nothing. `directory` is where it lies,
  // for the reserve of space; empty when it lies nowhere. Errors: FAILED_PRECONDITION (another owner, a
  // format of another version, no database of ours), DATA_LOSS, UNAVAILABLE.
  static absl::StatusOr<std::unique_ptr<Store>> Open(std::unique_ptr<RowEngine> engine, std::string directory,
                                                     StoreOptions options);

  ~RowStore() override;

  absl::StatusOr<Revision> Commit(CommitRequest request) override;
  absl::StatusOr<std::optional<Versioned>> Get(absl::string_view key) const override;
  absl::StatusOr<std::vector<Entry>> Scan(absl::string_view prefix, absl::string_view after,
                                          std::size_t limit) const override;
  absl::StatusOr<Revision> SnapshotOf(const std::vector<absl::string_view>& prefixes,
                                      const SnapshotSink& sink) const override;
  absl::Status Follow(Revision from, const FollowSink& sink, std::stop_token stop) const override;
  absl::Status Compact(uint64_t keep_from) override;
  absl::StatusOr<Revision> Backup(const std::string& to) override;
  Health GetHealth() const override;

 private:
  RowStore(std::unique_ptr<RowEngine> engine, std::string directory, StoreOptions options, Revision last,
           uint64_t compacted_to);

  absl::StatusOr<std::optional<uint64_t>> SequenceOfKey(absl::string_view key) const override;
  absl::StatusOr<std::optional<uint64_t>> SequenceOfRequest(absl::string_view request_id) const override;
  bool HasRoom(std::size_t bytes) const override;
  absl::Status Write(const std::vector<NumberedCommit>& batch) override;

  absl::StatusOr<std::vector<Change>> ReadChanges(uint64_t from, uint64_t to) const;
  absl::Status ForgetChanges(uint64_t from, uint64_t to);

  const std::unique_ptr<RowEngine> engine_;
  const std::string directory_;
  const StoreOptions options_;
  Feed feed_;
  std::mutex compact_mutex_;  // one compaction at a time
  std::mutex backup_mutex_;   // one backup at a time
  Committer committer_;       // last: its thread uses all of the above
};

// The revision of the last commit in `rows`. Errors as RowStore::Open's; NOT_FOUND when `rows` holds nothing.
absl::StatusOr<Revision> ReadRevision(const RowReader& rows, absl::string_view owner);

// Gives what `engine` holds a new epoch: its revisions are from now on told from those given out before. For
// a copy that may lack commits which its source has. Errors as RowStore::Open's.
absl::StatusOr<Revision> StartNewEpoch(RowEngine& engine, absl::string_view owner);

}  // namespace brokerage::storage
