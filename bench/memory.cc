#include "bench/memory.h"

#include <algorithm>
#include <bit>
#include <chrono>
#include <limits>
#include <memory>
#include <new>
#include <sys/mman.h>

#include "bench/draws.h"

namespace brokerage::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kPasses = 7;
constexpr std::size_t kAhead = 24;  // lines asked for before they are read
constexpr std::size_t kHugePage = 2 << 20;
constexpr std::size_t kWordsPerLine = kLineBytes / sizeof(uint64_t);

double Seconds(Clock::time_point since) {
  return std::chrono::duration<double>(Clock::now() - since).count();
}

// Enough sums at once for the widest vectors to be filled.
__attribute__((target_clones("avx512f", "avx2", "default"), optimize("O3"))) uint64_t SumOf(
    const uint64_t* words, std::size_t count) {
  uint64_t sums[4 * kWordsPerLine] = {};
  for (std::size_t i = 0; i < count; i += 4 * kWordsPerLine) {
    for (std::size_t j = 0; j < 4 * kWordsPerLine; ++j) sums[j] += words[i + j];
  }
  uint64_t sum = 0;
  for (const uint64_t each : sums) sum += each;
  return sum;
}

}  // namespace

MemorySpeed MeasureMemory(std::size_t bytes) {
  const std::size_t count = bytes / sizeof(uint64_t);
  const std::size_t lines = std::bit_floor(count / kWordsPerLine);  // so that a mask finds one
  const std::unique_ptr<uint64_t[], void (*)(uint64_t*)> words(
      static_cast<uint64_t*>(::operator new(bytes, std::align_val_t(kHugePage))),
      [](uint64_t* memory) { ::operator delete(memory, std::align_val_t(kHugePage)); });
  madvise(words.get(), bytes, MADV_HUGEPAGE);
  for (std::size_t i = 0; i < count; ++i) words[i] = i;

  double sequential_s = std::numeric_limits<double>::max();
  double random_s = std::numeric_limits<double>::max();
  volatile uint64_t kept = 0;  // so that nothing is left out as unused
  for (int pass = 0; pass < kPasses; ++pass) {
    auto begin = Clock::now();
    kept = kept + SumOf(words.get(), count);
    sequential_s = std::min(sequential_s, Seconds(begin));

    begin = Clock::now();
    uint64_t sum = 0;
    const auto line = [&](std::size_t i) { return words.get() + (Mix(i) & (lines - 1)) * kWordsPerLine; };
    for (std::size_t i = 0; i < lines; ++i) {
      __builtin_prefetch(line(i + kAhead));
      sum += *line(i);
    }
    kept = kept + sum;
    random_s = std::min(random_s, Seconds(begin));
  }
  return {static_cast<double>(bytes) / sequential_s / 1e9, random_s * 1e9 / static_cast<double>(lines)};
}

}  // namespace brokerage::bench
