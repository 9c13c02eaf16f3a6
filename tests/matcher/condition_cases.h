// Tables of single changes to a pair that matches, and the codes that then fail.
#pragma once

#include <string>
#include <vector>

#include "tests/matcher/situation.h"

namespace brokerage::matcher {

struct ConditionCase {
  std::string what;
  Adjust adjust;
  std::vector<std::string> failing;
};

// Exactly these codes fail, and there is a score exactly when none does.
void CheckConditions(const std::vector<ConditionCase>& cases);

}  // namespace brokerage::matcher
