// How the rows of a table engine are keyed and encoded. docs/storage-format.md describes them; a change here
// is a change of the disk format, so it needs a new kFormatVersion.
//
// A row key is one byte of kind and the rest. Numbers are 8 bytes, lengths 2 bytes, the most significant byte
// first, so that rows of changes lie in their order.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "storage/store.h"

namespace brokerage::storage {

// The version that this code writes, and the oldest that it reads.
inline constexpr uint64_t kFormatVersion = 1;
inline constexpr uint64_t kOldestFormatVersion = 1;

// Facts about the database as a whole: names of meta rows.
inline constexpr char kMetaFormat[] = "format";           // number: the format version
inline constexpr char kMetaOwner[] = "owner";             // text: whose database it is
inline constexpr char kMetaEpoch[] = "epoch";             // number
inline constexpr char kMetaSequence[] = "sequence";       // number: of the last commit
inline constexpr char kMetaCompacted[] = "compacted_to";  // number: the last forgotten change

// Row keys.
std::string ChangeRow(uint64_t sequence);
std::string MetaRow(absl::string_view name);
std::string RequestRow(absl::string_view request_id);
std::string TableRow(absl::string_view key);

// The key of a table row, or the sequence of a change row, by its row key.
absl::string_view KeyOfTableRow(absl::string_view row);
absl::StatusOr<uint64_t> SequenceOfChangeRow(absl::string_view row);

// The first key after all that start with `prefix`; "" when there is none.
std::string PrefixEnd(absl::string_view prefix);
// The first key after `key`.
std::string KeyAfter(absl::string_view key);

// Row values. Decoding fails with DATA_LOSS.
std::string EncodeNumber(uint64_t number);
absl::StatusOr<uint64_t> DecodeNumber(absl::string_view bytes);

std::string EncodeVersioned(uint64_t sequence, absl::string_view value);
absl::StatusOr<uint64_t> DecodeVersionedSequence(absl::string_view bytes);
// The value is of `bytes`.
struct VersionedView {
  absl::string_view value;
  uint64_t sequence = 0;
};
absl::StatusOr<VersionedView> DecodeVersioned(absl::string_view bytes);

// What a change row says: the keys, and the request id so that both are forgotten together.
struct ChangeRecord {
  std::string request_id;  // empty when the commit had none
  std::vector<std::string> keys;
};
// Of a commit whose writes name each key once.
std::string EncodeChange(const CommitRequest& request);
absl::StatusOr<ChangeRecord> DecodeChange(absl::string_view bytes);

}  // namespace brokerage::storage
