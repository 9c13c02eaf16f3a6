#include "bench/part.h"

#include <cstdio>
#include <fstream>

#include "absl/strings/str_cat.h"

namespace brokerage::bench {

bool WritePart(const Part& part, const std::string& folder) {
  std::ofstream figures(absl::StrCat(folder, "/figures.tsv"));
  for (const auto& [name, value] : part.figures) figures << name << '\t' << absl::StrCat(value) << '\n';
  std::ofstream table(absl::StrCat(folder, "/table.txt"));
  table << part.table;
  if (figures.flush() && table.flush()) return true;
  std::fprintf(stderr, "cannot write in %s\n", folder.c_str());
  return false;
}

}  // namespace brokerage::bench
