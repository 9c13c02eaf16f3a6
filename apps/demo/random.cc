#include "apps/demo/random.h"

namespace brokerage::demo {
namespace {

uint64_t Mix(uint64_t value) {
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ULL;
  value = (value ^ (value >> 27)) * 0x94d049bb133111ebULL;
  return value ^ (value >> 31);
}

// FNV-1a.
uint64_t HashOf(absl::string_view text) {
  uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return hash;
}

}  // namespace

Random Random::For(uint64_t seed, absl::string_view kind, uint64_t index) {
  return Random(Mix(Mix(seed + 1) ^ HashOf(kind)) + Mix(index + 1));
}

uint64_t Random::Next() {
  state_ += 0x9e3779b97f4a7c15ULL;
  return Mix(state_);
}

uint32_t Random::Below(uint32_t bound) {
  // The top 32 bits scaled to the bound; the few values that would favour some results are drawn again
  // (Lemire 2019).
  const uint32_t unfair = static_cast<uint32_t>(-bound) % bound;
  for (;;) {
    const uint64_t scaled = (Next() >> 32) * bound;
    if (static_cast<uint32_t>(scaled) >= unfair) return static_cast<uint32_t>(scaled >> 32);
  }
}

int Random::Between(int low, int high) {
  return low + static_cast<int>(Below(static_cast<uint32_t>(high - low) + 1));
}

std::size_t Random::Weighted(absl::Span<const int> weights) {
  uint32_t total = 0;
  for (const int weight : weights) total += static_cast<uint32_t>(weight);
  uint32_t left = Below(total);
  std::size_t index = 0;
  while (left >= static_cast<uint32_t>(weights[index])) left -= static_cast<uint32_t>(weights[index++]);
  return index;
}

}  // namespace brokerage::demo
