// Checks, licences, ages, coverage and double booking of roles that recur: judged on each session's date.
//
// The role: every Tuesday from 16 June 2026, 19:00 to 21:00 in London. Asked on 15 June, twelve sessions
// count: the last is that of 1 September, within 84 days of the first.
#include <functional>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "matcher/explain.h"
#include "services/matching/convert/facts.h"
#include "services/matching/convert/times.h"
#include "tests/services/matching/convert/recurring.h"

namespace brokerage::matching {
namespace {

using matcher::Condition;

constexpr int kTuesdaySeven = 48 + 38;  // 19:00 to 19:30

matcher::Day Day(const std::string& date) {
  return static_cast<matcher::Day>(MinuteOf(date + " 00:00") / 1'440);
}

struct Case {
  std::string what;
  Condition condition;
  bool holds;
  std::function<void(matcher::VolunteerFacts&, matcher::OpportunityFacts&)> adjust;
  v1::Schedule schedule = Recurring("2026-06-16 18:00", 120, "FREQ=WEEKLY");
  std::string now = "2026-06-15 10:00";
};

matcher::Explanation Explain(const Case& test, const std::vector<matcher::HeldPlacement>& placements = {}) {
  static const ReferenceTables tables = ShippedTables(reference::KentDistricts());
  static const auto world = MakeWorld(tables, reference::Waters());
  matcher::VolunteerFacts volunteer;
  volunteer.centre = "centres/ashford";
  volunteer.state = matcher::VolunteerState::kSearching;
  volunteer.accepts_remote = true;
  volunteer.free.set();
  matcher::OpportunityFacts role;
  role.centre = "centres/ashford";
  role.state = matcher::OpportunityState::kOpen;
  role.remote = true;
  role.schedule = ToFacts(test.schedule, Utc(test.now));
  if (test.adjust) test.adjust(volunteer, role);
  matcher::PairHistory history;
  history.held_placements = placements;
  return matcher::ExplainPair(volunteer, role, history, matcher::OrganisationStanding::kActive, *world,
                              MomentAt(Utc(test.now)), matcher::Weights());
}

auto Check(const std::string& issued, const std::string& expires) {
  return [=](matcher::VolunteerFacts& volunteer, matcher::OpportunityFacts& role) {
    role.required_check.level = matcher::CheckLevel::kEnhanced;
    volunteer.checks = {{matcher::CheckLevel::kEnhanced, 0, 0, Day(issued), Day(expires)}};
  };
}
auto Licence(const std::string& expires) {
  return [=](matcher::VolunteerFacts& volunteer, matcher::OpportunityFacts& role) {
    role.licences = {1};
    volunteer.licences = {{1, Day(expires)}};
  };
}
auto Age(std::optional<uint32_t> minimum, std::optional<uint32_t> maximum, matcher::BirthDate birth) {
  return [=](matcher::VolunteerFacts& volunteer, matcher::OpportunityFacts& role) {
    role.minimum_age = minimum;
    role.maximum_age = maximum;
    volunteer.birth_date = birth;
  };
}
// Free on Tuesday evenings only, but for so many whole sessions' time.
auto Away(std::vector<matcher::Interval> away) {
  return [=](matcher::VolunteerFacts& volunteer, matcher::OpportunityFacts& role) {
    role.minimum_coverage_bp = 10'000;
    volunteer.free.reset();
    for (int slot = kTuesdaySeven; slot < kTuesdaySeven + 4; ++slot)
      volunteer.free.set(static_cast<std::size_t>(slot));
    volunteer.away = away;
  };
}

TEST(RecurringRoles, AreJudgedOnEachSessionsDate) {
  const v1::Schedule three = Recurring("2026-06-16 18:00", 120, "FREQ=WEEKLY;COUNT=3");
  const v1::Schedule without_last = Recurring("2026-06-16 18:00", 120, "FREQ=WEEKLY", {"2026-09-01 18:00"});
  const v1::Schedule without_first = Recurring("2026-06-16 18:00", 120, "FREQ=WEEKLY", {"2026-06-16 18:00"});
  const v1::Schedule autumn = Recurring("2026-10-20 18:00", 120, "FREQ=WEEKLY");
  const std::vector<Case> cases = {
      {"a check to the last session", Condition::kCheckLevel, true, Check("2026-06-16", "2026-09-01")},
      {"a check to the day before", Condition::kCheckLevel, false, Check("2026-06-16", "2026-08-31")},
      {"a check from after the first", Condition::kCheckLevel, false, Check("2026-06-17", "2026-09-01")},
      {"the same, the first being left out", Condition::kCheckLevel, true, Check("2026-06-17", "2026-09-08"),
       without_first},
      {"a check to the day before a last that is left out", Condition::kCheckLevel, true,
       Check("2026-06-16", "2026-08-25"), without_last},
      {"a check to the end of a short series", Condition::kCheckLevel, true,
       Check("2026-06-16", "2026-06-30"), three},
      {"a check to the day before it", Condition::kCheckLevel, false, Check("2026-06-16", "2026-06-29"),
       three},
      {"a check to the last session, asked a week later", Condition::kCheckLevel, false,
       Check("2026-06-16", "2026-09-01"), Recurring("2026-06-16 18:00", 120, "FREQ=WEEKLY"),
       "2026-06-22 10:00"},
      {"a licence to the last session", Condition::kLicence, true, Licence("2026-09-01")},
      {"a licence to the day before", Condition::kLicence, false, Licence("2026-08-31")},
      {"18 on the first", Condition::kAge, true, Age(18, std::nullopt, {2008, 6, 16})},
      {"18 the day after", Condition::kAge, false, Age(18, std::nullopt, {2008, 6, 17})},
      {"18 the day after a first that is left out", Condition::kAge, true,
       Age(18, std::nullopt, {2008, 6, 17}), without_first},
      {"17 until after the last", Condition::kAge, true, Age(std::nullopt, 17, {2008, 9, 2})},
      {"18 on the last", Condition::kAge, false, Age(std::nullopt, 17, {2008, 9, 1})},
      {"18 on the last, and it is left out", Condition::kAge, true, Age(std::nullopt, 17, {2008, 9, 1}),
       without_last},
      {"free for all of them", Condition::kCoverage, true, Away({})},
      {"away for one minute of one", Condition::kCoverage, false,
       Away({{MinuteOf("2026-07-14 19:59"), MinuteOf("2026-07-14 20:00")}})},
      {"away between two", Condition::kCoverage, true,
       Away({{MinuteOf("2026-07-14 20:00"), MinuteOf("2026-07-21 18:00")}})},
      {"away after the last that counts", Condition::kCoverage, true,
       Away({{MinuteOf("2026-09-01 20:00"), MinuteOf("2027-09-01 18:00")}})},
      {"free on the same evenings in winter", Condition::kCoverage, true, Away({}), autumn,
       "2026-10-19 10:00"},
      {"a session to come", Condition::kOpportunityNotOpen, true, nullptr, three, "2026-06-30 18:00"},
      {"none to come", Condition::kOpportunityNotOpen, false, nullptr, three, "2026-06-30 18:01"},
  };
  for (const Case& test : cases) EXPECT_EQ(Explain(test).Holds(test.condition), test.holds) << test.what;
}

TEST(RecurringRoles, ExplanationsNameTheSession) {
  Case test{"", Condition::kCheckLevel, false, Check("2026-06-16", "2026-08-31")};
  const matcher::Explanation check = Explain(test);
  ASSERT_TRUE(check.check.paper.session.has_value());
  EXPECT_EQ(check.check.paper.session->number, 12);
  EXPECT_EQ(check.check.paper.session->day, Day("2026-09-01"));
  test.adjust = Away({{MinuteOf("2026-07-14 00:00"), MinuteOf("2026-07-22 00:00")}});
  const matcher::Explanation coverage = Explain(test);
  EXPECT_EQ(coverage.coverage.sessions, 12);
  EXPECT_EQ(coverage.coverage.sessions_covered, 10);
  EXPECT_EQ(coverage.coverage.covered_minutes, 1'200);
  EXPECT_EQ(coverage.coverage.committed_minutes, 1'440);
}

TEST(RecurringRoles, AreNotBookedTwice) {
  struct Booking {
    std::string what;
    std::string from;
    std::string to;
    int64_t clash;  // the number of the session that overlaps; 0: none does
  };
  const auto try_all = [](const Case& test, const std::vector<Booking>& bookings) {
    for (const Booking& booking : bookings) {
      const matcher::Explanation explanation = Explain(
          test, {{"centres/ashford/opportunities/held", {{MinuteOf(booking.from), MinuteOf(booking.to)}}}});
      EXPECT_EQ(explanation.Holds(Condition::kDoubleBooked), booking.clash == 0) << booking.what;
      const auto& clash = explanation.placements.clash;
      EXPECT_EQ(clash.has_value() ? clash->number : 0, booking.clash) << booking.what;
    }
  };
  try_all({"", Condition::kDoubleBooked, true, nullptr},
          {{"ends when the ninth begins", "2026-08-11 10:00", "2026-08-11 18:00", 0},
           {"ends a minute later", "2026-08-11 10:00", "2026-08-11 18:01", 9},
           {"begins when the ninth ends", "2026-08-11 20:00", "2026-08-11 22:00", 0},
           {"begins a minute before", "2026-08-11 19:59", "2026-08-11 22:00", 9},
           {"on the first evening", "2026-06-16 18:00", "2026-06-16 20:00", 1},
           {"the week before", "2026-06-09 18:00", "2026-06-09 20:00", 0},
           {"on the last evening that counts", "2026-09-01 18:00", "2026-09-01 20:00", 12},
           {"beyond what counts", "2026-09-08 18:00", "2026-09-08 20:00", 0}});
  // The clock goes back on 25 October: 19:00 is 18:00 UTC before it and 19:00 UTC after.
  try_all({"", Condition::kDoubleBooked, true, nullptr, Recurring("2026-10-20 18:00", 60, "FREQ=WEEKLY"),
           "2026-10-19 10:00"},
          {{"in summer time", "2026-10-20 18:00", "2026-10-20 19:00", 1},
           {"the UTC time of summer, in winter", "2026-10-27 18:00", "2026-10-27 19:00", 0},
           {"in winter", "2026-10-27 19:00", "2026-10-27 20:00", 2}});
  try_all({"", Condition::kDoubleBooked, true, nullptr,
           Recurring("2026-06-16 18:00", 120, "FREQ=WEEKLY", {"2026-08-11 18:00"})},
          {{"when a session is left out", "2026-08-11 18:00", "2026-08-11 20:00", 0}});
}

}  // namespace
}  // namespace brokerage::matching
