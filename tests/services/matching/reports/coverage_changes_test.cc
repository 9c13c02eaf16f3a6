// Whatever changes, what is counted is what a count of all records says.
#include <atomic>
#include <chrono>
#include <fstream>
#include <iterator>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "google/protobuf/util/message_differencer.h"

#include "reference/places_import.h"
#include "tests/services/matching/reports/plain_coverage.h"
#include "tests/services/matching/reports/report_world.h"
#include "tests/storage/scratch.h"

namespace brokerage::matching {
namespace {

using reference::KentDistricts;

constexpr const char* kCentres[] = {"centres/ashford", "centres/dover", "centres/swale"};
constexpr const char* kStates[] = {"STATE_SEARCHING", "STATE_SEARCHING", "STATE_SEARCHING", "STATE_ENQUIRY",
                                   "STATE_PLACED",    "STATE_ON_BREAK",  "STATE_LEFT"};
constexpr const char* kRoleStates[] = {"STATE_OPEN",   "STATE_OPEN",   "STATE_OPEN",   "STATE_DRAFT",
                                       "STATE_PAUSED", "STATE_CLOSED", "STATE_DELETED"};
// CT4 and TN15 lie in several districts, ME1 in one that is not served and one that is.
constexpr const char* kPlaces[] = {
    "postcode: 'TN23 1PL' district: 'districts/E07000105'",
    "postcode: 'CT16 1AA' district: 'districts/E07000108'",
    "postcode: 'CT4 5SE' district: 'districts/E07000106'",
    "postcode: 'CT4 5SF' district: 'districts/E07000112'",
    "postcode: 'TN15 0AA' district: ''",
    "postcode: 'ME1 1AA' district: 'districts/outside'",
    "latitude: 51.14 longitude: 0.86 district: 'districts/E07000105' precision: PLACE_PRECISION_COORDINATES",
    "",
};
constexpr const char* kSkills[] = {"basic-it",    "spreadsheets",     "smartphone",         "cooking",
                                   "fundraising", "bid-writing",      "fundraising-events", "first-aid",
                                   "bookkeeping", "public-engagement"};
constexpr const char* kCauses[] = {"health", "mental-health", "illness", "care", "community", "environment"};

class CoverageChanges : public ReportTest {
 protected:
  template <std::size_t kSize>
  std::string OneOf(const char* const (&words)[kSize]) {
    return words[random_() % kSize];
  }
  bool Chance(unsigned percent) { return random_() % 100 < percent; }

  std::string NameIn(const std::string& collection) {
    return absl::StrCat(OneOf(kCentres), "/", collection, "/r", random_() % 60);
  }

  // Some of the skills and causes, none twice.
  std::string SomeTerms(unsigned percent) {
    std::string text;
    for (const char* skill : kSkills) {
      if (Chance(percent)) absl::StrAppend(&text, " skills { skill: 'skills/", skill, "' }");
    }
    for (const char* cause : kCauses) {
      if (Chance(percent)) absl::StrAppend(&text, " causes: 'causes/", cause, "'");
    }
    return text;
  }
  std::string Sharing() { return Chance(50) ? " sharing: SHARING_COUNTY" : " sharing: SHARING_CENTRE"; }

  void Change() {
    switch (random_() % 8) {
      case 0:
        return world_.Write(
            {storage::Write::Delete(absl::StrCat(storage::kVolunteers, NameIn("volunteers")))});
      case 1:
        return world_.Write(
            {storage::Write::Delete(absl::StrCat(storage::kOpportunities, NameIn("opportunities")))});
      case 2:
      case 3:
      case 4: {
        auto volunteer = support::Parse<v1::Volunteer>(
            absl::StrCat("state: ", OneOf(kStates), " home { ", OneOf(kPlaces), " }", Sharing(),
                         " accepts_remote: ", Chance(40), SomeTerms(20)));
        volunteer.set_name(NameIn("volunteers"));
        world_.Put(volunteer);
        return;
      }
      default: {
        const auto places = random_() % 4 + 1;
        auto role = support::Parse<v1::Opportunity>(absl::StrCat(
            "state: ", OneOf(kRoleStates), Sharing(), " places: ", places, " places_filled: ",
            random_() % (places + 1), SomeTerms(10), " expire_time { seconds: ", kNow + random_() % 4'000,
            " } ", Chance(20) ? "remote: true" : absl::StrCat("place { ", OneOf(kPlaces), " }")));
        role.set_name(NameIn("opportunities"));
        world_.Put(role);
      }
    }
  }

  void CheckAll() {
    std::vector<std::pair<support::Client, std::string>> askers = {{world_.Lead(), "centres/-"}};
    for (const char* centre : kCentres) askers.emplace_back(world_.Reader(centre), centre);
    for (const auto& [client, parent] : askers) {
      const std::string cause = Chance(50) ? "" : absl::StrCat("causes/", OneOf(kCauses));
      const std::string skill = Chance(50) ? "" : absl::StrCat("skills/", OneOf(kSkills));
      auto answer = Ask(client, parent, cause, skill);
      ASSERT_TRUE(answer.ok()) << answer.status();
      answer->clear_as_of();
      const bool all = parent == "centres/-";
      const auto plain = PlainCoverage({world_.store(), tables_, *places_}, {all ? "" : parent, all}, cause,
                                       skill, world_.clock.Now());
      std::string differences;
      google::protobuf::util::MessageDifferencer differencer;
      differencer.ReportDifferencesToString(&differences);
      ASSERT_TRUE(differencer.Compare(plain, *answer)) << parent << " " << cause << " " << skill << "\n"
                                                       << differences;
      most_places_ = std::max(most_places_, answer->total().open_places());
      told_thin_ = told_thin_ || answer->total().thin();
      told_elsewhere_ = told_elsewhere_ || answer->elsewhere().searching_volunteers() > 0;
    }
  }

  const ReferenceTables tables_ = ShippedTables(KentDistricts());
  std::shared_ptr<const reference::PlaceIndex> places_ = reference::ShippedPlaces(KentDistricts());
  std::mt19937 random_{20'260'615};
  int64_t most_places_ = 0;
  bool told_thin_ = false;
  bool told_elsewhere_ = false;
};

TEST_F(CoverageChanges, AfterAnyChangesTheCountsAreThoseOfTheRecords) {
  for (int round = 0; round < 60 && !HasFailure(); ++round) {
    SCOPED_TRACE(round);
    for (int i = 0; i < 25; ++i) Change();
    if (round % 10 == 9) world_.Restart();
    world_.clock.Advance(absl::Seconds(40));
    CheckAll();
  }
  // It was no empty world.
  EXPECT_GT(most_places_, 30);
  EXPECT_TRUE(told_thin_);
  EXPECT_TRUE(told_elsewhere_);
}

TEST_F(CoverageChanges, ImportedPlacesAreCountedWhereTheyLie) {
  for (int i = 0; i < 100; ++i) Change();
  const std::string home =
      "state: STATE_SEARCHING sharing: SHARING_COUNTY home { postcode: 'TN23 1PL' district: "
      "'districts/E07000105' precision: PLACE_PRECISION_SECTOR }";
  auto volunteer = support::Parse<v1::Volunteer>(home);
  volunteer.set_name("centres/ashford/volunteers/placed-again");
  world_.Put(volunteer);
  const auto before = Ask(world_.Reader(kAshford), kAshford);
  CheckAll();

  const storage::contract::ScratchDirectory scratch;
  const std::string csv = scratch.path() + "/some.csv";
  std::ofstream(csv) << "postcode,lat,lon,district_code\nTN23 1PL,51.5,0.5,E07000112\n";
  ASSERT_TRUE(reference::ImportPlaces({csv}, scratch.path() + "/places").ok());
  auto places = reference::LoadPlaces(scratch.path() + "/places", KentDistricts());
  ASSERT_TRUE(places.ok()) << places.status();
  places_ = *places;
  world_.server().SetPlaces(places_);
  // Written after the places were placed again, it is in the index after they are.
  Volunteer("centres/ashford/volunteers/last", "state: STATE_LEFT");
  CheckAll();
  EXPECT_NE(In(Ask(world_.Reader(kAshford), kAshford), "E07000112"), In(before, "E07000112"));
}

TEST_F(CoverageChanges, ACountIsOfOneMoment) {
  // Each commit moves two volunteers at once: no count has one without the other.
  const auto both = [](const char* place) {
    std::vector<v1::Volunteer> volunteers;
    for (const char* name : {"one", "two"}) {
      volunteers.push_back(
          support::Parse<v1::Volunteer>(absl::StrCat("state: STATE_SEARCHING home { ", place, " }")));
      volunteers.back().set_name(absl::StrCat("centres/ashford/volunteers/", name));
    }
    return volunteers;
  };
  world_.PutTogether(both(kPlaces[0]));
  const auto reader = world_.Reader(kAshford);
  std::atomic<bool> over = false;
  std::set<std::string> seen;
  std::jthread asker([&] {
    while (!over) {
      const Coverage coverage = Ask(reader, kAshford);
      seen.insert(absl::StrCat(In(coverage, "E07000105"), " | ", In(coverage, "E07000108")));
    }
  });
  for (int i = 0; i < 200; ++i) world_.PutTogether(both(kPlaces[i % 2]));
  over = true;
  asker.join();
  const std::string here = "2 volunteers, 0 open, 0 places";
  const std::string none = "0 volunteers, 0 open, 0 places";
  for (const std::string& told : seen) {
    EXPECT_TRUE(told == here + " | " + none || told == none + " | " + here) << told;
  }
}

TEST_F(CoverageChanges, ACountIsOfOneMomentWhateverIsWrittenMeanwhile) {
  // Each commit moves a volunteer and a role together, and the next ones do not wait for the index.
  const auto both = [](const char* place) {
    const auto words = absl::StrCat("{ ", place, " }");
    storage::v1::VolunteerRecord volunteer;
    *volunteer.mutable_volunteer() = support::Parse<v1::Volunteer>(
        absl::StrCat("name: 'centres/ashford/volunteers/v' state: STATE_SEARCHING home ", words));
    storage::v1::OpportunityRecord role;
    *role.mutable_opportunity() = support::Parse<v1::Opportunity>(
        absl::StrCat("name: 'centres/ashford/opportunities/o' state: STATE_OPEN place ", words));
    storage::CommitRequest commit;
    commit.writes = {storage::Write::Put(absl::StrCat(storage::kVolunteers, volunteer.volunteer().name()),
                                         volunteer.SerializeAsString()),
                     storage::Write::Put(absl::StrCat(storage::kOpportunities, role.opportunity().name()),
                                         role.SerializeAsString())};
    return commit;
  };
  const auto reader = world_.Reader(kAshford);
  std::atomic<bool> over = false;
  std::jthread writer([&] {
    for (int i = 0; !over; ++i) {
      const auto written = world_.store().Commit(both(kPlaces[i % 2]));
      ASSERT_TRUE(written.ok()) << written.status();
      if (i % 8 > 0) continue;
      // The feed comes to the end now and then, as it must.
      world_.server().index().WaitFor({written->epoch, written->sequence},
                                      std::chrono::steady_clock::now() + std::chrono::seconds(30));
    }
  });
  for (int i = 0; i < 300; ++i) {
    const Coverage coverage = Ask(reader, kAshford);
    for (const char* district : {"E07000105", "E07000108"}) {
      const std::string told = In(coverage, district);
      EXPECT_TRUE(told == "1 volunteers, 1 open, 1 places" || told == "0 volunteers, 0 open, 0 places")
          << told;
    }
  }
  over = true;
}

}  // namespace
}  // namespace brokerage::matching
