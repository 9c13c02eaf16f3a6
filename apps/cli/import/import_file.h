// A file to import, as it was read: before anything is known of what its cells mean.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

#include "apps/cli/rows/columns.h"

namespace brokerage::cli {

// A row and what became of it.
struct ImportRow {
  int64_t line = 0;                 // where it begins in the file, from 1
  std::vector<std::string> fields;  // as read; empty when the row breaks the rules of CSV
  bool readable = false;
  std::string external_id;
  std::vector<Remark> faults;  // what keeps it from being imported
  std::vector<Remark> notes;   // what was read differently than it stands there
  // Once it is written:
  std::string name;   // the resource's
  std::string state;  // the word of the state that it reached; empty when the kind has none
  std::vector<std::string> possible_duplicates;
};

struct ImportFile {
  std::string path;
  std::string hash;                 // SHA-256 of its bytes
  int64_t header_line = 0;          // 0 when there is none
  std::vector<std::string> header;  // as read
  std::string header_fault;         // when the header itself breaks the rules of CSV
  std::vector<ImportRow> rows;
};

// NOT_FOUND or UNAVAILABLE when the file cannot be read, INVALID_ARGUMENT when it holds no header.
absl::StatusOr<ImportFile> ReadImportFile(const std::string& path);

}  // namespace brokerage::cli
