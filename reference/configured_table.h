// CSV tables that a deployment may replace by a file of its own: every fault is named with its line.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

#include "base/files.h"

namespace brokerage::reference {

// What is wrong with a row, all of it; nothing when it is good. The row has as many fields as the header.
using RowJudge = std::function<std::vector<std::string>(const std::vector<std::string>&)>;

// Hands over the rows below the header, one after the other. INVALID_ARGUMENT naming each line at fault. Text
// without any row, not even a header, is no fault.
absl::Status ReadConfiguredTable(absl::string_view csv, const std::vector<std::string>& header,
                                 const RowJudge& judge);

// Table::Parse of a file, which its errors name. NOT_FOUND or UNAVAILABLE when it cannot be read.
template <typename Table>
absl::StatusOr<Table> LoadConfiguredTable(const std::string& path) {
  absl::StatusOr<std::string> text = base::ReadFile(path);
  if (!text.ok()) return text.status();
  absl::StatusOr<Table> table = Table::Parse(*text);
  if (!table.ok())
    return absl::Status(table.status().code(), absl::StrCat(path, ": ", table.status().message()));
  return table;
}

}  // namespace brokerage::reference
