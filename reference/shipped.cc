#include "reference/shipped.h"

#include <cstdio>
#include <cstdlib>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

#include "base/csv.h"

namespace brokerage::reference {

void ShippedTableIsFaulty(absl::string_view message) {
  std::fprintf(stderr, "A table of reference/data is faulty: %s\n", std::string(message).c_str());
  std::abort();
}

std::vector<std::vector<std::string>> ShippedRows(absl::string_view csv,
                                                  const std::vector<std::string>& header) {
  std::vector<std::vector<std::string>> rows;
  base::ReadCsv(csv, [&](const base::CsvRow& row) {
    if (!row.fault.empty() || row.fields.size() != header.size() || (rows.empty() && row.fields != header)) {
      ShippedTableIsFaulty(
          absl::StrCat("line ", row.line, " of the table that begins with ", header.front()));
    }
    rows.push_back(row.fields);
    return true;
  });
  if (rows.empty())
    ShippedTableIsFaulty(absl::StrCat("no rows in the table that begins with ", header.front()));
  rows.erase(rows.begin());
  return rows;
}

std::vector<std::string> SplitList(absl::string_view text) {
  std::vector<std::string> items;
  for (const absl::string_view item : absl::StrSplit(text, ';', absl::SkipWhitespace())) {
    items.emplace_back(absl::StripAsciiWhitespace(item));
  }
  return items;
}

}  // namespace brokerage::reference
