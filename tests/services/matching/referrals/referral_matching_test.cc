// What matching makes of referrals: while one lives, after a no, of placements and of connections. The same
// after a start from what is stored.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

#include "base/clock.h"
#include "tests/services/matching/referrals/referral_world.h"

namespace brokerage::matching {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using v1::Referral;

class ReferralMatching : public ReferralTest {
 protected:
  // What fails of the pair, by the running service and by one that has just read the store.
  std::vector<std::string> Failing(const std::string& volunteer, const std::string& role) {
    const auto running = world_.Failing(volunteer, role);
    world_.Restart();
    EXPECT_EQ(world_.Failing(volunteer, role), running);
    return running;
  }

  std::string Evening(int day, const std::string& more = "") {  // of June 2026, from 18:00 UTC, an hour long
    const int64_t start =
        absl::ToUnixSeconds(absl::FromCivil(absl::CivilSecond(2026, 6, day, 18, 0, 0), absl::UTCTimeZone()));
    return absl::StrCat("schedule { dated { sessions { start_time { seconds: ", start,
                        " } duration { seconds: 3600 } } } } minimum_coverage_bp: 0 ", more);
  }
};

TEST_F(ReferralMatching, ALiveReferralIsInTheWayOfAnotherOfItsPairAlone) {
  const std::string volunteer = world_.Volunteer(kAshford, "placement_limit: 2");
  const std::string role = world_.Role(kAshford);
  const std::string other = world_.Role(kDover);
  EXPECT_THAT(Failing(volunteer, role), IsEmpty());
  const std::string name = world_.At(Referral::STAGE_SHORTLISTED, volunteer, role);
  EXPECT_THAT(Failing(volunteer, role), ElementsAre("ALREADY_REFERRED"));
  EXPECT_THAT(Failing(volunteer, other), IsEmpty());
  for (const char* step :
       {"OfferReferral", "RecordConsent", "IntroduceVolunteer", "AcknowledgeReferral", "PlaceVolunteer"}) {
    world_.Done(step, name);
    EXPECT_THAT(Failing(volunteer, role), ElementsAre("ALREADY_REFERRED")) << step;
  }
  world_.Done("EndPlacement", name);
  EXPECT_THAT(Failing(volunteer, role), IsEmpty());
}

TEST_F(ReferralMatching, ANoByEitherKeepsThePairQuietForNinetyDays) {
  for (const char* side : {"SIDE_VOLUNTEER", "SIDE_ORGANISATION"}) {
    const std::string volunteer = world_.Volunteer(kAshford);
    const std::string role = world_.Role(kAshford);
    const std::string name = world_.At(Referral::STAGE_OFFERED, volunteer, role);
    world_.Done("DeclineReferral", name, std::string("declined_by: ") + side);
    EXPECT_EQ(Referral::Side_Name(world_.Referral(name).history().rbegin()->declined_by()), side);
    const absl::CivilDay day = base::LondonDate(world_.clock.Now());
    // By London's days: the last minute of the 89th, and the first of the 90th.
    world_.clock.Set(absl::FromCivil(day + 90, base::LondonTimeZone()) - absl::Minutes(1));
    EXPECT_THAT(Failing(volunteer, role), ElementsAre("ALREADY_REFERRED"));
    world_.clock.Advance(absl::Minutes(1));
    EXPECT_THAT(Failing(volunteer, role), IsEmpty());
    EXPECT_TRUE(world_.Shortlist(kAshford, volunteer, role).ok());
  }
}

TEST_F(ReferralMatching, WhatIsNoNoKeepsNothingQuiet) {
  for (const char* reason : {"REASON_NO_RESPONSE", "REASON_MADE_IN_ERROR"}) {
    const std::string volunteer = world_.Volunteer(kAshford);
    const std::string role = world_.Role(kAshford);
    world_.Done("DeclineReferral", world_.At(Referral::STAGE_OFFERED, volunteer, role),
                std::string("reason: ") + reason);
    EXPECT_THAT(Failing(volunteer, role), IsEmpty()) << reason;
  }
}

TEST_F(ReferralMatching, APlacementTakesItsSessionsAndCounts) {
  const std::string held = world_.Role(kAshford, Evening(22));
  const std::string clashing = world_.Role(kDover, Evening(22));
  const std::string later = world_.Role(kDover, Evening(23));
  const std::string busy = world_.Volunteer(kAshford);
  const std::string eager = world_.Volunteer(kAshford, "placement_limit: 2");
  const std::string acknowledged = world_.At(Referral::STAGE_ACKNOWLEDGED, busy, held);
  EXPECT_THAT(Failing(busy, clashing), IsEmpty());
  world_.Done("PlaceVolunteer", acknowledged);
  const std::string placed = world_.At(Referral::STAGE_PLACED, eager, held);
  EXPECT_THAT(Failing(busy, clashing), ElementsAre("VOLUNTEER_NOT_AVAILABLE", "DOUBLE_BOOKED"));
  EXPECT_THAT(Failing(busy, later), ElementsAre("VOLUNTEER_NOT_AVAILABLE"));
  EXPECT_THAT(Failing(eager, clashing), ElementsAre("DOUBLE_BOOKED"));
  EXPECT_THAT(Failing(eager, later), IsEmpty());
  world_.Done("EndPlacement", placed);
  EXPECT_THAT(Failing(eager, clashing), IsEmpty());
}

TEST_F(ReferralMatching, APlacementMovesWithItsRole) {
  const std::string held = world_.Role(kAshford, Evening(22));
  const std::string on_22 = world_.Role(kDover, Evening(22));
  const std::string on_23 = world_.Role(kDover, Evening(23));
  const std::string volunteer = world_.Volunteer(kAshford, "placement_limit: 2");
  world_.At(Referral::STAGE_PLACED, volunteer, held);
  auto moved = world_.RoleAt(held);
  moved.clear_schedule();
  moved.MergeFrom(Parse<v1::Opportunity>(Evening(23)));
  world_.Put(moved);
  EXPECT_THAT(Failing(volunteer, on_22), IsEmpty());
  EXPECT_THAT(Failing(volunteer, on_23), ElementsAre("DOUBLE_BOOKED"));
}

TEST_F(ReferralMatching, EachConnectionLowersARoleALittle) {
  const std::string role = world_.Role(kAshford, "places: 1");
  const std::string seeker = world_.Volunteer(kAshford);
  const auto shown_rank = [&] {
    const auto list = Ask(world_.Lead(), &Matches::MatchOpportunities,
                          "parent: 'centres/ashford' volunteer: '" + seeker + "'");
    EXPECT_TRUE(list.ok()) << list.status();
    EXPECT_EQ(list->matches_size(), 1);
    return list->matches_size() == 1 ? list->matches(0).shown_rank_millionths() : -1;
  };
  EXPECT_EQ(shown_rank(), 1'000'000);
  const std::string name = world_.At(Referral::STAGE_CONSENTED, world_.Volunteer(kAshford), role);
  EXPECT_EQ(shown_rank(), 1'000'000);
  world_.Done("IntroduceVolunteer", name);
  EXPECT_EQ(shown_rank(), 800'000);  // R(1,000,000 · 10,000, 10,000 + 2,500)
  // What came to nothing was a connection all the same.
  world_.Done("DeclineReferral", name);
  world_.Restart();
  EXPECT_EQ(shown_rank(), 800'000);
  // Deleted and brought back, it is what it was.
  ASSERT_TRUE(Ask(world_.Lead(), &Opportunities::DeleteOpportunity, "name: '" + role + "'").ok());
  ASSERT_TRUE(Ask(world_.Lead(), &Opportunities::UndeleteOpportunity, "name: '" + role + "'").ok());
  EXPECT_EQ(shown_rank(), 800'000);
}

}  // namespace
}  // namespace brokerage::matching
