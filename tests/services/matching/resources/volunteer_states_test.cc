// Every state and method of volunteers, as docs/api.md tells them.
#include "services/matching/volunteer_states.h"

#include <functional>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <string>

#include "google/protobuf/descriptor.h"

#include "tests/services/matching/resources/resource_calls.h"

namespace brokerage::matching {
namespace {

using rpc::StateName;
using ::testing::ElementsAre;
using v1::Volunteer;

using Step = std::function<absl::StatusOr<Volunteer>(const Client&, const std::string&)>;

template <typename Request>
Step StepOf(grpc::Status (Volunteers::*method)(grpc::ClientContext*, const Request&, Volunteer*)) {
  return [method](const Client& client, const std::string& name) {
    Request request;
    request.set_name(name);
    return client.Call(method, request);
  };
}

const std::map<std::string, Step>& Steps() {
  static const auto& steps = *new std::map<std::string, Step>{
      {"RegisterVolunteer", StepOf(&Volunteers::RegisterVolunteer)},
      {"ActivateVolunteer", StepOf(&Volunteers::ActivateVolunteer)},
      {"PauseVolunteer", StepOf(&Volunteers::PauseVolunteer)},
      {"ResumeVolunteer", StepOf(&Volunteers::ResumeVolunteer)},
      {"MarkVolunteerLeft", StepOf(&Volunteers::MarkVolunteerLeft)},
  };
  return steps;
}

// What the pair comes to; what is not here is refused.
const std::map<std::pair<std::string, Volunteer::State>, Volunteer::State>& Allowed() {
  static const auto& allowed = *new std::map<std::pair<std::string, Volunteer::State>, Volunteer::State>{
      {{"RegisterVolunteer", Volunteer::STATE_ENQUIRY}, Volunteer::STATE_REGISTERED},
      {{"ActivateVolunteer", Volunteer::STATE_REGISTERED}, Volunteer::STATE_SEARCHING},
      {{"PauseVolunteer", Volunteer::STATE_SEARCHING}, Volunteer::STATE_ON_BREAK},
      {{"ResumeVolunteer", Volunteer::STATE_ON_BREAK}, Volunteer::STATE_SEARCHING},
      {{"MarkVolunteerLeft", Volunteer::STATE_ENQUIRY}, Volunteer::STATE_LEFT},
      {{"MarkVolunteerLeft", Volunteer::STATE_REGISTERED}, Volunteer::STATE_LEFT},
      {{"MarkVolunteerLeft", Volunteer::STATE_SEARCHING}, Volunteer::STATE_LEFT},
      {{"MarkVolunteerLeft", Volunteer::STATE_PLACED}, Volunteer::STATE_LEFT},
      {{"MarkVolunteerLeft", Volunteer::STATE_ON_BREAK}, Volunteer::STATE_LEFT},
  };
  return allowed;
}

class VolunteerStates : public ::testing::Test {
 protected:
  // A volunteer in `state` who has all that any step needs.
  std::string In(Volunteer::State state) {
    auto volunteer = Parse<Volunteer>(R"(display_name: "Ann" contact { phone: "0123" } travel_radius_m: 5000
        sharing: SHARING_CENTRE home { postcode: "TN23 1PL" latitude: 51 longitude: 1 })");
    volunteer.set_name("centres/ashford/volunteers/v" + std::to_string(++count_));
    volunteer.set_state(state);
    world_.Put(volunteer);
    return volunteer.name();
  }

  MatchingWorld world_;
  Client ashford_ = world_.Caseworker(kAshford);
  int count_ = 0;
};

TEST_F(VolunteerStates, EveryStateAndMethod) {
  int pairs = 0;
  for (int s = 1; s < Volunteer::State_ARRAYSIZE; ++s) {
    const auto state = static_cast<Volunteer::State>(s);
    for (const auto& [method, step] : Steps()) {
      SCOPED_TRACE(method + " from " + Volunteer::State_Name(state));
      ++pairs;
      const std::string name = In(state);
      const auto done = step(ashford_, name);
      const auto expected = Allowed().find({method, state});
      if (expected != Allowed().end()) {
        ASSERT_TRUE(done.ok()) << done.status();
        EXPECT_EQ(done->state(), expected->second);
      } else {
        EXPECT_EQ(Outline(done.status()), "FAILED_PRECONDITION STATE_NOT_ALLOWED");
        for (const auto& [row, to] : Allowed()) {
          if (row.first != method) continue;
          EXPECT_THAT(std::string(done.status().message()), ::testing::HasSubstr(StateName(row.second)));
        }
      }
      const auto read = GetVolunteer(ashford_, name);
      ASSERT_TRUE(read.ok());
      EXPECT_EQ(read->state(), done.ok() ? done->state() : state);
    }
    EXPECT_TRUE(UpdateVolunteer(ashford_, In(state), R"(volunteer { notes: "n" })").ok());
  }
  EXPECT_EQ(pairs, 6 * 5);
}

// The table has a row for every method that is no standard one, and for nothing else.
TEST_F(VolunteerStates, TheTableKnowsEveryStep) {
  std::set<std::string> methods;
  const auto* service = v1::GetVolunteerRequest::descriptor()->file()->service(0);
  for (int i = 0; i < service->method_count(); ++i) methods.insert(service->method(i)->name());
  for (const char* standard : {"CreateVolunteer", "GetVolunteer", "UpdateVolunteer", "ListVolunteers"}) {
    EXPECT_EQ(methods.erase(standard), 1U);
  }
  std::set<std::string> rows;
  for (const auto& row : VolunteerTransitions()) rows.insert(std::string(row.method));
  EXPECT_EQ(rows, methods);
  for (const auto& [method, step] : Steps()) methods.erase(method);
  EXPECT_TRUE(methods.empty());
}

TEST_F(VolunteerStates, RegisteringNeedsToKnowWhereOrHow) {
  struct Case {
    const char* text;
    const char* lacks;  // empty: may be registered
  };
  const std::vector<Case> table = {
      {"", "home,travel_radius_m"},
      {"travel_radius_m: 0", "home"},
      {"home { postcode: 'TN23 1PL' }", "travel_radius_m"},
      {"home { postcode: 'TN23 1PL' } travel_radius_m: 0", ""},
      {"accepts_remote: true", ""},
      {"accepts_remote: true home { latitude: 51.1 longitude: 0.9 }", ""},
  };
  for (const Case& test : table) {
    SCOPED_TRACE(test.text);
    const auto made = CreateVolunteer(ashford_, kAshford, std::string(kEnquiry) + test.text);
    ASSERT_TRUE(made.ok()) << made.status();
    const auto done = Steps().at("RegisterVolunteer")(ashford_, made->name());
    if (std::string(test.lacks).empty()) {
      EXPECT_TRUE(done.ok()) << done.status();
      continue;
    }
    EXPECT_EQ(Outline(done.status()), "FAILED_PRECONDITION RECORD_INCOMPLETE");
    EXPECT_THAT(std::string(done.status().message()),
                ::testing::HasSubstr(std::string(test.lacks).substr(0, 4)));
  }
}

TEST_F(VolunteerStates, WhatRegisteringNeedsMustGoOnHolding) {
  for (const auto state : {Volunteer::STATE_REGISTERED, Volunteer::STATE_SEARCHING, Volunteer::STATE_PLACED,
                           Volunteer::STATE_ON_BREAK}) {
    SCOPED_TRACE(Volunteer::State_Name(state));
    const std::string name = In(state);
    EXPECT_THAT(
        FaultsOf(UpdateVolunteer(ashford_, name,
                                 R"(volunteer {} update_mask { paths: "home" paths: "travel_radius_m" })")
                     .status()),
        ElementsAre("volunteer.home: is needed, unless remote roles are accepted",
                    "volunteer.travel_radius_m: is needed, unless remote roles are accepted"));
    EXPECT_TRUE(UpdateVolunteer(ashford_, name, R"(volunteer { accepts_remote: true }
        update_mask { paths: "home" paths: "travel_radius_m" paths: "accepts_remote" })")
                    .ok());
  }
  for (const auto state : {Volunteer::STATE_ENQUIRY, Volunteer::STATE_LEFT}) {
    EXPECT_TRUE(UpdateVolunteer(ashford_, In(state), R"(volunteer {} update_mask { paths: "home" })").ok());
  }
}

TEST_F(VolunteerStates, ABreakMayHaveAnEndFromTodayOn) {
  const auto pause = [&](const std::string& name, const std::string& until) {
    auto request = Parse<v1::PauseVolunteerRequest>("until_date { " + until + " }");
    request.set_name(name);
    return ashford_.Call(&Volunteers::PauseVolunteer, request);
  };
  const std::string name = In(Volunteer::STATE_SEARCHING);
  // Still June in UTC, but half past midnight on 1 July in London.
  world_.clock.Set(absl::FromCivil(absl::CivilSecond(2026, 6, 30, 23, 30, 0), absl::UTCTimeZone()));
  EXPECT_THAT(FaultsOf(pause(name, "year: 2026 month: 6 day: 30").status()),
              ElementsAre("until_date: must be today or later"));
  EXPECT_THAT(FaultsOf(pause(name, "year: 2026 month: 6 day: 31").status()),
              ElementsAre("until_date: must be a date that exists"));
  const auto paused = pause(name, "year: 2026 month: 7 day: 1");
  ASSERT_TRUE(paused.ok()) << paused.status();
  EXPECT_THAT(*paused, Holds("state: STATE_ON_BREAK break_until_date { year: 2026 month: 7 day: 1 }"));
  const auto resumed = Steps().at("ResumeVolunteer")(ashford_, name);
  ASSERT_TRUE(resumed.ok());
  EXPECT_FALSE(resumed->has_break_until_date());
  EXPECT_THAT(FaultsOf(pause("ann", "year: 2026 month: 6 day: 30").status()),
              ElementsAre("name: must be centres/{centre}/volunteers/{volunteer}",
                          "until_date: must be today or later"));
}

TEST_F(VolunteerStates, ARetryOfABreakIsNoLaterThanTheBreak) {
  auto request = Parse<v1::PauseVolunteerRequest>(
      "until_date { year: 2026 month: 6 day: 15 } request_id: '7c9d7d0e-7f0f-4f6b-9a3c-0a5a9e6f3b21'");
  request.set_name(In(Volunteer::STATE_SEARCHING));
  world_.clock.Set(absl::FromCivil(absl::CivilSecond(2026, 6, 15, 10, 0, 0), absl::UTCTimeZone()));
  const auto paused = ashford_.Call(&Volunteers::PauseVolunteer, request);
  ASSERT_TRUE(paused.ok()) << paused.status();
  world_.clock.Advance(absl::Hours(24));
  const auto retry = ashford_.Call(&Volunteers::PauseVolunteer, request);
  ASSERT_TRUE(retry.ok()) << retry.status();
  EXPECT_EQ(retry->ShortDebugString(), paused->ShortDebugString());
}

}  // namespace
}  // namespace brokerage::matching
