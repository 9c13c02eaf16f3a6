// The columns of an import file: what --columns prints, what docs/cli.md lists, and what a row is read by.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"

namespace brokerage::cli {

struct Column {
  std::string name;     // "date_of_birth"
  std::string meaning;  // for people, with the writing that is expected
  std::string example;  // a cell; empty where the example row leaves it out
  bool required = false;
  // Columns that make one thing together share a group: once one of them is faulty, what a service says of
  // the others is a consequence and is not shown.
  std::string group = {};
};

// A part of a request's field path ("volunteer.home.postcode") and the column that it comes from.
struct FieldColumn {
  std::string field;  // without the resource's own name: "home.postcode"; also stands for all below it
  std::string column;
};

// The column of `path`, by the longest entry that is `path` or above it; empty when none is. `resource` is
// the first segment that services may write ("volunteer").
std::string ColumnOfField(const std::vector<FieldColumn>& fields, absl::string_view resource,
                          absl::string_view path);

// A remark on one cell, or on the whole row when `column` is empty.
struct Remark {
  std::string column;
  std::string text;
  friend bool operator==(const Remark&, const Remark&) = default;
};

// The name of a column as it is compared: without regard to case, spaces and hyphens as underscores.
std::string NormalColumnName(absl::string_view name);

// Added to the file of faulty rows by this program; passed over when such a file is imported again.
inline constexpr absl::string_view kErrorLineColumn = "error_line";
inline constexpr absl::string_view kErrorReasonsColumn = "error_reasons";

// Where each column stands in a file.
class RowHeader {
 public:
  RowHeader(const std::vector<Column>& columns, const std::vector<std::string>& names);

  // What is wrong with the header: unknown columns (with the nearest known one), columns given twice,
  // required ones that are missing. Empty when it is good.
  const std::vector<Remark>& faults() const { return faults_; }
  std::size_t size() const { return size_; }
  // The place of `column` in a row, or -1.
  int Find(absl::string_view column) const;

 private:
  std::size_t size_ = 0;
  absl::flat_hash_map<std::string, int> places_;
  std::vector<Remark> faults_;
};

}  // namespace brokerage::cli
