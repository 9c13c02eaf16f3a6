// Every index that there is, for the tests that all of them pass.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "matcher/columnar/columnar_index.h"
#include "matcher/index.h"
#include "matcher/plain_index.h"

namespace brokerage::matcher {

struct IndexKind {
  std::string name;
  std::unique_ptr<Index> (*make)(std::shared_ptr<const World>);
};

inline const std::vector<IndexKind>& IndexKinds() {
  static const auto* const kinds =
      new std::vector<IndexKind>{{"Plain", MakePlainIndex}, {"Columnar", MakeColumnarIndex}};
  return *kinds;
}

inline void PrintTo(const IndexKind& kind, std::ostream* out) { *out << kind.name; }

}  // namespace brokerage::matcher
