// WatchMatches through real streams. Nothing here waits for time: each step reads until the stream tells of
// it.

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

#include "tests/services/matching/matches/match_service_fixture.h"
#include "tests/services/matching/matches/match_watcher.h"
#include "tests/support/outline.h"

namespace brokerage::matching {
namespace {

using support::Outline;

class MatchWatchTest : public MatchServiceTest {
 protected:
  static v1::WatchMatchesRequest Watch(int limit = 0, const std::string& resume = "") {
    v1::WatchMatchesRequest request;
    request.set_parent(kAshford);
    request.set_opportunity(kRole);
    request.set_limit(limit);
    request.set_resume_revision(resume);
    return request;
  }
  MatchWatcher Begin(int limit = 0, const std::string& resume = "") {
    return MatchWatcher(world_.Reader(kAshford), Watch(limit, resume));
  }
  v1::Opportunity Role() { return Parse<v1::Opportunity>(RoleText(kRole)); }
  v1::Volunteer Volunteer(const std::string& id, int metres, const std::string& more = "") {
    return Parse<v1::Volunteer>(VolunteerText(kAshford, id, metres, more));
  }
};

TEST_F(MatchWatchTest, ASnapshotThenDifferences) {
  PutVolunteer(kAshford, "a", 1'000);
  PutVolunteer(kAshford, "b", 2'000);
  auto watcher = Begin();
  const auto first = watcher.Read();
  ASSERT_TRUE(first.has_value());
  ASSERT_EQ(first->snapshot().matches_size(), 2);
  EXPECT_EQ(first->snapshot().matches(0).display_name(), "V a");
  EXPECT_FALSE(first->snapshot().more());
  EXPECT_EQ(first->as_of().seconds(), 1'781'517'600);
  EXPECT_EQ(first->weight_set(), "weightSets/default");
  EXPECT_FALSE(first->revision().empty());
  EXPECT_FALSE(first->index_revision().empty());

  const std::string write = PutVolunteer(kAshford, "c", 500);
  EXPECT_EQ(watcher.ReadWords(), "+c");
  PutVolunteer(kAshford, "b", 3'000);
  EXPECT_EQ(watcher.ReadWords(), "~b");
  auto away = Volunteer("a", 1'000);
  away.set_state(v1::Volunteer::STATE_ON_BREAK);
  world_.Put(away);
  EXPECT_EQ(watcher.ReadWords(), "-a");
  auto named = Volunteer("c", 500);
  named.set_display_name("Another name");
  world_.Put(named);
  EXPECT_EQ(watcher.ReadWords(), "~c");
  EXPECT_EQ(watcher.known().by_volunteer.at("centres/ashford/volunteers/c").display_name(), "Another name");
}

TEST_F(MatchWatchTest, OneCommitIsOneDifference) {
  PutVolunteer(kAshford, "a", 1'000);
  PutVolunteer(kAshford, "b", 2'000);
  auto watcher = Begin();
  EXPECT_EQ(watcher.ReadWords(), "snapshot a b");
  auto gone = Volunteer("a", 1'000);
  gone.set_state(v1::Volunteer::STATE_LEFT);
  world_.PutTogether({Volunteer("c", 300), Volunteer("d", 700), gone, Volunteer("b", 1'500)});
  EXPECT_EQ(watcher.ReadWords(), "+c +d -a ~b");
}

TEST_F(MatchWatchTest, WhoIsOutdoneLeaves) {
  PutVolunteer(kAshford, "a", 1'000);
  PutVolunteer(kAshford, "b", 2'000);
  auto watcher = Begin(2);
  EXPECT_EQ(watcher.ReadWords(), "snapshot a b");
  PutVolunteer(kAshford, "c", 3'000);
  EXPECT_EQ(watcher.ReadWords(), " …") << "the same, and now there are more";
  PutVolunteer(kAshford, "d", 1'500);
  EXPECT_EQ(watcher.ReadWords(), "+d -b …");
  auto gone = Volunteer("a", 1'000);
  gone.set_state(v1::Volunteer::STATE_LEFT);
  world_.Put(gone);
  EXPECT_EQ(watcher.ReadWords(), "+b -a …");
}

TEST_F(MatchWatchTest, TheRoleItselfMayChange) {
  PutVolunteer(kAshford, "a", 1'000, "date_of_birth { year: 2010 month: 1 day: 1 }");
  PutVolunteer(kAshford, "b", 2'000, "date_of_birth { year: 1980 month: 1 day: 1 }");
  auto watcher = Begin();
  EXPECT_EQ(watcher.ReadWords(), "snapshot a b");
  auto role = Role();
  role.set_minimum_age(18);
  world_.Put(role);
  EXPECT_EQ(watcher.ReadWords(), "-a");
  role.set_state(v1::Opportunity::STATE_PAUSED);
  world_.Put(role);
  EXPECT_EQ(watcher.ReadWords(), "-b");
  world_.Put(Role());
  EXPECT_EQ(watcher.ReadWords(), "+a +b");
}

TEST_F(MatchWatchTest, WhatTimeAloneChangesIsToldToo) {
  auto role = Role();
  role.mutable_expire_time()->set_seconds(1'781'517'600 + 3'600);
  world_.Put(role);
  PutVolunteer(kAshford, "a", 1'000);
  auto watcher = Begin();
  EXPECT_EQ(watcher.ReadWords(), "snapshot a");
  world_.clock.Advance(absl::Hours(1));
  EXPECT_EQ(watcher.ReadWords(), "-a");
}

TEST_F(MatchWatchTest, OtherCommitsMoveTheRevisionOfTheIndex) {
  PutVolunteer(kAshford, "a", 1'000);
  auto watcher = Begin();
  EXPECT_EQ(watcher.ReadWords(), "snapshot a");
  const std::string revision = watcher.revision();
  EXPECT_TRUE(watcher.HearsNothingUntil(PutVolunteer(kAshford, "far", 90'000)));
  EXPECT_EQ(watcher.revision(), revision) << "the matches are the same";
}

TEST_F(MatchWatchTest, WhatIsNotSharedIsNoNews) {
  PutVolunteer(kAshford, "a", 1'000);
  auto watcher = Begin(1);
  EXPECT_EQ(watcher.ReadWords(), "snapshot a");
  auto request = Watch();
  request.set_parent("centres/-");
  MatchWatcher of_lead(world_.Lead(), request);
  EXPECT_EQ(of_lead.ReadWords(), "snapshot a");
  EXPECT_TRUE(watcher.HearsNothingUntil(PutVolunteer(kDover, "d", 500)));
  EXPECT_EQ(of_lead.ReadWords(), "+d");
  PutVolunteer(kDover, "d", 500, "sharing: SHARING_COUNTY");
  EXPECT_EQ(watcher.ReadWords(), "+d -a …");
  PutVolunteer(kDover, "d", 500);
  EXPECT_EQ(watcher.ReadWords(), "+a -d") << "withdrawn";
}

TEST_F(MatchWatchTest, AnotherCentreHearsOfItsOwnAlone) {
  auto request = Watch();
  request.set_parent(kDover);
  MatchWatcher watcher(world_.Reader(kDover), request);
  EXPECT_EQ(watcher.ReadWords(), "snapshot");
  EXPECT_TRUE(watcher.HearsNothingUntil(PutVolunteer(kAshford, "a", 500, "sharing: SHARING_COUNTY")));
  PutVolunteer(kDover, "d", 500);
  EXPECT_EQ(watcher.ReadWords(), "+d");
}

TEST_F(MatchWatchTest, WhoLagsOrWaitsKeepsNoStateOfTheIndex) {
  PutVolunteer(kAshford, "a", 1'000);
  auto watcher = Begin();
  // What it found is on its way to a reader that does not read yet.
  ASSERT_TRUE(world_.index().AwaitLooks(1));
  EXPECT_TRUE(world_.index().AwaitUnpinned());
  ASSERT_EQ(watcher.ReadWords(), "snapshot a");
  EXPECT_TRUE(world_.index().AwaitUnpinned()) << "while it waits for news";
  PutVolunteer(kAshford, "b", 2'000);
  EXPECT_EQ(watcher.ReadWords(), "+b");
}

TEST_F(MatchWatchTest, ARoleThatIsBackAgainIsFollowedOn) {
  PutVolunteer(kAshford, "a", 1'000);
  auto watcher = Begin();
  EXPECT_EQ(watcher.ReadWords(), "snapshot a");
  // Deleted and undeleted, the index has so far heard of the first alone.
  world_.index().Publish({matcher::RemoveOpportunity{kRole}}, world_.index().Pin()->revision());
  ASSERT_TRUE(world_.index().AwaitMisses(1));
  world_.Put(Role());
  PutVolunteer(kAshford, "b", 2'000);
  EXPECT_EQ(watcher.ReadWords(), "+b");
}

TEST_F(MatchWatchTest, WhoWaitsForAWriteThatDoesNotComeIsLookedAfter) {
  auto request = Watch();
  const auto written = rpc::ParseConsistencyToken(PutVolunteer(kAshford, "a", 1'000));
  ASSERT_TRUE(written.has_value());
  request.set_at_least_as_fresh(
      rpc::FormatConsistencyToken({written->origin, written->epoch, written->sequence + 1'000}));
  const support::Client client = world_.Reader(kAshford);
  world_.index().TakeLongestWait();
  MatchWatcher watcher(client, request);
  ASSERT_TRUE(world_.index().AwaitWaits(1));
  EXPECT_LE(world_.index().TakeLongestWait(), absl::ToChronoNanoseconds(base::kCancellationPoll))
      << "whoever has gone is noticed by then";
  ASSERT_TRUE(world_.index().AwaitWaits(2)) << "whoever is there is waited for on";
  watcher.Cancel();
}

// One open role and nobody for it.
class MatchWatchHeartbeats : public ::testing::Test {
 protected:
  static v1::WatchMatchesRequest Begin(MatchWorld& world) {
    world.Put(Parse<v1::Opportunity>(absl::StrCat("name: '", kRole, "' title: 'Role' state: STATE_OPEN")));
    v1::WatchMatchesRequest request;
    request.set_parent(kAshford);
    request.set_opportunity(kRole);
    return request;
  }
};

TEST_F(MatchWatchHeartbeats, ComeAgainAndAgain) {
  MatchWorld world(absl::FromUnixSeconds(1'781'517'629), absl::Milliseconds(1));
  const auto request = Begin(world);
  MatchWatcher watcher(world.Reader(kAshford), request);
  EXPECT_EQ(watcher.ReadAnyWords(), "snapshot");
  for (int i = 0; i < 3; ++i) EXPECT_EQ(watcher.ReadAnyWords(), "heartbeat");
}

// Without heartbeats or commits nothing is on its way to a reader when the service ends its streams.
TEST_F(MatchWatchHeartbeats, StreamsAreBoundedAndEndWithTheService) {
  MatchWorld world(absl::FromUnixSeconds(1'781'517'629), absl::Hours(1));
  const auto request = Begin(world);
  const support::Client client = world.Reader(kAshford);
  std::vector<std::unique_ptr<MatchWatcher>> watchers;
  for (int i = 0; i < base::kMaxStreams - base::kServiceStreams; ++i) {
    watchers.push_back(std::make_unique<MatchWatcher>(client, request));
    ASSERT_EQ(watchers.back()->ReadWords(), "snapshot");
  }
  EXPECT_EQ(Outline(MatchWatcher(client, request).Finish()), "RESOURCE_EXHAUSTED TOO_MANY_STREAMS");
  v1::MatchVolunteersRequest other;
  other.set_parent(kAshford);
  other.set_opportunity(kRole);
  EXPECT_TRUE(client.Call(&Stub::MatchVolunteers, other).ok()) << "other calls go on";
  world.server().EndWatches();
  for (const auto& watcher : watchers) {
    EXPECT_EQ(Outline(watcher->Finish()), "UNAVAILABLE SERVICE_STOPPING");
  }
}

TEST_F(MatchWatchTest, ResumingGoesOnWhereNothingChangedAndBeginsAgainElsewhere) {
  PutVolunteer(kAshford, "a", 1'000);
  auto first = Begin();
  EXPECT_EQ(first.ReadWords(), "snapshot a");
  const std::string revision = first.revision();
  first.Cancel();
  PutVolunteer(kAshford, "far", 90'000);
  auto same = Begin(0, revision);
  EXPECT_EQ(same.ReadAnyWords(), "heartbeat");
  PutVolunteer(kAshford, "b", 2'000);
  EXPECT_EQ(same.ReadWords(), "+b");
  const std::string later = same.revision();
  same.Cancel();

  EXPECT_EQ(Begin(0, revision).ReadAnyWords(), "snapshot a b") << "it has changed since";
  EXPECT_EQ(Begin(0, later).ReadAnyWords(), "heartbeat");
  EXPECT_EQ(Begin(2, later).ReadAnyWords(), "snapshot a b") << "another question";
  EXPECT_EQ(Begin(0, "nonsense").ReadAnyWords(), "snapshot a b");
  world_.Restart();
  EXPECT_EQ(Begin(0, later).ReadAnyWords(), "heartbeat") << "another process, the same matches";
  world_.RestartInAnotherEpoch();
  EXPECT_EQ(Begin(0, later).ReadAnyWords(), "snapshot a b");
}

TEST_F(MatchWatchTest, AStoreThatIsRestoredMeanwhileIsFollowedOn) {
  PutVolunteer(kAshford, "a", 1'000);
  auto watcher = Begin();
  EXPECT_EQ(watcher.ReadWords(), "snapshot a");
  const std::string before = watcher.revision();
  world_.ChangeEpoch();
  PutVolunteer(kAshford, "b", 2'000);
  EXPECT_EQ(watcher.ReadWords(), "+b");
  EXPECT_EQ(Begin(0, watcher.revision()).ReadAnyWords(), "heartbeat");
  PutVolunteer(kAshford, "b", 90'000);
  EXPECT_EQ(watcher.ReadWords(), "-b");
  EXPECT_NE(watcher.revision(), before) << "the same matches of another epoch";
  EXPECT_EQ(Begin(0, before).ReadAnyWords(), "snapshot a");
}

TEST_F(MatchWatchTest, AClosedRoleIsTheEnd) {
  PutVolunteer(kAshford, "a", 1'000);
  auto watcher = Begin();
  EXPECT_EQ(watcher.ReadWords(), "snapshot a");
  auto role = Role();
  role.set_state(v1::Opportunity::STATE_CLOSED);
  world_.Put(role);
  EXPECT_EQ(watcher.ReadWords(), "-a");
  EXPECT_EQ(watcher.ReadWords(), "end REASON_CLOSED");
  EXPECT_EQ(watcher.ReadWords(), "over");
  EXPECT_TRUE(watcher.Finish().ok());
  auto late = Begin();
  EXPECT_EQ(late.ReadWords(), "snapshot");
  EXPECT_EQ(late.ReadWords(), "end REASON_CLOSED");
  EXPECT_TRUE(late.Finish().ok());
}

TEST_F(MatchWatchTest, ADeletedRoleIsTheEnd) {
  auto watcher = Begin();
  EXPECT_EQ(watcher.ReadWords(), "snapshot");
  auto role = Role();
  role.set_state(v1::Opportunity::STATE_DELETED);
  world_.Put(role);
  EXPECT_EQ(watcher.ReadWords(), "end REASON_DELETED");
  EXPECT_TRUE(watcher.Finish().ok());
  EXPECT_EQ(Outline(Begin().Finish()), "NOT_FOUND NOT_FOUND");
}

TEST_F(MatchWatchTest, ARoleThatIsNoLongerSharedIsNotThere) {
  auto request = Watch();
  request.set_parent(kDover);
  MatchWatcher watcher(world_.Reader(kDover), request);
  EXPECT_EQ(watcher.ReadWords(), "snapshot");
  auto role = Role();
  role.set_sharing(common::v1::SHARING_CENTRE);
  world_.Put(role);
  EXPECT_EQ(watcher.ReadWords(), "over");
  EXPECT_EQ(Outline(watcher.Finish()), "NOT_FOUND NOT_FOUND");
  EXPECT_EQ(Begin().ReadWords(), "snapshot") << "its own centre still may";
  EXPECT_EQ(Outline(MatchWatcher(world_.Reader(kDover), request).Finish()), "NOT_FOUND NOT_FOUND");
}

TEST_F(MatchWatchTest, WhoMaySeeARoleNoLongerIsNotToldThatItIsDeleted) {
  auto request = Watch();
  request.set_parent(kDover);
  MatchWatcher watcher(world_.Reader(kDover), request);
  EXPECT_EQ(watcher.ReadWords(), "snapshot");
  auto own = Begin();
  EXPECT_EQ(own.ReadWords(), "snapshot");
  auto role = Role();
  role.set_sharing(common::v1::SHARING_CENTRE);
  role.set_state(v1::Opportunity::STATE_DELETED);
  world_.Put(role);
  EXPECT_EQ(watcher.ReadWords(), "over");
  EXPECT_EQ(Outline(watcher.Finish()), "NOT_FOUND NOT_FOUND");
  EXPECT_EQ(own.ReadWords(), "end REASON_DELETED");
}

TEST_F(MatchWatchTest, ARevokedWatcherIsSentAway) {
  auto watcher = Begin();
  EXPECT_EQ(watcher.ReadWords(), "snapshot");
  world_.As(kAshford, common::v1::ROLE_READER, true);
  EXPECT_EQ(watcher.ReadWords(), "over");
  EXPECT_EQ(Outline(watcher.Finish()), "UNAUTHENTICATED CREDENTIAL_INVALID");
}

TEST_F(MatchWatchTest, FaultsAreToldAtOnce) {
  v1::WatchMatchesRequest request;
  request.set_limit(201);
  request.set_parent("ashford");
  request.set_opportunity("role");
  request.set_weight_set("x");
  request.set_at_least_as_fresh("y");
  const auto refused = MatchWatcher(world_.Reader(kAshford), request).Finish();
  EXPECT_THAT(support::FieldsOf(refused), ::testing::UnorderedElementsAre("limit", "parent", "opportunity",
                                                                          "weight_set", "at_least_as_fresh"));
  EXPECT_EQ(Outline(MatchWatcher(world_.Reader(kDover), Watch()).Finish()),
            "PERMISSION_DENIED PERMISSION_DENIED");
}

}  // namespace
}  // namespace brokerage::matching
