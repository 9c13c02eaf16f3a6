// Who and where the two sides are, at every border.
#include "matcher/conditions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "tests/matcher/condition_cases.h"
#include "tests/matcher/situation.h"

namespace brokerage::matcher {
namespace {

using ::testing::IsEmpty;

TEST(Conditions, TheTestsOwnPairMatches) { EXPECT_THAT(MatchingSituation().Failing(), IsEmpty()); }

TEST(Conditions, VolunteerNotAvailable) {
  const auto state = [](VolunteerState to) { return [to](Situation& s) { s.volunteer.state = to; }; };
  const auto placed = [](std::size_t placements, uint32_t limit) {
    return [=](Situation& s) {
      s.volunteer.state = VolunteerState::kPlaced;
      s.volunteer.placement_limit = limit;
      s.placements.resize(placements);
    };
  };
  CheckConditions({{"an enquiry", state(VolunteerState::kEnquiry), {"VOLUNTEER_NOT_AVAILABLE"}},
                   {"registered", state(VolunteerState::kRegistered), {"VOLUNTEER_NOT_AVAILABLE"}},
                   {"searching", state(VolunteerState::kSearching), {}},
                   {"on break", state(VolunteerState::kOnBreak), {"VOLUNTEER_NOT_AVAILABLE"}},
                   {"left", state(VolunteerState::kLeft), {"VOLUNTEER_NOT_AVAILABLE"}},
                   {"placed at the limit", placed(1, 1), {"VOLUNTEER_NOT_AVAILABLE"}},
                   {"placed one below", placed(1, 2), {}},
                   {"placed one above", placed(3, 2), {"VOLUNTEER_NOT_AVAILABLE"}},
                   {"placed, none held any more", placed(0, 1), {}},
                   {"a limit of none", placed(0, 0), {"VOLUNTEER_NOT_AVAILABLE"}},
                   {"searching with placements", [](Situation& s) { s.placements.resize(5); }, {}}});
}

TEST(Conditions, OpportunityNotOpen) {
  const auto state = [](OpportunityState to) { return [to](Situation& s) { s.opportunity.state = to; }; };
  const auto expires = [](Minute after_now) {
    return [=](Situation& s) { s.opportunity.expire_min = s.moment.as_of_min + after_now; };
  };
  const auto filled = [](uint32_t taken, uint32_t places) {
    return [=](Situation& s) {
      s.opportunity.places_filled = taken;
      s.opportunity.places = places;
    };
  };
  const std::vector<std::string> closed = {"OPPORTUNITY_NOT_OPEN"};
  CheckConditions({{"a draft", state(OpportunityState::kDraft), closed},
                   {"submitted", state(OpportunityState::kSubmitted), closed},
                   {"open", state(OpportunityState::kOpen), {}},
                   {"rejected", state(OpportunityState::kRejected), closed},
                   {"paused", state(OpportunityState::kPaused), closed},
                   {"filled", state(OpportunityState::kFilled), closed},
                   {"expired", state(OpportunityState::kExpired), closed},
                   {"closed", state(OpportunityState::kClosed), closed},
                   {"deleted", state(OpportunityState::kDeleted), closed},
                   {"expires in a minute", expires(1), {}},
                   {"expires now", expires(0), closed},
                   {"expired a minute ago", expires(-1), closed},
                   {"one place left", filled(2, 3), {}},
                   {"no place left", filled(3, 3), closed},
                   {"more filled than places", filled(4, 3), closed}});
}

TEST(Conditions, OpportunityNotOpenWithoutASessionToCome) {
  const auto starts = [](Minute after_now) {
    return [=](Situation& s) {
      Session session = SummerSession(2026, 6, 15, 10, 0, 60);
      s.moment.as_of_min = session.start_min - after_now;
      SetSessions(s, {session});
      s.opportunity.minimum_coverage_bp = 0;
    };
  };
  CheckConditions({{"starts in a minute", starts(1), {}},
                   {"starts now", starts(0), {}},
                   {"started a minute ago", starts(-1), {"OPPORTUNITY_NOT_OPEN"}},
                   {"no sessions", [](Situation& s) { SetSessions(s, {}); }, {"OPPORTUNITY_NOT_OPEN"}}});
}

TEST(Conditions, OrganisationNotActive) {
  const auto standing = [](OrganisationStanding to) { return [to](Situation& s) { s.organisation = to; }; };
  CheckConditions({{"unknown", standing(OrganisationStanding::kUnknown), {"ORGANISATION_NOT_ACTIVE"}},
                   {"active", standing(OrganisationStanding::kActive), {}},
                   {"suspended", standing(OrganisationStanding::kSuspended), {"ORGANISATION_NOT_ACTIVE"}},
                   {"deleted", standing(OrganisationStanding::kDeleted), {"ORGANISATION_NOT_ACTIVE"}}});
}

TEST(Conditions, NotShared) {
  const auto sharing = [](Sharing volunteer, Sharing opportunity) {
    return [=](Situation& s) {
      s.volunteer.centre = "centres/dover";
      s.volunteer.sharing = volunteer;
      s.opportunity.sharing = opportunity;
    };
  };
  CheckConditions(
      {{"two centres, neither shared", sharing(Sharing::kCentre, Sharing::kCentre), {"NOT_SHARED"}},
       {"the volunteer shared", sharing(Sharing::kCounty, Sharing::kCentre), {}},
       {"the role shared", sharing(Sharing::kCentre, Sharing::kCounty), {}},
       {"both shared", sharing(Sharing::kCounty, Sharing::kCounty), {}},
       {"one centre, neither shared", [](Situation& s) { s.volunteer.sharing = Sharing::kCentre; }, {}}});
}

TEST(Conditions, TooFar) {
  const auto away = [](double metres, std::optional<uint32_t> radius) {
    return [=](Situation& s) {
      s.opportunity.place = North(metres);
      s.volunteer.travel_radius_m = radius;
    };
  };
  const auto elsewhere = [](double metres_from_home, uint32_t radius) {
    return [=](Situation& s) {
      s.volunteer.centre = "centres/dover";
      s.volunteer.sharing = Sharing::kCounty;
      s.opportunity.place = North(metres_from_home);
      s.volunteer.travel_radius_m = radius;  // the centroid lies 2,500 m south of the home
    };
  };
  CheckConditions({{"at the radius", away(8'000, 8'000), {}},
                   {"a metre beyond", away(8'001, 8'000), {"TOO_FAR"}},
                   {"a metre within", away(7'999, 8'000), {}},
                   {"far beyond", away(80'000, 8'000), {"TOO_FAR"}},
                   {"radius 0 at the door", away(0, 0), {}},
                   {"radius 0, a metre away", away(1, 0), {"TOO_FAR"}},
                   {"no radius", away(0, std::nullopt), {"TOO_FAR"}},
                   {"home unknown", [](Situation& s) { s.volunteer.home.reset(); }, {"TOO_FAR"}},
                   {"place unknown", [](Situation& s) { s.opportunity.place.reset(); }, {"TOO_FAR"}},
                   {"another centre's: from the centroid", elsewhere(500, 3'000), {}},
                   {"another centre's: a metre beyond", elsewhere(501, 3'000), {"TOO_FAR"}},
                   {"another centre's: nearer to the centroid", elsewhere(-2'500, 0), {}},
                   {"another centre's: centroid unknown",
                    [](Situation& s) {
                      s.volunteer.centre = "centres/dover";
                      s.volunteer.sharing = Sharing::kCounty;
                      s.volunteer.outcode_centroid.reset();
                    },
                    {"TOO_FAR"}},
                   {"the own centre's: centroid unknown",
                    [](Situation& s) { s.volunteer.outcode_centroid.reset(); },
                    {}}});
}

TEST(Conditions, RemoteNotWanted) {
  const auto remote = [](bool accepts) {
    return [=](Situation& s) {
      s.opportunity.remote = true;
      s.opportunity.place.reset();
      s.volunteer.home.reset();
      s.volunteer.travel_radius_m.reset();
      s.volunteer.accepts_remote = accepts;
    };
  };
  CheckConditions({{"remote, accepted, with nothing known of places", remote(true), {}},
                   {"remote, not accepted", remote(false), {"REMOTE_NOT_WANTED"}},
                   {"on site, remote accepted", [](Situation& s) { s.volunteer.accepts_remote = true; }, {}},
                   {"remote wanted only, the role on site",
                    [](Situation& s) {
                      s.volunteer.accepts_remote = true;
                      s.volunteer.travel_radius_m.reset();
                    },
                    {"TOO_FAR"}}});
}

}  // namespace
}  // namespace brokerage::matcher
