// The files that an import leaves to go on with.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "apps/cli/import/report.h"
#include "apps/cli/rows/columns.h"
#include "apps/cli/rows/row_reader.h"
#include "base/csv.h"
#include "base/files.h"

namespace brokerage::cli {
namespace {

constexpr unsigned kOwnerOnly = 0600;

std::string Reasons(const std::vector<Remark>& faults) {
  return absl::StrJoin(faults, "; ", [](std::string* out, const Remark& fault) {
    absl::StrAppend(out, fault.column, fault.column.empty() ? "" : ": ", fault.text);
  });
}

bool IsAddedColumn(const std::string& name) {
  const std::string normal = NormalColumnName(name);
  return normal == kErrorLineColumn || normal == kErrorReasonsColumn;
}

}  // namespace

absl::Status WriteErrorsFile(const std::string& path, const ImportReport& report) {
  std::vector<std::size_t> kept;
  std::vector<std::string> cells = {std::string(kErrorLineColumn), std::string(kErrorReasonsColumn)};
  for (std::size_t i = 0; i < report.file.header.size(); ++i) {
    // Of a file that was saved by this function before, and corrected.
    if (IsAddedColumn(report.file.header[i])) continue;
    kept.push_back(i);
    cells.push_back(GuardCell(report.file.header[i]));
  }
  std::string text = absl::StrCat(base::FormatCsvRow(cells), "\r\n");
  for (const ImportRow& row : report.file.rows) {
    if (row.faults.empty()) continue;
    cells = {absl::StrCat(row.line), GuardCell(Reasons(row.faults))};
    for (const std::size_t i : kept) {
      cells.push_back(i < row.fields.size() ? GuardCell(UnguardedCell(row.fields[i])) : "");
    }
    absl::StrAppend(&text, base::FormatCsvRow(cells), "\r\n");
  }
  return base::WriteFileAtomically(path, text, kOwnerOnly);
}

absl::Status WriteNamesFile(const std::string& path, const ImportReport& report) {
  std::string text = "line,external_id,name,state\r\n";
  for (const ImportRow& row : report.file.rows) {
    if (row.name.empty()) continue;
    absl::StrAppend(
        &text, base::FormatCsvRow({absl::StrCat(row.line), GuardCell(row.external_id), row.name, row.state}),
        "\r\n");
  }
  return base::WriteFileAtomically(path, text, kOwnerOnly);
}

}  // namespace brokerage::cli
