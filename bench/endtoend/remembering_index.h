// An index that works a list out once: what is left of a call's cost is everybody else's.
#pragma once

#include <memory>

#include "matcher/index.h"

namespace brokerage::bench {

// Answers like `inner`, and remembers the first list of volunteers for each role: for measuring, where
// nothing changes and each role is asked about in one way.
std::unique_ptr<matcher::Index> MakeRememberingIndex(std::unique_ptr<matcher::Index> inner);

}  // namespace brokerage::bench
