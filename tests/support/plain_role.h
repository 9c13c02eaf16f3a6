// The plain scorer's insides: an opportunity at a moment, and one pair with it.
#pragma once

#include <cstdint>
#include <vector>

#include "matcher/types.h"
#include "tests/support/plain_scorer.h"

namespace brokerage::support {

// Minutes that lie in the same slots.
struct Stretch {
  std::vector<int> slots;
  int64_t start = 0;
  int64_t minutes = 0;
};

struct PlainSession {
  int64_t start = 0;
  int64_t end = 0;
  int64_t day = 0;
  std::vector<Stretch> stretches;
};

// An opportunity at a moment.
struct PlainRole {
  const matcher::OpportunityFacts* facts = nullptr;
  int64_t as_of = 0;
  bool dated = false;
  std::vector<PlainSession> sessions;
  int64_t committed = 0;
  int64_t first_day = 0;
  int64_t last_day = 0;
};

// `opportunity` must outlive the result.
PlainRole RoleAt(const matcher::OpportunityFacts& opportunity, int64_t as_of);

int64_t CoveredOf(const PlainRole& role, const matcher::VolunteerFacts& volunteer);

PlainPair ScoreRole(const PlainWorld& world, const matcher::VolunteerFacts& volunteer, const PlainRole& role,
                    const matcher::Weights& weights);

}  // namespace brokerage::support
