// How fast this machine's memory is, for one core: the floor under every engine.
#pragma once

#include <cstddef>
#include <cstdint>

namespace brokerage::bench {

inline constexpr int64_t kLineBytes = 64;

struct MemorySpeed {
  double sequential_gb_per_s = 0;  // vector loads, one after the other
  double random_line_ns = 0;       // a 64-byte line anywhere, asked for ahead of time
};

// Over `bytes` of memory, far more than the caches hold; the best of several passes.
MemorySpeed MeasureMemory(std::size_t bytes);

}  // namespace brokerage::bench
