// What an import says when it has ended: for people, for programs, and as files to go on with.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

#include "apps/cli/client/environment.h"
#include "apps/cli/client/exit_code.h"
#include "apps/cli/import/import_file.h"
#include "apps/cli/import/importer.h"
#include "apps/cli/output/json.h"

namespace brokerage::cli {

struct ImportReport {
  absl::string_view kind;  // "volunteers"
  const ImportFile& file;
  const std::vector<Remark>& header_faults;
  const ImportOutcome& outcome;
  const ImportOptions& options;
};

// Every faulty row with its line and all its reasons, what was read differently, possible duplicates, and a
// summary.
void PrintImportReport(const Environment& environment, const ImportReport& report);

// The same as one document.
Json ImportReportJson(const ImportReport& report);

// 0 when every row is good, 3 when rows or the header are faulty, else what ended the import.
ExitCode ExitCodeOf(const ImportReport& report);

// The faulty rows as CSV: error_line, error_reasons, then the columns of the file, so that the rows are
// corrected there and that file is imported. Cells that a spreadsheet would run as formulas are guarded.
// Readable by the user alone.
absl::Status WriteErrorsFile(const std::string& path, const ImportReport& report);

// line, external_id, name and state of every row that was written, as CSV. Readable by the user alone.
absl::Status WriteNamesFile(const std::string& path, const ImportReport& report);

}  // namespace brokerage::cli
