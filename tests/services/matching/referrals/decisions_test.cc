// What is kept of a decision, to be recomputed later.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

#include "services/matching/referrals/fingerprints.h"
#include "services/rpc/secrets.h"
#include "tests/services/matching/referrals/referral_world.h"

namespace brokerage::matching {
namespace {

using v1::Opportunity;
using v1::Referral;
using v1::Volunteer;

using Decisions = ReferralTest;

TEST_F(Decisions, KeepTheListAsItWasShown) {
  const std::string role = world_.Role(kAshford, "skills { skill: 'skills/cooking' }");
  std::vector<std::string> cooks;
  for (int i = 0; i < 3; ++i)
    cooks.push_back(world_.Volunteer(kAshford, "skills { skill: 'skills/cooking' level: 1 }"));
  for (std::size_t i = 0; i < base::kListedInDecision; ++i) world_.Volunteer(i % 2 == 0 ? kAshford : kDover);
  const std::string beginner = world_.Volunteer(kAshford);
  const auto list = Ask(world_.Caseworker(kAshford), &Matches::MatchVolunteers,
                        absl::StrCat("parent: 'centres/ashford' opportunity: '", role,
                                     "' page_size: ", base::kListedInDecision));
  ASSERT_TRUE(list.ok()) << list.status();
  const auto begun = world_.Shortlist(kAshford, beginner, role);
  ASSERT_TRUE(begun.ok()) << begun.status();

  const auto decision = world_.Read<storage::v1::DecisionRecord>(storage::kDecisions, begun->name());
  EXPECT_EQ(decision.as_of().seconds(), list->as_of().seconds());
  EXPECT_EQ(decision.weight_set(), list->weight_set());
  EXPECT_EQ(decision.centre(), kAshford);
  EXPECT_FALSE(decision.index_revision().empty());
  ASSERT_EQ(decision.listed_size(), list->matches_size());
  ASSERT_EQ(static_cast<std::size_t>(decision.listed_size()), base::kListedInDecision);
  const auto key = rpc::LoadOrMakeHmacKey(world_.store());
  ASSERT_TRUE(key.ok());
  const base::HmacSha256 hmac(*key);
  for (int i = 0; i < decision.listed_size(); ++i) {
    const auto& listed = decision.listed(i);
    EXPECT_EQ(listed.volunteer(), list->matches(i).volunteer());
    EXPECT_EQ(listed.score_millionths(), list->matches(i).score_millionths());
    EXPECT_THAT(listed.parts(), Holds(list->matches(i).parts().DebugString()));
    EXPECT_EQ(listed.fingerprint(), FingerprintOf(world_.VolunteerAt(listed.volunteer()), hmac));
    EXPECT_EQ(listed.fingerprint().size(), 32U);
  }
  EXPECT_EQ(decision.chosen().volunteer(), beginner);  // beyond the first twenty
  EXPECT_EQ(decision.chosen().score_millionths(), begun->score_millionths());
  EXPECT_EQ(decision.chosen().fingerprint(), FingerprintOf(world_.VolunteerAt(beginner), hmac));
  EXPECT_EQ(decision.opportunity_fingerprint(), FingerprintOf(world_.RoleAt(role), hmac));
  // Nothing of anyone but their names in the system.
  EXPECT_EQ(decision.SerializeAsString().find("Ann"), std::string::npos);
}

// Each field that matching rests on moves the fingerprint, every other leaves it: by the contract's own list,
// so that a new field asks for its row.
template <typename Resource>
void ExpectMoves(const Resource& example, const std::set<std::string>& still) {
  const base::HmacSha256 key("a key for tests");
  const std::string before = FingerprintOf(example, key);
  EXPECT_NE(before, FingerprintOf(example, base::HmacSha256("another")));
  const auto* type = Resource::descriptor();
  for (int i = 0; i < type->field_count(); ++i) {
    Resource changed = example;
    SCOPED_TRACE(type->field(i)->name());
    changed.GetReflection()->ClearField(&changed, type->field(i));
    if (changed.SerializeAsString() == example.SerializeAsString()) {
      EXPECT_EQ(still.count(type->field(i)->name()), 1U) << "has no value in the example";
      continue;
    }
    EXPECT_EQ(FingerprintOf(changed, key) == before, still.count(type->field(i)->name()) == 1);
  }
}

TEST(Fingerprints, OfVolunteers) {
  ExpectMoves(Parse<Volunteer>(R"(name: "centres/a/volunteers/v" display_name: "A" state: STATE_SEARCHING
      contact { phone: "1" } date_of_birth { year: 1990 } home { postcode: "TN23 1PL" } travel_radius_m: 1
      accepts_remote: true skills { skill: "skills/cooking" } availability { weekly {} } causes: "causes/care"
      languages: "en" licences { kind: LICENCE_KIND_CAR } checks { level: CHECK_LEVEL_BASIC } access_needs: "lift"
      sharing: SHARING_COUNTY placement_limit: 2 consents { purpose: PURPOSE_GUARDIAN } notes: "n"
      last_contact_time { seconds: 1 } break_until_date { year: 2026 } create_time { seconds: 1 }
      update_time { seconds: 1 } etag: "e")"),
              {"display_name", "state", "contact", "notes", "last_contact_time", "break_until_date",
               "create_time", "update_time", "etag", "consistency_token", "possible_duplicates"});
  const base::HmacSha256 key("a key for tests");
  const auto of = [&](const std::string& text) { return FingerprintOf(Parse<Volunteer>(text), key); };
  EXPECT_EQ(of("consents { purpose: PURPOSE_SHARING }"), of(""));
  EXPECT_EQ(of("checks { level: CHECK_LEVEL_BASIC seen_by: 'B' }"),
            of("checks { level: CHECK_LEVEL_BASIC }"));
}

TEST(Fingerprints, OfRoles) {
  ExpectMoves(
      Parse<Opportunity>(R"(name: "centres/a/opportunities/o" organisation: "organisations/o" title: "T"
      description: "D" place { postcode: "TN23 1PL" } remote: true skills { skill: "skills/cooking" }
      schedule { weekly {} } minimum_coverage_bp: 1 places: 2 places_filled: 1 minimum_age: 1 maximum_age: 2
      guardian_consent: true required_check { level: CHECK_LEVEL_BASIC } licences: LICENCE_KIND_CAR languages: "en"
      causes: "causes/care" access_support: "lift" sharing: SHARING_COUNTY state: STATE_OPEN
      confirm_time { seconds: 1 } expire_time { seconds: 1 } reject_reason: "r" create_time { seconds: 1 }
      update_time { seconds: 1 } delete_time { seconds: 1 } etag: "e")"),
      {"title", "description", "places_filled", "state", "confirm_time", "expire_time", "reject_reason",
       "create_time", "update_time", "delete_time", "etag", "consistency_token"});
}

}  // namespace
}  // namespace brokerage::matching
