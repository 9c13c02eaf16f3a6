#include "storage/rows.h"

#include <cstddef>
#include <optional>

#include "absl/strings/str_cat.h"

#include "storage/errors.h"

namespace brokerage::storage {
namespace {

constexpr char kChangeKind = 'c';
constexpr char kMetaKind = 'm';
constexpr char kRequestKind = 'r';
constexpr char kTableKind = 't';

constexpr std::size_t kNumberBytes = 8;
constexpr std::size_t kLengthBytes = 2;
static_assert(kMaxKeyBytes <= 0xffff && kMaxRequestIdBytes <= 0xffff, "lengths are 2 bytes");

std::string RowKey(char kind, absl::string_view rest) {
  return absl::StrCat(absl::string_view(&kind, 1), rest);
}

void AppendSized(std::string& out, absl::string_view bytes) {
  out.push_back(static_cast<char>(bytes.size() >> 8));
  out.push_back(static_cast<char>(bytes.size() & 0xff));
  out.append(bytes.data(), bytes.size());
}

// Takes a sized piece off the front of `bytes`.
std::optional<std::string> TakeSized(absl::string_view& bytes) {
  if (bytes.size() < kLengthBytes) return std::nullopt;
  const std::size_t size =
      static_cast<std::size_t>(static_cast<uint8_t>(bytes[0])) << 8 | static_cast<uint8_t>(bytes[1]);
  bytes.remove_prefix(kLengthBytes);
  if (bytes.size() < size) return std::nullopt;
  std::string piece(bytes.substr(0, size));
  bytes.remove_prefix(size);
  return piece;
}

}  // namespace

std::string ChangeRow(uint64_t sequence) { return RowKey(kChangeKind, EncodeNumber(sequence)); }

std::string MetaRow(absl::string_view name) { return RowKey(kMetaKind, name); }

std::string RequestRow(absl::string_view request_id) { return RowKey(kRequestKind, request_id); }

std::string TableRow(absl::string_view key) { return RowKey(kTableKind, key); }

absl::string_view KeyOfTableRow(absl::string_view row) { return row.substr(1); }

absl::StatusOr<uint64_t> SequenceOfChangeRow(absl::string_view row) { return DecodeNumber(row.substr(1)); }

std::string PrefixEnd(absl::string_view prefix) {
  std::string end(prefix);
  while (!end.empty()) {
    if (static_cast<uint8_t>(end.back()) != 0xff) {
      ++end.back();
      return end;
    }
    end.pop_back();
  }
  return end;
}

std::string KeyAfter(absl::string_view key) { return absl::StrCat(key, absl::string_view("\0", 1)); }

std::string EncodeNumber(uint64_t number) {
  std::string bytes(kNumberBytes, '\0');
  for (std::size_t i = kNumberBytes; i-- > 0; number >>= 8) bytes[i] = static_cast<char>(number & 0xff);
  return bytes;
}

absl::StatusOr<uint64_t> DecodeNumber(absl::string_view bytes) {
  if (bytes.size() != kNumberBytes) return Corrupt("a number is not 8 bytes long");
  uint64_t number = 0;
  for (const char byte : bytes) number = number << 8 | static_cast<uint8_t>(byte);
  return number;
}

std::string EncodeVersioned(uint64_t sequence, absl::string_view value) {
  return absl::StrCat(EncodeNumber(sequence), value);
}

absl::StatusOr<uint64_t> DecodeVersionedSequence(absl::string_view bytes) {
  return DecodeNumber(bytes.substr(0, kNumberBytes));
}

absl::StatusOr<VersionedView> DecodeVersioned(absl::string_view bytes) {
  const absl::StatusOr<uint64_t> sequence = DecodeVersionedSequence(bytes);
  if (!sequence.ok()) return sequence.status();
  return VersionedView{bytes.substr(kNumberBytes), *sequence};
}

std::string EncodeChange(const CommitRequest& request) {
  std::string bytes;
  AppendSized(bytes, request.request_id);
  for (const Write& write : request.writes) AppendSized(bytes, write.key);
  return bytes;
}

absl::StatusOr<ChangeRecord> DecodeChange(absl::string_view bytes) {
  ChangeRecord record;
  std::optional<std::string> piece = TakeSized(bytes);
  if (!piece.has_value()) return Corrupt("a change has no request id");
  record.request_id = *std::move(piece);
  while (!bytes.empty()) {
    piece = TakeSized(bytes);
    if (!piece.has_value()) return Corrupt("a change ends within a key");
    record.keys.push_back(*std::move(piece));
  }
  return record;
}

}  // namespace brokerage::storage
