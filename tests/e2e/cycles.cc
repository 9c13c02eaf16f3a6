#include "tests/e2e/cycles.h"

#include <cstdlib>
#include <iostream>
#include <random>

#include "absl/strings/numbers.h"

namespace brokerage::e2e {
namespace {

uint64_t FromEnvironment(const char* name, uint64_t otherwise) {
  const char* text = std::getenv(name);
  uint64_t number = 0;
  return text != nullptr && absl::SimpleAtoi(text, &number) ? number : otherwise;
}

}  // namespace

int Cycles(int tenths) {
  const auto cycles = static_cast<int>(FromEnvironment("BROKERAGE_KILL_CYCLES", kCycles));
  return (cycles * tenths + 9) / 10;
}

uint64_t Seed() {
  const uint64_t seed = FromEnvironment("BROKERAGE_KILL_SEED", std::random_device{}());
  std::cout << "BROKERAGE_KILL_SEED=" << seed << std::endl;
  return seed;
}

}  // namespace brokerage::e2e
