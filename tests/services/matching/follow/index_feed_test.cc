// What is in memory follows the store.

#include "services/matching/index_feed.h"

#include <functional>
#include <gtest/gtest.h>
#include <memory>
#include <thread>
#include <utility>

#include "brokerage/storage/v1/record.pb.h"
#include "tests/services/matching/follow/follow_world.h"

namespace brokerage::matching {
namespace {

const matcher::Visibility kAll{"", true};
constexpr char kAnn[] = "centres/ashford/volunteers/ann";
constexpr char kRole[] = "centres/ashford/opportunities/cook";

std::string KeyOf(absl::string_view prefix, const std::string& name) { return std::string(prefix) + name; }

storage::Write PutVolunteer(const std::string& name, const std::string& display_name) {
  storage::v1::VolunteerRecord record;
  record.mutable_volunteer()->set_name(name);
  record.mutable_volunteer()->set_display_name(display_name);
  record.mutable_volunteer()->mutable_contact()->set_email(display_name + "@example.org");
  record.mutable_volunteer()->mutable_home()->set_postcode("TN23 1PL");
  return storage::Write::Put(KeyOf(storage::kVolunteers, name), record.SerializeAsString());
}

storage::Write PutRole(const std::string& name, v1::Opportunity::State state) {
  storage::v1::OpportunityRecord record;
  record.mutable_opportunity()->set_name(name);
  record.mutable_opportunity()->set_state(state);
  return storage::Write::Put(KeyOf(storage::kOpportunities, name), record.SerializeAsString());
}

std::size_t PeopleLikeAnn(const FollowWorld& world) {
  v1::Volunteer same;
  same.set_display_name("someone");
  same.mutable_contact()->set_email("ANN@example.org");
  const auto found = world.duplicates.Find("centres/ashford", same, "");
  EXPECT_TRUE(found.ok()) << found.status();
  return found.value_or(std::vector<std::string>()).size();
}

// Places that know nothing.
class NoPlaces final : public reference::PlaceIndex {
 public:
  std::optional<reference::ResolvedPlace> Resolve(const reference::Postcode&) const override { return {}; }
  reference::ResolvedPlace ResolveCoordinates(reference::Point point) const override {
    return {point, "", "", reference::Precision::kCoordinates};
  }
  std::optional<reference::Point> OutcodeCentroid(absl::string_view) const override { return {}; }
  std::string NearestOutcode(reference::Point) const override { return ""; }
  const std::string& version() const override { return version_; }
  std::size_t postcode_count() const override { return 0; }

 private:
  const std::string version_ = "none";
};

TEST(IndexFeed, ReadsWhatIsThereAtTheStart) {
  FollowWorld world;
  const auto last = world.Commit({PutVolunteer(kAnn, "ann"), PutRole(kRole, v1::Opportunity::STATE_OPEN)});
  ASSERT_TRUE(world.feed.Start().ok());
  const auto view = world.index->Pin();
  EXPECT_NE(view->FindVolunteer(kAnn, kAll), nullptr);
  EXPECT_NE(view->FindOpportunity(kRole, kAll), nullptr);
  EXPECT_EQ(view->revision(), (matcher::Revision{last.epoch, last.sequence}));
}

TEST(IndexFeed, AWriteIsInTheIndexOnceItWasAwaited) {
  FollowWorld world;
  ASSERT_TRUE(world.feed.Start().ok());
  for (int i = 0; i < 200; ++i) {
    const std::string name = "centres/ashford/volunteers/v" + std::to_string(i);
    const auto written = world.Commit({PutVolunteer(name, "v")});
    ASSERT_TRUE(world.feed.AwaitWrite(written, absl::Now() + kPatience).ok());
    ASSERT_NE(world.index->Pin()->FindVolunteer(name, kAll), nullptr) << i;
  }
}

TEST(IndexFeed, FollowsRemovalsAndDeletedRoles) {
  FollowWorld world;
  world.Commit({PutVolunteer(kAnn, "ann"), PutRole(kRole, v1::Opportunity::STATE_OPEN)});
  ASSERT_TRUE(world.feed.Start().ok());
  const auto written = world.Commit({storage::Write::Delete(KeyOf(storage::kVolunteers, kAnn)),
                                     PutRole(kRole, v1::Opportunity::STATE_DELETED)});
  ASSERT_TRUE(world.feed.AwaitWrite(written, absl::Now() + kPatience).ok());
  EXPECT_EQ(world.index->Pin()->FindVolunteer(kAnn, kAll), nullptr);
  EXPECT_EQ(world.index->Pin()->FindOpportunity(kRole, kAll), nullptr);
}

TEST(IndexFeed, TellsTheOtherListenersToo) {
  FollowWorld world;
  ASSERT_TRUE(world.feed.Start().ok());
  EXPECT_EQ(PeopleLikeAnn(world), 0u);
  storage::v1::CredentialView credential;
  credential.set_name("centres/ashford/credentials/c1");
  credential.set_centre("centres/ashford");
  credential.set_secret_hash(rpc::HashToken("secret"));
  credential.set_role(common::v1::ROLE_READER);
  storage::v1::OrganisationView organisation;
  organisation.set_name("organisations/x");
  organisation.set_state(registry::v1::Organisation::STATE_SUSPENDED);
  const auto written =
      world.Commit({PutVolunteer(kAnn, "ann"),
                    storage::Write::Put(KeyOf(storage::kOrganisationViews, organisation.name()),
                                        organisation.SerializeAsString()),
                    storage::Write::Put(KeyOf(storage::kCredentialViews, credential.name()),
                                        credential.SerializeAsString())});
  ASSERT_TRUE(world.feed.AwaitWrite(written, absl::Now() + kPatience).ok());
  EXPECT_EQ(world.organisations.StandingOf("organisations/x"), matcher::OrganisationStanding::kSuspended);
  EXPECT_TRUE(world.credentials.Authenticate("Bearer secret", absl::Now()).ok());
  EXPECT_EQ(PeopleLikeAnn(world), 1u);
  const auto gone = world.Commit({storage::Write::Delete(KeyOf(storage::kVolunteers, kAnn))});
  ASSERT_TRUE(world.feed.AwaitWrite(gone, absl::Now() + kPatience).ok());
  EXPECT_EQ(PeopleLikeAnn(world), 0u);
}

// An index of which one hears that it was loaded.
class HeardIndex final : public matcher::Index {
 public:
  HeardIndex(std::unique_ptr<matcher::Index> inner, std::function<void()> on_loaded)
      : inner_(std::move(inner)), on_loaded_(std::move(on_loaded)) {}

  void Publish(std::vector<matcher::Change> changes, matcher::Revision revision) override {
    inner_->Publish(std::move(changes), revision);
  }
  std::unique_ptr<matcher::Load> StartLoad() override {
    return std::make_unique<HeardLoad>(inner_->StartLoad(), on_loaded_);
  }
  matcher::WaitResult WaitFor(matcher::Revision revision,
                              std::chrono::steady_clock::time_point deadline) const override {
    return inner_->WaitFor(revision, deadline);
  }
  std::shared_ptr<const matcher::View> Pin() const override { return inner_->Pin(); }

 private:
  class HeardLoad final : public matcher::Load {
   public:
    HeardLoad(std::unique_ptr<matcher::Load> inner, const std::function<void()>& on_loaded)
        : inner_(std::move(inner)), on_loaded_(on_loaded) {}
    void Add(std::vector<matcher::Change> changes) override { inner_->Add(std::move(changes)); }
    void AddVolunteers(absl::Span<const matcher::VolunteerFacts> volunteers) override {
      inner_->AddVolunteers(volunteers);
    }
    void Finish(matcher::Revision revision) override {
      inner_->Finish(revision);
      on_loaded_();
    }

   private:
    const std::unique_ptr<matcher::Load> inner_;
    const std::function<void()>& on_loaded_;
  };

  const std::unique_ptr<matcher::Index> inner_;
  const std::function<void()> on_loaded_;
};

TEST(IndexFeed, WhatWasWrittenBeforeAReloadIsFoundAsSoonAsItIsInTheIndex) {
  std::function<void()> on_loaded = [] {};
  std::promise<std::size_t> found;
  FollowWorld world([&](std::shared_ptr<const matcher::World> of) {
    return std::make_unique<HeardIndex>(matcher::MakeColumnarIndex(std::move(of)), [&] { on_loaded(); });
  });
  world.Commit({PutVolunteer(kAnn, "ann")});
  ASSERT_TRUE(world.feed.Start().ok());
  // Somebody whom the store lost without the feed: as old as what was read before it was loaded anew.
  EXPECT_EQ(PeopleLikeAnn(world), 1u);
  ASSERT_TRUE(world.duplicates.Put("centres/ashford/volunteers/anne", *PutVolunteer(kAnn, "ann").value).ok());
  on_loaded = [&] { found.set_value(PeopleLikeAnn(world)); };
  world.feed.Reload();
  auto told = found.get_future();
  ASSERT_EQ(told.wait_for(absl::ToChronoSeconds(kPatience)), std::future_status::ready);
  EXPECT_EQ(told.get(), 1u);
}

TEST(IndexFeed, AReloadForgetsWhoWereDuplicates) {
  FollowWorld world;
  world.Commit({PutVolunteer(kAnn, "ann")});
  ASSERT_TRUE(world.feed.Start().ok());
  EXPECT_EQ(PeopleLikeAnn(world), 1u);
  // Somebody whom the store lost without the feed.
  ASSERT_TRUE(world.duplicates.Put("centres/ashford/volunteers/anne", *PutVolunteer(kAnn, "ann").value).ok());
  EXPECT_EQ(PeopleLikeAnn(world), 2u);
  world.feed.Reload();
  const absl::Time give_up = absl::Now() + kPatience;
  while (PeopleLikeAnn(world) == 2 && absl::Now() < give_up) std::this_thread::yield();
  EXPECT_EQ(PeopleLikeAnn(world), 1u);
}

TEST(IndexFeed, OrganisationsAreSeenOnceTheirCursorIsKept) {
  FollowWorld world;
  ASSERT_TRUE(world.feed.Start().ok());
  EXPECT_FALSE(world.organisations.EverSeen());
  const auto written = world.Commit({storage::Write::Put(KeyOf(storage::kWatchCursors, "organisations"),
                                                         storage::v1::WatchCursor().SerializeAsString())});
  ASSERT_TRUE(world.feed.AwaitWrite(written, absl::Now() + kPatience).ok());
  EXPECT_TRUE(world.organisations.EverSeen());
}

TEST(IndexFeed, ReloadLooksPlacesUpAgainAndGoesOn) {
  FollowWorld world;
  world.Commit({PutVolunteer(kAnn, "ann")});
  ASSERT_TRUE(world.feed.Start().ok());
  const auto has_home = [&] { return world.index->Pin()->FindVolunteer(kAnn, kAll)->home.has_value(); };
  EXPECT_TRUE(has_home());
  world.places.Set(std::make_shared<NoPlaces>());
  world.feed.Reload();
  const absl::Time give_up = absl::Now() + kPatience;
  while (has_home() && absl::Now() < give_up) std::this_thread::yield();
  EXPECT_FALSE(has_home());
  const auto written = world.Commit({PutRole(kRole, v1::Opportunity::STATE_OPEN)});
  EXPECT_TRUE(world.feed.AwaitWrite(written, absl::Now() + kPatience).ok());
  EXPECT_NE(world.index->Pin()->FindOpportunity(kRole, kAll), nullptr);
}

TEST(IndexFeed, RecurringSessionsAreMadeAnewWhenTheLondonDayChanges) {
  FollowWorld world;  // on 15 June 2026, summer: the day ends at 23:00 UTC
  storage::v1::OpportunityRecord record;
  record.mutable_opportunity()->set_name(kRole);
  auto& recurrence = *record.mutable_opportunity()->mutable_schedule()->mutable_dated()->mutable_recurrence();
  recurrence.mutable_dtstart()->set_seconds(0);
  recurrence.mutable_duration()->set_seconds(3'600);
  recurrence.set_rrule("FREQ=DAILY");
  world.Commit({storage::Write::Put(KeyOf(storage::kOpportunities, kRole), record.SerializeAsString()),
                PutVolunteer(kAnn, "ann")});
  ASSERT_TRUE(world.feed.Start().ok());
  const auto first_day = [&] {
    const auto view = world.index->Pin();
    return std::get<matcher::DatedSchedule>(view->FindOpportunity(kRole, kAll)->schedule)
        .sessions.front()
        .local_date;
  };
  constexpr matcher::Day kFourteenthOfJune = 20'618;
  EXPECT_EQ(first_day(), kFourteenthOfJune);
  const auto midnight = absl::FromCivil(absl::CivilSecond(2026, 6, 15, 23, 0, 0), absl::UTCTimeZone());
  const auto notice_at = [&](absl::Time now) {
    world.clock.Set(now);
    world.feed.NoticeDay();
  };
  notice_at(midnight - absl::Seconds(1));
  const auto written =
      world.Commit({PutRole("centres/ashford/opportunities/x", v1::Opportunity::STATE_OPEN)});
  ASSERT_TRUE(world.feed.AwaitWrite(written, absl::Now() + kPatience).ok());
  EXPECT_EQ(first_day(), kFourteenthOfJune);

  const auto await = [&](matcher::Day day) {
    const absl::Time give_up = absl::Now() + kPatience;
    while (first_day() != day && absl::Now() < give_up) std::this_thread::yield();
    return first_day();
  };
  notice_at(midnight);
  EXPECT_EQ(await(kFourteenthOfJune + 1), kFourteenthOfJune + 1);
  notice_at(midnight + absl::Hours(48));
  EXPECT_EQ(await(kFourteenthOfJune + 3), kFourteenthOfJune + 3);
  EXPECT_EQ(world.index->Pin()->revision(), (matcher::Revision{written.epoch, written.sequence}));
  EXPECT_NE(world.index->Pin()->FindVolunteer(kAnn, kAll), nullptr);
  // It goes on following, and what is written is of the new day.
  record.mutable_opportunity()->set_title("again");
  const auto again =
      world.Commit({storage::Write::Put(KeyOf(storage::kOpportunities, kRole), record.SerializeAsString())});
  ASSERT_TRUE(world.feed.AwaitWrite(again, absl::Now() + kPatience).ok());
  EXPECT_EQ(first_day(), kFourteenthOfJune + 3);
}

TEST(IndexFeed, ManyWritersLeaveTheIndexEqualToTheStore) {
  FollowWorld world;
  ASSERT_TRUE(world.feed.Start().ok());
  const auto name_of = [](int i) { return "centres/ashford/volunteers/v" + std::to_string(i); };
  std::vector<std::thread> writers;
  for (int writer = 0; writer < 4; ++writer) {
    writers.emplace_back([&, writer] {
      for (int i = 0; i < 50; ++i) {
        const std::string name = name_of((writer * 7 + i) % 20);
        world.Commit({i % 3 == 0 ? storage::Write::Delete(KeyOf(storage::kVolunteers, name))
                                 : PutVolunteer(name, "v")});
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  const auto last = world.Commit({PutRole(kRole, v1::Opportunity::STATE_OPEN)});
  ASSERT_TRUE(world.feed.AwaitWrite(last, absl::Now() + kPatience).ok());
  const auto view = world.index->Pin();
  for (int i = 0; i < 20; ++i) {
    const auto stored = world.store->Get(KeyOf(storage::kVolunteers, name_of(i)));
    ASSERT_TRUE(stored.ok());
    EXPECT_EQ(view->FindVolunteer(name_of(i), kAll) != nullptr, stored->has_value()) << i;
  }
}

TEST(IndexFeed, ARecordThatCannotBeReadStopsTheStart) {
  FollowWorld world;
  world.Commit({storage::Write::Put(KeyOf(storage::kVolunteers, kAnn), "\xff\xff")});
  EXPECT_EQ(world.feed.Start().code(), absl::StatusCode::kDataLoss);
}

}  // namespace
}  // namespace brokerage::matching
