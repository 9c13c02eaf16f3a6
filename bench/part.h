// What one program of bench/run found, for the report.
#pragma once

#include <map>
#include <string>

namespace brokerage::bench {

struct Part {
  std::map<std::string, double> figures;  // by their stable names
  std::string table;                      // to be read
};

// Writes figures.tsv (name TAB value) and table.txt in `folder`; false, with a word on standard error, when
// that cannot be.
bool WritePart(const Part& part, const std::string& folder);

}  // namespace brokerage::bench
