// What no answer about a pair of two centres gives away, whichever method is asked.

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

#include "brokerage/matching/v1/volunteer_service.grpc.pb.h"
#include "tests/services/matching/matches/match_service_fixture.h"

namespace brokerage::matching {
namespace {

using ::testing::AnyOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kAshfordsV[] = "centres/ashford/volunteers/v";
constexpr char kDoversV[] = "centres/dover/volunteers/v";

class MatchPrivacy : public MatchServiceTest {
 protected:
  absl::StatusOr<v1::MatchOpportunitiesResponse> Roles(const support::Client& client,
                                                       const std::string& parent,
                                                       const std::string& volunteer) {
    v1::MatchOpportunitiesRequest request;
    request.set_parent(parent);
    request.set_volunteer(volunteer);
    request.set_include_counts(true);
    request.set_explain(true);
    return client.Call(&Stub::MatchOpportunities, request);
  }
};

// As text, without what tells when and at which state of the store it was answered.
template <typename Response>
std::string Text(absl::StatusOr<Response> response) {
  if (!response.ok()) return response.status().ToString();
  if constexpr (std::is_same_v<Response, v1::Volunteer>) {
    response->clear_etag();
    response->clear_create_time();
    response->clear_update_time();
  } else if constexpr (std::is_same_v<Response, v1::ListVolunteersResponse>) {
    for (auto& volunteer : *response->mutable_volunteers()) {
      volunteer.clear_etag();
      volunteer.clear_create_time();
      volunteer.clear_update_time();
    }
  } else {
    response->clear_as_of();
    response->clear_index_revision();
  }
  return response->DebugString();
}

// What a watch tells at first. Its revision says again what it told, of which question.
std::string FirstWatched(const support::Client& client, const v1::WatchMatchesRequest& request) {
  auto stream = client.Open(&Stub::WatchMatches, request);
  auto told = stream.Read();
  if (!told) return stream.Finish().ToString();
  told->clear_revision();
  return Text(absl::StatusOr<v1::WatchMatchesResponse>(*told));
}

// All that Ashford is told of a world in which Dover's shared volunteer lives at `home`.
std::vector<std::string> ToldToAshford(const std::string& home) {
  MatchWorld world(absl::FromUnixSeconds(1'781'517'629));
  world.PutOrganisation("organisations/o", registry::v1::Organisation::STATE_ACTIVE);
  const auto role = [](int km) {
    return absl::StrCat("title: 'Role' organisation: 'organisations/o' sharing: SHARING_COUNTY ",
                        "place { latitude: ", 51.1465 + km / 111.195, " longitude: 0.8751 }");
  };
  world.Put(Parse<v1::Volunteer>(
      absl::StrCat("name: '", kDoversV, "' display_name: 'V' state: STATE_SEARCHING sharing: SHARING_COUNTY ",
                   "travel_radius_m: 4000 home { ", home, " }")));
  const support::Client client = world.Reader(kAshford);
  std::vector<std::string> told;
  // From next door to far beyond the radius: a home that was used would be on one side or the other of it.
  for (int km = -8; km <= 8; ++km) {
    auto stored = Parse<v1::Opportunity>(role(km) + "state: STATE_OPEN");
    stored.set_name(absl::StrCat(kAshford, "/opportunities/r", km + 8));
    world.Put(stored);
    v1::MatchVolunteersRequest request;
    request.set_parent(kAshford);
    request.set_explain(true);
    request.set_include_counts(true);
    request.set_opportunity(stored.name());
    told.push_back(Text(client.Call(&Stub::MatchVolunteers, request)));
    *request.mutable_draft() = Parse<v1::Opportunity>(role(km));
    told.push_back(Text(client.Call(&Stub::MatchVolunteers, request)));
    v1::ExplainMatchRequest explain;
    explain.set_volunteer(kDoversV);
    explain.set_opportunity(stored.name());
    told.push_back(Text(client.Call(&Stub::ExplainMatch, explain)));
    v1::WatchMatchesRequest watch;
    watch.set_parent(kAshford);
    watch.set_opportunity(stored.name());
    told.push_back(FirstWatched(client, watch));
    v1::SuggestRelaxationsRequest advice;
    advice.set_parent(kAshford);
    advice.set_opportunity(stored.name());
    told.push_back(Text(client.Call(&Stub::SuggestRelaxations, advice)));
    advice.set_volunteer(kDoversV);
    told.push_back(Text(client.Call(&Stub::SuggestRelaxations, advice)));
  }
  v1::MatchOpportunitiesRequest roles;
  roles.set_parent(kAshford);
  roles.set_volunteer(kDoversV);
  roles.set_explain(true);
  roles.set_include_counts(true);
  const auto listed = client.Call(&Stub::MatchOpportunities, roles);
  EXPECT_TRUE(listed.ok() && listed->matches_size() > 0 && listed->matches_size() < 17) << listed.status();
  told.push_back(Text(listed));
  v1::GetVolunteerRequest get;
  get.set_name(kDoversV);
  told.push_back(Text(client.Call(&v1::VolunteerService::Stub::GetVolunteer, get)));
  v1::ListVolunteersRequest list;
  list.set_parent(kAshford);
  told.push_back(Text(client.Call(&v1::VolunteerService::Stub::ListVolunteers, list)));
  EXPECT_THAT(told.back(), HasSubstr(kDoversV));
  return told;
}

TEST(MatchPrivacyOfHomes, WhereInItsOutcodeAHomeLiesIsToldByNoMethod) {
  const auto places = reference::ShippedPlaces(reference::KentDistricts());
  ASSERT_EQ(places->NearestOutcode({511'465'000, 8'651'000}), "TN23");
  ASSERT_EQ(places->NearestOutcode({511'300'000, 8'510'000}), "TN23");
  const std::string by_coordinates = " precision: PLACE_PRECISION_COORDINATES";
  const auto one = ToldToAshford("latitude: 51.1465 longitude: 0.8651" + by_coordinates);
  EXPECT_EQ(ToldToAshford("latitude: 51.1300 longitude: 0.8510" + by_coordinates), one);
  const std::string by_postcode = " precision: PLACE_PRECISION_POSTCODE";
  const auto other = ToldToAshford("postcode: 'TN23 1AA' latitude: 51.1465 longitude: 0.8651" + by_postcode);
  EXPECT_EQ(ToldToAshford("postcode: 'TN23 4ZZ' latitude: 51.1300 longitude: 0.8510" + by_postcode), other);
}

TEST_F(MatchPrivacy, AnotherCentresVolunteerIsPairedWithOnesOwnRolesOnly) {
  PutVolunteer(kAshford, "v", 100, "sharing: SHARING_COUNTY");
  world_.Put(Parse<v1::Opportunity>(RoleText("centres/swale/opportunities/third")));
  world_.Put(Parse<v1::Opportunity>(RoleText("centres/dover/opportunities/own")));
  auto paused = Parse<v1::Opportunity>(RoleText("centres/dover/opportunities/paused"));
  paused.set_state(v1::Opportunity::STATE_PAUSED);
  world_.Put(paused);
  const auto dover = Roles(world_.Reader(kDover), kDover, kAshfordsV);
  ASSERT_TRUE(dover.ok()) << dover.status();
  std::vector<std::string> names;
  for (const auto& match : dover->matches()) names.push_back(match.opportunity());
  EXPECT_THAT(names, ElementsAre("centres/dover/opportunities/own"));
  EXPECT_EQ(dover->considered_count(), 2);
  EXPECT_EQ(dover->eligible_count(), 1);
  EXPECT_EQ(Roles(world_.Reader(kAshford), kAshford, kAshfordsV)->considered_count(), 4);
}

TEST_F(MatchPrivacy, APairWhollyOfAnotherCentreIsNotExplained) {
  PutVolunteer(kAshford, "v", 100, "sharing: SHARING_COUNTY");
  EXPECT_TRUE(Explain(world_.Reader(kAshford), kAshfordsV).ok());
  EXPECT_EQ(Explain(world_.Reader(kDover), kAshfordsV).status().code(), absl::StatusCode::kPermissionDenied);
}

// The sentences of an explained match.
std::string Words(const v1::Match& match) {
  std::string words;
  for (const auto& note : match.notes()) absl::StrAppend(&words, note, "\n");
  for (const auto& condition : match.explanation().conditions()) {
    absl::StrAppend(&words, condition.fact(), "\n", condition.fix(), "\n");
  }
  for (const auto& part : match.explanation().parts()) absl::StrAppend(&words, part.working(), "\n");
  return words;
}

TEST_F(MatchPrivacy, ListsAcrossCentresTellNoAgesAndNoDatesOfPapers) {
  PutVolunteer(kDover, "v", 100,
               "sharing: SHARING_COUNTY date_of_birth { year: 1957 month: 3 day: 9 } "
               "checks { level: CHECK_LEVEL_BASIC issue_date { year: 2025 month: 2 day: 11 } "
               "expire_date { year: 2026 month: 7 day: 21 } } "
               "licences { kind: LICENCE_KIND_FIRST_AID expire_date { year: 2026 month: 8 day: 22 } }");
  auto role = Parse<v1::Opportunity>(RoleText(kRole));
  role.set_minimum_age(18);
  role.mutable_required_check()->set_level(common::v1::CHECK_LEVEL_BASIC);
  role.add_licences(common::v1::LICENCE_KIND_FIRST_AID);
  world_.Put(role);
  const auto asked = [&](const char* centre) {
    const auto client = world_.Reader(centre);
    auto request = Request(centre);
    request.set_explain(true);
    const auto volunteers = Match(client, request);
    EXPECT_TRUE(volunteers.ok() && volunteers->matches_size() == 1) << volunteers.status();
    const auto roles = Roles(client, centre, kDoversV);
    EXPECT_TRUE(roles.ok() && roles->matches_size() == 1) << roles.status();
    EXPECT_GT(volunteers->matches(0).notes_size(), 0);
    return std::vector<std::string>{Words(volunteers->matches(0)), Words(roles->matches(0))};
  };
  for (const std::string& words : asked(kDover)) {
    for (const char* own : {"69", "July", "August"}) EXPECT_THAT(words, HasSubstr(own));
  }
  for (const std::string& words : asked(kAshford)) {
    for (const char* personal :
         {"69", "1957", "March", "2025", "February", "July", "21", "August", "22", "2026"}) {
      EXPECT_THAT(words, Not(HasSubstr(personal)));
    }
  }
}

using Probe = std::function<std::string(const support::Client&, const std::string& volunteer,
                                        const std::string& opportunity)>;

// Every method of MatchingService that names a record or a centre.
const std::map<std::string, Probe>& Probes() {
  static const auto& probes = *new std::map<std::string, Probe>{
      {"MatchVolunteers",
       [](const auto& client, const std::string&, const std::string& opportunity) {
         v1::MatchVolunteersRequest request;
         request.set_parent(kAshford);
         request.set_explain(true);
         request.set_include_counts(true);
         request.set_opportunity(opportunity);
         return Text(client.Call(&Stub::MatchVolunteers, request));
       }},
      {"MatchOpportunities",
       [](const auto& client, const std::string& volunteer, const std::string&) {
         v1::MatchOpportunitiesRequest request;
         request.set_parent(kAshford);
         request.set_explain(true);
         request.set_include_counts(true);
         request.set_volunteer(volunteer);
         return Text(client.Call(&Stub::MatchOpportunities, request));
       }},
      {"ExplainMatch",
       [](const auto& client, const std::string& volunteer, const std::string& opportunity) {
         v1::ExplainMatchRequest request;
         request.set_volunteer(volunteer);
         request.set_opportunity(opportunity);
         return Text(client.Call(&Stub::ExplainMatch, request));
       }},
      {"SuggestRelaxations",
       [](const auto& client, const std::string& volunteer, const std::string& opportunity) {
         v1::SuggestRelaxationsRequest request;
         request.set_parent(kAshford);
         request.set_volunteer(volunteer);
         const std::string of_volunteer = Text(client.Call(&Stub::SuggestRelaxations, request));
         request.set_opportunity(opportunity);
         return of_volunteer + Text(client.Call(&Stub::SuggestRelaxations, request));
       }},
      {"WatchMatches",
       [](const auto& client, const std::string&, const std::string& opportunity) {
         v1::WatchMatchesRequest request;
         request.set_parent(kAshford);
         request.set_opportunity(opportunity);
         return FirstWatched(client, request);
       }},
  };
  return probes;
}

TEST_F(MatchPrivacy, TheProbesCoverEveryMethod) {
  const auto* service = v1::MatchVolunteersRequest::descriptor()->file()->service(0);
  ASSERT_EQ(service->name(), "MatchingService");
  std::set<std::string> needed;
  for (int i = 0; i < service->method_count(); ++i) {
    // Weight sets are everyone's; all else needs a probe.
    const auto* method = service->method(i);
    if (!absl::StrContains(method->name(), "WeightSet")) needed.insert(method->name());
  }
  std::set<std::string> probed;
  for (const auto& [method, probe] : Probes()) probed.insert(method);
  EXPECT_EQ(probed, needed);
}

TEST_F(MatchPrivacy, WhatIsNotSharedDoesNotExistForAnyMethod) {
  PutVolunteer(kAshford, "v", 100);
  auto secret = Parse<v1::Volunteer>(VolunteerText(kDover, "private", 100, "notes: 'SECRET'"));
  secret.set_display_name("SECRET");
  world_.Put(secret);
  auto role = Parse<v1::Opportunity>(RoleText("centres/dover/opportunities/private"));
  role.set_title("SECRET");
  role.set_sharing(common::v1::SHARING_CENTRE);
  world_.Put(role);
  const auto client = world_.Reader(kAshford);
  for (const auto& [method, probe] : Probes()) {
    SCOPED_TRACE(method);
    for (const auto& [volunteer, opportunity] : {std::pair<std::string, std::string>{secret.name(), kRole},
                                                 {kAshfordsV, role.name()},
                                                 {secret.name(), role.name()}}) {
      const std::string hidden = probe(client, volunteer, opportunity);
      const auto nobody = [](const std::string& name) {
        return absl::StrReplaceAll(name, {{"/private", "/nobody"}});
      };
      EXPECT_EQ(nobody(hidden), probe(client, nobody(volunteer), nobody(opportunity)));
      EXPECT_THAT(hidden, Not(HasSubstr("SECRET")));
    }
    // The same pair, seen: the probe does ask.
    EXPECT_THAT(probe(client, kAshfordsV, kRole), AnyOf(HasSubstr(kAshfordsV), HasSubstr("match_count: 1")));
  }
}

}  // namespace
}  // namespace brokerage::matching
