// The index that serves: exact lists from a small part of the records.
//
// Volunteers lie in leaves of 512, clustered by what queries ask (volunteer_table.h), as bit-planes and
// packed rows (leaf.h). A query leaves out leaves by their summaries, lanes by their planes (role_bounds.h),
// and asks the rest by the same rules as everyone (matcher/pair.h). Roles that can match lie in leaves too,
// by kind and place (role_table.h), and are searched in the same way (role_search.h). A published change
// copies the leaf it falls into.
#pragma once

#include <memory>

#include "matcher/index.h"
#include "matcher/world.h"

namespace brokerage::matcher {

// An empty index at revision {0, 0}.
std::unique_ptr<Index> MakeColumnarIndex(std::shared_ptr<const World> world);

}  // namespace brokerage::matcher
