// Volunteers through the real stub: create, read, change, list.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>
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

class VolunteerService : public ::testing::Test {
 protected:
  v1::Volunteer Made(const std::string& text = kEnquiry) {
    auto made = CreateVolunteer(ashford_, kAshford, text);
    EXPECT_TRUE(made.ok()) << made.status();
    return made.ok() ? *made : v1::Volunteer();
  }
  v1::Volunteer Read(const std::string& name) {
    auto read = GetVolunteer(ashford_, name);
    EXPECT_TRUE(read.ok()) << read.status();
    return read.ok() ? *read : v1::Volunteer();
  }

  MatchingWorld world_;
  Client ashford_ = world_.Caseworker(kAshford);
};

TEST_F(VolunteerService, AnEnquiryIsStoredAndReadBack) {
  const v1::Volunteer made = Made();
  EXPECT_THAT(made, Holds(R"(display_name: "Ann Lee" contact { email: "ann@example.org" }
                             state: STATE_ENQUIRY sharing: SHARING_CENTRE
                             create_time { seconds: 1781517600 } update_time { seconds: 1781517600 })"));
  EXPECT_TRUE(base::VolunteerName::Parse(made.name()));
  EXPECT_FALSE(made.etag().empty());
  const auto token = rpc::ParseConsistencyToken(made.consistency_token());
  ASSERT_TRUE(token);
  EXPECT_EQ(token->origin, rpc::Origin::kMatching);
  EXPECT_EQ(token->sequence, world_.store().GetHealth().revision.sequence);

  v1::Volunteer expected = made;
  expected.clear_consistency_token();
  EXPECT_THAT(Read(made.name()), Holds(expected.ShortDebugString()));
  EXPECT_EQ(Read(made.name()).consistency_token(), "");
}

TEST_F(VolunteerService, AWriteIsAnsweredWhenTheIndexHoldsIt) {
  const v1::Volunteer made = Made();
  EXPECT_NE(world_.index().Pin()->FindVolunteer(made.name(), {"", true}), nullptr);
}

TEST_F(VolunteerService, AWriteHasHappenedEvenIfTheIndexIsLate) {
  world_.gate().Say(absl::DeadlineExceededError("late"));
  const v1::Volunteer made = Made();
  EXPECT_EQ(Read(made.name()).display_name(), "Ann Lee");
}

TEST_F(VolunteerService, OutputOnlyFieldsThatAreSentAreIgnored) {
  const v1::Volunteer made = Made(R"(name: "centres/dover/volunteers/x" state: STATE_SEARCHING etag: "1-1"
      display_name: "Ann" contact { phone: "01233 000000" } create_time { seconds: 1 } update_time { seconds: 1 }
      consistency_token: "x" possible_duplicates: "y" break_until_date { year: 1 month: 1 day: 1 }
      home { postcode: "tn231pl" district: "districts/E07000106" precision: PLACE_PRECISION_COORDINATES })");
  EXPECT_THAT(made, Holds("state: STATE_ENQUIRY home { postcode: 'TN23 1PL' district: 'districts/E07000105' "
                          "precision: PLACE_PRECISION_SECTOR }"));
  EXPECT_EQ(made.name().find("centres/ashford/volunteers/"), 0U);
  EXPECT_THAT(made.possible_duplicates(), IsEmpty());
  EXPECT_FALSE(made.has_break_until_date());
  EXPECT_GT(made.create_time().seconds(), 1);
}

TEST_F(VolunteerService, AnUpdateChangesWhatTheMaskNames) {
  struct Case {
    const char* request;
    const char* held;
  };
  const std::vector<Case> table = {
      {R"(volunteer { display_name: "B" notes: "ignored" } update_mask { paths: "display_name" })",
       R"(display_name: "B" notes: "old" travel_radius_m: 5000)"},
      {R"(volunteer { notes: "new" })", R"(display_name: "Ann" notes: "new" travel_radius_m: 5000)"},
      {R"(volunteer { contact { phone: "01233 1" } } update_mask { paths: "contact.phone" })",
       R"(contact { email: "ann@example.org" phone: "01233 1" })"},
      {R"(volunteer { travel_radius_m: 0 } update_mask { paths: "travel_radius_m" })",
       R"(travel_radius_m: 0)"},
      {R"(volunteer { home { postcode: "CT1 2AB" } } update_mask { paths: "home.postcode" })",
       R"(home { postcode: "CT1 2AB" district: "districts/E07000106" })"},
      {R"(volunteer { skills { skill: "skills/cooking" } } update_mask { paths: "skills" })",
       R"(skills { skill: "skills/cooking" })"},
      {R"(volunteer { state: STATE_LEFT } update_mask { paths: "state" paths: "create_time" })",
       R"(state: STATE_ENQUIRY notes: "old")"},
  };
  for (const Case& test : table) {
    SCOPED_TRACE(test.request);
    const v1::Volunteer made = Made(R"(display_name: "Ann" contact { email: "ann@example.org" } notes: "old"
        travel_radius_m: 5000 home { postcode: "TN23 1PL" })");
    world_.clock.Advance(absl::Seconds(1));
    const auto changed = UpdateVolunteer(ashford_, made.name(), test.request);
    ASSERT_TRUE(changed.ok()) << changed.status();
    EXPECT_THAT(*changed, Holds(test.held));
    EXPECT_THAT(Read(made.name()), Holds(test.held));
    EXPECT_NE(changed->etag(), made.etag());
    EXPECT_EQ(changed->etag(), Read(made.name()).etag());
    EXPECT_EQ(changed->update_time().seconds(), made.update_time().seconds() + 1);
    EXPECT_EQ(changed->create_time().seconds(), made.create_time().seconds());
  }
}

TEST_F(VolunteerService, AMaskClearsWhatIsNotSent) {
  const v1::Volunteer made = Made(R"(display_name: "Ann" contact { email: "a@example.org" } notes: "old"
      travel_radius_m: 5000 home { postcode: "TN23 1PL" })");
  const auto changed =
      UpdateVolunteer(ashford_, made.name(), R"(volunteer {} update_mask { paths: "notes" paths: "home" })");
  ASSERT_TRUE(changed.ok()) << changed.status();
  EXPECT_EQ(changed->notes(), "");
  EXPECT_FALSE(changed->has_home());
  EXPECT_EQ(changed->travel_radius_m(), 5000);

  const auto replaced = UpdateVolunteer(
      ashford_, made.name(),
      R"(volunteer { display_name: "B" contact { phone: "01233 1" } } update_mask { paths: "*" })");
  ASSERT_TRUE(replaced.ok()) << replaced.status();
  EXPECT_THAT(*replaced, Holds(R"(display_name: "B" contact { phone: "01233 1" } state: STATE_ENQUIRY)"));
  EXPECT_FALSE(replaced->has_travel_radius_m());
  EXPECT_EQ(replaced->contact().email(), "");
}

TEST_F(VolunteerService, AnUpdateThatIsWrongChangesNothing) {
  const v1::Volunteer made = Made();
  const std::vector<std::pair<const char*, std::vector<std::string>>> table = {
      {R"(volunteer {} update_mask { paths: "display_name" })", {"volunteer.display_name: is required"}},
      {R"(volunteer {} update_mask { paths: "contact" })",
       {"volunteer.contact: needs a phone number, an email address or a postcode"}},
      {R"(volunteer {} update_mask { paths: "colour" paths: "home.colour" paths: "notes" })",
       {"update_mask: has no field \"colour\"", "update_mask: has no field \"home.colour\""}},
      {R"(volunteer { home {} })", {"volunteer.home: needs a postcode, or latitude and longitude"}},
  };
  for (const auto& [request, faults] : table) {
    const auto refused = UpdateVolunteer(ashford_, made.name(), request);
    EXPECT_EQ(Outline(refused.status()), "INVALID_ARGUMENT INVALID_FIELDS");
    EXPECT_EQ(FaultsOf(refused.status()), faults);
  }
  EXPECT_EQ(Read(made.name()).etag(), made.etag());
}

TEST_F(VolunteerService, FaultsOfAnUpdateAndOfWhatWouldResultAreToldTogether) {
  const v1::Volunteer made = Made();
  const std::string request = R"(request_id: "7" update_mask { paths: "colour" paths: "home" }
      volunteer { home {} etag: ")" +
                              std::string(101, 'e') + R"(" })";
  const std::vector<std::string> of_the_request = {"request_id: must be a UUID, version 4, or empty",
                                                   "volunteer.etag: must have at most 100 bytes; it has 101",
                                                   "update_mask: has no field \"colour\""};
  auto faults = of_the_request;
  faults.push_back("volunteer.home: needs a postcode, or latitude and longitude");
  EXPECT_EQ(FaultsOf(UpdateVolunteer(ashford_, made.name(), request).status()), faults);
  // Where there is no record, those of the request are told alone.
  EXPECT_EQ(FaultsOf(UpdateVolunteer(ashford_, "centres/ashford/volunteers/none", request).status()),
            of_the_request);
  faults = of_the_request;
  faults.insert(faults.begin() + 2, "volunteer.name: must be centres/{centre}/volunteers/{volunteer}");
  EXPECT_EQ(FaultsOf(UpdateVolunteer(ashford_, "ann", request).status()), faults);
  // A path that is unknown comes before an etag that is stale.
  EXPECT_EQ(FaultsOf(UpdateVolunteer(ashford_, made.name(),
                                     R"(volunteer { etag: "1-1" } update_mask { paths: "colour" })")
                         .status()),
            std::vector<std::string>{"update_mask: has no field \"colour\""});
  EXPECT_EQ(Read(made.name()).etag(), made.etag());
}

TEST_F(VolunteerService, AnEtagGuardsAgainstAChangeSinceItWasRead) {
  const v1::Volunteer made = Made();
  ASSERT_TRUE(UpdateVolunteer(ashford_, made.name(), R"(volunteer { notes: "1" })").ok());
  const std::string stale = R"(volunteer { notes: "2" etag: ")" + made.etag() + R"(" })";
  EXPECT_EQ(Outline(UpdateVolunteer(ashford_, made.name(), stale).status()), "ABORTED ETAG_MISMATCH");
  EXPECT_EQ(Read(made.name()).notes(), "1");
  const std::string fresh = R"(volunteer { notes: "3" etag: ")" + Read(made.name()).etag() + R"(" })";
  EXPECT_TRUE(UpdateVolunteer(ashford_, made.name(), fresh).ok());

  v1::MarkVolunteerLeftRequest leave;
  leave.set_name(made.name());
  leave.set_etag(made.etag());
  EXPECT_EQ(Outline(ashford_.Call(&Volunteers::MarkVolunteerLeft, leave).status()), "ABORTED ETAG_MISMATCH");
  EXPECT_EQ(Read(made.name()).state(), v1::Volunteer::STATE_ENQUIRY);
}

TEST_F(VolunteerService, ValidateOnlyStoresNothing) {
  auto create = Parse<v1::CreateVolunteerRequest>(R"(parent: "centres/ashford" validate_only: true
      request_id: "7c9d7d0e-7f0f-4f6b-9a3c-0a5a9e6f3b21"
      volunteer { display_name: "Ann" home { postcode: "tn23 1pl" } notes: "n" })");
  const auto checked = ashford_.Call(&Volunteers::CreateVolunteer, create);
  ASSERT_TRUE(checked.ok()) << checked.status();
  EXPECT_THAT(*checked, Holds(R"(display_name: "Ann" home { postcode: "TN23 1PL" } notes: "n"
                                 state: STATE_ENQUIRY)"));
  EXPECT_EQ(checked->name() + checked->etag() + checked->consistency_token(), "");
  EXPECT_EQ(world_.store().GetHealth().revision.sequence, 0U);

  const v1::Volunteer made = Made();
  const auto changed =
      UpdateVolunteer(ashford_, made.name(), R"(volunteer { notes: "new" } validate_only: true)");
  ASSERT_TRUE(changed.ok()) << changed.status();
  EXPECT_EQ(changed->notes(), "new");
  EXPECT_EQ(Read(made.name()).notes(), "");
  EXPECT_EQ(Outline(UpdateVolunteer(ashford_, made.name(),
                                    R"(volunteer { sharing: SHARING_COUNTY } validate_only: true)")
                        .status()),
            "INVALID_ARGUMENT INVALID_FIELDS");
}

TEST_F(VolunteerService, ARetryActsOnce) {
  auto create = Parse<v1::CreateVolunteerRequest>(R"(parent: "centres/ashford"
      request_id: "7c9d7d0e-7f0f-4f6b-9a3c-0a5a9e6f3b21"
      volunteer { display_name: "Ann" contact { phone: "01233 000000" } })");
  const auto first = ashford_.Call(&Volunteers::CreateVolunteer, create);
  ASSERT_TRUE(first.ok()) << first.status();
  world_.clock.Advance(absl::Minutes(1));
  const auto second = ashford_.Call(&Volunteers::CreateVolunteer, create);
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_EQ(second->ShortDebugString(), first->ShortDebugString());
  EXPECT_THAT(ListVolunteers(ashford_, R"(parent: "centres/ashford")")->volunteers(), SizeIs(1));

  create.mutable_volunteer()->set_display_name("Bob");
  EXPECT_EQ(Outline(ashford_.Call(&Volunteers::CreateVolunteer, create).status()),
            "INVALID_ARGUMENT REQUEST_ID_REUSED");

  // The same id by another credential, or for another method, is another id.
  EXPECT_TRUE(world_.Manager(kAshford).Call(&Volunteers::CreateVolunteer, create).ok());
  v1::MarkVolunteerLeftRequest leave;
  leave.set_name(first->name());
  leave.set_request_id(create.request_id());
  const auto left = ashford_.Call(&Volunteers::MarkVolunteerLeft, leave);
  ASSERT_TRUE(left.ok()) << left.status();
  // Not allowed twice, but a retry is not a second time.
  const auto again = ashford_.Call(&Volunteers::MarkVolunteerLeft, leave);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->etag(), left->etag());
}

TEST_F(VolunteerService, CreateNamesPossibleDuplicatesOfItsOwnCentre) {
  const v1::Volunteer ann = Made(R"(display_name: "Ann Lee" date_of_birth { year: 1980 month: 2 day: 29 }
      contact { email: "Ann@Example.org" phone: "+44 1233 555 000" postcode: "TN23 1PL" })");
  EXPECT_THAT(ann.possible_duplicates(), IsEmpty());
  ASSERT_TRUE(CreateVolunteer(world_.Caseworker(kDover), kDover, kEnquiry).ok());
  const std::vector<std::pair<const char*, bool>> table = {
      {R"(display_name: "X" contact { email: "ann@example.ORG" })", true},
      {R"(display_name: "X" contact { phone: "(01233) 555-000" })", true},
      {R"(display_name: "ANN  LEE" contact { postcode: "tn231pl" })", true},
      {R"(display_name: "ann lee" home { postcode: "TN23 1PL" })", true},
      {R"(display_name: "X" contact { given_name: "ann" family_name: "Lee" postcode: "TN23 1PL" })", true},
      {R"(display_name: "Ann Lee" contact { email: "other@example.org" }
          date_of_birth { year: 1980 month: 2 day: 29 })",
       true},
      {R"(display_name: "Ann Lee" contact { email: "other2@example.org" })", false},
      {R"(display_name: "Ann Lee" contact { email: "other3@example.org" postcode: "TN23 1PR" })", false},
      {R"(display_name: "Bob" contact { postcode: "TN23 1PL" })", false},
      {R"(display_name: "X" contact { phone: "555000" })", false},
  };
  for (const auto& [text, expected] : table) {
    SCOPED_TRACE(text);
    auto request = Parse<v1::CreateVolunteerRequest>(R"(parent: "centres/ashford" validate_only: true)");
    *request.mutable_volunteer() = Parse<v1::Volunteer>(text);
    const auto checked = ashford_.Call(&Volunteers::CreateVolunteer, request);
    ASSERT_TRUE(checked.ok()) << checked.status();
    if (expected) {
      EXPECT_THAT(checked->possible_duplicates(), ElementsAre(ann.name()));
    } else {
      EXPECT_THAT(checked->possible_duplicates(), IsEmpty());
    }
  }
  const v1::Volunteer twin = Made(kEnquiry);
  EXPECT_THAT(twin.possible_duplicates(), ElementsAre(ann.name()));
  EXPECT_THAT(Read(twin.name()).possible_duplicates(), IsEmpty());
  // What was changed counts as it is now.
  ASSERT_TRUE(UpdateVolunteer(ashford_, ann.name(), R"(volunteer { contact { phone: "0123" } }
      update_mask { paths: "contact" })")
                  .ok());
  EXPECT_THAT(Made(kEnquiry).possible_duplicates(), ElementsAre(twin.name()));
}

TEST_F(VolunteerService, ListsAreFilteredOrderedAndPaged) {
  std::vector<std::string> names;
  for (int i = 0; i < 7; ++i) {
    names.push_back(
        Made("display_name: 'P" + std::to_string(i) + "' contact { phone: '0123' }" +
             (i % 2 == 0 ? "skills { skill: 'skills/cooking' }" : "causes: 'causes/animal-welfare'"))
            .name());
    world_.clock.Advance(absl::Seconds(1));
  }
  const auto ask = [&](const std::string& more) {
    std::vector<std::string> found;
    std::string token;
    do {
      auto page = ListVolunteers(
          ashford_, "parent: 'centres/ashford' page_size: 2 " + more + " page_token: '" + token + "'");
      EXPECT_TRUE(page.ok()) << page.status();
      if (!page.ok()) break;
      EXPECT_LE(page->volunteers_size(), 2);
      for (const auto& volunteer : page->volunteers()) found.push_back(volunteer.display_name());
      token = page->next_page_token();
    } while (!token.empty());
    return found;
  };
  EXPECT_THAT(ask("order_by: 'update_time'"), ElementsAre("P0", "P1", "P2", "P3", "P4", "P5", "P6"));
  EXPECT_THAT(ask("order_by: 'update_time desc'"), ElementsAre("P6", "P5", "P4", "P3", "P2", "P1", "P0"));
  EXPECT_THAT(ask(""), SizeIs(7));
  EXPECT_THAT(ask("filter: 'skill=skills/cooking' order_by: 'update_time'"),
              ElementsAre("P0", "P2", "P4", "P6"));
  EXPECT_THAT(ask("filter: 'skill:skills/cooking AND display_name:p4'"), ElementsAre("P4"));
  EXPECT_THAT(ask("filter: 'cause=causes/animal-welfare' order_by: 'update_time'"),
              ElementsAre("P1", "P3", "P5"));
  EXPECT_THAT(ask("filter: 'update_time>=2026-06-15T10:00:05Z'"), UnorderedElementsAre("P5", "P6"));
  EXPECT_THAT(ask("filter: 'state=ENQUIRY AND sharing=SHARING_CENTRE'"), SizeIs(7));
  EXPECT_THAT(ask("filter: 'state!=ENQUIRY'"), IsEmpty());
  EXPECT_THAT(ask("filter: 'centre=centres/ashford'"), SizeIs(7));
  EXPECT_THAT(ask("filter: 'centre=centres/dover'"), IsEmpty());
  EXPECT_THAT(ask("filter: 'district=districts/E07000105'"), IsEmpty());

  std::set<std::string> listed;
  const auto all = ListVolunteers(ashford_, "parent: 'centres/ashford'");
  ASSERT_TRUE(all.ok());
  for (const auto& volunteer : all->volunteers()) {
    EXPECT_THAT(Read(volunteer.name()), Holds(volunteer.ShortDebugString()));
    listed.insert(volunteer.name());
  }
  EXPECT_EQ(listed, std::set<std::string>(names.begin(), names.end()));
}

TEST_F(VolunteerService, AListNamesAllThatIsWrongWithItsRequest) {
  const auto refused = ListVolunteers(ashford_, R"(parent: "ashford" page_size: -1 order_by: "age"
      filter: "colour=red AND state=SLEEPING" )");
  EXPECT_EQ(Outline(refused.status()), "INVALID_ARGUMENT INVALID_FIELDS");
  std::set<std::string> fields;
  const google::rpc::BadRequest bad_request = base::BadRequestOf(refused.status());
  for (const auto& violation : bad_request.field_violations()) {
    fields.insert(violation.field());
  }
  EXPECT_THAT(fields, UnorderedElementsAre("parent", "page_size", "order_by", "filter"));
  EXPECT_THAT(FaultsOf(refused.status()), SizeIs(5));
}

TEST_F(VolunteerService, APageTokenIsGoodForItsOwnRequestAndAnHour) {
  for (int i = 0; i < 3; ++i) Made();
  const auto page = ListVolunteers(ashford_, "parent: 'centres/ashford' page_size: 1");
  ASSERT_TRUE(page.ok());
  const std::string token = " page_token: '" + page->next_page_token() + "'";
  EXPECT_EQ(
      Outline(ListVolunteers(ashford_, "parent: 'centres/ashford' filter: 'state=ENQUIRY'" + token).status()),
      "INVALID_ARGUMENT PAGE_TOKEN_INVALID");
  EXPECT_EQ(Outline(ListVolunteers(world_.Manager(kAshford), "parent: 'centres/ashford'" + token).status()),
            "INVALID_ARGUMENT PAGE_TOKEN_INVALID");
  EXPECT_TRUE(ListVolunteers(ashford_, "parent: 'centres/ashford' page_size: 2" + token).ok());
  world_.clock.Advance(absl::Hours(1) + absl::Milliseconds(1));
  EXPECT_EQ(Outline(ListVolunteers(ashford_, "parent: 'centres/ashford'" + token).status()),
            "INVALID_ARGUMENT PAGE_TOKEN_EXPIRED");
}

TEST_F(VolunteerService, NamesThatAreNone) {
  for (const char* name : {"x", "centres/ashford", "centres/ashford/volunteers/", "centres/-/volunteers/a",
                           "centres/ashford/opportunities/a", "centres/ashford/volunteers/a/b"}) {
    SCOPED_TRACE(name);
    EXPECT_THAT(FaultsOf(GetVolunteer(ashford_, name).status()),
                ElementsAre("name: must be centres/{centre}/volunteers/{volunteer}"));
    EXPECT_THAT(FaultsOf(UpdateVolunteer(ashford_, name, "volunteer {}").status()),
                ElementsAre("volunteer.name: must be centres/{centre}/volunteers/{volunteer}"));
  }
  EXPECT_THAT(FaultsOf(GetVolunteer(ashford_, "").status()), ElementsAre("name: is required"));
  EXPECT_THAT(FaultsOf(UpdateVolunteer(ashford_, "", "").status()),
              ElementsAre("volunteer.name: is required"));
  EXPECT_THAT(FaultsOf(CreateVolunteer(ashford_, "centres/-", kEnquiry).status()),
              ElementsAre("parent: must name one centre"));
  EXPECT_EQ(Outline(GetVolunteer(ashford_, "centres/ashford/volunteers/nobody").status()),
            "NOT_FOUND NOT_FOUND");
}

}  // namespace
}  // namespace brokerage::matching
