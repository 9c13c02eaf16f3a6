// Fractions of 128 bits for the plain scorer.
#pragma once

#include <cstdint>

namespace brokerage::support {

__extension__ using Wide = __int128;

struct Fraction {
  Wide above = 0;
  Wide below = 1;  // positive
};

inline Fraction operator+(Fraction a, Fraction b) {
  return {a.above * b.below + b.above * a.below, a.below * b.below};
}
inline Fraction operator*(Fraction a, Fraction b) { return {a.above * b.above, a.below * b.below}; }

// The whole number nearest to a fraction that is not negative; a half goes up.
inline int64_t Nearest(Fraction fraction) {
  const Wide whole = fraction.above / fraction.below;
  const Wide rest = fraction.above - whole * fraction.below;
  return static_cast<int64_t>(rest >= fraction.below - rest ? whole + 1 : whole);
}

}  // namespace brokerage::support
