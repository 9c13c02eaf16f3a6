// Every state and method of roles, as docs/api.md tells them.
#include "services/matching/opportunity_states.h"

#include <functional>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "brokerage/storage/v1/record.pb.h"
#include "services/rpc/moments.h"
#include "tests/services/matching/resources/resource_calls.h"

namespace brokerage::matching {
namespace {

using matcher::OrganisationStanding;
using rpc::StateName;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using v1::Opportunity;

constexpr char kOrganisation[] = "organisations/x";

using Step = std::function<absl::StatusOr<Opportunity>(const Client&, const std::string&)>;

void AddReason(v1::RejectOpportunityRequest& request) { request.set_reason("too vague"); }
template <typename Request>
void AddReason(Request&) {}

template <typename Request>
Step StepOf(grpc::Status (Opportunities::*method)(grpc::ClientContext*, const Request&, Opportunity*)) {
  return [method](const Client& client, const std::string& name) {
    Request request;
    request.set_name(name);
    AddReason(request);
    return client.Call(method, request);
  };
}

const std::map<std::string, Step>& Steps() {
  static const auto& steps = *new std::map<std::string, Step>{
      {"UpdateOpportunity",
       [](const Client& client, const std::string& name) {
         return UpdateOpportunity(client, name, R"(opportunity { description: "new" })");
       }},
      {"SubmitOpportunity", StepOf(&Opportunities::SubmitOpportunity)},
      {"ApproveOpportunity", StepOf(&Opportunities::ApproveOpportunity)},
      {"RejectOpportunity", StepOf(&Opportunities::RejectOpportunity)},
      {"PauseOpportunity", StepOf(&Opportunities::PauseOpportunity)},
      {"ResumeOpportunity", StepOf(&Opportunities::ResumeOpportunity)},
      {"CloseOpportunity", StepOf(&Opportunities::CloseOpportunity)},
      {"ConfirmOpportunity", StepOf(&Opportunities::ConfirmOpportunity)},
      {"DeleteOpportunity", StepOf(&Opportunities::DeleteOpportunity)},
      {"UndeleteOpportunity", StepOf(&Opportunities::UndeleteOpportunity)},
  };
  return steps;
}

// One column for each state: what the method makes of it; "" when it is refused.
struct Row {
  const char* method;
  std::map<std::string, std::string> becomes;
};

const std::vector<Row>& Table() {
  static const auto& table = *new std::vector<Row>{
      {"UpdateOpportunity",
       {{"DRAFT", "DRAFT"},
        {"SUBMITTED", "SUBMITTED"},
        {"OPEN", "OPEN"},
        {"REJECTED", "REJECTED"},
        {"PAUSED", "PAUSED"},
        {"FILLED", "FILLED"},
        {"EXPIRED", "EXPIRED"}}},
      {"SubmitOpportunity", {{"DRAFT", "SUBMITTED"}, {"REJECTED", "SUBMITTED"}}},
      {"ApproveOpportunity", {{"SUBMITTED", "OPEN"}}},
      {"RejectOpportunity", {{"SUBMITTED", "REJECTED"}}},
      {"PauseOpportunity", {{"OPEN", "PAUSED"}, {"FILLED", "PAUSED"}, {"EXPIRED", "PAUSED"}}},
      {"ResumeOpportunity", {{"PAUSED", "OPEN"}}},
      {"CloseOpportunity",
       {{"SUBMITTED", "CLOSED"},
        {"OPEN", "CLOSED"},
        {"PAUSED", "CLOSED"},
        {"FILLED", "CLOSED"},
        {"EXPIRED", "CLOSED"}}},
      {"ConfirmOpportunity",
       {{"OPEN", "OPEN"}, {"PAUSED", "PAUSED"}, {"FILLED", "FILLED"}, {"EXPIRED", "OPEN"}}},
      {"DeleteOpportunity",
       {{"DRAFT", "DELETED"},
        {"SUBMITTED", "DELETED"},
        {"OPEN", "DELETED"},
        {"REJECTED", "DELETED"},
        {"PAUSED", "DELETED"},
        {"FILLED", "DELETED"},
        {"EXPIRED", "DELETED"},
        {"CLOSED", "DELETED"}}},
      {"UndeleteOpportunity", {{"DELETED", "CLOSED"}}},  // the fixture's were closed before
  };
  return table;
}

class OpportunityStates : public ::testing::Test {
 protected:
  OpportunityStates() { world_.SetOrganisation(kOrganisation, OrganisationStanding::kActive); }

  absl::Time Now() const { return world_.clock.Now(); }

  // A role that reads as being in `state`, and has all that any step needs.
  std::string In(Opportunity::State state) {
    storage::v1::OpportunityRecord record;
    Opportunity& opportunity = *record.mutable_opportunity();
    opportunity = Parse<Opportunity>(R"(organisation: "organisations/x" title: "Cook" sharing: SHARING_CENTRE
        remote: true places: 2)");
    opportunity.set_name("centres/ashford/opportunities/o" + std::to_string(++count_));
    opportunity.set_state(state);
    *opportunity.mutable_expire_time() = rpc::ToTimestamp(Now() + absl::Hours(1));
    if (state == Opportunity::STATE_FILLED) {
      opportunity.set_state(Opportunity::STATE_OPEN);
      opportunity.set_places_filled(2);
    } else if (state == Opportunity::STATE_EXPIRED) {
      opportunity.set_state(Opportunity::STATE_OPEN);
      *opportunity.mutable_expire_time() = rpc::ToTimestamp(Now());
    } else if (state == Opportunity::STATE_DELETED) {
      *opportunity.mutable_delete_time() = rpc::ToTimestamp(Now());
      record.set_state_before_delete(Opportunity::STATE_CLOSED);
    }
    world_.Put(record);
    return opportunity.name();
  }

  absl::StatusOr<Opportunity> Take(const std::string& method, const std::string& name) {
    return Steps().at(method)(manager_, name);
  }

  MatchingWorld world_;
  Client manager_ = world_.Manager(kAshford);
  int count_ = 0;
};

TEST_F(OpportunityStates, EveryStateAndMethod) {
  int pairs = 0;
  for (int s = 1; s < Opportunity::State_ARRAYSIZE; ++s) {
    const auto state = static_cast<Opportunity::State>(s);
    for (const Row& row : Table()) {
      SCOPED_TRACE(std::string(row.method) + " from " + StateName(state));
      ++pairs;
      const std::string name = In(state);
      ASSERT_EQ(GetOpportunity(manager_, name)->state(), state);
      const auto done = Take(row.method, name);
      const auto expected = row.becomes.find(StateName(state));
      if (expected != row.becomes.end()) {
        ASSERT_TRUE(done.ok()) << done.status();
        EXPECT_EQ(StateName(done->state()), expected->second);
      } else {
        EXPECT_EQ(Outline(done.status()), "FAILED_PRECONDITION STATE_NOT_ALLOWED");
        EXPECT_THAT(std::string(done.status().message()), HasSubstr("from the state " + StateName(state)));
        for (const auto& [from, to] : row.becomes) {
          EXPECT_THAT(std::string(done.status().message()), HasSubstr(from));
        }
      }
      EXPECT_EQ(GetOpportunity(manager_, name)->state(), done.ok() ? done->state() : state);
    }
  }
  EXPECT_EQ(pairs, 9 * 10);
}

// The table has a row for every method that is no standard one, for UpdateOpportunity and its like, and no
// other.
TEST_F(OpportunityStates, TheTableKnowsEveryStep) {
  std::set<std::string> methods;
  const auto* service = v1::GetOpportunityRequest::descriptor()->file()->service(0);
  for (int i = 0; i < service->method_count(); ++i) methods.insert(service->method(i)->name());
  for (const char* other :
       {"CreateOpportunity", "GetOpportunity", "ListOpportunities", "SearchOpportunities"}) {
    EXPECT_EQ(methods.erase(other), 1U);
  }
  std::set<std::string> rows;
  for (const auto& row : OpportunityTransitions()) rows.insert(std::string(row.method));
  EXPECT_EQ(rows, methods);
  for (const Row& row : Table()) methods.erase(row.method);
  EXPECT_TRUE(methods.empty());
}

TEST_F(OpportunityStates, ReadsAsExpiredFromTheMomentOnAndAsFilledBefore) {
  struct Case {
    Opportunity::State stored;
    absl::Duration to_expiry;
    int filled;
    Opportunity::State read;
  };
  const std::vector<Case> table = {
      {Opportunity::STATE_OPEN, absl::Microseconds(1), 1, Opportunity::STATE_OPEN},
      {Opportunity::STATE_OPEN, absl::ZeroDuration(), 1, Opportunity::STATE_EXPIRED},
      {Opportunity::STATE_OPEN, absl::Hours(1), 2, Opportunity::STATE_FILLED},
      {Opportunity::STATE_OPEN, -absl::Hours(1), 2, Opportunity::STATE_FILLED},
      {Opportunity::STATE_PAUSED, -absl::Hours(1), 2, Opportunity::STATE_PAUSED},
      {Opportunity::STATE_CLOSED, -absl::Hours(1), 0, Opportunity::STATE_CLOSED},
  };
  for (const Case& test : table) {
    Opportunity opportunity;
    opportunity.set_state(test.stored);
    opportunity.set_places(2);
    opportunity.set_places_filled(test.filled);
    *opportunity.mutable_expire_time() = rpc::ToTimestamp(Now() + test.to_expiry);
    EXPECT_EQ(StateName(EffectiveState(opportunity, Now())), StateName(test.read));
  }
  Opportunity one_place;
  one_place.set_state(Opportunity::STATE_OPEN);
  EXPECT_EQ(EffectiveState(one_place, Now()), Opportunity::STATE_OPEN);
  one_place.set_places_filled(1);
  EXPECT_EQ(EffectiveState(one_place, Now()), Opportunity::STATE_FILLED);
}

TEST_F(OpportunityStates, ApprovingAndConfirmingStartThePeriodAgain) {
  const std::string name = In(Opportunity::STATE_SUBMITTED);
  const auto approved = Take("ApproveOpportunity", name);
  ASSERT_TRUE(approved.ok()) << approved.status();
  EXPECT_EQ(rpc::ToTime(approved->confirm_time()), Now());
  EXPECT_EQ(rpc::ToTime(approved->expire_time()), Now() + absl::Hours(90 * 24));

  world_.clock.Advance(absl::Hours(90 * 24));
  EXPECT_EQ(GetOpportunity(manager_, name)->state(), Opportunity::STATE_EXPIRED);
  const auto confirmed = Take("ConfirmOpportunity", name);
  ASSERT_TRUE(confirmed.ok()) << confirmed.status();
  EXPECT_EQ(confirmed->state(), Opportunity::STATE_OPEN);
  EXPECT_EQ(rpc::ToTime(confirmed->confirm_time()), Now());
  EXPECT_EQ(rpc::ToTime(confirmed->expire_time()), Now() + absl::Hours(90 * 24));

  // A pause does not stop the clock, and resuming does not start it.
  ASSERT_TRUE(Take("PauseOpportunity", name).ok());
  world_.clock.Advance(absl::Hours(90 * 24));
  EXPECT_EQ(GetOpportunity(manager_, name)->state(), Opportunity::STATE_PAUSED);
  const auto resumed = Take("ResumeOpportunity", name);
  ASSERT_TRUE(resumed.ok());
  EXPECT_EQ(resumed->state(), Opportunity::STATE_EXPIRED);
}

TEST_F(OpportunityStates, SubmittingAndApprovingNeedAnActiveOrganisation) {
  struct Case {
    OrganisationStanding standing;
    const char* outline;
  };
  const std::vector<Case> table = {
      {OrganisationStanding::kUnknown, "FAILED_PRECONDITION ORGANISATION_NOT_ACTIVE"},
      {OrganisationStanding::kSuspended, "FAILED_PRECONDITION ORGANISATION_NOT_ACTIVE"},
      {OrganisationStanding::kDeleted, "FAILED_PRECONDITION ORGANISATION_NOT_ACTIVE"},
      {OrganisationStanding::kActive, "OK"},
  };
  for (const Case& test : table) {
    world_.SetOrganisation(kOrganisation, test.standing);
    EXPECT_EQ(Outline(Take("SubmitOpportunity", In(Opportunity::STATE_DRAFT)).status()), test.outline);
    EXPECT_EQ(Outline(Take("ApproveOpportunity", In(Opportunity::STATE_SUBMITTED)).status()), test.outline);
    // What is offered already is left alone; the matcher looks at the organisation itself.
    EXPECT_TRUE(Take("ResumeOpportunity", In(Opportunity::STATE_PAUSED)).ok());
    EXPECT_TRUE(Take("ConfirmOpportunity", In(Opportunity::STATE_OPEN)).ok());
    EXPECT_TRUE(Take("UpdateOpportunity", In(Opportunity::STATE_OPEN)).ok());
  }
}

TEST(OpportunityStatesUnheard, BeforeTheRegistryWasEverHeardNobodyCanTell) {
  MatchingWorld world;
  const Client manager = world.Manager(kAshford);
  const auto made =
      CreateOpportunity(manager, kAshford, R"(organisation: "organisations/x" title: "Cook" remote: true)");
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_EQ(Outline(Steps().at("SubmitOpportunity")(manager, made->name()).status()),
            "UNAVAILABLE REGISTRY_NEVER_SEEN");
  world.SetOrganisation(kOrganisation, OrganisationStanding::kActive);
  EXPECT_TRUE(Steps().at("SubmitOpportunity")(manager, made->name()).ok());
}

TEST_F(OpportunityStates, HandingInNeedsAnOrganisationAndAPlace) {
  struct Case {
    const char* text;
    const char* message;  // empty: may be handed in
  };
  const std::vector<Case> table = {
      {"", "organisation: is needed; place: is needed, unless the role is remote."},
      {"remote: true", "organisation: is needed."},
      {"organisation: 'organisations/x'", "place: is needed, unless the role is remote."},
      {"organisation: 'organisations/x' place { postcode: 'TN23 1PL' }", ""},
      {"organisation: 'organisations/x' remote: true", ""},
  };
  for (const Case& test : table) {
    SCOPED_TRACE(test.text);
    const auto made = CreateOpportunity(manager_, kAshford, std::string("title: 'Cook' ") + test.text);
    ASSERT_TRUE(made.ok()) << made.status();
    const auto done = Take("SubmitOpportunity", made->name());
    if (std::string(test.message).empty()) {
      EXPECT_TRUE(done.ok()) << done.status();
    } else {
      EXPECT_EQ(Outline(done.status()), "FAILED_PRECONDITION RECORD_INCOMPLETE");
      EXPECT_THAT(std::string(done.status().message()), ::testing::EndsWith(test.message));
    }
  }
}

TEST_F(OpportunityStates, WhatHandingInNeedsMustGoOnHolding) {
  world_.SetOrganisation("organisations/asleep", OrganisationStanding::kSuspended);
  world_.SetOrganisation("organisations/y", OrganisationStanding::kActive);
  for (const auto state : {Opportunity::STATE_SUBMITTED, Opportunity::STATE_OPEN, Opportunity::STATE_PAUSED,
                           Opportunity::STATE_FILLED, Opportunity::STATE_EXPIRED}) {
    SCOPED_TRACE(StateName(state));
    const std::string name = In(state);
    const auto refused = UpdateOpportunity(
        manager_, name, R"(opportunity {} update_mask { paths: "remote" paths: "organisation" })");
    EXPECT_THAT(FaultsOf(refused.status()),
                ElementsAre("opportunity.organisation: is needed",
                            "opportunity.place: is needed, unless the role is remote"));
    const auto asleep =
        UpdateOpportunity(manager_, name, R"(opportunity { organisation: "organisations/asleep" })");
    EXPECT_EQ(Outline(asleep.status()), "FAILED_PRECONDITION ORGANISATION_NOT_ACTIVE");
    EXPECT_TRUE(UpdateOpportunity(manager_, name, R"(opportunity { organisation: "organisations/y" })").ok());
  }
  for (const auto state : {Opportunity::STATE_DRAFT, Opportunity::STATE_REJECTED}) {
    EXPECT_TRUE(
        UpdateOpportunity(manager_, In(state), R"(opportunity { organisation: "organisations/unheard-of" })")
            .ok());
  }
}

TEST_F(OpportunityStates, ARejectionHasAReasonUntilItIsHandedInAgain) {
  const std::string name = In(Opportunity::STATE_SUBMITTED);
  v1::RejectOpportunityRequest request;
  request.set_name(name);
  EXPECT_THAT(FaultsOf(manager_.Call(&Opportunities::RejectOpportunity, request).status()),
              ElementsAre("reason: is required"));
  EXPECT_EQ(Take("RejectOpportunity", name)->reject_reason(), "too vague");
  EXPECT_EQ(GetOpportunity(manager_, name)->reject_reason(), "too vague");
  EXPECT_EQ(Take("SubmitOpportunity", name)->reject_reason(), "");
}

TEST_F(OpportunityStates, UndeletingRestoresThePriorStateWithinThirtyDays) {
  for (const auto state : {Opportunity::STATE_DRAFT, Opportunity::STATE_SUBMITTED, Opportunity::STATE_OPEN,
                           Opportunity::STATE_REJECTED, Opportunity::STATE_PAUSED, Opportunity::STATE_FILLED,
                           Opportunity::STATE_EXPIRED, Opportunity::STATE_CLOSED}) {
    SCOPED_TRACE(StateName(state));
    const std::string name = In(state);
    const auto deleted = Take("DeleteOpportunity", name);
    ASSERT_TRUE(deleted.ok()) << deleted.status();
    EXPECT_EQ(rpc::ToTime(deleted->delete_time()), Now());
    const auto restored = Take("UndeleteOpportunity", name);
    ASSERT_TRUE(restored.ok()) << restored.status();
    EXPECT_EQ(StateName(restored->state()), StateName(state));
    EXPECT_FALSE(restored->has_delete_time());
  }
  const std::string name = In(Opportunity::STATE_DRAFT);
  ASSERT_TRUE(Take("DeleteOpportunity", name).ok());
  const absl::Time deleted = Now();
  world_.clock.Set(deleted + absl::Hours(30 * 24) + absl::Microseconds(1));
  EXPECT_EQ(Outline(Take("UndeleteOpportunity", name).status()), "FAILED_PRECONDITION UNDELETE_PERIOD_OVER");
  world_.clock.Set(deleted + absl::Hours(30 * 24));
  EXPECT_TRUE(Take("UndeleteOpportunity", name).ok());
}

TEST_F(OpportunityStates, ApprovingRejectingAndDeletingAreAManagersWork) {
  const Client caseworker = world_.Caseworker(kAshford);
  const std::set<std::string> managers = {"ApproveOpportunity", "RejectOpportunity", "DeleteOpportunity",
                                          "UndeleteOpportunity"};
  for (const auto& [method, step] : Steps()) {
    const bool refused = Outline(step(caseworker, In(Opportunity::STATE_SUBMITTED)).status()) ==
                         "PERMISSION_DENIED PERMISSION_DENIED";
    EXPECT_EQ(refused, managers.count(method) > 0) << method;
  }
}

}  // namespace
}  // namespace brokerage::matching
