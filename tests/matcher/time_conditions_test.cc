// Time, placements and referrals, at every border; and all that fails at once.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "matcher/conditions.h"
#include "tests/matcher/condition_cases.h"
#include "tests/matcher/situation.h"

namespace brokerage::matcher {
namespace {

using ::testing::ElementsAreArray;

TEST(TimeConditions, Coverage) {
  // Weekly, ten slots (300 minutes); the volunteer is free for `slots` of them.
  const auto weekly = [](int slots, uint32_t minimum_bp) {
    return [=](Situation& s) {
      s.opportunity.schedule = WeeklySchedule{SlotRange(kMondayNine, kMondayNine + 9)};
      s.opportunity.minimum_coverage_bp = minimum_bp;
      if (slots > 0) s.volunteer.free = SlotRange(kMondayNine, kMondayNine + slots - 1);
    };
  };
  const std::vector<std::string> fails = {"COVERAGE"};
  CheckConditions({{"half of it by default",
                    [](Situation& s) {
                      s.opportunity.schedule = WeeklySchedule{SlotRange(0, 9)};
                      s.volunteer.free = SlotRange(0, 4);
                    },
                    {}},
                   {"a slot less than half by default",
                    [](Situation& s) {
                      s.opportunity.schedule = WeeklySchedule{SlotRange(0, 9)};
                      s.volunteer.free = SlotRange(0, 3);
                    },
                    fails},
                   {"exactly 30 %", weekly(3, 3'000), {}},
                   {"a basis point more is asked", weekly(3, 3'001), fails},
                   {"a basis point less is asked", weekly(3, 2'999), {}},
                   {"all of it", weekly(10, 10'000), {}},
                   {"all but one", weekly(9, 10'000), fails},
                   {"a stated 0 is 0", weekly(0, 0), {}},
                   {"one basis point of nothing", weekly(0, 1), fails},
                   {"without a schedule it holds",
                    [](Situation& s) { s.opportunity.minimum_coverage_bp = 10'000; },
                    {}}});
}

TEST(TimeConditions, DoubleBooked) {
  // The role's session is on 17 June, 10:00 to 11:00 London, 09:00 to 10:00 UTC.
  const auto placement = [](Minute start, Minute end) {
    return [=](Situation& s) {
      SetSessions(s, {SummerSession(2026, 6, 17, 10, 0, 60)});
      s.opportunity.minimum_coverage_bp = 0;
      s.placements = {{"centres/ashford/opportunities/p", {{0, 1}, {start, end}}}};
    };
  };
  const Minute nine = MinuteAt(2026, 6, 17, 9);
  const std::vector<std::string> fails = {"DOUBLE_BOOKED"};
  CheckConditions(
      {{"ends as it starts", placement(nine - 60, nine), {}},
       {"ends a minute later", placement(nine - 60, nine + 1), fails},
       {"starts as it ends", placement(nine + 60, nine + 90), {}},
       {"starts a minute earlier", placement(nine + 59, nine + 90), fails},
       {"inside it", placement(nine + 10, nine + 11), fails},
       {"round it", placement(nine - 10, nine + 70), fails},
       {"the same", placement(nine, nine + 60), fails},
       {"another day", placement(nine + 1440, nine + 1500), {}},
       {"a session that is over does not count",
        [=](Situation& s) {
          SetSessions(s, {SummerSession(2026, 6, 10, 10, 0, 60), SummerSession(2026, 6, 17, 10, 0, 60)});
          s.opportunity.minimum_coverage_bp = 0;
          const Minute over = MinuteAt(2026, 6, 10, 9);
          s.placements = {{"centres/ashford/opportunities/p", {{over, over + 60}}}};
        },
        {}},
       {"a weekly role has no sessions",
        [=](Situation& s) {
          s.opportunity.schedule = WeeklySchedule{SlotRange(0, 1)};
          s.volunteer.free = SlotRange(0, 1);
          s.placements = {{"centres/ashford/opportunities/p", {{nine, nine + 60}}}};
        },
        {}}});
}

TEST(TimeConditions, AlreadyReferred) {
  const auto declined = [](Day after_today) {
    return [=](Situation& s) { s.declined_until = s.moment.today + after_today; };
  };
  CheckConditions({{"a live referral", [](Situation& s) { s.live_referral = true; }, {"ALREADY_REFERRED"}},
                   {"declined, counts until tomorrow", declined(1), {"ALREADY_REFERRED"}},
                   {"declined, counted until today", declined(0), {}},
                   {"declined, counted until yesterday", declined(-1), {}},
                   {"many connections", [](Situation& s) { s.connections = 1'000; }, {}}});
}

TEST(TimeConditions, AllThatFailAreTold) {
  Situation s = MatchingSituation();
  s.volunteer.state = VolunteerState::kLeft;
  s.opportunity.state = OpportunityState::kClosed;
  s.organisation = OrganisationStanding::kSuspended;
  s.volunteer.centre = "centres/dover";
  s.volunteer.travel_radius_m = 0;
  s.opportunity.skills = {{kCooking, 1, 3, true}};
  s.opportunity.required_check = {CheckLevel::kBasic, 0, 0};
  s.opportunity.minimum_age = 18;
  s.opportunity.licences = {1};
  s.opportunity.languages = {1};
  SetSessions(s, {SummerSession(2026, 6, 17, 10, 0, 60)});
  s.placements = {{"p", {{MinuteAt(2026, 6, 17), MinuteAt(2026, 6, 18)}}}};
  s.live_referral = true;
  EXPECT_THAT(s.Failing(),
              ElementsAreArray({"VOLUNTEER_NOT_AVAILABLE", "OPPORTUNITY_NOT_OPEN", "ORGANISATION_NOT_ACTIVE",
                                "NOT_SHARED", "TOO_FAR", "REQUIRED_SKILL", "CHECK_LEVEL", "AGE", "LICENCE",
                                "LANGUAGE", "COVERAGE", "DOUBLE_BOOKED", "ALREADY_REFERRED"}));
  s.opportunity.remote = true;
  EXPECT_THAT(s.Failing(),
              ElementsAreArray({"VOLUNTEER_NOT_AVAILABLE", "OPPORTUNITY_NOT_OPEN", "ORGANISATION_NOT_ACTIVE",
                                "NOT_SHARED", "REMOTE_NOT_WANTED", "REQUIRED_SKILL", "CHECK_LEVEL", "AGE",
                                "LICENCE", "LANGUAGE", "COVERAGE", "DOUBLE_BOOKED", "ALREADY_REFERRED"}));
}

}  // namespace
}  // namespace brokerage::matcher
