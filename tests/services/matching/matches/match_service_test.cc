// MatchingService beside the lists themselves: moments, counts, freshness, drafts, explanations, weights.

#include <future>
#include <set>
#include <string>
#include <vector>

#include "base/errors.h"
#include "tests/services/matching/matches/match_service_fixture.h"

namespace brokerage::matching {
namespace {

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

TEST_F(MatchServiceTest, AnswersAreMadeOfTheIndexAlone) {
  const std::string volunteer = absl::StrCat(kAshford, "/volunteers/a");
  PutVolunteer(kAshford, "a", 1'000);
  const auto client = world_.Reader(kAshford);
  world_.FailReads();
  auto request = Request();
  request.set_explain(true);
  const auto people = Match(client, request);
  ASSERT_TRUE(people.ok()) << people.status();
  ASSERT_EQ(people->matches_size(), 1);
  EXPECT_EQ(people->matches(0).display_name(), "V a");
  EXPECT_GT(people->matches(0).explanation().conditions_size(), 0);

  v1::MatchOpportunitiesRequest roles;
  roles.set_parent(kAshford);
  roles.set_volunteer(volunteer);
  const auto offered = client.Call(&Stub::MatchOpportunities, roles);
  ASSERT_TRUE(offered.ok()) << offered.status();
  ASSERT_EQ(offered->matches_size(), 1);
  EXPECT_EQ(offered->matches(0).display_name(), "Role");
  EXPECT_EQ(offered->matches(0).organisation(), "organisations/o");
  EXPECT_EQ(offered->matches(0).organisation_display_name(), "The Bells");
  EXPECT_TRUE(Explain(client, volunteer).ok());
}

// Every day the service looks as far ahead as the day before; nothing is written for that.
TEST_F(MatchServiceTest, ARecurringRoleGoesOnFromDayToDay) {
  world_.Put(Parse<v1::Opportunity>(RoleText(kRole) + R"(
      schedule { dated { recurrence { dtstart { seconds: 1781521200 } duration { seconds: 3600 }
                                      rrule: 'FREQ=DAILY' } } })"));  // 15 June 2026, 12:00 in London
  PutVolunteer(kAshford, "a", 1'000, R"(availability { exceptions {
      start_time { seconds: 1781478000 } end_time { seconds: 1813014000 } kind: KIND_EXTRA } })");  // for a
                                                                                                    // year
  const auto client = world_.Reader(kAshford);
  const auto committed = [&] {
    const auto answer = Match(client, Request());
    EXPECT_TRUE(answer.ok()) << answer.status();
    return answer.ok() && answer->matches_size() == 1 ? answer->matches(0).committed_minutes() : 0;
  };
  EXPECT_EQ(committed(), 84 * 60);
  // Long after: what was made for June has passed.
  world_.clock.Advance(absl::Hours(24 * 120));
  const absl::Time give_up = absl::Now() + absl::Seconds(30);
  while (committed() != 84 * 60 && absl::Now() < give_up) absl::SleepFor(absl::Milliseconds(10));
  EXPECT_EQ(committed(), 84 * 60);
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

TEST_F(MatchServiceTest, AllFaultsOfAQuestionAreToldTogetherBeforeAnyWait) {
  const auto client = world_.Reader(kAshford);
  const auto fields = [](const absl::Status& status) {
    std::vector<std::string> named;
    const auto bad_request = base::BadRequestOf(status);
    for (const auto& fault : bad_request.field_violations()) named.push_back(fault.field());
    return named;
  };
  const std::string basis = " page_size: -1 weight_set: 'heavy' at_least_as_fresh: 'nonsense'";
  using ::testing::UnorderedElementsAre;
  EXPECT_THAT(
      fields(Match(client, Parse<v1::MatchVolunteersRequest>("parent: 'ashford' draft { title: '' }" + basis))
                 .status()),
      UnorderedElementsAre("page_size", "parent", "draft.title", "weight_set", "at_least_as_fresh"));
  EXPECT_THAT(
      fields(Match(client, Parse<v1::MatchVolunteersRequest>("opportunity: 'role'" + basis)).status()),
      UnorderedElementsAre("page_size", "parent", "opportunity", "weight_set", "at_least_as_fresh"));
  for (const char* role : {"", "opportunity: ''"}) {
    EXPECT_THAT(
        fields(Match(client, Parse<v1::MatchVolunteersRequest>(role + basis)).status()),
        UnorderedElementsAre("page_size", "parent", "opportunity", "weight_set", "at_least_as_fresh"));
  }
  EXPECT_THAT(fields(client
                         .Call(&Stub::MatchOpportunities, Parse<v1::MatchOpportunitiesRequest>(
                                                              "parent: 'ashford' volunteer: 'ann'" + basis))
                         .status()),
              UnorderedElementsAre("page_size", "parent", "volunteer", "weight_set", "at_least_as_fresh"));
  EXPECT_THAT(fields(client
                         .Call(&Stub::ExplainMatch,
                               Parse<v1::ExplainMatchRequest>("volunteer: 'ann' opportunity: 'role' "
                                                              "weight_set: 'heavy' at_least_as_fresh: 'x'"))
                         .status()),
              UnorderedElementsAre("volunteer", "opportunity", "weight_set", "at_least_as_fresh"));

  // A token that would have to be waited for does not stand before a fault.
  const auto known = rpc::ParseConsistencyToken(PutVolunteer(kAshford, "a", 1'000));
  auto request = Request();
  request.set_opportunity("role");
  request.set_at_least_as_fresh(
      rpc::FormatConsistencyToken({rpc::Origin::kMatching, known->epoch, known->sequence + 100'000}));
  EXPECT_THAT(fields(Match(client, request).status()), UnorderedElementsAre("opportunity"));
}

TEST_F(MatchServiceTest, AWriteIsReadBackWithItsToken) {
  const std::string token = PutVolunteer(kAshford, "a", 1'000);
  auto request = Request();
  request.set_at_least_as_fresh(token);
  const auto answer = Match(world_.Reader(kAshford), request);
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->matches_size(), 1);
}

// Whether the write or the question comes first: more questions than there are threads for.
TEST_F(MatchServiceTest, QuestionsWaitForAWriteThatIsComing) {
  constexpr std::size_t kQuestions = 40;
  const auto known = rpc::ParseConsistencyToken(PutVolunteer(kAshford, "a", 1'000));
  ASSERT_TRUE(known.has_value());
  const auto client = world_.Reader(kAshford);
  auto request = Request();
  // After that of the credential.
  request.set_at_least_as_fresh(
      rpc::FormatConsistencyToken({rpc::Origin::kMatching, known->epoch, known->sequence + 2}));
  std::vector<std::future<absl::StatusOr<v1::MatchVolunteersResponse>>> answers;
  for (std::size_t i = 0; i < kQuestions; ++i)
    answers.push_back(std::async(std::launch::async, [&] { return Match(client, request); }));
  PutVolunteer(kAshford, "b", 2'000);
  for (auto& pending : answers) {
    const auto answer = pending.get();
    ASSERT_TRUE(answer.ok()) << answer.status();
    EXPECT_EQ(answer->matches_size(), 2);
  }
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
