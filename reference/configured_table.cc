#include "reference/configured_table.h"

#include "absl/strings/str_join.h"

#include "base/csv.h"

namespace brokerage::reference {

absl::Status ReadConfiguredTable(absl::string_view csv, const std::vector<std::string>& header,
                                 const RowJudge& judge) {
  std::vector<std::string> faults;
  bool at_header = true;
  base::ReadCsv(csv, [&](const base::CsvRow& row) {
    std::vector<std::string> reasons;
    if (!row.fault.empty()) {
      reasons.push_back(row.fault);
    } else if (at_header) {
      at_header = false;
      if (row.fields == header) return true;
      faults.push_back(absl::StrCat("line ", row.line, ": the header must be ", absl::StrJoin(header, ",")));
      return false;
    } else if (row.fields.size() != header.size()) {
      reasons.push_back(absl::StrCat("there are ", row.fields.size(), " fields instead of ", header.size()));
    } else {
      reasons = judge(row.fields);
    }
    if (!reasons.empty()) {
      faults.push_back(absl::StrCat("line ", row.line, ": ", absl::StrJoin(reasons, ", ")));
    }
    return true;
  });
  return faults.empty() ? absl::OkStatus() : absl::InvalidArgumentError(absl::StrJoin(faults, "; "));
}

}  // namespace brokerage::reference
