// After an import of places, what was known less well is placed again.
#include "services/matching/place_refresh.h"

#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

#include "brokerage/storage/v1/record.pb.h"
#include "reference/districts.h"
#include "reference/places_import.h"
#include "services/rpc/moments.h"
#include "storage/keys.h"
#include "storage/memory_store.h"
#include "storage/typed.h"
#include "tests/storage/scratch.h"
#include "tests/support/manual_clock.h"
#include "tests/support/messages.h"

namespace brokerage::matching {
namespace {

using storage::v1::OpportunityRecord;
using storage::v1::VolunteerRecord;
using support::Holds;
using support::Parse;

template <typename Record>
Record Stored(const storage::Store& store, absl::string_view prefix, const std::string& name) {
  const auto found = storage::Table<Record>(store, prefix).Get(name);
  EXPECT_TRUE(found.ok() && found->has_value()) << name;
  return (*found)->message;
}

template <typename Record>
void Put(storage::Store& store, absl::string_view prefix, const std::string& name, const std::string& text) {
  storage::CommitRequest commit;
  commit.writes.push_back(storage::Table<Record>(store, prefix).Put(name, Parse<Record>(text)));
  ASSERT_TRUE(store.Commit(std::move(commit)).ok());
}

TEST(PlaceRefresh, WhatWasKnownLessWellIsPlacedAgain) {
  const storage::contract::ScratchDirectory scratch;
  const std::string csv = scratch.path() + "/some.csv";
  std::ofstream(csv) << "postcode,lat,lon,district_code\nTN23 1PL,51.5,0.5,E07000112\n";
  const auto imported = reference::ImportPlaces({csv}, scratch.path() + "/places");
  ASSERT_TRUE(imported.ok()) << imported.status();
  const auto places = reference::LoadPlaces(scratch.path() + "/places", reference::KentDistricts());
  ASSERT_TRUE(places.ok()) << places.status();

  const auto store = storage::NewMemoryStore();
  const support::ManualClock clock(absl::FromUnixSeconds(1'000));
  const std::string old = "update_time { seconds: 1 }";
  const auto volunteer = [&](const std::string& id, const std::string& home) {
    Put<VolunteerRecord>(*store, storage::kVolunteers, id, "volunteer { " + old + home + " }");
  };
  volunteer("sector",
            "home { postcode: 'TN23 1PL' latitude: 1 longitude: 1 district: 'districts/E07000105' "
            "precision: PLACE_PRECISION_SECTOR }");
  volunteer("exact",
            "home { postcode: 'TN23 1PL' latitude: 1 longitude: 1 precision: PLACE_PRECISION_POSTCODE }");
  volunteer("point", "home { latitude: 1 longitude: 1 precision: PLACE_PRECISION_COORDINATES }");
  volunteer("lost",
            "home { postcode: 'ZZ1 1AA' latitude: 1 longitude: 1 precision: PLACE_PRECISION_OUTCODE }");
  volunteer("nowhere", "");
  Put<OpportunityRecord>(*store, storage::kOpportunities, "outcode",
                         "opportunity { " + old +
                             "place { postcode: 'TN23 1PL' latitude: 1 longitude: 1 "
                             "precision: PLACE_PRECISION_OUTCODE } } state_before_delete: STATE_OPEN");
  // More than fit into one commit.
  for (int i = 0; i < 300; ++i) {
    volunteer("z" + std::to_string(i), "home { postcode: 'TN23 1PL' precision: PLACE_PRECISION_SECTOR }");
  }

  const auto changed = RefreshPlaces(*store, **places, clock);
  ASSERT_TRUE(changed.ok()) << changed.status();
  EXPECT_EQ(*changed, 302);
  const char kPlaced[] =
      "postcode: 'TN23 1PL' latitude: 51.5 longitude: 0.5 district: 'districts/E07000112' "
      "precision: PLACE_PRECISION_POSTCODE";
  for (const char* name : {"sector", "z0", "z299"}) {
    const auto record = Stored<VolunteerRecord>(*store, storage::kVolunteers, name);
    EXPECT_THAT(record.volunteer().home(), Holds(kPlaced));
    EXPECT_EQ(record.volunteer().update_time().seconds(), 1'000);
  }
  const auto role = Stored<OpportunityRecord>(*store, storage::kOpportunities, "outcode");
  EXPECT_THAT(role.opportunity().place(), Holds(kPlaced));
  EXPECT_EQ(role.state_before_delete(), v1::Opportunity::STATE_OPEN);
  for (const char* name : {"exact", "point", "lost", "nowhere"}) {
    EXPECT_EQ(Stored<VolunteerRecord>(*store, storage::kVolunteers, name).volunteer().update_time().seconds(),
              1);
  }

  const auto again = RefreshPlaces(*store, **places, clock);
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(*again, 0);
}

TEST(PlaceRefresh, RecordsThatAreTooMuchForOneCommitAreWrittenInSeveral) {
  const auto store = storage::NewMemoryStore();
  // 24 MiB in one page: half as much again as a commit may have.
  constexpr int kRecords = 96;
  const std::string notes(storage::kMaxCommitBytes / 64, 'n');
  for (int i = 0; i < kRecords; ++i) {
    Put<VolunteerRecord>(*store, storage::kVolunteers, "v" + std::to_string(i),
                         "volunteer { notes: '" + notes +
                             "' home { postcode: 'TN23 1PL' precision: PLACE_PRECISION_OUTCODE } }");
  }
  const uint64_t before = store->GetHealth().revision.sequence;
  const support::ManualClock clock(absl::FromUnixSeconds(1'000));
  const auto changed = RefreshPlaces(*store, *reference::ShippedPlaces(reference::KentDistricts()), clock);
  ASSERT_TRUE(changed.ok()) << changed.status();
  EXPECT_EQ(*changed, kRecords);
  EXPECT_EQ(store->GetHealth().revision.sequence, before + 4);  // 31 records of a little over 256 KiB each
  for (int i = 0; i < kRecords; ++i) {
    const auto record = Stored<VolunteerRecord>(*store, storage::kVolunteers, "v" + std::to_string(i));
    EXPECT_EQ(record.volunteer().home().precision(), common::v1::PLACE_PRECISION_SECTOR) << i;
  }
}

TEST(PlaceRefresh, AStoreThatFailsSaysSo) {
  storage::MemoryOptions options;
  const auto store = storage::OpenMemory(options);
  ASSERT_TRUE(store.ok());
  Put<VolunteerRecord>(**store, storage::kVolunteers, "v",
                       "volunteer { home { postcode: 'TN23 1PL' precision: PLACE_PRECISION_OUTCODE } }");
  options.disk->FailWrites(absl::UnavailableError("gone"));
  const support::ManualClock clock(absl::FromUnixSeconds(1'000));
  const auto places = reference::ShippedPlaces(reference::KentDistricts());
  EXPECT_FALSE(RefreshPlaces(**store, *places, clock).ok());
}

}  // namespace
}  // namespace brokerage::matching
