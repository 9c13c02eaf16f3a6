// How long the kill tests go on, and which course they take: tests/kill sets it, the suite has its own.
#pragma once

#include <cstdint>

namespace brokerage::e2e {

// All kill tests together.
inline constexpr int kCycles = 20;

// Of BROKERAGE_KILL_CYCLES, or kCycles, the part that a test with `tenths` of them runs; at least 1.
int Cycles(int tenths);

// BROKERAGE_KILL_SEED, or a random one; printed, so that a failure can be followed.
uint64_t Seed();

}  // namespace brokerage::e2e
