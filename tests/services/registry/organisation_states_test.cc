// Every (state, method) of an organisation.

#include "services/registry/organisation_states.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"

#include "base/limits.h"
#include "tests/services/registry/world.h"

namespace brokerage::registry {
namespace {

using State = v1::Organisation::State;

constexpr State kActive = v1::Organisation::STATE_ACTIVE;
constexpr State kSuspended = v1::Organisation::STATE_SUSPENDED;
constexpr State kDeleted = v1::Organisation::STATE_DELETED;

// What the documentation says. A pair that is missing is refused.
const std::map<std::pair<std::string, State>, State>& Allowed() {
  static const auto& table = *new std::map<std::pair<std::string, State>, State>{
      {{"UpdateOrganisation", kActive}, kActive},     {{"UpdateOrganisation", kSuspended}, kSuspended},
      {{"RecordVerification", kActive}, kActive},     {{"RecordVerification", kSuspended}, kSuspended},
      {{"SuspendOrganisation", kActive}, kSuspended}, {{"ReinstateOrganisation", kSuspended}, kActive},
      {{"DeleteOrganisation", kActive}, kDeleted},    {{"DeleteOrganisation", kSuspended}, kDeleted},
      {{"UndeleteOrganisation", kDeleted}, kActive},
  };
  return table;
}

std::string NameOf(State state) {
  return std::string(absl::StripPrefix(v1::Organisation::State_Name(state), "STATE_"));
}

TEST(OrganisationStates, EveryStateAndMethod) {
  World world;
  for (const char* method : {"UpdateOrganisation", "RecordVerification", "SuspendOrganisation",
                             "ReinstateOrganisation", "DeleteOrganisation", "UndeleteOrganisation"}) {
    std::vector<std::string> from;  // in the order of the states
    for (const auto& [pair, to] : Allowed()) {
      if (pair.first == method) from.push_back(NameOf(pair.second));
    }
    for (const State state : {kActive, kSuspended, kDeleted}) {
      SCOPED_TRACE(absl::StrCat(method, " in ", NameOf(state)));
      const std::string name = MakeOrganisation(world, kDover, state);
      const auto before = Get(world.Lead(), name);
      const auto answer = Step(world.Manager(kDover), method, name);
      const auto after = Get(world.Lead(), name);
      ASSERT_TRUE(before.ok() && after.ok());
      const auto allowed = Allowed().find({method, state});
      if (allowed != Allowed().end()) {
        ASSERT_TRUE(answer.ok()) << answer.status();
        EXPECT_EQ(answer->state(), allowed->second);
        EXPECT_EQ(after->state(), allowed->second);
        EXPECT_NE(after->etag(), before->etag());
        EXPECT_EQ(answer->etag(), after->etag());
        EXPECT_FALSE(answer->consistency_token().empty());
        EXPECT_TRUE(after->consistency_token().empty());
      } else {
        EXPECT_EQ(Outline(answer), "FAILED_PRECONDITION STATE_NOT_ALLOWED");
        EXPECT_EQ(std::string(answer.status().message()),
                  absl::StrCat(method, " is not allowed from the state ", NameOf(state), "; it is from ",
                               absl::StrJoin(from, ", "), "."));
        EXPECT_EQ(after->SerializeAsString(), before->SerializeAsString()) << "an error means no change";
      }
    }
  }
}

TEST(OrganisationStates, EveryChangingMethodHasItsRow) {
  std::set<std::string> rows;
  for (const auto& row : OrganisationTransitions())
    EXPECT_TRUE(rows.insert(std::string(row.method)).second) << row.method;
  const auto* service = v1::GetOrganisationRequest::descriptor()->file()->service(0);
  for (int i = 0; i < service->method_count(); ++i) {
    const auto* method = service->method(i);
    const bool changes =
        method->options().idempotency_level() != google::protobuf::MethodOptions::NO_SIDE_EFFECTS;
    EXPECT_EQ(rows.count(method->name()) > 0, changes && method->name() != "CreateOrganisation")
        << method->name();
  }
}

TEST(OrganisationStates, UndeleteBringsTheStateBackThatItHad) {
  World world;
  const std::string name = MakeOrganisation(world, kDover, kSuspended);
  ASSERT_TRUE(Step(world.Manager(kDover), "DeleteOrganisation", name).ok());
  EXPECT_TRUE(Get(world.Lead(), name)->has_delete_time());
  const auto back = Step(world.Manager(kDover), "UndeleteOrganisation", name);
  ASSERT_TRUE(back.ok()) << back.status();
  EXPECT_EQ(back->state(), kSuspended);
  EXPECT_FALSE(back->has_delete_time());
  EXPECT_EQ(back->suspend_reason(), "Nobody answers");
}

TEST(OrganisationStates, UndeleteIsForThirtyDays) {
  World world;
  const std::string in_time = MakeOrganisation(world, kDover, kDeleted);
  const std::string late = MakeOrganisation(world, kDover, kDeleted);
  world.clock.Advance(base::kUndeletePeriod);
  EXPECT_TRUE(Step(world.Lead(), "UndeleteOrganisation", in_time).ok());
  world.clock.Advance(absl::Microseconds(1));
  EXPECT_EQ(Outline(Step(world.Lead(), "UndeleteOrganisation", late)),
            "FAILED_PRECONDITION UNDELETE_PERIOD_OVER");
}

TEST(OrganisationStates, SuspendKeepsTheReasonAndReinstateForgetsIt) {
  World world;
  const std::string name = MakeOrganisation(world, kDover);
  EXPECT_EQ(Step(world.Manager(kDover), "SuspendOrganisation", name)->suspend_reason(), "Nobody answers");
  EXPECT_EQ(Step(world.Manager(kDover), "ReinstateOrganisation", name)->suspend_reason(), "");
}

TEST(OrganisationStates, VerificationSaysWhoWhenAndOnWhat) {
  World world;
  const std::string name = MakeOrganisation(world, kDover);
  EXPECT_THAT(*Get(world.Lead(), name), Holds("verification { stage: STAGE_UNVERIFIED }"));
  world.clock.Advance(absl::Hours(1));
  const auto verified = Step(world.Manager(kDover), "RecordVerification", name);
  ASSERT_TRUE(verified.ok()) << verified.status();
  EXPECT_THAT(*verified,
              Holds("verification { stage: STAGE_VISITED evidence: 'Seen' time { seconds: 1781521200 } }"));
  EXPECT_THAT(verified->verification().by(), ::testing::StartsWith("centres/dover/credentials/"));
  EXPECT_THAT(*verified, Holds("update_time { seconds: 1781521200 }"));
}

TEST(OrganisationStates, RolesDecideWhoMayStep) {
  World world;
  for (const char* method : {"RecordVerification", "SuspendOrganisation", "ReinstateOrganisation",
                             "DeleteOrganisation", "UndeleteOrganisation"}) {
    const std::string name = MakeOrganisation(world, kDover);
    EXPECT_EQ(Outline(Step(world.Caseworker(kDover), method, name)), kDenied) << method;
  }
  const std::string name = MakeOrganisation(world, kDover);
  EXPECT_TRUE(Step(world.Caseworker(kDover), "UpdateOrganisation", name).ok());
  EXPECT_EQ(Outline(Step(world.As(kDover, common::v1::ROLE_READER), "UpdateOrganisation", name)), kDenied);
}

TEST(OrganisationStates, AnEtagGuardsEveryStep) {
  World world;
  const std::map<std::string, State> kFrom = {
      {"UpdateOrganisation", kActive},  {"RecordVerification", kActive},
      {"SuspendOrganisation", kActive}, {"ReinstateOrganisation", kSuspended},
      {"DeleteOrganisation", kActive},  {"UndeleteOrganisation", kDeleted}};
  for (const auto& [method, state] : kFrom) {
    const std::string name = MakeOrganisation(world, kDover, state);
    const std::string etag = Get(world.Lead(), name)->etag();
    for (const char* wrong : {"1-1", "nonsense"}) {
      EXPECT_EQ(Outline(Step(world.Lead(), method, name, wrong)), "ABORTED ETAG_MISMATCH") << method;
    }
    EXPECT_EQ(Get(world.Lead(), name)->etag(), etag) << method;
    EXPECT_EQ(Outline(Step(world.Lead(), method, name, etag)), "OK") << method;
  }
}

TEST(OrganisationStates, AStaleEtagIsToldBeforeAStateThatRefuses) {
  World world;
  for (const State state : {kActive, kSuspended, kDeleted}) {
    const std::string name = MakeOrganisation(world, kDover, state);
    for (const auto& row : OrganisationTransitions()) {
      EXPECT_EQ(Outline(Step(world.Lead(), std::string(row.method), name, "1-1")), "ABORTED ETAG_MISMATCH")
          << row.method;
    }
  }
  const std::string name = MakeOrganisation(world, kDover);
  EXPECT_EQ(Outline(Update(world.Lead(), name, "organisation { income: -1 etag: '1-1' }")),
            "ABORTED ETAG_MISMATCH");
}

TEST(OrganisationStates, ARetryOfEveryStepActsOnce) {
  World world;
  const std::map<std::string, State> kFrom = {
      {"UpdateOrganisation", kActive},  {"RecordVerification", kActive},
      {"SuspendOrganisation", kActive}, {"ReinstateOrganisation", kSuspended},
      {"DeleteOrganisation", kActive},  {"UndeleteOrganisation", kDeleted}};
  constexpr char kId[] = "6a3b3c6e-1b9c-4d9e-8a5f-0d6f3a1b2c3d";
  for (const auto& [method, state] : kFrom) {
    const std::string name = MakeOrganisation(world, kDover, state);
    const std::string etag = Get(world.Lead(), name)->etag();
    const auto first = Step(world.Lead(), method, name, etag, kId);
    ASSERT_TRUE(first.ok()) << method << first.status();
    // The state and the etag are others by now; a retry is no second step.
    const auto retry = Step(world.Lead(), method, name, etag, kId);
    ASSERT_TRUE(retry.ok()) << method << retry.status();
    EXPECT_EQ(retry->SerializeAsString(), first->SerializeAsString()) << method;
    EXPECT_EQ(Outline(Step(world.Lead(), method, name, "", kId)), "INVALID_ARGUMENT REQUEST_ID_REUSED")
        << method;
  }
}

}  // namespace
}  // namespace brokerage::registry
