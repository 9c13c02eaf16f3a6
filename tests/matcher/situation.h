// One pair and its surroundings, made to match, for tests to change a thing at a time.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "matcher/conditions.h"
#include "matcher/explain.h"
#include "matcher/taxonomy.h"
#include "matcher/types.h"
#include "matcher/world.h"

namespace brokerage::matcher {

// The test's skills: Practical {cooking {baking {pastry}}, driving}, Care {first aid {paediatric}}.
inline constexpr SkillId kPractical = 0;  // a group
inline constexpr SkillId kCooking = 1;
inline constexpr SkillId kBaking = 2;
inline constexpr SkillId kPastry = 3;
inline constexpr SkillId kDriving = 4;
inline constexpr SkillId kCare = 5;  // a group
inline constexpr SkillId kFirstAid = 6;
inline constexpr SkillId kPaediatric = 7;

// Causes: root {health {mental health {depression}, dementia}, environment}.
inline constexpr CauseId kRoot = 0;
inline constexpr CauseId kHealth = 1;
inline constexpr CauseId kMentalHealth = 2;
inline constexpr CauseId kDepression = 3;
inline constexpr CauseId kDementia = 4;
inline constexpr CauseId kEnvironment = 5;

std::vector<Taxonomy::Term> TestSkills();
std::vector<Taxonomy::Term> TestCauses();
const Taxonomies& TestTaxonomies();
std::shared_ptr<const World> TestWorld(Waters waters = {});

// Minutes and days of UTC.
Minute MinuteAt(int year, int month, int day, int hour = 0, int minute = 0);
Day DayAt(int year, int month, int day);

// Monday 15 June 2026, 09:00 UTC: 10:00 in London.
Moment TestMoment();

// `metres` due north of (or, negative, south of) the test's place, by the meridian.
GeoPoint North(double metres);

// Slots `first` to `last`, both included.
SlotSet SlotRange(int first, int last);
inline constexpr int kMondayNine = 18;  // 09:00 to 09:30
inline constexpr int kTuesday = 48;     // the day's first slot

// A session in London's summer time, spans and all, written out here rather than by schedule/: start and
// length on the half-hour.
Session SummerSession(int year, int month, int day, int local_hour, int local_minute, int minutes);

struct Situation {
  VolunteerFacts volunteer;
  OpportunityFacts opportunity;
  std::vector<HeldPlacement> placements;
  bool live_referral = false;
  std::optional<Day> declined_until;
  int64_t connections = 0;
  OrganisationStanding organisation = OrganisationStanding::kActive;
  Moment moment = TestMoment();
  Weights weights;
  Waters waters;  // none

  Explanation Explain() const;
  // The codes that fail, in their order.
  std::vector<std::string> Failing() const;
};

// An on-site role at the volunteer's door, of one centre, with nothing asked for.
Situation MatchingSituation();

using Adjust = std::function<void(Situation&)>;

// Makes the role a dated one.
void SetSessions(Situation& situation, std::vector<Session> sessions);

}  // namespace brokerage::matcher
