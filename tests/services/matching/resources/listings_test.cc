// SearchOpportunities through the real stub: anybody finds what is open and shared, and is told no more.
#include "services/matching/listings.h"

#include <chrono>
#include <functional>
#include <future>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

#include "reference/districts.h"
#include "reference/places.h"
#include "services/matching/convert/facts.h"
#include "services/matching/convert/tables.h"
#include "services/rpc/moments.h"
#include "tests/services/matching/resources/resource_calls.h"

namespace brokerage::matching {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

class SearchOpportunities : public ::testing::Test {
 protected:
  SearchOpportunities() {
    world_.SetOrganisation("organisations/x", matcher::OrganisationStanding::kActive, "Café Society");
  }

  // An open role, shared with the county, confirmed now and good for an hour.
  storage::v1::OpportunityRecord Role(const std::string& id, const std::string& text) {
    storage::v1::OpportunityRecord record;
    v1::Opportunity& role = *record.mutable_opportunity();
    role = Parse<v1::Opportunity>(text);
    role.set_name(absl::StrCat(kAshford, "/opportunities/", id));
    if (role.title().empty()) role.set_title(id);
    role.set_organisation("organisations/x");
    if (role.state() == v1::Opportunity::STATE_UNSPECIFIED) role.set_state(v1::Opportunity::STATE_OPEN);
    if (role.sharing() == common::v1::SHARING_UNSPECIFIED) role.set_sharing(common::v1::SHARING_COUNTY);
    *role.mutable_confirm_time() = rpc::ToTimestamp(world_.clock.Now());
    *role.mutable_expire_time() = rpc::ToTimestamp(world_.clock.Now() + absl::Hours(1));
    return record;
  }
  void Put(const std::string& id, const std::string& text) { world_.Put(Role(id, text)); }

  absl::StatusOr<v1::SearchOpportunitiesResponse> Ask(const std::string& text) {
    return anybody_.Call(&Opportunities::SearchOpportunities, Parse<v1::SearchOpportunitiesRequest>(text));
  }
  // The ids of what is found, in order.
  std::vector<std::string> Found(const std::string& text) {
    const auto page = Ask(text);
    EXPECT_TRUE(page.ok()) << page.status();
    std::vector<std::string> ids;
    if (!page.ok()) return ids;
    for (const auto& listing : page->listings()) {
      ids.push_back(listing.opportunity().substr(listing.opportunity().rfind('/') + 1));
    }
    return ids;
  }

  MatchingWorld world_;
  const Client anybody_ = world_.NoOne();
};

TEST_F(SearchOpportunities, TellsWhatAnybodyMayKnow) {
  Put("cook",
      R"(title: "Cook lunch" description: "At the hall." place { postcode: "TN23 1PL" latitude: 51.1462
      longitude: 0.8729 district: "districts/E07000105" } minimum_age: 16 places: 3 places_filled: 1
      skills { skill: "skills/cooking" required: true } causes: "causes/animal-welfare" access_support: "lift"
      required_check { level: CHECK_LEVEL_BASIC } reject_reason: "once rejected" minimum_coverage_bp: 1234
      schedule { flexible { minutes_per_week: 60 } })");
  const auto page = Ask("");
  ASSERT_TRUE(page.ok()) << page.status();
  ASSERT_EQ(page->listings_size(), 1);
  EXPECT_THAT(page->listings(0), Holds(R"(
      opportunity: "centres/ashford/opportunities/cook" organisation_display_name: "Café Society"
      title: "Cook lunch" description: "At the hall." outcode: "TN23" causes: "causes/animal-welfare"
      skills: "skills/cooking" minimum_age: 16 check_level: CHECK_LEVEL_BASIC access_support: "lift" places_left: 2
      schedule { flexible { minutes_per_week: 60 } })"));
  // Nothing closer than the outcode, and nothing that centres keep to themselves.
  EXPECT_THAT(page->DebugString(),
              AllOf(Not(HasSubstr("1PL")), Not(HasSubstr("51.1")), Not(HasSubstr("rejected")),
                    Not(HasSubstr("1234")), Not(HasSubstr("organisations/x"))));
}

TEST_F(SearchOpportunities, FindsOnlyWhatIsOpenAndShared) {
  for (int state = v1::Opportunity::STATE_DRAFT; state <= v1::Opportunity::STATE_DELETED; ++state) {
    const std::string name = v1::Opportunity::State_Name(static_cast<v1::Opportunity::State>(state));
    Put(name, absl::StrCat("remote: true state: ", name));
  }
  Put("own", "remote: true sharing: SHARING_CENTRE");
  Put("full", "remote: true places: 2 places_filled: 2");
  Put("over",
      R"(remote: true schedule { dated { sessions { start_time { seconds: 60 } duration { seconds: 3600 } } } })");
  EXPECT_THAT(Found(""), ElementsAre("STATE_OPEN"));

  world_.SetOrganisation("organisations/x", matcher::OrganisationStanding::kSuspended);
  EXPECT_THAT(Found(""), IsEmpty());
  world_.SetOrganisation("organisations/x", matcher::OrganisationStanding::kActive);
  world_.clock.Advance(absl::Minutes(59));
  EXPECT_THAT(Found(""), ElementsAre("STATE_OPEN"));
  world_.clock.Advance(absl::Minutes(1));
  EXPECT_THAT(Found(""), IsEmpty());
}

TEST_F(SearchOpportunities, ForgetsWhatIsNoLongerOffered) {
  Put("cook", "remote: true");
  EXPECT_THAT(Found(""), ElementsAre("cook"));
  Put("cook", "remote: true state: STATE_PAUSED");
  EXPECT_THAT(Found(""), IsEmpty());
  Put("cook", "remote: true");
  EXPECT_THAT(Found(""), ElementsAre("cook"));
  Put("cook", "remote: true sharing: SHARING_CENTRE");
  EXPECT_THAT(Found(""), IsEmpty());
}

TEST_F(SearchOpportunities, NearestFirstThenRemote) {
  Put("here", "place { postcode: 'TN23 1PL' }");
  Put("canterbury", "place { postcode: 'CT1 1AA' }");
  Put("anywhere", "remote: true");
  Put("dover", "place { postcode: 'CT16 1AA' }");
  EXPECT_THAT(Found("near: 'tn23 1pl' radius_m: 200000"),
              ElementsAre("here", "canterbury", "dover", "anywhere"));
  EXPECT_THAT(Found("near: 'TN23'"), ElementsAre("here", "anywhere"));
  EXPECT_THAT(Found("near: 'TN23' remote: REMOTE_WORK_NONE"), ElementsAre("here"));
  EXPECT_THAT(Found("near: 'TN23' remote: REMOTE_WORK_ONLY"), ElementsAre("anywhere"));

  // Whole kilometres, rounded up; unset for those that happen nowhere.
  const auto page = Ask("near: 'TN23' radius_m: 200000");
  ASSERT_TRUE(page.ok()) << page.status();
  EXPECT_EQ(page->listings(0).distance_km(), 0);
  EXPECT_GT(page->listings(1).distance_km(), 15);
  EXPECT_FALSE(page->listings(3).has_distance_km());
  // As far as the radius, and not a metre further.
  const auto reaches = [&](int64_t radius_m) {
    return Found(absl::StrCat("near: 'TN23' remote: REMOTE_WORK_NONE radius_m: ", radius_m)).size() > 1;
  };
  int64_t low = 1;
  int64_t high = 200'000;
  while (high - low > 1) (reaches((low + high) / 2) ? high : low) = (low + high) / 2;
  EXPECT_EQ((high + 999) / 1'000, page->listings(1).distance_km());
}

TEST_F(SearchOpportunities, WithoutAPlaceConfirmedLastFirst) {
  Put("b", "remote: true");
  Put("a", "place { postcode: 'TN23 1PL' }");
  world_.clock.Advance(absl::Seconds(1));
  Put("c", "remote: true");
  EXPECT_THAT(Found(""), ElementsAre("c", "a", "b"));
}

TEST_F(SearchOpportunities, HasAllTheWords) {
  Put("cook",
      "remote: true title: 'Cook, and serve' description: 'Lunch for the Young-at-Heart club; people\\'s "
      "favourite.'");
  Put("drive", "remote: true title: 'Drive' description: 'Nothing to do with lunch'");
  for (const char* text : {"cook", "COO", "lunch serve", "heart", "young at", "peoples", "cafe\u0301 lunch",
                           "CAFÉ", "  cook ,", "society cook"}) {
    EXPECT_THAT(Found(absl::StrCat("text: \"", text, "\" centre: 'centres/ashford'")),
                testing::Contains("cook"))
        << text;
  }
  EXPECT_THAT(Found("text: 'lunch'"), UnorderedElementsAre("cook", "drive"));
  // From the beginning of a word, and none left out.
  for (const char* text : {"ook", "cook drive", "unch"})
    EXPECT_THAT(Found(absl::StrCat("text: '", text, "'")), IsEmpty()) << text;
  EXPECT_THAT(Found("text: ' ,.! '"), UnorderedElementsAre("cook", "drive"));
}

TEST_F(SearchOpportunities, OfACause) {
  Put("dogs", "remote: true causes: 'causes/animal-welfare'");
  Put("none", "remote: true");
  EXPECT_THAT(Found("causes: 'causes/animal-welfare'"), ElementsAre("dogs"));
  EXPECT_THAT(Found("causes: 'causes/environment'"), Not(testing::Contains("dogs")));
}

TEST_F(SearchOpportunities, WhenThereIsTime) {
  const std::string monday =
      R"(windows { day_of_week: DAY_OF_WEEK_MONDAY start_time { hours: 9 } end_time { hours: 12 } })";
  Put("weekly", "remote: true schedule { weekly { " + monday + " } }");
  Put("flexible", "remote: true schedule { flexible { minutes_per_week: 60 } }");
  Put("within", "remote: true schedule { flexible { minutes_per_week: 60 " + monday + " } }");
  // Monday, 22 June 2026, 10:00 in London.
  Put("dated",
      R"(remote: true schedule { dated { sessions { start_time { seconds: 1782118800 } duration { seconds: 3600 } } } })");
  Put("unsaid", "remote: true");
  const auto found = [&](const std::string& day, int from, int to) {
    return Found(absl::StrCat("when { day_of_week: DAY_OF_WEEK_", day, " start_time { hours: ", from,
                              " } end_time { hours: ", to, " } }"));
  };
  EXPECT_THAT(found("MONDAY", 11, 14), UnorderedElementsAre("weekly", "flexible", "within"));
  EXPECT_THAT(found("MONDAY", 10, 11), UnorderedElementsAre("weekly", "flexible", "within", "dated"));
  EXPECT_THAT(found("MONDAY", 12, 14), ElementsAre("flexible"));
  EXPECT_THAT(found("TUESDAY", 10, 11), ElementsAre("flexible"));
}

TEST_F(SearchOpportunities, PageByPage) {
  for (int i = 0; i < 7; ++i) Put(absl::StrCat("r", i), "remote: true");
  const auto all = Found("");
  EXPECT_EQ(all.size(), 7u);
  std::vector<std::string> pages;
  std::string token;
  do {
    const auto page = Ask(absl::StrCat("page_size: 3 page_token: '", token, "'"));
    ASSERT_TRUE(page.ok()) << page.status();
    for (const auto& listing : page->listings()) pages.push_back(listing.title());
    token = page->next_page_token();
    EXPECT_EQ(page->listings_size(), token.empty() ? 1 : 3);
  } while (!token.empty());
  EXPECT_EQ(pages, all);
  const auto first = Ask("page_size: 3");
  EXPECT_EQ(Outline(Ask(absl::StrCat("text: 'r' page_token: '", first->next_page_token(), "'")).status()),
            "INVALID_ARGUMENT PAGE_TOKEN_INVALID");
}

TEST_F(SearchOpportunities, MoreThanAHundredAreServedAsAHundred) {
  for (int i = 0; i < 101; ++i) Put(absl::StrCat("r", i), "remote: true");
  EXPECT_EQ(Found("page_size: 1000").size(), 100u);
  EXPECT_EQ(Found("page_size: 100").size(), 100u);
  EXPECT_EQ(Found("").size(), 50u);
}

TEST_F(SearchOpportunities, OfOneCentre) {
  Put("ours", "remote: true");
  auto theirs = Role("theirs", "remote: true");
  theirs.mutable_opportunity()->set_name(absl::StrCat(kDover, "/opportunities/theirs"));
  world_.Put(theirs);
  EXPECT_THAT(Found(""), UnorderedElementsAre("ours", "theirs"));
  EXPECT_THAT(Found("centre: 'centres/dover'"), ElementsAre("theirs"));
  EXPECT_THAT(Found("centre: 'centres/nowhere'"), IsEmpty());
}

TEST_F(SearchOpportunities, NamesEveryFault) {
  const auto status = Ask(R"(centre: "dover" near: "nowhere" radius_m: 0 causes: "causes/none" page_size: -1
      when { day_of_week: DAY_OF_WEEK_MONDAY start_time { hours: 9 minutes: 15 } end_time { hours: 12 } })")
                          .status();
  EXPECT_EQ(Outline(status), "INVALID_ARGUMENT INVALID_FIELDS");
  for (const char* field :
       {"centre: ", "near: ", "radius_m: ", "causes[0]: ", "page_size: ", "when[0].start_time"}) {
    EXPECT_THAT(FaultsOf(status), testing::Contains(testing::StartsWith(field))) << field;
  }
  EXPECT_THAT(FaultsOf(Ask("radius_m: 5").status()),
              ElementsAre(HasSubstr("only for a search that begins somewhere")));
  EXPECT_THAT(FaultsOf(Ask("near: 'ZZ99'").status()), ElementsAre(HasSubstr("near: ")));
  EXPECT_THAT(FaultsOf(Ask("near: 'ZZ99 9ZZ'").status()), ElementsAre(HasSubstr("near: ")));
  EXPECT_THAT(FaultsOf(Ask("centre: 'centres/-'").status()), ElementsAre(HasSubstr("must name one centre")));
}

TEST_F(SearchOpportunities, ItsLimits) {
  std::string windows;
  for (int i = 0; i < 100; ++i) {
    windows += "when { day_of_week: DAY_OF_WEEK_MONDAY start_time { hours: 9 } end_time { hours: 12 } } ";
  }
  const struct {
    std::string held;
    std::string beyond;
  } kCases[] = {
      {absl::StrCat("text: '", std::string(200, 'a'), "'"),
       absl::StrCat("text: '", std::string(201, 'a'), "'")},
      {"near: 'TN23' radius_m: 1", "near: 'TN23' radius_m: 0"},
      {"near: 'TN23' radius_m: 200000", "near: 'TN23' radius_m: 200001"},
      {windows,
       windows + "when { day_of_week: DAY_OF_WEEK_MONDAY start_time { hours: 9 } end_time { hours: 12 } }"},
      {"page_size: 0", "page_size: -1"},
  };
  for (const auto& [held, beyond] : kCases) {
    EXPECT_EQ(Outline(Ask(held).status()), "OK") << held;
    EXPECT_EQ(Outline(Ask(beyond).status()), "INVALID_ARGUMENT INVALID_FIELDS") << beyond;
  }
}

// Does something when it is asked, once.
class AskedOrganisations final : public OrganisationDirectory {
 public:
  matcher::OrganisationStanding StandingOf(absl::string_view) const override {
    if (on_asked) std::exchange(on_asked, nullptr)();
    return matcher::OrganisationStanding::kActive;
  }
  std::string DisplayNameOf(absl::string_view) const override { return ""; }
  bool EverSeen() const override { return true; }
  mutable std::function<void()> on_asked;
};

// Whoever searches without end would else keep every write from being seen.
TEST(Listings, ASearchHoldsUpNothingThatIsWritten) {
  const ReferenceTables tables = ShippedTables(reference::KentDistricts());
  const auto places = reference::ShippedPlaces(reference::KentDistricts());
  AskedOrganisations organisations;
  Listings listings(tables, organisations, MakeWorld(tables, {}));
  const auto put = [&](const std::string& id) {
    const auto role =
        Parse<v1::Opportunity>(absl::StrCat("name: 'centres/ashford/opportunities/", id,
                                            "' state: STATE_OPEN sharing: SHARING_COUNTY remote: true"));
    listings.Put(role, ToFacts(role, tables, *places, absl::UnixEpoch()), *places);
  };
  put("first");
  std::future<void> written;
  std::future_status seen = std::future_status::deferred;
  organisations.on_asked = [&] {
    written = std::async(std::launch::async, put, "second");
    seen = written.wait_for(std::chrono::seconds(10));  // a guard against hanging
  };
  EXPECT_EQ(listings.Find({}, "", 10).size(), 1U);
  EXPECT_EQ(seen, std::future_status::ready);
  written.get();
  EXPECT_EQ(listings.Find({}, "", 10).size(), 2U);
}

}  // namespace
}  // namespace brokerage::matching
