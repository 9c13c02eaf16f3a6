// CSV (RFC 4180) as people save it: a byte order mark, any line ending, quoted fields with line breaks
// inside.
//
// A row that breaks the rules of quoting is handed over with its fault, and reading goes on with the line
// after it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace brokerage::base {

// A row of a file. Blank lines are no rows.
struct CsvRow {
  int64_t line = 0;       // where the row begins, from 1
  int64_t last_line = 0;  // where it ends: later than `line` when a quoted field holds line breaks
  // UTF-8. Spaces and tabs around an unquoted field are gone. Empty when there is a fault.
  std::vector<std::string> fields;
  // Why the row could not be read, for people; empty when it could.
  std::string fault;
};

struct CsvLimits {
  std::size_t max_row_bytes = 1024 * 1024;  // what a row may hold, its quotes and commas included
  std::size_t max_fields = 1024;
};

// Is given every row in order; answers false to stop reading.
using CsvVisitor = std::function<bool(const CsvRow& row)>;

// Reads CSV that arrives in pieces of any size.
class CsvParser {
 public:
  explicit CsvParser(CsvVisitor visitor, CsvLimits limits = {});
  ~CsvParser();
  CsvParser(const CsvParser&) = delete;
  CsvParser& operator=(const CsvParser&) = delete;

  // False once the visitor has asked to stop: no further piece is wanted.
  bool Feed(absl::string_view piece);
  // The end of the file: the last row, when no line break follows it.
  void Finish();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

// Reads `text`, which is a whole file.
void ReadCsv(absl::string_view text, const CsvVisitor& visitor, CsvLimits limits = {});

// Reads the file at `path` in pieces. NOT_FOUND or UNAVAILABLE, naming the path, when it cannot be opened or
// read.
absl::Status ReadCsvFile(const std::string& path, const CsvVisitor& visitor, CsvLimits limits = {});

// The columns of a header row, found by name without regard to case.
class CsvHeader {
 public:
  explicit CsvHeader(const std::vector<std::string>& names);
  // The place of `name` in a row.
  std::optional<std::size_t> Find(absl::string_view name) const;
  // The first of `names` that is there.
  std::optional<std::size_t> FindAny(const std::vector<std::string>& names) const;
  std::size_t size() const { return size_; }

 private:
  std::size_t size_ = 0;
  absl::flat_hash_map<std::string, std::size_t> columns_;
};

// `fields` as one row, quoted where needed, without a line break at its end.
std::string FormatCsvRow(const std::vector<std::string>& fields);

}  // namespace brokerage::base
