// Reads one row that is given as pairs of column and cell.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

#include "apps/cli/rows/columns.h"
#include "apps/cli/rows/row_reader.h"

namespace brokerage::cli {

using Cells = std::vector<std::pair<std::string, std::string>>;

template <typename Row>
struct ReadResult {
  Row row;
  // "column: text"
  std::vector<std::string> faults;
  std::vector<std::string> notes;
};

inline std::vector<std::string> Shown(const std::vector<Remark>& remarks) {
  std::vector<std::string> shown;
  for (const Remark& remark : remarks) shown.push_back(absl::StrCat(remark.column, ": ", remark.text));
  return shown;
}

// `read` takes the RowReader and answers the row.
template <typename Read>
auto ReadRow(const std::vector<Column>& columns, const Cells& cells, Read read)
    -> ReadResult<decltype(read(std::declval<RowReader&>()))> {
  std::vector<std::string> names;
  std::vector<std::string> fields;
  for (const auto& [name, cell] : cells) {
    names.push_back(name);
    fields.push_back(cell);
  }
  const RowHeader header(columns, names);
  RowReader reader(header, fields);
  ReadResult<decltype(read(reader))> result;
  result.row = read(reader);
  result.faults = Shown(reader.TakeFaults());
  result.notes = Shown(reader.TakeNotes());
  return result;
}

// The row of the columns' own examples.
inline Cells ExampleOf(const std::vector<Column>& columns) {
  Cells cells;
  for (const Column& column : columns) cells.emplace_back(column.name, column.example);
  return cells;
}

}  // namespace brokerage::cli
