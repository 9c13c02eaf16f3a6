// What is stored of referrals comes to the index: at a start without reading any, and each day anew.
#include <functional>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>
#include <string>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "google/protobuf/text_format.h"

#include "brokerage/storage/v1/record.pb.h"
#include "brokerage/storage/v1/referral.pb.h"
#include "services/matching/convert/times.h"
#include "storage/forwarding_store.h"
#include "tests/services/matching/follow/follow_world.h"

namespace brokerage::matching {
namespace {

const matcher::Visibility kAll{"", true};
constexpr char kAnn[] = "centres/ashford/volunteers/ann";
constexpr char kHeld[] = "centres/ashford/opportunities/held";
constexpr char kWanted[] = "centres/ashford/opportunities/wanted";

template <typename Record>
storage::Write Put(absl::string_view prefix, const std::string& name, const std::string& text) {
  Record record;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &record)) << text;
  return storage::Write::Put(absl::StrCat(prefix, name), record.SerializeAsString());
}

// Remembers the kinds of what snapshots told.
class TellingStore final : public storage::ForwardingStore {
 public:
  using ForwardingStore::ForwardingStore;
  absl::StatusOr<storage::Revision> SnapshotOf(const std::vector<absl::string_view>& prefixes,
                                               const SnapshotSink& sink) const override {
    return ForwardingStore::SnapshotOf(prefixes, [&](const storage::EntryView& entry) {
      kinds.insert(std::string(entry.key.substr(0, entry.key.find('/') + 1)));
      return sink(entry);
    });
  }
  mutable std::set<std::string> kinds;
};

// Does something once, just after a key was read.
class MeddlingStore final : public storage::ForwardingStore {
 public:
  using ForwardingStore::ForwardingStore;
  absl::StatusOr<std::optional<storage::Versioned>> Get(absl::string_view key) const override {
    auto read = ForwardingStore::Get(key);
    if (key == meddles_after && meddle) std::exchange(meddle, nullptr)();
    return read;
  }
  std::string meddles_after;
  mutable std::function<void()> meddle;
};

TEST(ReferralFeed, AStartReadsWhatReferralsComeToAndNoReferral) {
  FollowWorld world;
  std::vector<storage::Write> writes = {
      Put<storage::v1::VolunteerRecord>(storage::kVolunteers, kAnn,
                                        absl::StrCat("volunteer { name: '", kAnn, "' }")),
      Put<storage::v1::OpportunityRecord>(storage::kOpportunities, kWanted,
                                          absl::StrCat("opportunity { name: '", kWanted, "' places: 1 }")),
      Put<storage::v1::VolunteerReferrals>(
          storage::kVolunteerReferrals, kAnn,
          absl::StrCat("pairs { opportunity: '", kWanted, "' live_referral: 'r' }")),
      Put<storage::v1::OpportunityReferrals>(storage::kOpportunityReferrals, kWanted, "connections: 4")};
  for (const auto prefix : {storage::kReferrals, storage::kDecisions, storage::kContactAccesses,
                            storage::kRequests, storage::kWeightSets}) {
    writes.push_back(storage::Write::Put(absl::StrCat(prefix, "x"), "as many as there are"));
  }
  world.Commit(writes);
  const TellingStore store(*world.store);
  IndexFeed feed(store,
                 {*world.index, world.organisations, world.centres, world.credentials, world.duplicates,
                  world.volunteer_book, world.referral_book, world.listings, world.districts},
                 world.tables, world.places, world.clock);
  ASSERT_TRUE(feed.Start().ok());
  EXPECT_THAT(store.kinds, ::testing::UnorderedElementsAre("vol/", "opp/", "vref/", "oref/"));
  const auto view = world.index->Pin();
  const auto ann = view->FindVolunteer(kAnn, kAll);
  const auto* wanted = view->FindOpportunity(kWanted, kAll);
  ASSERT_TRUE(ann != nullptr && wanted != nullptr);
  EXPECT_FALSE(view->Explain(*ann, *wanted, MomentAt(world.clock.Now()), {})
                   .Holds(matcher::Condition::kAlreadyReferred));
  EXPECT_EQ(view->ShownRankOf(*wanted, 1'000'000, {}), 500'000);  // R(10^6 · 10^4, 10^4 + 2,500 · 4)
}

TEST(ReferralFeed, TheSessionsOfAPlacementAreMadeAnewEachDay) {
  FollowWorld world;
  const absl::Time monday = world.clock.Now() + absl::Hours(8);
  const auto role = [&](const std::string& name, const std::string& dated) {
    return Put<storage::v1::OpportunityRecord>(
        storage::kOpportunities, name,
        absl::StrCat("opportunity { name: '", name, "' schedule { dated { ", dated, " } } }"));
  };
  const std::string start = absl::StrCat("{ seconds: ", absl::ToUnixSeconds(monday), " }");
  const std::string far_off =
      absl::StrCat("{ seconds: ", absl::ToUnixSeconds(monday + absl::Hours(24 * 98)), " }");
  world.Commit(
      {Put<storage::v1::VolunteerRecord>(storage::kVolunteers, kAnn,
                                         absl::StrCat("volunteer { name: '", kAnn, "' }")),
       role(kHeld, absl::StrCat("recurrence { dtstart ", start,
                                " duration { seconds: 3600 } rrule: 'FREQ=WEEKLY' }")),
       role(kWanted, absl::StrCat("sessions { start_time ", far_off, " duration { seconds: 3600 } }")),
       Put<storage::v1::VolunteerReferrals>(storage::kVolunteerReferrals, kAnn,
                                            absl::StrCat("placements { opportunity: '", kHeld, "' }")),
       Put<storage::v1::OpportunityReferrals>(
           storage::kOpportunityReferrals, kHeld,
           absl::StrCat("live { volunteer: '", kAnn, "' placed: true }"))});
  ASSERT_TRUE(world.feed.Start().ok());
  const auto is_free = [&](const matcher::View& view) {
    return view
        .Explain(*view.FindVolunteer(kAnn, kAll), *view.FindOpportunity(kWanted, kAll),
                 MomentAt(world.clock.Now()), {})
        .Holds(matcher::Condition::kDoubleBooked);
  };
  const auto before = world.index->Pin();
  EXPECT_TRUE(is_free(*before));  // beyond what is made of a rule in June
  world.clock.Advance(absl::Hours(24 * 30));
  world.feed.NoticeDay();
  while (world.index->Pin()->state() == before->state()) std::this_thread::yield();
  EXPECT_FALSE(is_free(*world.index->Pin()));
}

TEST(ReferralFeed, ARoleThatMovesAgainWhileItsMoveIsToldIsNotForgotten) {
  FollowWorld world;
  const auto on_day = [&](const std::string& name, int day) {
    const int64_t start = absl::ToUnixSeconds(world.clock.Now() + absl::Hours(24 * day));
    return Put<storage::v1::OpportunityRecord>(
        storage::kOpportunities, name,
        absl::StrCat("opportunity { name: '", name, "' schedule { dated { sessions { start_time { seconds: ",
                     start, " } duration { seconds: 3600 } } } } }"));
  };
  const auto held_by_ann = [](const std::string& name) {
    return Put<storage::v1::OpportunityReferrals>(
        storage::kOpportunityReferrals, name, absl::StrCat("live { volunteer: '", kAnn, "' placed: true }"));
  };
  const std::string first = "centres/ashford/opportunities/a";
  const std::string second = "centres/ashford/opportunities/b";
  world.Commit(
      {Put<storage::v1::VolunteerRecord>(storage::kVolunteers, kAnn,
                                         absl::StrCat("volunteer { name: '", kAnn, "' }")),
       on_day(first, 1), on_day(second, 2), on_day(kWanted, 9), held_by_ann(first), held_by_ann(second),
       Put<storage::v1::VolunteerReferrals>(storage::kVolunteerReferrals, kAnn,
                                            absl::StrCat("placements { opportunity: '", first,
                                                         "' } placements { opportunity: '", second, "' }"))});
  MeddlingStore store(*world.store);
  IndexFeed feed(store,
                 {*world.index, world.organisations, world.centres, world.credentials, world.duplicates,
                  world.volunteer_book, world.referral_book, world.listings, world.districts},
                 world.tables, world.places, world.clock);
  ASSERT_TRUE(feed.Start().ok());
  // The second is read for what the first has Ann keep free; before its own turn comes it moves once more.
  store.meddles_after = absl::StrCat(storage::kOpportunities, second);
  storage::Revision last;
  std::promise<void> moved;
  store.meddle = [&] {
    last = world.Commit({on_day(second, 9)});
    moved.set_value();
  };
  world.Commit({on_day(first, 3), on_day(second, 4)});
  moved.get_future().wait();
  ASSERT_TRUE(feed.AwaitWrite(last, absl::Now() + kPatience).ok());
  const auto view = world.index->Pin();
  EXPECT_FALSE(view->Explain(*view->FindVolunteer(kAnn, kAll), *view->FindOpportunity(kWanted, kAll),
                             MomentAt(world.clock.Now()), {})
                   .Holds(matcher::Condition::kDoubleBooked));
}

}  // namespace
}  // namespace brokerage::matching
