// Ten thousand steps of several people at once, by chance: what must hold of referrals holds of all of them.
#include "tests/services/matching/referrals/referral_walk.h"

#include <gtest/gtest.h>

namespace brokerage::matching {
namespace {

constexpr int kActors = 4;
constexpr int kRounds = 10;
constexpr int kStepsOfARound = 250;  // each

TEST(ReferralWalk, WhateverTheyDoAtOnceTheWholeHolds) {
  ReferralWorld world;
  // Ten thousand steps of two hours at most are over a year: what is quiet for 90 days comes again.
  ReferralWalk walk(world, absl::Hours(2));
  for (int round = 0; round < kRounds; ++round) {
    SCOPED_TRACE(round);
    walk.Take(kActors, kStepsOfARound, 20'260'615 + static_cast<uint32_t>(round * kActors));
    walk.Check();
    if (::testing::Test::HasFailure()) break;
  }
  // Every step was taken, and refused.
  const auto counts = walk.counts();
  for (const ReferralStep& step : ReferralSteps()) {
    const std::string method(step.method);
    EXPECT_GT(counts.count(method), 0U) << method;
    EXPECT_GT(counts.count(method + " refused"), 0U) << method;
  }
}

}  // namespace
}  // namespace brokerage::matching
