// Roles through the real stub: create, read, change, delete, list.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "base/resource_names.h"
#include "services/rpc/tokens.h"
#include "tests/services/matching/resources/resource_calls.h"

namespace brokerage::matching {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

class OpportunityService : public ::testing::Test {
 protected:
  OpportunityService() { world_.SetOrganisation("organisations/x", matcher::OrganisationStanding::kActive); }

  v1::Opportunity Made(const std::string& text) {
    auto made = CreateOpportunity(ashford_, kAshford, text);
    EXPECT_TRUE(made.ok()) << made.status();
    return made.ok() ? *made : v1::Opportunity();
  }
  v1::Opportunity Read(const std::string& name) {
    auto read = GetOpportunity(ashford_, name);
    EXPECT_TRUE(read.ok()) << read.status();
    return read.ok() ? *read : v1::Opportunity();
  }
  template <typename Request>
  absl::StatusOr<v1::Opportunity> Take(grpc::Status (Opportunities::*method)(grpc::ClientContext*,
                                                                             const Request&,
                                                                             v1::Opportunity*),
                                       const std::string& name) {
    Request request;
    request.set_name(name);
    return ashford_.Call(method, request);
  }
  std::vector<std::string> Titles(const std::string& request) {
    const auto page = ListOpportunities(ashford_, "parent: 'centres/ashford' " + request);
    EXPECT_TRUE(page.ok()) << page.status();
    std::vector<std::string> titles;
    if (page.ok()) {
      for (const auto& opportunity : page->opportunities()) titles.push_back(opportunity.title());
    }
    return titles;
  }

  MatchingWorld world_;
  Client ashford_ = world_.Manager(kAshford);
};

TEST_F(OpportunityService, ADraftIsStoredAndReadBack) {
  const v1::Opportunity made =
      Made(R"(title: "Cook" organisation: "organisations/unheard" place { postcode: "tn23 1pl" }
      state: STATE_OPEN places_filled: 3 confirm_time { seconds: 1 } expire_time { seconds: 1 } reject_reason: "x"
      name: "centres/dover/opportunities/x" delete_time { seconds: 1 })");
  EXPECT_THAT(made, Holds(R"(title: "Cook" organisation: "organisations/unheard" sharing: SHARING_CENTRE
      place { postcode: "TN23 1PL" district: "districts/E07000105" precision: PLACE_PRECISION_SECTOR }
      state: STATE_DRAFT create_time { seconds: 1781517600 } update_time { seconds: 1781517600 })"));
  EXPECT_EQ(made.places_filled(), 0);
  EXPECT_FALSE(made.has_confirm_time() || made.has_expire_time() || made.has_delete_time());
  EXPECT_EQ(made.reject_reason(), "");
  const auto name = base::OpportunityName::Parse(made.name());
  ASSERT_TRUE(name);
  EXPECT_EQ(name->centre, "ashford");
  ASSERT_TRUE(rpc::ParseConsistencyToken(made.consistency_token()));

  v1::Opportunity expected = made;
  expected.clear_consistency_token();
  EXPECT_THAT(Read(made.name()), Holds(expected.ShortDebugString()));
}

TEST_F(OpportunityService, AnUpdateChangesWhatTheMaskNames) {
  const v1::Opportunity made = Made(R"(title: "Cook" description: "old" places: 3 minimum_coverage_bp: 100
      place { postcode: "TN23 1PL" } schedule { flexible { minutes_per_week: 60 } })");
  world_.clock.Advance(absl::Seconds(1));
  const auto changed = UpdateOpportunity(ashford_, made.name(), R"(opportunity { title: "Chef" places: 9
      schedule { dated { sessions { start_time { seconds: 60 } duration { seconds: 60 } } } } }
      update_mask { paths: "title" paths: "schedule" paths: "description" })");
  ASSERT_TRUE(changed.ok()) << changed.status();
  EXPECT_THAT(*changed, Holds(R"(title: "Chef" places: 3 minimum_coverage_bp: 100
      place { postcode: "TN23 1PL" precision: PLACE_PRECISION_SECTOR } update_time { seconds: 1781517601 }
      schedule { dated { sessions { start_time { seconds: 60 } duration { seconds: 60 } } } })"));
  EXPECT_EQ(changed->description(), "");
  v1::Opportunity stored = *changed;
  stored.clear_consistency_token();
  EXPECT_THAT(Read(made.name()), Holds(stored.ShortDebugString()));

  // A stated 0 is 0, and not what is unset.
  const auto zero = UpdateOpportunity(ashford_, made.name(), R"(opportunity { minimum_coverage_bp: 0 })");
  ASSERT_TRUE(zero.ok());
  EXPECT_TRUE(zero->has_minimum_coverage_bp());
  const auto unset = UpdateOpportunity(ashford_, made.name(),
                                       R"(opportunity {} update_mask { paths: "minimum_coverage_bp" })");
  ASSERT_TRUE(unset.ok());
  EXPECT_FALSE(unset->has_minimum_coverage_bp());

  const auto moved =
      UpdateOpportunity(ashford_, made.name(),
                        R"(opportunity { remote: true } update_mask { paths: "remote" paths: "place" })");
  ASSERT_TRUE(moved.ok()) << moved.status();
  EXPECT_FALSE(moved->has_place());
}

TEST_F(OpportunityService, FaultsOfAnUpdateAndOfWhatWouldResultAreToldTogether) {
  const v1::Opportunity made = Made("title: 'Cook'");
  const std::string request = R"(request_id: "7" update_mask { paths: "colour" paths: "places" }
      opportunity { places: 0 etag: ")" +
                              std::string(101, 'e') + R"(" })";
  const std::vector<std::string> of_the_request = {
      "request_id: must be a UUID, version 4, or empty",
      "opportunity.etag: must have at most 100 bytes; it has 101", "update_mask: has no field \"colour\""};
  auto faults = of_the_request;
  faults.push_back("opportunity.places: must be 1 to 10000");
  EXPECT_EQ(FaultsOf(UpdateOpportunity(ashford_, made.name(), request).status()), faults);
  EXPECT_EQ(FaultsOf(UpdateOpportunity(ashford_, "centres/ashford/opportunities/none", request).status()),
            of_the_request);
  faults = of_the_request;
  faults.insert(faults.begin() + 2, "opportunity.name: must be centres/{centre}/opportunities/{opportunity}");
  EXPECT_EQ(FaultsOf(UpdateOpportunity(ashford_, "cook", request).status()), faults);
  EXPECT_EQ(Read(made.name()).etag(), made.etag());
}

TEST_F(OpportunityService, EtagsRetriesAndTrials) {
  const v1::Opportunity made = Made("title: 'Cook'");
  const auto trial =
      UpdateOpportunity(ashford_, made.name(), "opportunity { title: 'Chef' } validate_only: true");
  ASSERT_TRUE(trial.ok());
  EXPECT_EQ(trial->title(), "Chef");
  EXPECT_EQ(Read(made.name()).etag(), made.etag());

  const std::string id = "request_id: '7c9d7d0e-7f0f-4f6b-9a3c-0a5a9e6f3b21'";
  const std::string update = "opportunity { title: 'Chef' etag: '" + made.etag() + "' } " + id;
  const auto first = UpdateOpportunity(ashford_, made.name(), update);
  ASSERT_TRUE(first.ok()) << first.status();
  // The etag is stale by now, but this is the same request.
  const auto retry = UpdateOpportunity(ashford_, made.name(), update);
  ASSERT_TRUE(retry.ok()) << retry.status();
  EXPECT_EQ(retry->ShortDebugString(), first->ShortDebugString());
  EXPECT_EQ(
      Outline(UpdateOpportunity(ashford_, made.name(), "opportunity { title: 'Baker' } " + id).status()),
      "INVALID_ARGUMENT REQUEST_ID_REUSED");
  EXPECT_EQ(Outline(UpdateOpportunity(ashford_, made.name(),
                                      "opportunity { title: 'Baker' etag: '" + made.etag() + "' }")
                        .status()),
            "ABORTED ETAG_MISMATCH");
  EXPECT_EQ(Read(made.name()).title(), "Chef");

  v1::DeleteOpportunityRequest remove;
  remove.set_name(made.name());
  remove.set_etag(made.etag());
  EXPECT_EQ(Outline(ashford_.Call(&Opportunities::DeleteOpportunity, remove).status()),
            "ABORTED ETAG_MISMATCH");
}

TEST_F(OpportunityService, ADeletedRoleIsReadButListedOnlyWhenAskedFor) {
  const v1::Opportunity kept = Made("title: 'Kept'");
  const v1::Opportunity gone = Made("title: 'Gone'");
  ASSERT_TRUE(Take(&Opportunities::DeleteOpportunity, gone.name()).ok());
  EXPECT_EQ(Read(gone.name()).state(), v1::Opportunity::STATE_DELETED);
  EXPECT_THAT(Titles(""), ElementsAre("Kept"));
  EXPECT_THAT(Titles("filter: 'word:KEP'"), ElementsAre("Kept"));
  EXPECT_THAT(Titles("filter: 'word:ept'"), IsEmpty());
  EXPECT_THAT(Titles("filter: 'state=DELETED'"), IsEmpty());
  EXPECT_THAT(Titles("show_deleted: true"), UnorderedElementsAre("Kept", "Gone"));
  EXPECT_THAT(Titles("show_deleted: true filter: 'state=DELETED'"), ElementsAre("Gone"));
  EXPECT_EQ(world_.index().Pin()->FindOpportunity(gone.name(), {"", true}), nullptr);
  ASSERT_TRUE(Take(&Opportunities::UndeleteOpportunity, gone.name()).ok());
  EXPECT_THAT(Titles(""), UnorderedElementsAre("Kept", "Gone"));
  EXPECT_NE(world_.index().Pin()->FindOpportunity(gone.name(), {"", true}), nullptr);
}

TEST_F(OpportunityService, ListsAreFilteredByWhatIsRead) {
  const v1::Opportunity open = Made(R"(title: "Open" organisation: "organisations/x" remote: true)");
  ASSERT_TRUE(Take(&Opportunities::SubmitOpportunity, open.name()).ok());
  ASSERT_TRUE(Take(&Opportunities::ApproveOpportunity, open.name()).ok());
  Made(R"(title: "Draft" organisation: "organisations/y" place { postcode: "CT1 2AB" } sharing: SHARING_COUNTY
          skills { skill: "skills/cooking" } causes: "causes/animal-welfare")");
  const std::vector<std::pair<const char*, std::vector<std::string>>> table = {
      {"state=OPEN", {"Open"}},
      {"state!=OPEN", {"Draft"}},
      {"state=STATE_DRAFT AND remote=false", {"Draft"}},
      {"remote=true", {"Open"}},
      {"organisation=organisations/x", {"Open"}},
      {"organisation:organisations/y", {"Draft"}},
      {"title:\"dr\"", {"Draft"}},
      {"title=\"draft\"", {}},
      {"district=districts/E07000106", {"Draft"}},
      {"cause=causes/animal-welfare", {"Draft"}},
      {"skill=skills/cooking", {"Draft"}},
      {"sharing=COUNTY", {"Draft"}},
      {"expire_time>2026-09-13T09:59:59Z", {"Open"}},
      {"expire_time>2026-09-13T10:00:00Z", {}},
      {"update_time<=2026-06-15T10:00:00Z AND centre=centres/ashford", {"Draft", "Open"}},
  };
  for (const auto& [filter, titles] : table) {
    SCOPED_TRACE(filter);
    v1::ListOpportunitiesRequest request;
    request.set_parent(kAshford);
    request.set_filter(filter);
    const auto page = ashford_.Call(&Opportunities::ListOpportunities, request);
    ASSERT_TRUE(page.ok()) << page.status();
    std::vector<std::string> found;
    for (const auto& opportunity : page->opportunities()) found.push_back(opportunity.title());
    EXPECT_THAT(found, ::testing::UnorderedElementsAreArray(titles));
  }
  world_.clock.Advance(absl::Hours(90 * 24));
  EXPECT_THAT(Titles("filter: 'state=OPEN'"), IsEmpty());
  EXPECT_THAT(Titles("filter: 'state=EXPIRED'"), ElementsAre("Open"));
}

TEST_F(OpportunityService, ListsArePaged) {
  for (int i = 0; i < 5; ++i) {
    Made("title: 'T" + std::to_string(i) + "'");
    world_.clock.Advance(absl::Seconds(1));
  }
  std::vector<std::string> found;
  std::string token;
  do {
    const auto page = ListOpportunities(ashford_,
                                        "parent: 'centres/ashford' page_size: 2 order_by: 'update_time desc' "
                                        "page_token: '" +
                                            token + "'");
    ASSERT_TRUE(page.ok()) << page.status();
    for (const auto& opportunity : page->opportunities()) found.push_back(opportunity.title());
    token = page->next_page_token();
  } while (!token.empty());
  EXPECT_THAT(found, ElementsAre("T4", "T3", "T2", "T1", "T0"));
  EXPECT_THAT(
      FaultsOf(
          ListOpportunities(ashford_, "parent: 'centres/ashford' page_size: -1 order_by: 'title'").status()),
      SizeIs(2));
}

}  // namespace
}  // namespace brokerage::matching
