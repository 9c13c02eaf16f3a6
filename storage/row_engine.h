// What a table engine is to RowStore: ordered rows of bytes, read from one state, written in durable batches.
//
// An engine of this kind is an embedded one (memory, RocksDB). One with its own idea of transactions
// implements Store.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace brokerage::storage {

struct RowRange {
  std::string begin;
  std::string end;  // the first key that is not of the range; "" for none
  std::size_t limit = std::numeric_limits<std::size_t>::max();
};

struct RowWrite {
  std::string key;
  std::optional<std::string> value;  // none removes the row
};

// Errors of reading: DATA_LOSS (a checksum does not hold), UNAVAILABLE.
class RowReader {
 public:
  virtual ~RowReader() = default;

  virtual absl::StatusOr<std::optional<std::string>> Get(absl::string_view key) const = 0;

  // Calls `sink` for the rows of `range`, in order, all from one state. Stops with the sink's error.
  using RowSink = std::function<absl::Status(absl::string_view key, absl::string_view value)>;
  virtual absl::Status Read(const RowRange& range, const RowSink& sink) const = 0;
};

// Thread-safe; reading is of the present state.
class RowEngine : public RowReader {
 public:
  // The present state, for as long as the view lives. Must not outlive the engine.
  virtual std::unique_ptr<RowReader> View() const = 0;

  // All of it or nothing, and durable on return. Several writes to a row: the last counts.
  virtual absl::Status Write(const std::vector<RowWrite>& writes) = 0;

  // `listener` hears of write errors that happen behind the scenes, from whatever thread; nullptr: nobody
  // does. No call of the former listener is under way on return. One that happened before is told at once.
  virtual void OnWriteError(std::function<void(const absl::Status&)> listener) = 0;

  // Bytes that CopyTo would write, roughly.
  virtual uint64_t SizeBytes() const = 0;

  // Writes a copy of one state as files in the new directory `directory`, not yet synced, and opens that
  // copy, its checksums verified.
  virtual absl::StatusOr<std::unique_ptr<RowReader>> CopyTo(const std::string& directory) const = 0;
};

}  // namespace brokerage::storage
