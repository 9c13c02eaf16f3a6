// Whom the book names of a centre, against what their records say.
#include "services/matching/volunteer_book.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

#include "brokerage/storage/v1/record.pb.h"
#include "services/rpc/moments.h"
#include "storage/keys.h"
#include "storage/memory_store.h"
#include "tests/services/matching/resources/resource_calls.h"

namespace brokerage::matching {
namespace {

using ::testing::ElementsAre;
using ::testing::IsSupersetOf;
using v1::Volunteer;

const absl::CivilDay kToday(2026, 6, 15);

std::string DateField(const char* field, absl::CivilDay day) {
  return absl::StrFormat("%s { year: %d month: %d day: %d } ", field, day.year(), day.month(), day.day());
}

TEST(NextExpiry, IsTheFirstFromTodayOn) {
  const struct {
    std::vector<int> checks;  // days from today
    std::vector<int> licences;
    std::optional<int> next;
  } kTable[] = {
      {{}, {}, std::nullopt},
      {{0}, {}, 0},
      {{-1}, {}, std::nullopt},
      {{-400, 400}, {}, 400},
      {{}, {3}, 3},
      {{5}, {3}, 3},
      {{2}, {3}, 2},
      {{-1}, {0}, 0},
      {{9, 1, 5}, {}, 1},
      {{}, {-2}, std::nullopt},
  };
  for (const auto& row : kTable) {
    std::string text = "checks {} licences {}";  // without an end
    for (const int days : row.checks)
      absl::StrAppend(&text, "checks { ", DateField("expire_date", kToday + days), "}");
    for (const int days : row.licences)
      absl::StrAppend(&text, "licences { ", DateField("expire_date", kToday + days), "}");
    const auto next = NextExpiry(Parse<Volunteer>(text), kToday);
    EXPECT_EQ(next ? std::optional<int>(static_cast<int>(*next - kToday)) : std::nullopt, row.next) << text;
  }
}

class VolunteerBookTest : public ::testing::Test {
 protected:
  static constexpr char kCentre[] = "centres/ashford";
  static std::string Name(int i) {
    return absl::StrCat(kCentre, "/volunteers/", absl::Dec(i, absl::kZeroPad3));
  }

  // Writes it, and tells the book.
  void Put(const std::string& name, std::optional<Volunteer> volunteer) {
    storage::CommitRequest commit;
    const std::string key = absl::StrCat(storage::kVolunteers, name);
    std::optional<std::string> bytes;
    if (volunteer) {
      storage::v1::VolunteerRecord record;
      *record.mutable_volunteer() = *volunteer;
      bytes = record.SerializeAsString();
    }
    commit.writes.push_back(bytes ? storage::Write::Put(key, *bytes) : storage::Write::Delete(key));
    ASSERT_TRUE(store_->Commit(std::move(commit)).ok());
    ASSERT_TRUE(book_.Put(name, bytes ? std::optional<absl::string_view>(*bytes) : std::nullopt).ok());
  }

  std::optional<std::vector<std::string>> Find(VolunteerBook::Question question,
                                               const std::string& centre = kCentre) {
    question.today = kToday;
    auto found = book_.Find(centre, question);
    EXPECT_TRUE(found.ok()) << found.status();
    return found.ok() ? *std::move(found) : std::nullopt;
  }

  static VolunteerBook::Question In(Volunteer::State state) {
    VolunteerBook::Question question;
    question.state = state;
    return question;
  }

  const std::unique_ptr<storage::Store> store_ = storage::NewMemoryStore();
  VolunteerBook book_{*store_};
};

TEST_F(VolunteerBookTest, KeepsWhoIsNotForLongInAState) {
  Put(Name(1), Parse<Volunteer>("state: STATE_ENQUIRY"));
  Put(Name(2), Parse<Volunteer>("state: STATE_ON_BREAK"));
  Put("centres/dover/volunteers/9", Parse<Volunteer>("state: STATE_ENQUIRY"));
  EXPECT_THAT(*Find(In(Volunteer::STATE_ENQUIRY)), ElementsAre(Name(1)));
  EXPECT_THAT(*Find(In(Volunteer::STATE_REGISTERED)), ElementsAre());
  EXPECT_EQ(Find(In(Volunteer::STATE_SEARCHING)), std::nullopt);
  EXPECT_EQ(Find({}), std::nullopt);
  EXPECT_THAT(*Find(In(Volunteer::STATE_ENQUIRY), "centres/dover"),
              ElementsAre("centres/dover/volunteers/9"));
}

TEST_F(VolunteerBookTest, NamesAllThatFitThroughRandomChanges) {
  std::mt19937 random(11);
  std::map<std::string, Volunteer> stored;
  const auto day = [&] { return kToday + static_cast<int>(random() % 40) - 10; };
  constexpr Volunteer::State kStates[] = {Volunteer::STATE_ENQUIRY, Volunteer::STATE_REGISTERED,
                                          Volunteer::STATE_SEARCHING, Volunteer::STATE_ON_BREAK};
  for (int step = 0; step < 2'000; ++step) {
    const std::string name = Name(static_cast<int>(random() % 60));
    if (random() % 6 == 0) {
      stored.erase(name);
      Put(name, std::nullopt);
    } else {
      std::string text;
      for (auto n = random() % 3; n > 0; --n)
        absl::StrAppend(&text, "checks { ", DateField("expire_date", day()), "}");
      if (random() % 3 == 0) absl::StrAppend(&text, "licences { ", DateField("expire_date", day()), "}");
      if (random() % 3 == 0) absl::StrAppend(&text, DateField("break_until_date", day()));
      auto volunteer = Parse<Volunteer>(text);
      volunteer.set_name(name);
      volunteer.set_state(kStates[random() % 4]);
      stored[name] = volunteer;
      Put(name, volunteer);
    }
    VolunteerBook::Question question;
    if (random() % 2 == 0) question.state = kStates[random() % 4];
    if (random() % 3 == 0) question.break_ends_by = day();
    if (random() % 3 == 0) question.next_expiry_by = day();
    const auto found = Find(question);
    if (!found) {
      EXPECT_FALSE(question.break_ends_by || question.next_expiry_by);
      continue;
    }
    EXPECT_TRUE(std::is_sorted(found->begin(), found->end()));
    std::vector<std::string> fit;
    for (const auto& [one, volunteer] : stored) {
      const auto next = NextExpiry(volunteer, kToday);
      if (question.state && volunteer.state() != *question.state) continue;
      if (question.next_expiry_by && !(next && *next <= *question.next_expiry_by)) continue;
      if (question.break_ends_by && !(volunteer.has_break_until_date() &&
                                      rpc::ToDay(volunteer.break_until_date()) <= *question.break_ends_by))
        continue;
      fit.push_back(one);
    }
    ASSERT_THAT(*found, IsSupersetOf(fit));
    // One question alone is answered exactly.
    const int asked =
        (question.state ? 1 : 0) + (question.break_ends_by ? 1 : 0) + (question.next_expiry_by ? 1 : 0);
    if (asked == 1) {
      ASSERT_EQ(*found, fit);
    }
  }
}

TEST(VolunteerLists, AreFilteredByWhatEnds) {
  MatchingWorld world;  // Monday 15 June 2026
  const Client ashford = world.Caseworker(kAshford);
  const Client dover = world.Caseworker(kDover);
  const auto make = [&](const Client& client, const std::string& centre, const std::string& name,
                        const std::string& more) {
    auto made = CreateVolunteer(
        client, centre,
        absl::StrCat("display_name: '", name, "' contact { phone: '01233 5550", name, "' } ", more));
    EXPECT_TRUE(made.ok()) << made.status();
    return made.ok() ? made->name() : "";
  };
  constexpr char kDriving[] = "licences { kind: LICENCE_KIND_CAR expire_date { year: 2026 month: 6 day: ";
  const std::string yesterday = make(ashford, kAshford, "14", absl::StrCat(kDriving, "14 } }"));
  const std::string today = make(ashford, kAshford, "15", absl::StrCat(kDriving, "15 } }"));
  const std::string later = make(ashford, kAshford, "30", absl::StrCat(kDriving, "30 } }"));
  const std::string never = make(ashford, kAshford, "99", "");
  const std::string theirs = make(dover, kDover, "16", absl::StrCat(kDriving, "16 } }"));

  const std::pair<const char*, std::vector<std::string>> kTable[] = {
      {"next_expire_date<=2026-06-30 AND centre=centres/ashford", {today, later}},
      {"next_expire_date<2026-06-30 AND centre=centres/ashford", {today}},
      {"next_expire_date=2026-06-30 AND centre=centres/ashford", {later}},
      {"next_expire_date>2026-06-15 AND centre=centres/ashford", {later}},
      {"next_expire_date<=2026-06-30", {today, later}},
      {"next_expire_date<=2026-06-30 AND centre=centres/dover", {}},  // not shared
      {"next_expire_date<=2026-06-30 AND state=SEARCHING AND centre=centres/ashford", {}},
      {"state=ENQUIRY AND centre=centres/ashford", {yesterday, today, later, never}},
      {"state=ENQUIRY", {yesterday, today, later, never}},
      {"break_until_date<=2026-12-31 AND centre=centres/ashford", {}},
  };
  for (const auto& [filter, names] : kTable) {
    const auto page =
        ListVolunteers(ashford, absl::StrCat("parent: '", kAshford, "' filter: '", filter, "'"));
    ASSERT_TRUE(page.ok()) << page.status();
    std::vector<std::string> found;
    for (const auto& volunteer : page->volunteers()) found.push_back(volunteer.name());
    EXPECT_THAT(found, ::testing::UnorderedElementsAreArray(names)) << filter;
  }
}

}  // namespace
}  // namespace brokerage::matching
