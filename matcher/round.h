// The one rounding of every rule.
#pragma once

#include <cstdint>

namespace brokerage::matcher {

inline constexpr int64_t kMillion = 1'000'000;

// a/b rounded half up: (2a + b) div 2b. a ≥ 0, b > 0, and 2a + b within 64 bits.
constexpr int64_t R(int64_t a, int64_t b) { return (2 * a + b) / (2 * b); }

}  // namespace brokerage::matcher
