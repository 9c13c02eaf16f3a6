// Random draws that are the same on every machine: each thing has its own stream, keyed by what it is.
#pragma once

#include <cstddef>
#include <cstdint>

namespace brokerage::bench {

// SplitMix64's finisher: a bijection of 64 bits.
constexpr uint64_t Mix(uint64_t x) {
  x += 0x9e3779b97f4a7c15;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
  x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
  return x ^ (x >> 31);
}

class Draws {
 public:
  Draws(uint64_t seed, uint64_t stream, uint64_t index) : state_(Mix(seed ^ Mix(stream ^ Mix(index)))) {}

  uint64_t Next() {
    state_ += 0x9e3779b97f4a7c15;
    return Mix(state_);
  }
  // 0 to limit - 1; the bias of a remainder of 64 bits is far below what anyone could see.
  uint64_t Below(uint64_t limit) { return Next() % limit; }
  // First to last, both included.
  int64_t Between(int64_t first, int64_t last) {
    return first + static_cast<int64_t>(Below(static_cast<uint64_t>(last - first + 1)));
  }
  bool Chance(unsigned percent) { return Below(100) < percent; }
  // 0 ≤ x < 1.
  double Unit() { return static_cast<double>(Next() >> 11) * 0x1p-53; }
  // Bell-shaped about 0 with deviation 1, within ±3.5: a sum of four uniform draws needs no logarithm.
  double Bell() { return (Unit() + Unit() + Unit() + Unit() - 2) * 1.7320508075688772; }
  // An index of `weights`, in proportion.
  template <std::size_t N>
  std::size_t Weighted(const int (&weights)[N]) {
    int total = 0;
    for (const int weight : weights) total += weight;
    auto left = static_cast<int>(Below(static_cast<uint64_t>(total)));
    std::size_t chosen = 0;
    while (left >= weights[chosen]) left -= weights[chosen++];
    return chosen;
  }

 private:
  uint64_t state_;
};

}  // namespace brokerage::bench
