// What is counted while records are read for the first time, and everything else goes on.
#include "services/matching/reports/district_counts.h"

#include <functional>
#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

#include "brokerage/storage/v1/record.pb.h"
#include "reference/districts.h"
#include "reference/places.h"
#include "storage/forwarding_store.h"
#include "storage/keys.h"
#include "storage/memory_store.h"
#include "tests/services/matching/reports/report_world.h"
#include "tests/support/manual_clock.h"
#include "tests/support/messages.h"

namespace brokerage::matching {
namespace {

// Does something else once it has read a snapshot.
class InterruptedStore final : public storage::ForwardingStore {
 public:
  using ForwardingStore::ForwardingStore;
  std::function<void()> then;  // once

  absl::StatusOr<storage::Revision> SnapshotOf(const std::vector<absl::string_view>& prefixes,
                                               const SnapshotSink& sink) const override {
    auto revision = ForwardingStore::SnapshotOf(prefixes, sink);
    if (auto now = std::exchange(const_cast<InterruptedStore*>(this)->then, {})) now();
    return revision;
  }
};

// Places where every point is nearest to one outcode.
class OnePlace final : public reference::PlaceIndex {
 public:
  explicit OnePlace(std::string outcode) : outcode_(std::move(outcode)) {}
  std::optional<reference::ResolvedPlace> Resolve(const reference::Postcode&) const override { return {}; }
  reference::ResolvedPlace ResolveCoordinates(reference::Point point) const override {
    return {point, "", outcode_, reference::Precision::kCoordinates};
  }
  std::optional<reference::Point> OutcodeCentroid(absl::string_view) const override { return {}; }
  std::string NearestOutcode(reference::Point) const override { return outcode_; }
  const std::string& version() const override { return outcode_; }
  std::size_t postcode_count() const override { return 0; }

 private:
  const std::string outcode_;
};

class DistrictCountsTest : public ::testing::Test {
 protected:
  // A volunteer and a role, in one commit, both there.
  void PutBothIn(absl::string_view place) {
    storage::v1::VolunteerRecord volunteer;
    *volunteer.mutable_volunteer() = support::Parse<v1::Volunteer>(absl::StrCat(
        "name: 'centres/dover/volunteers/v' state: STATE_SEARCHING sharing: SHARING_COUNTY home ", place));
    storage::v1::OpportunityRecord role;
    *role.mutable_opportunity() = support::Parse<v1::Opportunity>(absl::StrCat(
        "name: 'centres/dover/opportunities/o' state: STATE_OPEN sharing: SHARING_COUNTY place ", place));
    storage::CommitRequest commit;
    commit.writes = {storage::Write::Put(absl::StrCat(storage::kVolunteers, volunteer.volunteer().name()),
                                         volunteer.SerializeAsString()),
                     storage::Write::Put(absl::StrCat(storage::kOpportunities, role.opportunity().name()),
                                         role.SerializeAsString())};
    ASSERT_TRUE(store_.Commit(std::move(commit)).ok());
  }

  // "1 volunteers, 1 open" of the district with that code, as that centre sees it.
  std::string In(absl::string_view code, const std::string& centre = kDover) {
    const auto tally = counts_.Count({{centre, false}, {}, clock_.Now()});
    EXPECT_TRUE(tally.ok()) << tally.status();
    if (!tally.ok()) return "";
    const auto& districts = tables_.districts.all();
    for (std::size_t i = 0; i < districts.size(); ++i) {
      const Counts& counts = tally->areas[i].counts;
      if (districts[i].code == code)
        return absl::StrCat(counts.volunteers, " volunteers, ", counts.opportunities, " open");
    }
    return "no such district";
  }

  const std::unique_ptr<storage::Store> memory_ = storage::NewMemoryStore();
  InterruptedStore store_{*memory_};
  const ReferenceTables tables_ = ShippedTables(reference::KentDistricts());
  PlacesInUse places_{std::make_shared<OnePlace>("TN23")};
  const support::ManualClock clock_{absl::FromUnixSeconds(kNow)};
  DistrictCounts counts_{store_, tables_, MakeWorld(tables_, {}), places_, clock_};
};

TEST_F(DistrictCountsTest, WhatIsWrittenWhileItReadsIsCountedWholeOrNotAtAll) {
  PutBothIn(kInAshford);
  store_.then = [&] { PutBothIn(kInDover); };
  const std::string here = In("E07000105");
  EXPECT_TRUE(here == "1 volunteers, 1 open" || here == "0 volunteers, 0 open") << here;
}

TEST_F(DistrictCountsTest, PlacesThatAreReplacedWhileItReadsAreTheOnesCountedBy) {
  PutBothIn("{ latitude: 51.14 longitude: 0.86 }");
  // As a reload does it.
  store_.then = [&] {
    places_.Set(std::make_shared<OnePlace>("CT16"));
    counts_.Forget();
  };
  In("E07000105", kAshford);
  EXPECT_EQ(In("E07000105", kAshford), "0 volunteers, 0 open");
  EXPECT_EQ(In("E07000108", kAshford), "1 volunteers, 0 open");
}

}  // namespace
}  // namespace brokerage::matching
