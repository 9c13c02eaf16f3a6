// The plain index: every query looks at every visible record. Exact by construction, and the measure for
// faster ones.
#pragma once

#include <memory>

#include "matcher/index.h"
#include "matcher/world.h"

namespace brokerage::matcher {

// An empty index at revision {0, 0}. A published change costs the shard it falls into, not the whole.
std::unique_ptr<Index> MakePlainIndex(std::shared_ptr<const World> world);

}  // namespace brokerage::matcher
