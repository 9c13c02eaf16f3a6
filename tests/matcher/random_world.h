// Small random worlds that seek the borders: few places, few days, few ids, so that things meet, tie and just
// miss.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "matcher/index.h"
#include "matcher/taxonomy.h"
#include "matcher/types.h"
#include "matcher/waters.h"

namespace brokerage::matcher {

// The same seed makes the same world. Uses the test's taxonomies (situation.h).
class RandomWorld {
 public:
  // With `volunteers` or `opportunities`, so many of their names are in use, and Populate fills them all;
  // without, a few that often meet.
  explicit RandomWorld(uint64_t seed, int volunteers = 0, int opportunities = 0);

  // A world from nothing: volunteers, opportunities, organisations, histories, connections; sometimes an
  // empty side.
  std::vector<Change> Populate();
  // One to four changes of what is there.
  std::vector<Change> Disturb();

  // The water between its places. The same for all of its days; often none.
  const std::vector<Barrier>& barriers() const { return barriers_; }
  const std::vector<Crossing>& crossings() const { return crossings_; }
  const Waters& waters() const { return waters_; }

  Moment AMoment();
  Weights SomeWeights();
  Visibility SomeVisibility();
  OpportunityFacts ADraft();
  // A display name or a title.
  std::string ALabel();
  VolunteerFacts AVolunteer();
  std::string VolunteerName();
  std::string OpportunityName();
  uint64_t Below(uint64_t limit) { return std::uniform_int_distribution<uint64_t>(0, limit - 1)(random_); }
  bool Chance(int percent) { return Below(100) < static_cast<uint64_t>(percent); }

 private:
  template <typename T>
  const T& OneOf(const std::vector<T>& list) {
    return list[Below(list.size())];
  }

  OpportunityFacts AnOpportunity(std::string name);
  VolunteerFacts AVolunteerNamed(std::string name);
  SetVolunteerHistory AHistory();
  std::string Centre() { return OneOf(centres_); }
  GeoPoint APlace();
  GeoPoint APointAmongThem();
  void AddWater();
  SlotSet SomeSlots();
  std::vector<Interval> SomeIntervals();
  Schedule ASchedule();
  Minute AStart();
  Day ADay();
  Change AChange();

  std::mt19937_64 random_;
  std::vector<std::string> centres_;
  std::vector<std::string> ids_;
  std::vector<std::string> volunteer_names_;    // empty: of ids_
  std::vector<std::string> opportunity_names_;  // the same
  std::vector<GeoPoint> places_;
  std::vector<Barrier> barriers_;
  std::vector<Crossing> crossings_;
  Waters waters_;
  Day base_day_ = 0;
  bool flat_ = false;  // everyone much alike: mass ties
};

}  // namespace brokerage::matcher
