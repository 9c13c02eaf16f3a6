#include "services/registry/place_refresh.h"

#include <gtest/gtest.h>
#include <string>
#include <utility>

#include "brokerage/storage/v1/record.pb.h"
#include "reference/districts.h"
#include "reference/places.h"
#include "storage/keys.h"
#include "storage/memory_store.h"
#include "storage/typed.h"
#include "tests/support/manual_clock.h"
#include "tests/support/messages.h"

namespace brokerage::registry {
namespace {

using storage::v1::OrganisationRecord;

TEST(PlaceRefresh, RecordsThatAreTooMuchForOneCommitAreWrittenInSeveral) {
  const auto store = storage::NewMemoryStore();
  const storage::Table<OrganisationRecord> table(*store, storage::kOrganisations);
  // 24 MiB in one page: half as much again as a commit may have.
  constexpr int kRecords = 96;
  auto record = support::Parse<OrganisationRecord>(
      "organisation { places { postcode: 'TN23 1PL' precision: PLACE_PRECISION_OUTCODE } }");
  record.mutable_organisation()->set_description(std::string(storage::kMaxCommitBytes / 64, 'd'));
  for (int i = 0; i < kRecords; ++i) {
    storage::CommitRequest commit;
    commit.writes.push_back(table.Put("o" + std::to_string(i), record));
    ASSERT_TRUE(store->Commit(std::move(commit)).ok());
  }
  const uint64_t before = store->GetHealth().revision.sequence;
  const support::ManualClock clock(absl::FromUnixSeconds(1'000));
  const auto changed = RefreshPlaces(*store, *reference::ShippedPlaces(reference::KentDistricts()), clock);
  ASSERT_TRUE(changed.ok()) << changed.status();
  EXPECT_EQ(*changed, kRecords);
  EXPECT_EQ(store->GetHealth().revision.sequence, before + 4);  // 31 records of a little over 256 KiB each
  for (int i = 0; i < kRecords; ++i) {
    const auto stored = table.Get("o" + std::to_string(i));
    ASSERT_TRUE(stored.ok() && stored->has_value());
    EXPECT_EQ((*stored)->message.organisation().places(0).precision(), common::v1::PLACE_PRECISION_SECTOR);
    EXPECT_EQ((*stored)->message.organisation().update_time().seconds(), 1'000);
  }
}

}  // namespace
}  // namespace brokerage::registry
