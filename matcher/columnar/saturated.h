// Numbers in less room than they may need.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>

namespace brokerage::matcher {

// The nearest number that there is.
template <typename Small>
Small Saturated(int64_t number) {
  return static_cast<Small>(
      std::clamp<int64_t>(number, std::numeric_limits<Small>::min(), std::numeric_limits<Small>::max()));
}

}  // namespace brokerage::matcher
