// What each step needs and what comes of it, in every record.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

#include "services/rpc/moments.h"
#include "tests/services/matching/referrals/referral_world.h"

namespace brokerage::matching {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using v1::Opportunity;
using v1::Referral;
using v1::Volunteer;

using ReferralSteps = ReferralTest;

TEST_F(ReferralSteps, OneReferralFromShortlistedToEnded) {
  const std::string volunteer = world_.Volunteer(kAshford);
  const std::string role = world_.Role(kAshford, "places: 1");
  const Client ashford = world_.Caseworker(kAshford);
  const auto begun = world_.Shortlist(kAshford, volunteer, role, "note: 'came to the fair'");
  ASSERT_TRUE(begun.ok()) << begun.status();
  EXPECT_THAT(*begun,
              Holds(R"(stage: STAGE_SHORTLISTED weight_set: "weightSets/default" display_name: "Ann Lee"
      title: "Befriender" history { stage: STAGE_SHORTLISTED by: "centres/ashford/credentials/r3"
                                    note: "came to the fair" time { seconds: 1781517600 } })"));
  EXPECT_THAT(begun->name(), ::testing::StartsWith("centres/ashford/referrals/"));
  EXPECT_EQ(begun->volunteer(), volunteer);
  EXPECT_EQ(begun->opportunity(), role);
  EXPECT_EQ(begun->score_millionths(), 1'000'000);  // remote, and nothing else is asked
  EXPECT_FALSE(begun->etag().empty());
  EXPECT_FALSE(begun->consistency_token().empty());
  const std::string name = begun->name();

  world_.clock.Advance(absl::Hours(1));
  ASSERT_TRUE(Take(ashford, "OfferReferral", name).ok());
  EXPECT_EQ(rpc::ToTime(world_.VolunteerAt(volunteer).last_contact_time()), world_.clock.Now());
  EXPECT_EQ(rpc::ToTime(world_.VolunteerAt(volunteer).update_time()), world_.clock.Now());

  const auto consented =
      Take(ashford, "RecordConsent", name, "means: MEANS_EMAIL given_time { seconds: 1781519000 }");
  ASSERT_TRUE(consented.ok()) << consented.status();
  EXPECT_THAT(consented->consent(), Holds(R"(means: MEANS_EMAIL given_time { seconds: 1781519000 }
      recorded_by: "centres/ashford/credentials/r3" record_time { seconds: 1781521200 })"));

  ASSERT_TRUE(Take(ashford, "IntroduceVolunteer", name).ok());
  EXPECT_EQ(
      world_.Read<storage::v1::OpportunityReferrals>(storage::kOpportunityReferrals, role).connections(), 1);
  ASSERT_TRUE(Take(ashford, "AcknowledgeReferral", name).ok());
  EXPECT_EQ(world_.RoleAt(role).places_filled(), 0);
  EXPECT_EQ(world_.VolunteerAt(volunteer).state(), Volunteer::STATE_SEARCHING);

  ASSERT_TRUE(Take(ashford, "PlaceVolunteer", name).ok());
  EXPECT_EQ(world_.RoleAt(role).places_filled(), 1);
  EXPECT_EQ(world_.VolunteerAt(volunteer).state(), Volunteer::STATE_PLACED);
  const auto filled = Ask(ashford, &Opportunities::GetOpportunity, "name: '" + role + "'");
  EXPECT_EQ(filled->state(), Opportunity::STATE_FILLED);

  const auto ended = Take(ashford, "EndPlacement", name, "reason: REASON_STOPPED note: 'moves away'");
  ASSERT_TRUE(ended.ok()) << ended.status();
  EXPECT_THAT(ended->history(ended->history_size() - 1),
              Holds(R"(stage: STAGE_ENDED reason: REASON_STOPPED note: "moves away")"));
  EXPECT_EQ(ended->history_size(), 7);
  EXPECT_EQ(world_.RoleAt(role).places_filled(), 0);
  EXPECT_EQ(world_.VolunteerAt(volunteer).state(), Volunteer::STATE_SEARCHING);
  const auto open = Ask(ashford, &Opportunities::GetOpportunity, "name: '" + role + "'");
  EXPECT_EQ(open->state(), Opportunity::STATE_OPEN);
  EXPECT_EQ(
      world_.Read<storage::v1::OpportunityReferrals>(storage::kOpportunityReferrals, role).connections(), 1);
}

TEST_F(ReferralSteps, AVolunteerWithAnotherPlacementStaysPlaced) {
  const std::string volunteer = world_.Volunteer(kAshford, "placement_limit: 2");
  const std::string one = world_.At(Referral::STAGE_PLACED, volunteer, world_.Role(kAshford));
  const std::string other = world_.At(Referral::STAGE_PLACED, volunteer, world_.Role(kAshford));
  world_.Done("EndPlacement", one);
  EXPECT_EQ(world_.VolunteerAt(volunteer).state(), Volunteer::STATE_PLACED);
  world_.Done("EndPlacement", other);
  EXPECT_EQ(world_.VolunteerAt(volunteer).state(), Volunteer::STATE_SEARCHING);
}

// Each step beside what holds it up: everything that does is told at once.
TEST_F(ReferralSteps, WhatStepsNeed) {
  struct Case {
    const char* what;
    std::function<void(ReferralWorld&, const std::string& volunteer, const std::string& role)> change;
    std::vector<std::string> offer;
    std::vector<std::string> introduce;
    std::vector<std::string> place;
  };
  const auto change_role = [](const std::string& more) {
    return [more](ReferralWorld& world, const std::string&, const std::string& role) {
      auto changed = world.RoleAt(role);
      changed.MergeFrom(Parse<Opportunity>(more));
      world.Put(changed);
    };
  };
  const auto change_volunteer = [](const std::string& more) {
    return [more](ReferralWorld& world, const std::string& volunteer, const std::string&) {
      auto changed = world.VolunteerAt(volunteer);
      changed.MergeFrom(Parse<Volunteer>(more));
      world.Put(changed);
    };
  };
  const std::vector<Case> table = {
      {"all is well", change_role(""), {}, {}, {}},
      {"the role is paused",
       change_role("state: STATE_PAUSED"),
       {"OPPORTUNITY_NOT_OPEN"},
       {"OPPORTUNITY_NOT_OPEN"},
       {"OPPORTUNITY_NOT_OPEN"}},
      {"the role was not confirmed", change_role("expire_time { seconds: 1 }"), {}, {}, {}},
      {"every place is filled", change_role("places_filled: 100"), {}, {}, {"NO_FREE_PLACE"}},
      {"all but one place are filled", change_role("places_filled: 99"), {}, {}, {}},
      {"the organisation is suspended",
       change_role("organisation: 'organisations/asleep'"),
       {"ORGANISATION_NOT_ACTIVE"},
       {"ORGANISATION_NOT_ACTIVE"},
       {"ORGANISATION_NOT_ACTIVE"}},
      {"the volunteer is on a break",
       change_volunteer("state: STATE_ON_BREAK"),
       {"VOLUNTEER_NOT_AVAILABLE"},
       {"VOLUNTEER_NOT_AVAILABLE"},
       {"VOLUNTEER_NOT_AVAILABLE"}},
      {"the volunteer is placed elsewhere",
       [](ReferralWorld& world, const std::string& volunteer, const std::string&) {
         storage::v1::VolunteerReferrals ledger =
             world.Read<storage::v1::VolunteerReferrals>(storage::kVolunteerReferrals, volunteer);
         ledger.add_placements()->set_opportunity("centres/ashford/opportunities/elsewhere");
         world.Write({storage::Write::Put(absl::StrCat(storage::kVolunteerReferrals, volunteer),
                                          ledger.SerializeAsString())});
       },
       {},
       {},
       {"PLACEMENT_LIMIT_REACHED"}},
      {"all at once",
       [&](ReferralWorld& world, const std::string& volunteer, const std::string& role) {
         change_role("state: STATE_PAUSED organisation: 'organisations/asleep' places_filled: 100")(
             world, volunteer, role);
         change_volunteer("state: STATE_ON_BREAK")(world, volunteer, role);
       },
       {"ORGANISATION_NOT_ACTIVE", "OPPORTUNITY_NOT_OPEN", "VOLUNTEER_NOT_AVAILABLE"},
       {"ORGANISATION_NOT_ACTIVE", "OPPORTUNITY_NOT_OPEN", "VOLUNTEER_NOT_AVAILABLE"},
       {"ORGANISATION_NOT_ACTIVE", "OPPORTUNITY_NOT_OPEN", "VOLUNTEER_NOT_AVAILABLE", "NO_FREE_PLACE"}},
  };
  world_.PutOrganisation("organisations/asleep", registry::v1::Organisation::STATE_SUSPENDED);
  world_.Write({storage::Write::Put(absl::StrCat(storage::kWatchCursors, "organisations"),
                                    storage::v1::WatchCursor().SerializeAsString())});
  for (const Case& test : table) {
    SCOPED_TRACE(test.what);
    const auto needs = [&](Referral::Stage stage, const std::string& method) {
      const std::string volunteer = world_.Volunteer(kAshford);
      const std::string role = world_.Role(kAshford);
      const std::string name = world_.At(stage, volunteer, role);
      test.change(world_, volunteer, role);
      const auto taken = Take(world_.Lead(), method, name);
      EXPECT_EQ(world_.Referral(name).stage() != stage, taken.ok());
      if (!taken.ok()) {
        EXPECT_EQ(taken.status().code(), absl::StatusCode::kFailedPrecondition) << taken.status();
        EXPECT_EQ(base::ReasonOf(taken.status()), NeedsOf(taken.status()).front());
      }
      return NeedsOf(taken.status());
    };
    EXPECT_EQ(needs(Referral::STAGE_SHORTLISTED, "OfferReferral"), test.offer);
    EXPECT_EQ(needs(Referral::STAGE_CONSENTED, "IntroduceVolunteer"), test.introduce);
    EXPECT_EQ(needs(Referral::STAGE_ACKNOWLEDGED, "PlaceVolunteer"), test.place);
  }
}

TEST_F(ReferralSteps, NobodyIsPlacedInTwoSessionsAtOnce) {
  const auto evening = [](int hour) {  // of 22 June 2026, an hour long
    return absl::StrCat("schedule { dated { sessions { start_time { seconds: ", 1'782'086'400 + hour * 3'600,
                        " } duration { seconds: 3600 } } } } minimum_coverage_bp: 0");
  };
  const std::string volunteer = world_.Volunteer(kAshford, "placement_limit: 3");
  const std::string clashing =
      world_.At(Referral::STAGE_ACKNOWLEDGED, volunteer, world_.Role(kAshford, evening(18)));
  const std::string next =
      world_.At(Referral::STAGE_ACKNOWLEDGED, volunteer, world_.Role(kAshford, evening(19)));
  world_.At(Referral::STAGE_PLACED, volunteer, world_.Role(kAshford, evening(18)));
  EXPECT_THAT(NeedsOf(Take(world_.Lead(), "PlaceVolunteer", clashing).status()),
              ElementsAre("DOUBLE_BOOKED"));
  EXPECT_THAT(NeedsOf(Take(world_.Lead(), "PlaceVolunteer", next).status()), IsEmpty());
  // What is over is in nobody's way.
  world_.clock.Set(absl::FromUnixSeconds(1'782'086'400 + 20 * 3'600));
  EXPECT_TRUE(Take(world_.Lead(), "PlaceVolunteer", clashing).ok());
}

TEST_F(ReferralSteps, ConsentWasGivenBetweenTheBeginningAndNow) {
  const absl::Time begun = world_.clock.Now();
  const auto given = [&](absl::Time moment) {
    const std::string name = world_.At(Referral::STAGE_OFFERED);
    const auto stamp = rpc::ToTimestamp(moment);
    world_.clock.Set(begun + absl::Hours(1));
    const auto recorded =
        Take(world_.Lead(), "RecordConsent", name,
             absl::StrCat("given_time { seconds: ", stamp.seconds(), " nanos: ", stamp.nanos(), " }"));
    world_.clock.Set(begun);
    return FaultsOf(recorded.status());
  };
  EXPECT_THAT(given(begun), IsEmpty());
  EXPECT_THAT(given(begun + absl::Hours(1)), IsEmpty());
  EXPECT_THAT(given(begun - absl::Microseconds(1)),
              ElementsAre("given_time: must not be before the referral was begun"));
  EXPECT_THAT(given(begun + absl::Hours(1) + absl::Microseconds(1)),
              ElementsAre("given_time: must not be in the future"));
}

TEST_F(ReferralSteps, EveryFaultOfARequestIsTold) {
  v1::RecordConsentRequest request;
  request.set_name("referrals/x");
  request.set_etag(std::string(101, 'e'));
  request.set_request_id("r");
  request.set_note(
      "a\x01"
      "b");
  request.mutable_given_time()->set_seconds(4'000'000'000);
  EXPECT_THAT(
      FaultsOf(world_.Lead().Call(&Referrals::RecordConsent, request).status()),
      ::testing::UnorderedElementsAre(::testing::StartsWith("name: must be"), ::testing::StartsWith("etag: "),
                                      ::testing::StartsWith("request_id: "), ::testing::StartsWith("note: "),
                                      "means: is required", "given_time: must not be in the future"));
}

TEST_F(ReferralSteps, NotesAreAsManyAsTheHistoryHolds) {
  const std::string name = world_.At(Referral::STAGE_SHORTLISTED);
  storage::v1::ReferralRecord record = world_.Read<storage::v1::ReferralRecord>(storage::kReferrals, name);
  const auto most = static_cast<int>(base::kMaxReferralHistory - base::kReservedHistory);
  while (record.referral().history_size() < most - 1) record.mutable_referral()->add_history()->set_note("n");
  world_.Write({storage::Write::Put(absl::StrCat(storage::kReferrals, name), record.SerializeAsString())});
  ASSERT_TRUE(Take(world_.Lead(), "AddNote", name).ok());
  EXPECT_EQ(Outline(Take(world_.Lead(), "AddNote", name).status()), "FAILED_PRECONDITION HISTORY_FULL");
  for (const char* step : {"OfferReferral", "RecordConsent", "IntroduceVolunteer", "AcknowledgeReferral",
                           "PlaceVolunteer", "EndPlacement"}) {
    world_.Done(step, name);
  }
  EXPECT_LE(world_.Referral(name).history_size(), base::kMaxReferralHistory);

  const std::string other = world_.At(Referral::STAGE_SHORTLISTED);
  const auto bytes = static_cast<std::size_t>(base::kMaxReferralNoteBytes);
  EXPECT_TRUE(Take(world_.Lead(), "AddNote", other, "note: '" + std::string(bytes, 'n') + "'").ok());
  EXPECT_THAT(
      FaultsOf(Take(world_.Lead(), "AddNote", other, "note: '" + std::string(bytes + 1, 'n') + "'").status()),
      ElementsAre(::testing::StartsWith("note: ")));
}

TEST_F(ReferralSteps, AnEtagGuardsAndARequestIdIsActedOnOnce) {
  const std::string name = world_.At(Referral::STAGE_SHORTLISTED);
  const auto read = Ask(world_.Lead(), &Referrals::GetReferral, "name: '" + name + "'");
  ASSERT_TRUE(read.ok());
  const std::string etag = "etag: '" + read->etag() + "'";
  const std::string id = " request_id: '7c9d7d0e-7f0f-4f6b-9a3c-0a5a9e6f3b21'";
  const auto offered = Take(world_.Lead(), "OfferReferral", name, etag + id);
  ASSERT_TRUE(offered.ok()) << offered.status();
  EXPECT_NE(offered->etag(), read->etag());
  EXPECT_EQ(Outline(Take(world_.Lead(), "AddNote", name, etag).status()), "ABORTED ETAG_MISMATCH");
  const auto again = Take(world_.Lead(), "OfferReferral", name, etag + id);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->consistency_token(), offered->consistency_token());
  EXPECT_EQ(again->history_size(), 2);
  EXPECT_EQ(Outline(Take(world_.Lead(), "OfferReferral", name, id + " note: 'other'").status()),
            "INVALID_ARGUMENT REQUEST_ID_REUSED");
}

TEST_F(ReferralSteps, PlacesAreNotTakenFromUnderThosePlaced) {
  const std::string role = world_.Role(kAshford, "places: 2");
  world_.At(Referral::STAGE_PLACED, world_.Volunteer(kAshford), role);
  world_.At(Referral::STAGE_PLACED, world_.Volunteer(kAshford), role);
  const auto update = [&](const std::string& text) {
    return Ask(world_.Lead(), &Opportunities::UpdateOpportunity,
               "opportunity { name: '" + role + "' " + text + " } update_mask { paths: 'places' }");
  };
  EXPECT_THAT(FaultsOf(update("places: 1").status()),
              ElementsAre("opportunity.places: must not be below the 2 that are filled"));
  EXPECT_THAT(FaultsOf(update("").status()),
              ElementsAre("opportunity.places: must not be below the 2 that are filled"));
  const auto more = update("places: 3");
  ASSERT_TRUE(more.ok()) << more.status();
  EXPECT_EQ(more->state(), Opportunity::STATE_OPEN);
  EXPECT_EQ(more->places_filled(), 2);
}

}  // namespace
}  // namespace brokerage::matching
