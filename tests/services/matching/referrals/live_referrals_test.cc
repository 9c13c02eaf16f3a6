// What becomes of referrals when what they rest on ends.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <utility>
#include <vector>

#include "tests/services/matching/referrals/referral_world.h"

namespace brokerage::matching {
namespace {

using v1::Referral;
using v1::Volunteer;

constexpr Referral::Stage kLive[] = {Referral::STAGE_SHORTLISTED,  Referral::STAGE_OFFERED,
                                     Referral::STAGE_CONSENTED,    Referral::STAGE_INTRODUCED,
                                     Referral::STAGE_ACKNOWLEDGED, Referral::STAGE_PLACED};

class LiveReferrals : public ReferralTest {
 protected:
  // What became of the referral: its stage and the reason.
  std::string EndOf(const std::string& name) {
    const Referral referral = world_.Referral(name);
    const auto& last = *referral.history().rbegin();
    EXPECT_EQ(last.stage(), referral.stage());
    return StageName(referral.stage()) + " " + Referral::Reason_Name(last.reason());
  }
  storage::v1::OpportunityReferrals LedgerOf(const std::string& role) {
    return world_.Read<storage::v1::OpportunityReferrals>(storage::kOpportunityReferrals, role);
  }
  // Puts `count` offered referrals x0, x1, … of the role, with so many of the longest notes each.
  void PutOffered(const std::string& role, int count, int notes) {
    storage::v1::OpportunityReferrals ledger;
    std::vector<storage::Write> writes;
    for (int i = 0; i < count; ++i) {
      storage::v1::ReferralRecord record;
      Referral& referral = *record.mutable_referral();
      referral.set_name(absl::StrCat("centres/ashford/referrals/x", i));
      referral.set_volunteer(absl::StrCat("centres/ashford/volunteers/x", i));
      referral.set_opportunity(role);
      referral.set_stage(Referral::STAGE_OFFERED);
      for (int note = 0; note < notes; ++note) referral.add_history()->set_note(std::string(2'000, 'n'));
      writes.push_back(storage::Write::Put(absl::StrCat(storage::kReferrals, referral.name()),
                                           record.SerializeAsString()));
      auto& live = *ledger.add_live();
      live.set_referral(referral.name());
      live.set_volunteer(referral.volunteer());
      if (notes > 0) world_.Write(std::exchange(writes, {}));
    }
    writes.push_back(
        storage::Write::Put(absl::StrCat(storage::kOpportunityReferrals, role), ledger.SerializeAsString()));
    world_.Write(std::move(writes));
  }
};

TEST_F(LiveReferrals, EndWhenTheVolunteerLeaves) {
  for (const Referral::Stage stage : kLive) {
    SCOPED_TRACE(StageName(stage));
    const std::string volunteer = world_.Volunteer(kAshford, "placement_limit: 2");
    const std::string role = world_.Role(kDover);
    const std::string name = world_.At(stage, volunteer, role);
    const std::string other = world_.At(Referral::STAGE_SHORTLISTED, volunteer, world_.Role(kAshford));
    const auto left =
        Ask(world_.Caseworker(kAshford), &Volunteers::MarkVolunteerLeft, "name: '" + volunteer + "'");
    ASSERT_TRUE(left.ok()) << left.status();
    EXPECT_EQ(left->state(), Volunteer::STATE_LEFT);
    EXPECT_EQ(world_.VolunteerAt(volunteer).state(), Volunteer::STATE_LEFT);
    EXPECT_EQ(EndOf(name), std::string(stage == Referral::STAGE_PLACED ? "ENDED" : "WITHDRAWN") +
                               " REASON_VOLUNTEER_LEFT");
    EXPECT_EQ(EndOf(other), "WITHDRAWN REASON_VOLUNTEER_LEFT");
    EXPECT_EQ(world_.RoleAt(role).places_filled(), 0);
    EXPECT_EQ(LedgerOf(role).live_size(), 0);
  }
}

TEST_F(LiveReferrals, EndWhenTheRoleDoes) {
  struct Case {
    bool deleted;
    const char* reason;
  };
  for (const Case& test :
       {Case{false, " REASON_OPPORTUNITY_CLOSED"}, Case{true, " REASON_OPPORTUNITY_DELETED"}}) {
    const std::string role = world_.Role(kDover);
    std::vector<std::string> names;
    std::vector<std::string> volunteers;
    for (const Referral::Stage stage : kLive) {
      volunteers.push_back(world_.Volunteer(kAshford));
      names.push_back(world_.At(stage, volunteers.back(), role));
    }
    EXPECT_EQ(world_.RoleAt(role).places_filled(), 1);
    const std::string request = "name: '" + role + "'";
    const auto ended = test.deleted ? Ask(world_.Manager(kDover), &Opportunities::DeleteOpportunity, request)
                                    : Ask(world_.Manager(kDover), &Opportunities::CloseOpportunity, request);
    ASSERT_TRUE(ended.ok()) << ended.status();
    EXPECT_EQ(ended->places_filled(), 0);
    for (const std::string& name : names) {
      EXPECT_EQ(EndOf(name), std::string(name == names.back() ? "ENDED" : "WITHDRAWN") + test.reason);
    }
    EXPECT_EQ(LedgerOf(role).live_size(), 0);
    EXPECT_EQ(LedgerOf(role).connections(), 3);
    EXPECT_EQ(world_.VolunteerAt(volunteers.back()).state(), Volunteer::STATE_SEARCHING);
    // A withdrawal is nobody's no.
    EXPECT_TRUE(world_.Failing(volunteers.front(), world_.Role(kDover)).empty());
  }
}

TEST_F(LiveReferrals, GoOnWhenTheRoleIsPausedOrTheOrganisationSuspended) {
  const std::string role = world_.Role(kAshford);
  const std::string offered = world_.At(Referral::STAGE_OFFERED, world_.Volunteer(kAshford), role);
  const std::string placed = world_.At(Referral::STAGE_PLACED, world_.Volunteer(kAshford), role);
  ASSERT_TRUE(Ask(world_.Manager(kAshford), &Opportunities::PauseOpportunity, "name: '" + role + "'").ok());
  world_.PutOrganisation(kOrganisation, registry::v1::Organisation::STATE_SUSPENDED);
  EXPECT_EQ(world_.Referral(offered).stage(), Referral::STAGE_OFFERED);
  EXPECT_EQ(world_.Referral(placed).stage(), Referral::STAGE_PLACED);
  // What needs neither may be done.
  world_.Done("RecordConsent", offered);
  world_.Done("EndPlacement", placed);
  world_.Done("DeclineReferral", offered);
}

TEST_F(LiveReferrals, AreWithdrawnWhenNoLongerSharedUnlessTheVolunteerHasConsented) {
  const std::string hidden = "sharing: SHARING_CENTRE";
  for (const Referral::Stage stage : kLive) {
    for (const bool volunteers : {false, true}) {
      for (const bool other_shared : {false, true}) {
        SCOPED_TRACE(StageName(stage) + (volunteers ? ": the volunteer's" : ": the role's") +
                     (other_shared ? " of two" : " alone"));
        const bool shared = !volunteers || other_shared;
        const std::string volunteer = world_.Volunteer(kAshford, volunteers || shared ? "" : hidden);
        const std::string role = world_.Role(kDover, "");
        const std::string name = world_.At(stage, volunteer, role);
        if (!other_shared) {  // the one that the pair rests on not, past every rule
          auto person = world_.VolunteerAt(volunteer);
          auto offered = world_.RoleAt(role);
          if (volunteers) offered.set_sharing(common::v1::SHARING_CENTRE);
          if (!volunteers) person.set_sharing(common::v1::SHARING_CENTRE);
          world_.Put(person);
          world_.Put(offered);
        }
        if (volunteers) {
          // Withdrawing the consent turns the sharing, in the same commit.
          const auto turned = Ask(world_.Caseworker(kAshford), &Volunteers::UpdateVolunteer,
                                  "volunteer { name: '" + volunteer +
                                      "' consents { purpose: PURPOSE_SHARING given_time { seconds: 1 } "
                                      "withdrawn_time { seconds: 2 } } }");
          ASSERT_TRUE(turned.ok()) << turned.status();
          ASSERT_EQ(turned->sharing(), common::v1::SHARING_CENTRE);
        } else {
          const auto turned = Ask(world_.Caseworker(kDover), &Opportunities::UpdateOpportunity,
                                  "opportunity { name: '" + role + "' sharing: SHARING_CENTRE }");
          ASSERT_TRUE(turned.ok()) << turned.status();
        }
        const bool withdrawn = stage < Referral::STAGE_CONSENTED && !other_shared;
        EXPECT_EQ(world_.Referral(name).stage(), withdrawn ? Referral::STAGE_WITHDRAWN : stage);
        EXPECT_EQ(EndOf(name), StageName(withdrawn ? Referral::STAGE_WITHDRAWN : stage) +
                                   (withdrawn ? " REASON_SHARING_WITHDRAWN" : " REASON_UNSPECIFIED"));
      }
    }
  }
}

TEST_F(LiveReferrals, OfOneCentreAreNoMatterOfSharing) {
  const std::string volunteer = world_.Volunteer(kAshford);
  const std::string name =
      world_.At(Referral::STAGE_OFFERED, volunteer, world_.Role(kAshford, "sharing: SHARING_CENTRE"));
  ASSERT_TRUE(Ask(world_.Caseworker(kAshford), &Volunteers::UpdateVolunteer,
                  "volunteer { name: '" + volunteer + "' sharing: SHARING_CENTRE }")
                  .ok());
  EXPECT_EQ(world_.Referral(name).stage(), Referral::STAGE_OFFERED);
}

TEST_F(LiveReferrals, AreEndedAThousandAtOnce) {
  const std::string role = world_.Role(kAshford);
  PutOffered(role, base::kMaxReferralsEndedAtOnce + 1, 0);
  const auto close = [&] {
    return Ask(world_.Manager(kAshford), &Opportunities::CloseOpportunity, "name: '" + role + "'").status();
  };
  EXPECT_EQ(Outline(close()), "FAILED_PRECONDITION TOO_MANY_REFERRALS");
  EXPECT_EQ(world_.RoleAt(role).state(), v1::Opportunity::STATE_OPEN);
  world_.Done("DeclineReferral", "centres/ashford/referrals/x0");
  EXPECT_EQ(Outline(close()), "OK");
  EXPECT_EQ(EndOf("centres/ashford/referrals/x1000"), "WITHDRAWN REASON_OPPORTUNITY_CLOSED");
}

TEST_F(LiveReferrals, AreEndedAsManyAtOnceAsOneCommitHolds) {
  const std::string role = world_.Role(kAshford);
  PutOffered(role, 50, base::kMaxReferralHistory - base::kReservedHistory);  // 19 MB of notes
  const auto close = [&] {
    return Ask(world_.Manager(kAshford), &Opportunities::CloseOpportunity, "name: '" + role + "'").status();
  };
  EXPECT_EQ(Outline(close()), "FAILED_PRECONDITION TOO_MANY_REFERRALS");
  for (int i = 0; i < 29; ++i) world_.Done("DeclineReferral", absl::StrCat("centres/ashford/referrals/x", i));
  EXPECT_EQ(Outline(close()), "OK");
}

}  // namespace
}  // namespace brokerage::matching
