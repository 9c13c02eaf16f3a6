// Pages of matches, and what their tokens are good for.

#include <string>
#include <vector>

#include "base/errors.h"
#include "tests/services/matching/matches/match_service_fixture.h"

namespace brokerage::matching {
namespace {

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

TEST_F(MatchServiceTest, PagesOfRolesTogetherAreTheWholeList) {
  PutVolunteer(kAshford, "v", 0);
  for (int i = 0; i < 11; ++i) {  // with ties, also of two centres and one id
    const std::string id = "/opportunities/r" + std::to_string(i / 2);
    auto role = Parse<v1::Opportunity>(RoleText((i % 2 == 0 ? kAshford : kDover) + id));
    role.mutable_place()->set_latitude(51.1465 + (i / 4) * 0.002);
    world_.Put(role);
  }
  const auto client = world_.Reader(kAshford);
  v1::MatchOpportunitiesRequest request;
  request.set_parent(kAshford);
  request.set_volunteer("centres/ashford/volunteers/v");
  const auto whole = client.Call(&Stub::MatchOpportunities, request);
  ASSERT_TRUE(whole.ok()) << whole.status();
  ASSERT_EQ(whole->matches_size(), 12);
  EXPECT_EQ(whole->next_page_token(), "");
  v1::MatchOpportunitiesResponse together;
  request.set_page_size(3);
  do {
    const auto page = client.Call(&Stub::MatchOpportunities, request);
    ASSERT_TRUE(page.ok()) << page.status();
    EXPECT_LE(page->matches_size(), 3);
    together.mutable_matches()->MergeFrom(page->matches());
    request.set_page_token(page->next_page_token());
    ASSERT_LE(together.matches_size(), 12);
  } while (!request.page_token().empty());
  *together.mutable_as_of() = whole->as_of();
  together.set_weight_set(whole->weight_set());
  together.set_index_revision(whole->index_revision());
  EXPECT_EQ(together.DebugString(), whole->DebugString());
}

TEST_F(MatchServiceTest, APageTokenOfAnotherEpochIsAborted) {
  for (int i = 0; i < 3; ++i) PutVolunteer(kAshford, "v" + std::to_string(i), 100);
  auto request = Request();
  request.set_page_size(1);
  const auto first = Match(world_.Reader(kAshford), request);
  ASSERT_TRUE(first.ok());
  world_.RestartInAnotherEpoch();
  ASSERT_TRUE(Match(world_.Reader(kAshford), request).ok());
  request.set_page_token(first->next_page_token());
  const auto next = Match(world_.Reader(kAshford), request);
  EXPECT_EQ(next.status().code(), absl::StatusCode::kAborted);
  EXPECT_EQ(base::ReasonOf(next.status()), base::reason::kEpochChanged);
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

}  // namespace
}  // namespace brokerage::matching
