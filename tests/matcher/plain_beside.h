// A random world as the plain scorer knows it, and lists as a question narrows them.
#pragma once

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "tests/matcher/random_world.h"
#include "tests/matcher/situation.h"
#include "tests/support/plain_scorer.h"

namespace brokerage::matcher {

// With the world's water, and nobody in it yet.
inline support::PlainWorld PlainWorldOf(const RandomWorld& world) {
  support::PlainWorld plain;
  plain.skills = TestSkills();
  plain.causes = TestCauses();
  std::vector<GeoPoint> crossings;
  for (const Crossing& crossing : world.crossings()) crossings.push_back(crossing.point);
  plain.water = {world.barriers(), crossings};
  return plain;
}

inline bool AccessSupported(const VolunteerFacts& volunteer, const OpportunityFacts& opportunity) {
  return std::all_of(volunteer.access_needs.begin(), volunteer.access_needs.end(), [&](AccessNeed need) {
    return std::count(opportunity.access_support.begin(), opportunity.access_support.end(), need) > 0;
  });
}

inline void KeepSupported(support::PlainList& list,
                          const std::function<bool(const std::string&)>& supported) {
  list.matches.erase(std::remove_if(list.matches.begin(), list.matches.end(),
                                    [&](const support::PlainMatch& match) { return !supported(match.name); }),
                     list.matches.end());
}

}  // namespace brokerage::matcher
