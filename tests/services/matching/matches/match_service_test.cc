// MatchingService beside the lists themselves: who may ask what, pages, moments, freshness, drafts,
// explanations.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>
#include <string>
#include <vector>

#include "google/protobuf/text_format.h"

#include "base/errors.h"
#include "tests/services/matching/matches/match_world.h"

namespace brokerage::matching {
namespace {

using Stub = v1::MatchingService::Stub;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kAshford[] = "centres/ashford";
constexpr char kDover[] = "centres/dover";
constexpr char kRole[] = "centres/ashford/opportunities/role";

template <typename Message>
Message Parse(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  return message;
}

class MatchServiceTest : public ::testing::Test {
 protected:
  MatchServiceTest() : world_(absl::FromUnixSeconds(1'781'517'629)) {  // 2026-06-15T10:00:29Z
    world_.PutOrganisation("organisations/o", registry::v1::Organisation::STATE_ACTIVE);
    world_.Put(Parse<v1::Opportunity>(RoleText(kRole)));
  }

  static std::string RoleText(const std::string& name) {
    return "name: '" + name +
           "' title: 'Role' organisation: 'organisations/o' state: STATE_OPEN sharing: SHARING_COUNTY "
           "place { latitude: 51.1465 longitude: 0.8751 }";
  }
  // Searching, `metres` north of the role.
  static std::string VolunteerText(const std::string& centre, const std::string& id, int metres,
                                   const std::string& more = "") {
    return "name: '" + centre + "/volunteers/" + id + "' display_name: 'V " + id +
           "' state: STATE_SEARCHING travel_radius_m: 20000 home { latitude: " +
           std::to_string(51.1465 + metres / 111'195.0) + " longitude: 0.8751 } " + more;
  }
  std::string PutVolunteer(const std::string& centre, const std::string& id, int metres,
                           const std::string& more = "") {
    return world_.Put(Parse<v1::Volunteer>(VolunteerText(centre, id, metres, more)));
  }

  static v1::MatchVolunteersRequest Request(const std::string& parent = kAshford) {
    v1::MatchVolunteersRequest request;
    request.set_parent(parent);
    request.set_opportunity(kRole);
    return request;
  }
  absl::StatusOr<v1::MatchVolunteersResponse> Match(const support::Client& client,
                                                    const v1::MatchVolunteersRequest& request) {
    return client.Call(&Stub::MatchVolunteers, request);
  }
  absl::StatusOr<v1::ExplainMatchResponse> Explain(const support::Client& client,
                                                   const std::string& volunteer,
                                                   const std::string& opportunity = kRole) {
    v1::ExplainMatchRequest request;
    request.set_volunteer(volunteer);
    request.set_opportunity(opportunity);
    return client.Call(&Stub::ExplainMatch, request);
  }
  static std::vector<std::string> Names(const v1::MatchVolunteersResponse& response) {
    std::vector<std::string> names;
    for (const auto& match : response.matches()) names.push_back(match.volunteer());
    return names;
  }

  MatchWorld world_;
};

TEST_F(MatchServiceTest, AnswersCarryTheirMomentWeightSetAndRevision) {
  PutVolunteer(kAshford, "a", 1'000);
  const auto answer = Match(world_.Reader(kAshford), Request());
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->as_of().seconds(), 1'781'517'600);  // cut to the minute
  EXPECT_EQ(answer->weight_set(), "weightSets/default");
  EXPECT_FALSE(answer->index_revision().empty());
  EXPECT_FALSE(answer->has_considered_count());
  ASSERT_EQ(answer->matches_size(), 1);
  EXPECT_EQ(answer->matches(0).display_name(), "V a");
  EXPECT_EQ(answer->matches(0).opportunity(), kRole);
  EXPECT_DOUBLE_EQ(answer->matches(0).score() * 1e6,
                   static_cast<double>(answer->matches(0).score_millionths()));
}

TEST_F(MatchServiceTest, CountsAreGivenWhenAskedFor) {
  PutVolunteer(kAshford, "a", 1'000);
  PutVolunteer(kAshford, "far", 50'000);
  PutVolunteer(kDover, "hidden", 1'000);
  auto request = Request();
  request.set_include_counts(true);
  const auto answer = Match(world_.Reader(kAshford), request);
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->considered_count(), 2);
  EXPECT_EQ(answer->eligible_count(), 1);
}

TEST_F(MatchServiceTest, PagesTogetherAreTheWholeList) {
  for (int i = 0; i < 23; ++i) PutVolunteer(kAshford, "v" + std::to_string(i), 100 * (i % 5));  // with ties
  const auto client = world_.Reader(kAshford);
  const auto whole = Match(client, Request());
  ASSERT_TRUE(whole.ok());
  ASSERT_EQ(whole->matches_size(), 23);
  std::vector<std::string> names;
  auto request = Request();
  request.set_page_size(4);
  do {
    const auto page = Match(client, request);
    ASSERT_TRUE(page.ok()) << page.status();
    EXPECT_LE(page->matches_size(), 4);
    for (const auto& name : Names(*page)) names.push_back(name);
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(names, Names(*whole));
}

TEST_F(MatchServiceTest, LaterPagesAreOfTheFirstPagesMoment) {
  for (int i = 0; i < 3; ++i) PutVolunteer(kAshford, "v" + std::to_string(i), 100);
  const auto client = world_.Reader(kAshford);
  auto request = Request();
  request.set_page_size(1);
  const auto first = Match(client, request);
  ASSERT_TRUE(first.ok());
  world_.clock.Advance(absl::Minutes(59));
  request.set_page_token(first->next_page_token());
  const auto second = Match(client, request);
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_EQ(second->as_of().seconds(), first->as_of().seconds());
}

TEST_F(MatchServiceTest, APageTokenOutlivesARestartButNotAnHour) {
  for (int i = 0; i < 3; ++i) PutVolunteer(kAshford, "v" + std::to_string(i), 100);
  auto request = Request();
  request.set_page_size(1);
  const auto first = Match(world_.Reader(kAshford), request);
  ASSERT_TRUE(first.ok());
  request.set_page_token(first->next_page_token());
  world_.Restart();
  EXPECT_TRUE(Match(world_.Reader(kAshford), request).ok());
  world_.clock.Advance(absl::Hours(1));
  EXPECT_TRUE(Match(world_.Reader(kAshford), request).ok());
  world_.clock.Advance(absl::Milliseconds(1));
  const auto late = Match(world_.Reader(kAshford), request);
  EXPECT_EQ(late.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(base::ReasonOf(late.status()), base::reason::kPageTokenExpired);
}

TEST_F(MatchServiceTest, APageTokenIsGoodForItsRequestAndCallerOnly) {
  for (int i = 0; i < 3; ++i) PutVolunteer(kAshford, "v" + std::to_string(i), 100, "sharing: SHARING_COUNTY");
  auto request = Request();
  request.set_page_size(1);
  const auto first = Match(world_.Reader(kAshford), request);
  ASSERT_TRUE(first.ok());
  request.set_page_token(first->next_page_token());
  auto other = request;
  other.set_include_counts(true);
  EXPECT_EQ(base::ReasonOf(Match(world_.Reader(kAshford), other).status()), base::reason::kPageTokenInvalid);
  EXPECT_EQ(base::ReasonOf(Match(world_.As(kAshford, common::v1::ROLE_MANAGER), request).status()),
            base::reason::kPageTokenInvalid);
  other = request;
  char& middle = (*other.mutable_page_token())[other.page_token().size() / 2];
  middle = middle == 'A' ? 'B' : 'A';
  EXPECT_EQ(base::ReasonOf(Match(world_.Reader(kAshford), other).status()), base::reason::kPageTokenInvalid);
  other = request;
  other.set_page_size(2);  // a page may be longer than the one before
  EXPECT_TRUE(Match(world_.Reader(kAshford), other).ok());
}

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

TEST_F(MatchServiceTest, ExplanationsTellEveryConditionAndPart) {
  PutVolunteer(kAshford, "far", 30'000);
  const auto answer = Explain(world_.Reader(kAshford), "centres/ashford/volunteers/far");
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->conditions_size(), 14);
  EXPECT_EQ(answer->workings_size(), 4);
  EXPECT_FALSE(answer->has_score());
  EXPECT_EQ(answer->parts().location(), 0);
  int failing = 0;
  for (const auto& condition : answer->conditions()) {
    EXPECT_FALSE(condition.fact().empty()) << condition.code();
    if (condition.holds()) continue;
    ++failing;
    EXPECT_EQ(condition.code(), "TOO_FAR");
    EXPECT_FALSE(condition.fix().empty());
  }
  EXPECT_EQ(failing, 1);
}

TEST_F(MatchServiceTest, AnExplainedListSaysWhatExplainMatchSays) {
  PutVolunteer(kAshford, "a", 1'000);
  const auto client = world_.Reader(kAshford);
  auto request = Request();
  request.set_explain(true);
  const auto list = Match(client, request);
  ASSERT_TRUE(list.ok());
  const auto single = Explain(client, "centres/ashford/volunteers/a");
  ASSERT_TRUE(single.ok());
  ASSERT_EQ(list->matches_size(), 1);
  const auto& match = list->matches(0);
  ASSERT_EQ(match.explanation().conditions_size(), single->conditions_size());
  for (int i = 0; i < single->conditions_size(); ++i) {
    EXPECT_EQ(match.explanation().conditions(i).SerializeAsString(),
              single->conditions(i).SerializeAsString());
  }
  EXPECT_EQ(match.score_millionths(), single->score_millionths());
  EXPECT_EQ(match.parts().SerializeAsString(), single->parts().SerializeAsString());
}

TEST_F(MatchServiceTest, ADraftIsMatchedAsIfItWereOpen) {
  PutVolunteer(kAshford, "a", 1'000);
  const auto client = world_.Reader(kAshford);
  v1::MatchVolunteersRequest request;
  request.set_parent(kAshford);
  *request.mutable_draft() =
      Parse<v1::Opportunity>("title: 'Idea' place { latitude: 51.1465 longitude: 0.8751 }");
  const auto answer = Match(client, request);
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->matches_size(), 1);
  EXPECT_EQ(answer->matches(0).opportunity(), "");
  request.mutable_draft()->set_organisation("organisations/unknown");
  const auto unknown = Match(client, request);
  ASSERT_TRUE(unknown.ok()) << unknown.status();
  EXPECT_EQ(unknown->matches_size(), 0);
}

TEST_F(MatchServiceTest, ABadDraftIsRefusedWithAllItsFaults) {
  v1::MatchVolunteersRequest request;
  request.set_parent(kAshford);
  *request.mutable_draft() = Parse<v1::Opportunity>(
      "title: '' places: 0 skills { skill: 'skills/none' } "
      "required_check { level: CHECK_LEVEL_ENHANCED eligibility_basis: ELIGIBILITY_BASIS_NONE }");
  const auto answer = Match(world_.Reader(kAshford), request);
  EXPECT_EQ(answer.status().code(), absl::StatusCode::kInvalidArgument);
  std::set<std::string> fields;
  const auto bad_request = base::BadRequestOf(answer.status());
  for (const auto& fault : bad_request.field_violations()) fields.insert(fault.field());
  EXPECT_TRUE(fields.contains("draft.title"));
  EXPECT_TRUE(fields.contains("draft.places"));
  EXPECT_TRUE(fields.contains("draft.skills[0].skill"));
  EXPECT_GE(fields.size(), 4u) << answer.status();
}

TEST_F(MatchServiceTest, AWriteIsReadBackWithItsToken) {
  const std::string token = PutVolunteer(kAshford, "a", 1'000);
  auto request = Request();
  request.set_at_least_as_fresh(token);
  const auto answer = Match(world_.Reader(kAshford), request);
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->matches_size(), 1);
}

TEST_F(MatchServiceTest, ATokenOfTheFutureIsNotYetVisible) {
  const auto known = rpc::ParseConsistencyToken(PutVolunteer(kAshford, "a", 1'000));
  ASSERT_TRUE(known.has_value());
  auto request = Request();
  request.set_at_least_as_fresh(
      rpc::FormatConsistencyToken({rpc::Origin::kMatching, known->epoch, known->sequence + 100'000}));
  const auto late = Match(world_.Reader(kAshford), request);
  EXPECT_EQ(late.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(base::ReasonOf(late.status()), base::reason::kNotYetVisible);
  request.set_at_least_as_fresh(
      rpc::FormatConsistencyToken({rpc::Origin::kMatching, known->epoch + 1, known->sequence}));
  EXPECT_EQ(Match(world_.Reader(kAshford), request).status().code(), absl::StatusCode::kAborted);
  request.set_at_least_as_fresh("nonsense");
  EXPECT_EQ(Match(world_.Reader(kAshford), request).status().code(), absl::StatusCode::kInvalidArgument);
}

TEST_F(MatchServiceTest, AWeightSetMovesTheScoresAndIsNamed) {
  PutVolunteer(kAshford, "near", 0);
  PutVolunteer(kAshford, "far", 10'000);
  v1::CreateWeightSetRequest create;
  *create.mutable_weight_set() = Parse<v1::WeightSet>("display_name: 'Skills only' skills: 1");
  EXPECT_EQ(world_.Reader(kAshford).Call(&Stub::CreateWeightSet, create).status().code(),
            absl::StatusCode::kPermissionDenied);
  const auto made = world_.Lead().Call(&Stub::CreateWeightSet, create);
  ASSERT_TRUE(made.ok()) << made.status();
  auto request = Request();
  request.set_weight_set(made->name());
  const auto answer = Match(world_.Reader(kAshford), request);
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->weight_set(), made->name());
  for (const auto& match : answer->matches())
    EXPECT_EQ(match.score_millionths(), 0);  // only location is present
  request.set_weight_set("weightSets/none");
  EXPECT_EQ(Match(world_.Reader(kAshford), request).status().code(), absl::StatusCode::kNotFound);
}

TEST_F(MatchServiceTest, UnmetAccessNeedsAreANoteOrAFilter) {
  PutVolunteer(kAshford, "a", 1'000, "access_needs: 'step-free-access'");
  auto request = Request();
  const auto all = Match(world_.Reader(kAshford), request);
  ASSERT_TRUE(all.ok());
  ASSERT_EQ(all->matches_size(), 1);
  EXPECT_GE(all->matches(0).notes_size(), 1);
  request.set_require_access_support(true);
  const auto filtered = Match(world_.Reader(kAshford), request);
  ASSERT_TRUE(filtered.ok());
  EXPECT_EQ(filtered->matches_size(), 0);
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

TEST_F(MatchServiceTest, NothingToMatchIsABadRequest) {
  v1::MatchVolunteersRequest request;
  request.set_parent(kAshford);
  EXPECT_EQ(Match(world_.Reader(kAshford), request).status().code(), absl::StatusCode::kInvalidArgument);
  request.set_opportunity("centres/ashford/volunteers/x");
  EXPECT_EQ(Match(world_.Reader(kAshford), request).status().code(), absl::StatusCode::kInvalidArgument);
  request = Request();
  request.set_page_size(-1);
  EXPECT_EQ(Match(world_.Reader(kAshford), request).status().code(), absl::StatusCode::kInvalidArgument);
}

TEST_F(MatchServiceTest, TheStatusSaysWhatIsHeldAndThatTheRegistryWasNeverSeen) {
  PutVolunteer(kAshford, "a", 1'000);
  const auto status =
      world_.Reader(kAshford).Call(&v1::AdminService::Stub::GetStatus, v1::GetStatusRequest());
  ASSERT_TRUE(status.ok()) << status.status();
  EXPECT_EQ(status->volunteer_count(), 1);
  EXPECT_EQ(status->opportunity_count(), 1);
  EXPECT_EQ(status->engine(), "memory");
  EXPECT_FALSE(status->registry_view().seen());
  EXPECT_EQ(status->registry_view().organisation_count(), 1);
}

}  // namespace
}  // namespace brokerage::matching
