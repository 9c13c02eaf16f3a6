#include "tests/matcher/situation.h"

#include <chrono>
#include <cmath>
#include <utility>

namespace brokerage::matcher {
namespace {

constexpr GeoPoint kTestPlace = {511'500'000, 8'700'000};
constexpr double kMetresPerLatitudeUnit = 0.0111195079735;
constexpr Minute kSummerTime = 60;

}  // namespace

std::vector<Taxonomy::Term> TestSkills() {
  return {{std::nullopt, true}, {kPractical, false},  {kCooking, false}, {kBaking, false},
          {kPractical, false},  {std::nullopt, true}, {kCare, false},    {kFirstAid, false}};
}

std::vector<Taxonomy::Term> TestCauses() {
  return {{std::nullopt, true},   {kRoot, false},   {kHealth, false},
          {kMentalHealth, false}, {kHealth, false}, {kRoot, false}};
}

const Taxonomies& TestTaxonomies() {
  static const Taxonomies kTaxonomies{Taxonomy(TestSkills()), Taxonomy(TestCauses())};
  return kTaxonomies;
}

std::shared_ptr<const World> TestWorld(Waters waters) {
  return std::make_shared<const World>(World{TestTaxonomies(), std::move(waters)});
}

Day DayAt(int year, int month, int day) {
  const std::chrono::year_month_day date{std::chrono::year{year},
                                         std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  return static_cast<Day>(std::chrono::sys_days{date}.time_since_epoch().count());
}

Minute MinuteAt(int year, int month, int day, int hour, int minute) {
  return Minute{DayAt(year, month, day)} * 1440 + hour * 60 + minute;
}

Moment TestMoment() { return {MinuteAt(2026, 6, 15, 9), DayAt(2026, 6, 15)}; }

GeoPoint North(double metres) {
  return {kTestPlace.latitude_e7 + static_cast<int32_t>(std::lround(metres / kMetresPerLatitudeUnit)),
          kTestPlace.longitude_e7};
}

SlotSet SlotRange(int first, int last) {
  SlotSet slots;
  for (int slot = first; slot <= last; ++slot) slots.set(static_cast<std::size_t>(slot));
  return slots;
}

Session SummerSession(int year, int month, int day, int local_hour, int local_minute, int minutes) {
  Session session;
  session.local_date = DayAt(year, month, day);
  session.start_min = MinuteAt(year, month, day, local_hour, local_minute) - kSummerTime;
  session.end_min = session.start_min + minutes;
  for (Minute start = session.start_min; start < session.end_min; start += kSlotMinutes) {
    const Minute since_monday = start + kSummerTime - MinuteAt(2026, 6, 1);  // a Monday
    const Minute in_week = ((since_monday % kMinutesPerWeek) + kMinutesPerWeek) % kMinutesPerWeek;
    session.spans.push_back({static_cast<uint16_t>(in_week / kSlotMinutes), start, start + kSlotMinutes});
  }
  return session;
}

Explanation Situation::Explain() const {
  PairHistory history;
  history.held_placements = placements;
  history.live_referral = live_referral;
  history.declined_until = declined_until;
  history.connections = connections;
  return ExplainPair(volunteer, opportunity, history, organisation, *TestWorld(waters), moment, weights);
}

std::vector<std::string> Situation::Failing() const {
  const Explanation explanation = Explain();
  std::vector<std::string> codes;
  for (const Condition condition : kAllConditions) {
    if (!explanation.Holds(condition)) codes.push_back(std::string(ConditionCode(condition)));
  }
  return codes;
}

Situation MatchingSituation() {
  Situation situation;
  situation.volunteer.name = "centres/ashford/volunteers/v";
  situation.volunteer.centre = "centres/ashford";
  situation.volunteer.state = VolunteerState::kSearching;
  situation.volunteer.home = kTestPlace;
  situation.volunteer.outcode_centroid = North(-2'500);
  situation.volunteer.travel_radius_m = 8'000;
  situation.opportunity.name = "centres/ashford/opportunities/o";
  situation.opportunity.centre = "centres/ashford";
  situation.opportunity.organisation = "organisations/kitchen";
  situation.opportunity.state = OpportunityState::kOpen;
  situation.opportunity.place = kTestPlace;
  return situation;
}

void SetSessions(Situation& situation, std::vector<Session> sessions) {
  situation.opportunity.schedule = DatedSchedule{std::move(sessions)};
}

}  // namespace brokerage::matcher
