#include "storage/row_store.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"

#include "base/digest.h"
#include "storage/backup.h"
#include "storage/errors.h"
#include "storage/rows.h"

namespace brokerage::storage {
namespace {

// A batch of the feed: so many commits, or those that first reach so many keys.
constexpr std::size_t kFeedBatchChanges = 1'000;
constexpr std::size_t kFeedBatchKeys = 10'000;
// Changes forgotten by one write.
constexpr uint64_t kCompactChunk = 1'000;
constexpr uint64_t kLastSequence = std::numeric_limits<uint64_t>::max();

// Random, so that two restores of one backup differ. Never 0, and within what signed programs can hold.
uint64_t MintEpoch() {
  uint64_t epoch = 0;
  for (const char byte : base::RandomBytes(8)) epoch = epoch << 8 | static_cast<uint8_t>(byte);
  return (epoch >> 1) | 1;
}

absl::StatusOr<std::optional<std::string>> ReadMeta(const RowReader& rows, absl::string_view name) {
  return rows.Get(MetaRow(name));
}

absl::StatusOr<uint64_t> ReadMetaNumber(const RowReader& rows, absl::string_view name) {
  const absl::StatusOr<std::optional<std::string>> value = ReadMeta(rows, name);
  if (!value.ok()) return value.status();
  if (!value->has_value()) return Corrupt(absl::StrCat("the database does not say its ", name));
  return DecodeNumber(**value);
}

absl::StatusOr<bool> HoldsNothing(const RowReader& rows) {
  bool empty = true;
  const absl::Status status = rows.Read({"", "", 1}, [&](absl::string_view, absl::string_view) {
    empty = false;
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return empty;
}

absl::Status CheckFormat(const RowReader& rows, absl::string_view owner) {
  const absl::StatusOr<std::optional<std::string>> format = ReadMeta(rows, kMetaFormat);
  if (!format.ok()) return format.status();
  if (!format->has_value())
    return WrongDatabase("the database is not one of ours: it names no format version");
  const absl::StatusOr<uint64_t> version = DecodeNumber(**format);
  if (!version.ok()) return version.status();
  if (*version < kOldestFormatVersion || *version > kFormatVersion) {
    return WrongDatabase(absl::StrCat("the database has format version ", *version, "; this program reads ",
                                      kOldestFormatVersion, " to ", kFormatVersion));
  }
  const absl::StatusOr<std::optional<std::string>> holder = ReadMeta(rows, kMetaOwner);
  if (!holder.ok()) return holder.status();
  if (holder->value_or("") != owner) {
    return WrongDatabase(
        absl::StrCat("the database belongs to \"", holder->value_or(""), "\", not to \"", owner, "\""));
  }
  return absl::OkStatus();
}

absl::Status Begin(RowEngine& engine, absl::string_view owner) {
  return engine.Write({{MetaRow(kMetaFormat), EncodeNumber(kFormatVersion)},
                       {MetaRow(kMetaOwner), std::string(owner)},
                       {MetaRow(kMetaEpoch), EncodeNumber(MintEpoch())},
                       {MetaRow(kMetaSequence), EncodeNumber(0)},
                       {MetaRow(kMetaCompacted), EncodeNumber(0)}});
}

// The feed must end with the last commit: else commits are lost, or were half written.
absl::Status CheckFeedEnd(const RowReader& rows, uint64_t last, uint64_t compacted_to) {
  if (compacted_to > last) return Corrupt("more changes are forgotten than there were commits");
  if (compacted_to < last) {
    const absl::StatusOr<std::optional<std::string>> end = rows.Get(ChangeRow(last));
    if (!end.ok()) return end.status();
    if (!end->has_value()) return Corrupt("the feed lacks the last commit");
  }
  return rows.Read(
      {KeyAfter(ChangeRow(last)), PrefixEnd(ChangeRow(kLastSequence)), 1},
      [](absl::string_view, absl::string_view) { return Corrupt("the feed goes on after the last commit"); });
}

}  // namespace

absl::StatusOr<Revision> ReadRevision(const RowReader& rows, absl::string_view owner) {
  const absl::StatusOr<bool> empty = HoldsNothing(rows);
  if (!empty.ok()) return empty.status();
  if (*empty) return absl::NotFoundError("the database holds nothing");
  if (absl::Status status = CheckFormat(rows, owner); !status.ok()) return status;
  const absl::StatusOr<uint64_t> epoch = ReadMetaNumber(rows, kMetaEpoch);
  if (!epoch.ok()) return epoch.status();
  const absl::StatusOr<uint64_t> sequence = ReadMetaNumber(rows, kMetaSequence);
  if (!sequence.ok()) return sequence.status();
  return Revision{*epoch, *sequence};
}

absl::StatusOr<Revision> StartNewEpoch(RowEngine& engine, absl::string_view owner) {
  absl::StatusOr<Revision> revision = ReadRevision(engine, owner);
  if (!revision.ok()) return revision;
  revision->epoch = MintEpoch();
  const absl::Status written = engine.Write({{MetaRow(kMetaEpoch), EncodeNumber(revision->epoch)}});
  if (!written.ok()) return written;
  return revision;
}

absl::StatusOr<std::unique_ptr<Store>> RowStore::Open(std::unique_ptr<RowEngine> engine,
                                                      std::string directory, StoreOptions options) {
  absl::StatusOr<Revision> last = ReadRevision(*engine, options.owner);
  if (absl::IsNotFound(last.status())) {
    if (absl::Status status = Begin(*engine, options.owner); !status.ok()) return status;
    last = ReadRevision(*engine, options.owner);
  }
  if (!last.ok()) return last.status();
  const absl::StatusOr<uint64_t> compacted_to = ReadMetaNumber(*engine, kMetaCompacted);
  if (!compacted_to.ok()) return compacted_to.status();
  if (absl::Status status = CheckFeedEnd(*engine, last->sequence, *compacted_to); !status.ok()) return status;
  return std::unique_ptr<Store>(
      new RowStore(std::move(engine), std::move(directory), std::move(options), *last, *compacted_to));
}

RowStore::RowStore(std::unique_ptr<RowEngine> engine, std::string directory, StoreOptions options,
                   Revision last, uint64_t compacted_to)
    : engine_(std::move(engine)),
      directory_(std::move(directory)),
      options_(std::move(options)),
      feed_(last, compacted_to),
      committer_(*this, feed_, options_.committer) {
  engine_->OnWriteError([this](const absl::Status& why) { committer_.Fail(why); });
}

RowStore::~RowStore() { engine_->OnWriteError(nullptr); }

absl::StatusOr<Revision> RowStore::Commit(CommitRequest request) {
  return committer_.Commit(std::move(request));
}

absl::StatusOr<std::optional<Versioned>> RowStore::Get(absl::string_view key) const {
  const absl::StatusOr<std::optional<std::string>> row = engine_->Get(TableRow(key));
  if (!row.ok()) return row.status();
  if (!row->has_value()) return std::nullopt;
  const absl::StatusOr<VersionedView> versioned = DecodeVersioned(**row);
  if (!versioned.ok()) return versioned.status();
  return Versioned{std::string(versioned->value), versioned->sequence};
}

absl::StatusOr<std::vector<Entry>> RowStore::Scan(absl::string_view prefix, absl::string_view after,
                                                  std::size_t limit) const {
  if (limit == 0) return InvalidLimit();
  std::vector<Entry> entries;
  const std::string begin =
      after.empty() ? std::string(prefix) : std::max(std::string(prefix), KeyAfter(after));
  const absl::Status status =
      engine_->Read({TableRow(begin), PrefixEnd(TableRow(prefix)), limit},
                    [&](absl::string_view row, absl::string_view bytes) {
                      const absl::StatusOr<VersionedView> versioned = DecodeVersioned(bytes);
                      if (!versioned.ok()) return versioned.status();
                      entries.push_back({std::string(KeyOfTableRow(row)), std::string(versioned->value),
                                         versioned->sequence});
                      return absl::OkStatus();
                    });
  if (!status.ok()) return status;
  return entries;
}

absl::StatusOr<Revision> RowStore::SnapshotOf(const std::vector<absl::string_view>& prefixes,
                                              const SnapshotSink& sink) const {
  const std::unique_ptr<RowReader> view = engine_->View();
  // The last sequence lies in the same state as the table, so that the revision is exactly the table's.
  const absl::StatusOr<uint64_t> sequence = ReadMetaNumber(*view, kMetaSequence);
  if (!sequence.ok()) return sequence.status();
  for (const absl::string_view prefix : prefixes) {
    const absl::Status status = view->Read(
        {TableRow(prefix), PrefixEnd(TableRow(prefix))}, [&](absl::string_view row, absl::string_view bytes) {
          const absl::StatusOr<VersionedView> versioned = DecodeVersioned(bytes);
          if (!versioned.ok()) return versioned.status();
          return sink({KeyOfTableRow(row), versioned->value, versioned->sequence});
        });
    if (!status.ok()) return status;
  }
  // Following from this revision must work at once, though its commit may not be published yet.
  if (!feed_.AwaitPublished(*sequence)) return EngineUnavailable("the last commit is not published");
  return Revision{feed_.published().epoch, *sequence};
}

absl::Status RowStore::Follow(Revision from, const FollowSink& sink, std::stop_token stop) const {
  return feed_.Follow(
      from, [this](uint64_t after, uint64_t to) { return ReadChanges(after, to); }, sink, std::move(stop));
}

absl::StatusOr<std::vector<Change>> RowStore::ReadChanges(uint64_t from, uint64_t to) const {
  std::vector<Change> changes;
  std::size_t keys = 0;
  const absl::Status full = absl::CancelledError();
  const absl::Status status = engine_->Read({ChangeRow(from + 1), KeyAfter(ChangeRow(to)), kFeedBatchChanges},
                                            [&](absl::string_view row, absl::string_view bytes) {
                                              const absl::StatusOr<uint64_t> sequence =
                                                  SequenceOfChangeRow(row);
                                              if (!sequence.ok()) return sequence.status();
                                              absl::StatusOr<ChangeRecord> record = DecodeChange(bytes);
                                              if (!record.ok()) return record.status();
                                              keys += record->keys.size();
                                              changes.push_back({*sequence, std::move(record->keys)});
                                              return keys < kFeedBatchKeys ? absl::OkStatus() : full;
                                            });
  if (!status.ok() && status != full) return status;
  return changes;
}

absl::Status RowStore::Compact(uint64_t keep_from) {
  const std::lock_guard lock(compact_mutex_);
  uint64_t done = feed_.compacted_to();
  const uint64_t last = std::min(keep_from == 0 ? 0 : keep_from - 1, feed_.published().sequence);
  while (done < last) {
    const uint64_t to = std::min(done + kCompactChunk, last);
    if (absl::Status status = ForgetChanges(done, to); !status.ok()) return status;
    done = to;
  }
  return absl::OkStatus();
}

absl::Status RowStore::ForgetChanges(uint64_t from, uint64_t to) {
  if (absl::Status status = committer_.status(); !status.ok()) return status;
  std::vector<RowWrite> writes;
  const absl::Status read = engine_->Read(
      {ChangeRow(from + 1), KeyAfter(ChangeRow(to))}, [&](absl::string_view row, absl::string_view bytes) {
        const absl::StatusOr<ChangeRecord> record = DecodeChange(bytes);
        if (!record.ok()) return record.status();
        writes.push_back({std::string(row), std::nullopt});
        if (!record->request_id.empty()) writes.push_back({RequestRow(record->request_id), std::nullopt});
        return absl::OkStatus();
      });
  if (!read.ok()) return read;
  writes.push_back({MetaRow(kMetaCompacted), EncodeNumber(to)});
  feed_.Forget(to);
  const absl::Status written = engine_->Write(writes);
  if (written.ok()) return written;
  committer_.Fail(written);
  return OutcomeLost(written);
}

absl::StatusOr<Revision> RowStore::Backup(const std::string& to) {
  const std::lock_guard lock(backup_mutex_);
  if (Exists(to)) return TargetExists(to);
  if (options_.reserve.free_bytes) {
    const absl::StatusOr<uint64_t> free = options_.reserve.free_bytes(ParentDirectory(to));
    if (!free.ok()) return free.status();
    if (*free < options_.reserve.bytes + engine_->SizeBytes()) return NoRoom();
  }
  return WriteBackup(to, options_.owner, [this](const std::string& directory) -> absl::StatusOr<Revision> {
    const absl::StatusOr<std::unique_ptr<RowReader>> copy = engine_->CopyTo(directory);
    if (!copy.ok()) return copy.status();
    return ReadRevision(**copy, options_.owner);
  });
}

Health RowStore::GetHealth() const {
  Health health{committer_.status(), feed_.published(), feed_.compacted_to()};
  if (health.status.ok() && !HasRoom(0)) health.status = NoRoom();
  return health;
}

absl::StatusOr<std::optional<uint64_t>> RowStore::SequenceOfKey(absl::string_view key) const {
  const absl::StatusOr<std::optional<std::string>> row = engine_->Get(TableRow(key));
  if (!row.ok()) return row.status();
  if (!row->has_value()) return std::nullopt;
  const absl::StatusOr<uint64_t> sequence = DecodeVersionedSequence(**row);
  if (!sequence.ok()) return sequence.status();
  return *sequence;
}

absl::StatusOr<std::optional<uint64_t>> RowStore::SequenceOfRequest(absl::string_view request_id) const {
  const absl::StatusOr<std::optional<std::string>> row = engine_->Get(RequestRow(request_id));
  if (!row.ok()) return row.status();
  if (!row->has_value()) return std::nullopt;
  const absl::StatusOr<uint64_t> sequence = DecodeNumber(**row);
  if (!sequence.ok()) return sequence.status();
  return *sequence;
}

bool RowStore::HasRoom(std::size_t bytes) const {
  if (!options_.reserve.free_bytes) return true;
  const absl::StatusOr<uint64_t> free = options_.reserve.free_bytes(directory_);
  return free.ok() && *free >= options_.reserve.bytes && *free - options_.reserve.bytes >= bytes;
}

absl::Status RowStore::Write(const std::vector<NumberedCommit>& batch) {
  std::vector<RowWrite> rows;
  for (const NumberedCommit& commit : batch) {
    for (const storage::Write& write : commit.request->writes) {
      if (write.value.has_value()) {
        rows.push_back({TableRow(write.key), EncodeVersioned(commit.sequence, *write.value)});
      } else {
        rows.push_back({TableRow(write.key), std::nullopt});
      }
    }
    rows.push_back({ChangeRow(commit.sequence), EncodeChange(*commit.request)});
    if (!commit.request->request_id.empty()) {
      rows.push_back({RequestRow(commit.request->request_id), EncodeNumber(commit.sequence)});
    }
  }
  rows.push_back({MetaRow(kMetaSequence), EncodeNumber(batch.back().sequence)});
  return engine_->Write(rows);
}

}  // namespace brokerage::storage
