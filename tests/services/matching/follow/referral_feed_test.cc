// What is stored of referrals comes to the index: at a start without reading any, and each day anew.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>
#include <string>
#include <thread>

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
                  world.volunteer_book, world.referral_book, world.listings},
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

}  // namespace
}  // namespace brokerage::matching
