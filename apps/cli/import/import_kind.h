// What an import needs to know about a kind of record.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "apps/cli/client/client.h"
#include "apps/cli/import/import_file.h"
#include "apps/cli/import/request_ids.h"
#include "apps/cli/rows/columns.h"
#include "apps/cli/rows/row_reader.h"

namespace brokerage::cli {

struct Written {
  std::string name;
  std::string state;  // a word; empty when the kind has no states to reach
  std::vector<std::string> possible_duplicates;
  // OK, or what kept the row from a later step: then it exists, in `state`.
  absl::Status remaining;
};

// Rows are numbered from 0, in the order of the file. Check and Write are called on several threads at once,
// for different rows.
class ImportKind {
 public:
  virtual ~ImportKind() = default;

  virtual absl::string_view plural() const = 0;  // "volunteers"
  virtual const std::vector<Column>& columns() const = 0;

  // First of all: fetches what reading needs. An error ends the import.
  virtual absl::Status Begin(std::size_t /*row_count*/) = 0;
  // Reads a row; its faults are the reader's.
  virtual void Read(std::size_t index, RowReader& reader) = 0;
  // After all rows are read: finds what they refer to, and adds faults to `rows`. An error ends the import.
  virtual absl::Status Resolve(std::vector<ImportRow>& /*rows*/, int /*in_flight*/) {
    return absl::OkStatus();
  }
  // Asks the service whether it would take the row: its faults. An error ends the import.
  virtual absl::StatusOr<std::vector<Remark>> Check(std::size_t index) = 0;
  // The row that must be written before this one, if any. At most one step deep.
  virtual std::optional<std::size_t> WaitsFor(std::size_t /*index*/) const { return std::nullopt; }
  // Writes the row at `line`. `awaited` is the resource name of the row that it waited for.
  virtual absl::StatusOr<Written> Write(std::size_t index, int64_t line, const RequestIds& ids,
                                        const std::string& awaited) = 0;
};

// Retries of an import: a service may be restarted under it.
RetryPolicy ImportRetryPolicy();

// Whether `status` says something about the row that was sent, and not about the caller or the service.
bool IsAboutTheRow(const absl::Status& status);

// What a service said of a row: a remark for each bad field, under the column that `column_of` names, or one
// for the whole.
std::vector<Remark> RemarksOf(const absl::Status& status,
                              const std::function<std::string(absl::string_view field)>& column_of);

// The answer of Check for the status of a call with validate_only.
absl::StatusOr<std::vector<Remark>> CheckAnswer(
    const absl::Status& status, const std::function<std::string(absl::string_view field)>& column_of);

}  // namespace brokerage::cli
