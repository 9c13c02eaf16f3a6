// Puts the benchmark's world into an index.
#pragma once

#include <cstdint>

#include "bench/world.h"
#include "matcher/index.h"

namespace brokerage::bench {

// The world's first volunteers with their histories, its first opportunities with their connections, and the
// organisations; in batches, so that no more than one of them is in memory beside the index.
void Fill(matcher::Index& index, const World& world, int64_t volunteers, int64_t opportunities);

}  // namespace brokerage::bench
