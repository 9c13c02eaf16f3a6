// The tables of reference/data, built into the program. Only this folder and its tests read them raw.
#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace brokerage::reference {

absl::string_view AccessNeedsCsv();
absl::string_view CausesCsv();
absl::string_view CentroidsCsv();
absl::string_view DistrictsCsv();
absl::string_view LanguagesCsv();
absl::string_view SkillGroupsCsv();
absl::string_view SkillsCsv();
absl::string_view WatersCsv();

// The rows of a shipped table, without its header, which must be `header` exactly. A table that is not well
// formed is a fault of the build: aborts, naming the line.
std::vector<std::vector<std::string>> ShippedRows(absl::string_view csv,
                                                  const std::vector<std::string>& header);

// Aborts with `message`: for what only a faulty shipped table can bring about.
[[noreturn]] void ShippedTableIsFaulty(absl::string_view message);

// "a; b; c" as {"a", "b", "c"}; empty text as no item.
std::vector<std::string> SplitList(absl::string_view text);

}  // namespace brokerage::reference
