#include "apps/cli/import/import_file.h"

#include <utility>

#include "absl/strings/str_cat.h"

#include "base/csv.h"
#include "base/digest.h"
#include "base/files.h"

namespace brokerage::cli {

absl::StatusOr<ImportFile> ReadImportFile(const std::string& path) {
  const absl::StatusOr<std::string> text = base::ReadFile(path);
  if (!text.ok()) return text.status();
  ImportFile file;
  file.path = path;
  file.hash = base::Sha256(*text);
  base::ReadCsv(*text, [&](const base::CsvRow& read) {
    if (file.header_line == 0) {
      file.header_line = read.line;
      file.header = read.fields;
      file.header_fault = read.fault;
      // What follows an unreadable header cannot be told apart.
      return read.fault.empty();
    }
    ImportRow row;
    row.line = read.line;
    row.fields = read.fields;
    row.readable = read.fault.empty();
    if (!row.readable) row.faults.push_back({"", read.fault});
    file.rows.push_back(std::move(row));
    return true;
  });
  if (file.header_line == 0)
    return absl::InvalidArgumentError(absl::StrCat(path, ": is empty; it needs a header row"));
  return file;
}

}  // namespace brokerage::cli
