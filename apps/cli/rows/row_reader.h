// One row of a file, cell by cell, and all that is to be said about it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "apps/cli/rows/columns.h"

namespace brokerage::cli {

class RowReader {
 public:
  // Keeps references to both.
  RowReader(const RowHeader& header, const std::vector<std::string>& fields);

  // The cell without the spaces around it and without the guard of a spreadsheet (see GuardCell); empty when
  // the file has no such column.
  absl::string_view Cell(absl::string_view column) const;
  bool Has(absl::string_view column) const { return !Cell(column).empty(); }

  void Fault(absl::string_view column, absl::string_view text);
  void Note(absl::string_view column, absl::string_view text);

  // What `parse` makes of the cell; nothing when the cell is empty, and nothing but a fault when it cannot be
  // read.
  template <typename Parse>
  auto Read(absl::string_view column, Parse parse)
      -> std::optional<typename decltype(parse(absl::string_view()))::value_type> {
    const absl::string_view cell = Cell(column);
    if (cell.empty()) return std::nullopt;
    auto value = parse(cell);
    if (value.ok()) return *std::move(value);
    Fault(column, value.status().message());
    return std::nullopt;
  }

  // The same for each entry of a list, split by SplitList.
  template <typename Parse>
  auto ReadList(absl::string_view column, Parse parse)
      -> std::vector<typename decltype(parse(absl::string_view()))::value_type> {
    std::vector<typename decltype(parse(absl::string_view()))::value_type> values;
    for (const absl::string_view entry : SplitList(Cell(column))) {
      auto value = parse(entry);
      if (value.ok()) {
        values.push_back(*std::move(value));
      } else {
        Fault(column, value.status().message());
      }
    }
    return values;
  }

  std::vector<Remark> TakeFaults() { return std::move(faults_); }
  std::vector<Remark> TakeNotes() { return std::move(notes_); }
  bool faulty() const { return !faults_.empty(); }

  // The entries of a list: separated by semicolons or line breaks, without spaces around them, empty ones
  // left out.
  static std::vector<absl::string_view> SplitList(absl::string_view text);

 private:
  const RowHeader& header_;
  const std::vector<std::string>& fields_;
  std::vector<Remark> faults_;
  std::vector<Remark> notes_;
};

// Spreadsheets take a cell that begins with = + - @ for a formula, which a stranger may have written.
// GuardCell puts an apostrophe before such a cell; UnguardedCell takes it away again.
std::string GuardCell(absl::string_view cell);
absl::string_view UnguardedCell(absl::string_view cell);

}  // namespace brokerage::cli
