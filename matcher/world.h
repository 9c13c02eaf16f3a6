// What is so apart from any record, and the same for every pair.
#pragma once

#include "matcher/taxonomy.h"
#include "matcher/waters.h"

namespace brokerage::matcher {

struct World {
  Taxonomies taxonomies;
  Waters waters;
};

}  // namespace brokerage::matcher
