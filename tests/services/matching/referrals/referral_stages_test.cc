// Every stage and method of referrals, as docs/api.md tells them.
#include "services/matching/referrals/referral_stages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_join.h"

#include "tests/services/matching/referrals/referral_world.h"

namespace brokerage::matching {
namespace {

using ::testing::HasSubstr;
using v1::Referral;

// What each method makes of a stage; stages that are not there refuse it.
const std::map<std::string, std::map<std::string, std::string>>& Table() {
  static const auto& table = *new std::map<std::string, std::map<std::string, std::string>>{
      {"OfferReferral", {{"SHORTLISTED", "OFFERED"}}},
      {"RecordConsent", {{"OFFERED", "CONSENTED"}}},
      {"IntroduceVolunteer", {{"CONSENTED", "INTRODUCED"}}},
      {"AcknowledgeReferral", {{"INTRODUCED", "ACKNOWLEDGED"}}},
      {"PlaceVolunteer", {{"ACKNOWLEDGED", "PLACED"}}},
      {"EndPlacement", {{"PLACED", "ENDED"}}},
      {"DeclineReferral",
       {{"SHORTLISTED", "DECLINED"},
        {"OFFERED", "DECLINED"},
        {"CONSENTED", "DECLINED"},
        {"INTRODUCED", "DECLINED"},
        {"ACKNOWLEDGED", "DECLINED"}}},
      {"AddNote",
       {{"SHORTLISTED", "SHORTLISTED"},
        {"OFFERED", "OFFERED"},
        {"CONSENTED", "CONSENTED"},
        {"INTRODUCED", "INTRODUCED"},
        {"ACKNOWLEDGED", "ACKNOWLEDGED"},
        {"PLACED", "PLACED"},
        {"ENDED", "ENDED"},
        {"DECLINED", "DECLINED"},
        {"NO_RESPONSE", "NO_RESPONSE"},
        {"WITHDRAWN", "WITHDRAWN"}}},
  };
  return table;
}

std::vector<Referral::Stage> Stages() {
  std::vector<Referral::Stage> stages;
  for (int i = 0; i < Referral::Stage_descriptor()->value_count(); ++i) {
    const auto stage = static_cast<Referral::Stage>(Referral::Stage_descriptor()->value(i)->number());
    if (stage != Referral::STAGE_UNSPECIFIED) stages.push_back(stage);
  }
  return stages;
}

TEST(ReferralStages, EveryStageAndMethod) {
  ReferralWorld world;
  const Client lead = world.Lead();
  int pairs = 0;
  for (const Referral::Stage stage : Stages()) {
    for (const auto& [method, call] : Calls()) {
      SCOPED_TRACE(method + " from " + StageName(stage));
      ++pairs;
      const std::string name = world.At(stage);
      const Referral before = world.Referral(name);
      ASSERT_EQ(before.stage(), stage);
      const auto done = call(lead, name, "");
      const auto& becomes = Table().at(method);
      const auto expected = becomes.find(StageName(stage));
      if (expected != becomes.end()) {
        ASSERT_TRUE(done.ok()) << done.status();
        EXPECT_EQ(StageName(done->stage()), expected->second);
        EXPECT_EQ(world.Referral(name).stage(), done->stage());
        ASSERT_EQ(done->history_size(), before.history_size() + 1);
        const auto& event = done->history(done->history_size() - 1);
        EXPECT_EQ(event.stage(), done->stage());
        EXPECT_EQ(event.by(), "centres/ashford/credentials/r6");
      } else {
        EXPECT_EQ(Outline(done.status()), "FAILED_PRECONDITION STAGE_NOT_ALLOWED");
        EXPECT_THAT(std::string(done.status().message()), HasSubstr("at the stage " + StageName(stage)));
        std::vector<std::string> possible;
        for (const auto& [other, unused] : Calls()) {
          if (Table().at(other).count(StageName(stage)) > 0) possible.push_back(other);
        }
        EXPECT_EQ(base::MetadataOf(done.status(), "allowed"), absl::StrJoin(possible, ","));
        EXPECT_THAT(world.Referral(name), Holds(before.DebugString()));
      }
    }
  }
  EXPECT_EQ(pairs, 10 * 8);
}

// The table has a row for every method of the service that acts, and no other.
TEST(ReferralStages, TheTableKnowsEveryStep) {
  std::set<std::string> methods;
  const auto* service = v1::GetReferralRequest::descriptor()->file()->service(0);
  for (int i = 0; i < service->method_count(); ++i) methods.insert(service->method(i)->name());
  for (const char* read : {"GetReferral", "ListReferrals"}) EXPECT_EQ(methods.erase(read), 1U);
  std::set<std::string> rows;
  for (const auto& row : ReferralSteps()) rows.insert(std::string(row.method));
  EXPECT_EQ(rows, methods);
}

TEST(ReferralStages, AReasonSaysWhereADeclineLeadsAndWhetherAPlacementEnds) {
  struct Case {
    Referral::Reason reason;
    const char* decline;  // empty: refused
    bool ends;
  };
  const std::vector<Case> table = {
      {Referral::REASON_NOT_INTERESTED, "DECLINED", false},
      {Referral::REASON_NO_TIME, "DECLINED", true},
      {Referral::REASON_TOO_FAR, "DECLINED", true},
      {Referral::REASON_NOT_SUITABLE, "DECLINED", true},
      {Referral::REASON_CIRCUMSTANCES, "DECLINED", true},
      {Referral::REASON_FOUND_ANOTHER, "DECLINED", true},
      {Referral::REASON_NO_RESPONSE, "NO_RESPONSE", false},
      {Referral::REASON_MADE_IN_ERROR, "WITHDRAWN", true},
      {Referral::REASON_COMPLETED, "", true},
      {Referral::REASON_STOPPED, "", true},
      {Referral::REASON_OTHER, "DECLINED", true},
      {Referral::REASON_VOLUNTEER_LEFT, "", false},
      {Referral::REASON_OPPORTUNITY_CLOSED, "", false},
      {Referral::REASON_OPPORTUNITY_DELETED, "", false},
      {Referral::REASON_SHARING_WITHDRAWN, "", false},
  };
  EXPECT_EQ(table.size(), static_cast<std::size_t>(Referral::Reason_descriptor()->value_count()) - 1);
  ReferralWorld world;
  const Client lead = world.Lead();
  for (const Case& test : table) {
    const std::string reason = absl::StrCat("reason: ", Referral::Reason_Name(test.reason));
    SCOPED_TRACE(reason);
    const auto declined = Take(lead, "DeclineReferral", world.At(Referral::STAGE_OFFERED), reason);
    if (std::string(test.decline).empty()) {
      EXPECT_THAT(FaultsOf(declined.status()),
                  ::testing::ElementsAre("reason: is none for which a referral is declined"));
    } else {
      ASSERT_TRUE(declined.ok()) << declined.status();
      EXPECT_EQ(StageName(declined->stage()), test.decline);
      EXPECT_EQ(declined->history().rbegin()->reason(), test.reason);
    }
    const auto ended = Take(lead, "EndPlacement", world.At(Referral::STAGE_PLACED), reason);
    if (test.ends) {
      ASSERT_TRUE(ended.ok()) << ended.status();
      EXPECT_EQ(ended->history().rbegin()->reason(), test.reason);
    } else {
      EXPECT_THAT(FaultsOf(ended.status()),
                  ::testing::ElementsAre("reason: is none for which a placement is ended"));
    }
  }
}

}  // namespace
}  // namespace brokerage::matching
