// Two centres: nothing that is not shared crosses, by any method, in any answer or error.
#include <functional>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_replace.h"

#include "tests/services/matching/resources/resource_calls.h"

namespace brokerage::matching {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

// In every field that another centre must not see.
constexpr char kMarker[] = "SECRET";
constexpr char kPrivate[] = "centres/dover/volunteers/private";
constexpr char kShared[] = "centres/dover/volunteers/shared";
constexpr char kPrivateRole[] = "centres/dover/opportunities/private";
constexpr char kSharedRole[] = "centres/dover/opportunities/shared";

// What came of a call, as text: all that a prober gets.
struct Answer {
  absl::Status status;
  std::string text;
};

template <typename Response>
Answer AnswerOf(const absl::StatusOr<Response>& response) {
  if (response.ok()) return {absl::OkStatus(), response->DebugString()};
  Answer answer{response.status(), std::string(response.status().message())};
  for (const auto& [type, bytes] : base::DetailsOf(response.status())) answer.text += bytes;
  return answer;
}

using Ask = std::function<Answer(const Client&, const std::string&)>;

template <typename Stub, typename Request, typename Response>
Ask Named(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*)) {
  return [method](const Client& client, const std::string& name) {
    Request request;
    request.set_name(name);
    if (const auto* reason = Request::descriptor()->FindFieldByName("reason")) {
      request.GetReflection()->SetString(&request, reason, "because");
    }
    return AnswerOf(client.Call(method, request));
  };
}

// Every method that names a record.
const std::map<std::string, Ask>& VolunteerMethods() {
  static const auto& methods = *new std::map<std::string, Ask>{
      {"GetVolunteer", Named(&Volunteers::GetVolunteer)},
      {"UpdateVolunteer",
       [](const Client& client, const std::string& name) {
         // What is wrong with it must not be told before it is known whether the caller may write.
         return AnswerOf(UpdateVolunteer(client, name, R"(volunteer { display_name: "" etag: "no etag" }
             update_mask { paths: "display_name" })"));
       }},
      {"RegisterVolunteer", Named(&Volunteers::RegisterVolunteer)},
      {"ActivateVolunteer", Named(&Volunteers::ActivateVolunteer)},
      {"PauseVolunteer", Named(&Volunteers::PauseVolunteer)},
      {"ResumeVolunteer", Named(&Volunteers::ResumeVolunteer)},
      {"MarkVolunteerLeft", Named(&Volunteers::MarkVolunteerLeft)},
  };
  return methods;
}

const std::map<std::string, Ask>& OpportunityMethods() {
  static const auto& methods = *new std::map<std::string, Ask>{
      {"GetOpportunity", Named(&Opportunities::GetOpportunity)},
      {"UpdateOpportunity",
       [](const Client& client, const std::string& name) {
         return AnswerOf(UpdateOpportunity(client, name, R"(opportunity { title: "" etag: "no etag" }
             update_mask { paths: "title" })"));
       }},
      {"DeleteOpportunity", Named(&Opportunities::DeleteOpportunity)},
      {"UndeleteOpportunity", Named(&Opportunities::UndeleteOpportunity)},
      {"SubmitOpportunity", Named(&Opportunities::SubmitOpportunity)},
      {"ApproveOpportunity", Named(&Opportunities::ApproveOpportunity)},
      {"RejectOpportunity", Named(&Opportunities::RejectOpportunity)},
      {"PauseOpportunity", Named(&Opportunities::PauseOpportunity)},
      {"ResumeOpportunity", Named(&Opportunities::ResumeOpportunity)},
      {"CloseOpportunity", Named(&Opportunities::CloseOpportunity)},
      {"ConfirmOpportunity", Named(&Opportunities::ConfirmOpportunity)},
  };
  return methods;
}

class TwoCentres : public ::testing::Test {
 protected:
  TwoCentres() {
    const std::string hidden = R"(
        contact { given_name: "SECRET" family_name: "SECRET" email: "SECRET@example.org" phone: "0123"
                  postcode: "SECRET" address_lines: "SECRET" }
        date_of_birth { year: 1931 month: 7 day: 8 } notes: "SECRET"
        consents { purpose: PURPOSE_SHARING given_time { seconds: 777 } }
        checks { level: CHECK_LEVEL_ENHANCED workforces: WORKFORCE_ADULTS issue_date { year: 1977 month: 6 day: 5 }
                 expire_date { year: 2030 month: 1 day: 1 } seen_by: "SECRET" }
        home { postcode: "CT4 5SE" latitude: 51.12345 longitude: 1.12345 district: "districts/E07000112"
               precision: PLACE_PRECISION_POSTCODE }
        availability { exceptions { start_time { seconds: 888 } end_time { seconds: 999 } kind: KIND_AWAY } }
        travel_radius_m: 5000 skills { skill: "skills/cooking" level: 4 } state: STATE_SEARCHING)";
    auto volunteer = Parse<v1::Volunteer>(hidden + R"( display_name: "Shared Sam" sharing: SHARING_COUNTY)");
    volunteer.set_name(kShared);
    world_.Put(volunteer);
    volunteer.set_name(kPrivate);
    volunteer.set_display_name(kMarker);
    volunteer.set_sharing(common::v1::SHARING_CENTRE);
    world_.Put(volunteer);

    storage::v1::OpportunityRecord role;
    *role.mutable_opportunity() = Parse<v1::Opportunity>(R"(title: "Shared cook" sharing: SHARING_COUNTY
        organisation: "organisations/x" remote: true state: STATE_REJECTED reject_reason: "SECRET")");
    role.mutable_opportunity()->set_name(kSharedRole);
    world_.Put(role);
    role.mutable_opportunity()->set_name(kPrivateRole);
    role.mutable_opportunity()->set_title(kMarker);
    role.mutable_opportunity()->set_description(kMarker);
    role.mutable_opportunity()->set_sharing(common::v1::SHARING_CENTRE);
    world_.Put(role);
    world_.SetOrganisation("organisations/x", matcher::OrganisationStanding::kActive);
  }

  std::vector<std::string> Listed(const Client& client, const std::string& parent,
                                  const std::string& filter) {
    v1::ListVolunteersRequest request;
    request.set_parent(parent);
    request.set_filter(filter);
    const auto page = client.Call(&Volunteers::ListVolunteers, request);
    EXPECT_TRUE(page.ok()) << page.status();
    std::vector<std::string> names;
    for (const auto& volunteer : page->volunteers()) names.push_back(volunteer.name());
    return names;
  }

  MatchingWorld world_;
  Client ashford_ = world_.Manager(kAshford);
  Client dover_ = world_.Manager(kDover);
};

// What is not shared does not exist: each method answers as for a name that was never given.
TEST_F(TwoCentres, WhatIsNotSharedDoesNotExist) {
  const auto probe = [&](const std::map<std::string, Ask>& methods, const std::string& name) {
    const std::string nobody = absl::StrReplaceAll(name, {{"/private", "/nobody"}});
    for (const auto& [method, ask] : methods) {
      SCOPED_TRACE(method);
      const Answer hidden = ask(ashford_, name);
      const Answer absent = ask(ashford_, nobody);
      EXPECT_EQ(Outline(hidden.status), "NOT_FOUND NOT_FOUND");
      EXPECT_EQ(absl::StrReplaceAll(hidden.text, {{name, ""}}),
                absl::StrReplaceAll(absent.text, {{nobody, ""}}));
      EXPECT_THAT(hidden.text, Not(HasSubstr(kMarker)));
    }
  };
  probe(VolunteerMethods(), kPrivate);
  probe(OpportunityMethods(), kPrivateRole);
}

TEST_F(TwoCentres, WhatIsSharedMayBeReadAndNotChanged) {
  const auto probe = [&](const std::map<std::string, Ask>& methods, const std::string& name) {
    for (const auto& [method, ask] : methods) {
      SCOPED_TRACE(method);
      const Answer answer = ask(ashford_, name);
      EXPECT_EQ(Outline(answer.status),
                absl::StartsWith(method, "Get") ? "OK" : "PERMISSION_DENIED PERMISSION_DENIED");
      EXPECT_THAT(answer.text, Not(HasSubstr(kMarker)));
    }
  };
  const auto before = world_.store().GetHealth().revision;
  probe(VolunteerMethods(), kShared);
  probe(OpportunityMethods(), kSharedRole);
  EXPECT_EQ(world_.store().GetHealth().revision, before);
}

TEST_F(TwoCentres, TheProbesCoverEveryMethod) {
  const auto methods_of = [](const auto* request, std::initializer_list<const char*> unnamed) {
    std::set<std::string> methods;
    const auto* service = request->file()->service(0);
    for (int i = 0; i < service->method_count(); ++i) methods.insert(service->method(i)->name());
    for (const char* method : unnamed) EXPECT_EQ(methods.erase(method), 1U);
    return methods;
  };
  const auto keys = [](const std::map<std::string, Ask>& map) {
    std::set<std::string> names;
    for (const auto& [name, ask] : map) names.insert(name);
    return names;
  };
  EXPECT_EQ(keys(VolunteerMethods()),
            methods_of(v1::GetVolunteerRequest::descriptor(), {"CreateVolunteer", "ListVolunteers"}));
  EXPECT_EQ(keys(OpportunityMethods()),
            methods_of(v1::GetOpportunityRequest::descriptor(),
                       {"CreateOpportunity", "ListOpportunities", "SearchOpportunities"}));
}

TEST_F(TwoCentres, OfASharedVolunteerTheOutcodeAndNothingPersonal) {
  const auto seen = GetVolunteer(ashford_, kShared);
  ASSERT_TRUE(seen.ok()) << seen.status();
  auto expected = Parse<v1::Volunteer>(R"(name: "centres/dover/volunteers/shared" display_name: "Shared Sam"
      state: STATE_SEARCHING sharing: SHARING_COUNTY travel_radius_m: 5000
      skills { skill: "skills/cooking" level: 4 } home { postcode: "CT4" precision: PLACE_PRECISION_OUTCODE }
      availability {}
      checks { level: CHECK_LEVEL_ENHANCED workforces: WORKFORCE_ADULTS
               expire_date { year: 2030 month: 1 day: 1 } })");
  expected.set_etag(seen->etag());
  EXPECT_EQ(seen->DebugString(), expected.DebugString());
  for (const Client& whole : {dover_, world_.Lead()}) {
    EXPECT_THAT(*GetVolunteer(whole, kShared),
                Holds(R"(notes: "SECRET" contact { email: "SECRET@example.org" } checks {
                         level: CHECK_LEVEL_ENHANCED workforces: WORKFORCE_ADULTS seen_by: "SECRET"
                         issue_date { year: 1977 month: 6 day: 5 } expire_date { year: 2030 month: 1 day: 1 } }
                         availability { exceptions { kind: KIND_AWAY } }
                         home { postcode: "CT4 5SE" latitude: 51.12345 })"));
  }
  EXPECT_THAT(GetOpportunity(dover_, kSharedRole)->reject_reason(), kMarker);
  EXPECT_THAT(GetOpportunity(ashford_, kSharedRole)->reject_reason(), "");
}

// The district is told when all of the outcode lies in it.
TEST_F(TwoCentres, AnOutcodeInOneDistrictTellsIt) {
  auto volunteer = Parse<v1::Volunteer>(R"(name: "centres/dover/volunteers/v" sharing: SHARING_COUNTY
      state: STATE_SEARCHING home { postcode: "TN23 1PL" district: "districts/E07000105" })");
  world_.Put(volunteer);
  EXPECT_THAT(
      *GetVolunteer(ashford_, volunteer.name()),
      Holds("home { postcode: 'TN23' district: 'districts/E07000105' precision: PLACE_PRECISION_OUTCODE }"));
  // Coordinates: the outcode with the nearest centroid stands for them.
  volunteer = Parse<v1::Volunteer>(R"(name: "centres/dover/volunteers/v" sharing: SHARING_COUNTY
      home { latitude: 51.139 longitude: 0.856 precision: PLACE_PRECISION_COORDINATES })");
  world_.Put(volunteer);
  const auto seen = GetVolunteer(ashford_, volunteer.name());
  ASSERT_TRUE(seen.ok());
  EXPECT_EQ(seen->home().postcode(), "TN23");
  EXPECT_FALSE(seen->home().has_latitude() || seen->home().has_longitude());
}

TEST_F(TwoCentres, ListsAndFiltersSeeNoMoreThanGets) {
  EXPECT_THAT(Listed(ashford_, kAshford, ""), ElementsAre(kShared));
  EXPECT_THAT(Listed(dover_, kDover, ""), UnorderedElementsAre(kShared, kPrivate));
  EXPECT_THAT(Listed(world_.Lead(), "centres/-", ""), UnorderedElementsAre(kShared, kPrivate));
  // Acting for a centre, the lead sees what that centre sees.
  EXPECT_THAT(Listed(world_.Lead(), kAshford, ""), ElementsAre(kShared));
  EXPECT_THAT(Listed(world_.Lead(), kDover, ""), UnorderedElementsAre(kShared, kPrivate));

  struct Filtered {
    const char* filter;
    bool in_ashford;
    bool in_dover;  // the shared one
  };
  const std::vector<Filtered> table = {
      {"skill=skills/cooking", true, true},
      {"state=SEARCHING AND centre=centres/dover", true, true},
      {"display_name:\"shared\"", true, true},
      {"display_name:\"SECRET\"", false, false},
      {"district=districts/E07000112", false, true},  // CT4 lies in four
      {"district!=districts/E07000112", true, false},
  };
  for (const Filtered& test : table) {
    SCOPED_TRACE(test.filter);
    const auto has_shared = [&](const std::vector<std::string>& names) {
      return std::count(names.begin(), names.end(), kShared) > 0;
    };
    const auto seen = Listed(ashford_, kAshford, test.filter);
    EXPECT_EQ(has_shared(seen), test.in_ashford);
    EXPECT_EQ(std::count(seen.begin(), seen.end(), kPrivate), 0);
    EXPECT_EQ(has_shared(Listed(dover_, kDover, test.filter)), test.in_dover);
  }

  for (const char* order : {"name", "name desc", "update_time", "update_time desc"}) {
    for (const std::string page_size : {"0", "1"}) {
      const std::string request =
          "parent: 'centres/ashford' page_size: " + page_size + " order_by: '" + order + "'";
      const Answer volunteers = AnswerOf(ListVolunteers(ashford_, request));
      const Answer roles = AnswerOf(ListOpportunities(ashford_, request + " show_deleted: true"));
      const Answer found = AnswerOf(
          world_.NoOne().Call(&Opportunities::SearchOpportunities, v1::SearchOpportunitiesRequest()));
      for (const Answer& answer : {volunteers, roles, found}) {
        EXPECT_TRUE(answer.status.ok()) << answer.status;
        for (const char* never :
             {kMarker, "/private", "0123", "1931", "1977", "777", "CT4 5SE", "51.1", "next_page"}) {
          EXPECT_THAT(answer.text, Not(HasSubstr(never)));
        }
      }
    }
  }
}

TEST_F(TwoCentres, NobodyActsForAnotherCentre) {
  for (const char* parent : {kDover, "centres/-", "centres/nowhere"}) {
    SCOPED_TRACE(parent);
    const std::string list = std::string("parent: '") + parent + "'";
    EXPECT_EQ(Outline(ListVolunteers(ashford_, list).status()), "PERMISSION_DENIED PERMISSION_DENIED");
    EXPECT_EQ(Outline(ListOpportunities(ashford_, list).status()), "PERMISSION_DENIED PERMISSION_DENIED");
    if (std::string(parent) == "centres/-") continue;
    EXPECT_EQ(Outline(CreateVolunteer(ashford_, parent, kEnquiry).status()),
              "PERMISSION_DENIED PERMISSION_DENIED");
    EXPECT_EQ(Outline(CreateOpportunity(ashford_, parent, "title: 'Cook'").status()),
              "PERMISSION_DENIED PERMISSION_DENIED");
  }
  const auto made = CreateVolunteer(world_.Lead(), kDover, kEnquiry);
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_TRUE(UpdateVolunteer(world_.Lead(), made->name(), "volunteer { notes: 'by the lead' }").ok());
  EXPECT_EQ(GetVolunteer(dover_, made->name())->notes(), "by the lead");
}

TEST_F(TwoCentres, ARoleMayDoNoMoreThanItIs) {
  const Client reader = world_.As(kDover, common::v1::ROLE_READER);
  EXPECT_TRUE(GetVolunteer(reader, kPrivate).ok());
  EXPECT_EQ(Outline(CreateVolunteer(reader, kDover, kEnquiry).status()),
            "PERMISSION_DENIED PERMISSION_DENIED");
  EXPECT_EQ(Outline(UpdateVolunteer(reader, kPrivate, "volunteer {}").status()),
            "PERMISSION_DENIED PERMISSION_DENIED");
  for (const auto& methods : {VolunteerMethods(), OpportunityMethods()}) {
    for (const auto& [method, ask] : methods) {
      EXPECT_EQ(Outline(ask(world_.NoOne(), kShared).status), "UNAUTHENTICATED CREDENTIAL_MISSING") << method;
      EXPECT_EQ(Outline(ask(world_.As(kDover, common::v1::ROLE_SERVICE), kShared).status),
                "PERMISSION_DENIED PERMISSION_DENIED")
          << method;
    }
  }
}

}  // namespace
}  // namespace brokerage::matching
