// Who may ask about whom, and what other centres are not told.

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

#include "tests/services/matching/matches/match_service_fixture.h"

namespace brokerage::matching {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST_F(MatchServiceTest, AnotherCentresRoleIsPairedWithOnesOwnVolunteersOnly) {
  PutVolunteer(kAshford, "shared", 100, "sharing: SHARING_COUNTY");
  PutVolunteer(kDover, "own", 100);
  PutVolunteer("centres/swale", "third", 100, "sharing: SHARING_COUNTY");
  const auto dover = Match(world_.Reader(kDover), Request(kDover));
  ASSERT_TRUE(dover.ok()) << dover.status();
  EXPECT_EQ(Names(*dover), std::vector<std::string>{"centres/dover/volunteers/own"});
  const auto lead = Match(world_.Lead(), Request("centres/-"));
  ASSERT_TRUE(lead.ok());
  EXPECT_EQ(lead->matches_size(), 3);
  const auto as_dover = Match(world_.Lead(), Request(kDover));
  ASSERT_TRUE(as_dover.ok());
  EXPECT_EQ(Names(*as_dover), Names(*dover));
}

TEST_F(MatchServiceTest, DistancesAcrossCentresAreWholeKilometresFromTheOutcode) {
  PutVolunteer(kDover, "own", 1'234, "sharing: SHARING_COUNTY");
  const auto across = Match(world_.Reader(kAshford), Request());
  ASSERT_TRUE(across.ok());
  ASSERT_EQ(across->matches_size(), 1);
  EXPECT_EQ(across->matches(0).distance_m() % 1'000, 0);
  const auto other_side = Match(world_.Reader(kDover), Request(kDover));
  ASSERT_TRUE(other_side.ok());
  EXPECT_EQ(other_side->matches(0).distance_m(), across->matches(0).distance_m());
  EXPECT_EQ(other_side->matches(0).score_millionths(), across->matches(0).score_millionths());
}

TEST_F(MatchServiceTest, WhatIsNotVisibleDoesNotExist) {
  PutVolunteer(kDover, "hidden", 100);
  world_.Put(
      Parse<v1::Opportunity>("name: 'centres/dover/opportunities/private' title: 'P' state: STATE_OPEN"));
  const auto client = world_.Reader(kAshford);
  auto request = Request();
  for (const char* name : {"centres/dover/opportunities/private", "centres/dover/opportunities/none"}) {
    request.set_opportunity(name);
    const auto answer = Match(client, request);
    EXPECT_EQ(answer.status().code(), absl::StatusCode::kNotFound);
    EXPECT_EQ(answer.status().message(), absl::StrCat("There is no ", name, "."));
  }
  EXPECT_EQ(Explain(client, "centres/dover/volunteers/hidden").status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(Explain(client, "centres/dover/volunteers/none").status().code(), absl::StatusCode::kNotFound);
  v1::MatchOpportunitiesRequest opportunities;
  opportunities.set_parent(kAshford);
  opportunities.set_volunteer("centres/dover/volunteers/hidden");
  EXPECT_EQ(client.Call(&Stub::MatchOpportunities, opportunities).status().code(),
            absl::StatusCode::kNotFound);
}

TEST_F(MatchServiceTest, APairOfTwoOtherCentresIsNotExplained) {
  PutVolunteer(kDover, "shared", 100, "sharing: SHARING_COUNTY");
  EXPECT_TRUE(Explain(world_.Reader(kDover), "centres/dover/volunteers/shared").ok());
  EXPECT_TRUE(Explain(world_.Reader(kAshford), "centres/dover/volunteers/shared").ok());
  EXPECT_EQ(Explain(world_.Reader("centres/swale"), "centres/dover/volunteers/shared").status().code(),
            absl::StatusCode::kPermissionDenied);
  EXPECT_TRUE(Explain(world_.Lead(), "centres/dover/volunteers/shared").ok());
}

TEST_F(MatchServiceTest, OneActsForOnesOwnCentre) {
  EXPECT_EQ(Match(world_.Reader(kDover), Request(kAshford)).status().code(),
            absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(Match(world_.Reader(kDover), Request("centres/-")).status().code(),
            absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(Match(world_.Reader(kDover), Request("nonsense")).status().code(),
            absl::StatusCode::kInvalidArgument);
}

TEST_F(MatchServiceTest, ExplanationsToAnotherCentreKeepWhatIsPersonal) {
  PutVolunteer(kDover, "teen", 1'234,
               "sharing: SHARING_COUNTY date_of_birth { year: 2010 month: 3 day: 9 } "
               "checks { level: CHECK_LEVEL_BASIC issue_date { year: 2025 month: 2 day: 11 } "
               "expire_date { year: 2026 month: 6 day: 1 } }");
  auto role = Parse<v1::Opportunity>(RoleText("centres/ashford/opportunities/adult"));
  role.set_minimum_age(18);
  role.mutable_required_check()->set_level(common::v1::CHECK_LEVEL_BASIC);
  world_.Put(role);
  const auto answer = Explain(world_.Reader(kAshford), "centres/dover/volunteers/teen", role.name());
  ASSERT_TRUE(answer.ok()) << answer.status();
  const std::string text = answer->DebugString();
  for (const char* personal : {"2010", "16", "March", "February", "1 June", "51.1", "1.2 km", "1234"}) {
    EXPECT_THAT(text, Not(HasSubstr(personal)));
  }
}

}  // namespace
}  // namespace brokerage::matching
