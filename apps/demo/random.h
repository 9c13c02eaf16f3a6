// Random numbers that are the same on every machine and with every library: whole numbers only, from a
// generator of our own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace brokerage::demo {

// SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}

  // The stream of one record. Every record has its own, so that what is drawn for one moves no other.
  static Random For(uint64_t seed, absl::string_view kind, uint64_t index);

  uint64_t Next();
  // 0 to `bound` - 1, each as likely as the other; `bound` is at least 1.
  uint32_t Below(uint32_t bound);
  // Both ends included.
  int Between(int low, int high);
  // True in so many of a thousand cases.
  bool Chance(int per_mille) { return Between(0, 999) < per_mille; }
  // An index into `weights`, each as likely as its weight; their sum is positive.
  std::size_t Weighted(absl::Span<const int> weights);

  template <typename Container>
  const auto& Pick(const Container& from) {
    return from[Below(static_cast<uint32_t>(from.size()))];
  }

  // `count` distinct elements of `from` (all of them when it has fewer), in random order.
  template <typename T>
  std::vector<T> Sample(std::vector<T> from, std::size_t count) {
    if (count > from.size()) count = from.size();
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t j = i + Below(static_cast<uint32_t>(from.size() - i));
      std::swap(from[i], from[j]);
    }
    from.resize(count);
    return from;
  }

 private:
  uint64_t state_;
};

}  // namespace brokerage::demo
