// A store, an index and what keeps them in step, without handlers.
#pragma once

#include <functional>
#include <future>
#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <vector>

#include "absl/time/clock.h"

#include "matcher/columnar/columnar_index.h"
#include "reference/districts.h"
#include "reference/places.h"
#include "services/matching/convert/tables.h"
#include "services/matching/duplicates.h"
#include "services/matching/index_feed.h"
#include "services/matching/listings.h"
#include "services/matching/registry_state.h"
#include "services/matching/reports/district_counts.h"
#include "services/rpc/credentials.h"
#include "storage/keys.h"
#include "storage/memory_store.h"
#include "storage/typed.h"
#include "tests/support/manual_clock.h"

namespace brokerage::matching {

// A guard against hanging, far beyond what anything here takes.
inline constexpr absl::Duration kPatience = absl::Seconds(30);

struct FollowWorld {
  using MakeIndex = std::function<std::unique_ptr<matcher::Index>(std::shared_ptr<const matcher::World>)>;
  explicit FollowWorld(const MakeIndex& make_index = matcher::MakeColumnarIndex) : index(make_index(world)) {}

  storage::Revision Commit(std::vector<storage::Write> writes) {
    storage::CommitRequest commit;
    commit.writes = std::move(writes);
    const auto done = store->Commit(std::move(commit));
    EXPECT_TRUE(done.ok()) << done.status();
    return done.ok() ? *done : storage::Revision();
  }

  const ReferenceTables tables = ShippedTables(reference::KentDistricts());
  PlacesInUse places{reference::ShippedPlaces(reference::KentDistricts())};
  std::unique_ptr<storage::Store> store = storage::NewMemoryStore();
  const std::shared_ptr<const matcher::World> world = MakeWorld(tables, {});
  const std::unique_ptr<matcher::Index> index;
  OrganisationViews organisations;
  CentreViews centres;
  std::promise<void> credentials_seen;
  rpc::CredentialDirectory credentials{[this] { credentials_seen.set_value(); }};
  Duplicates duplicates{*store};
  VolunteerBook volunteer_book{*store};
  ReferralBook referral_book{*store};
  Listings listings{tables, organisations, world};
  DistrictCounts districts{*store, tables, world, places, clock};
  // Monday 15 June 2026, 11:00 in London.
  support::ManualClock clock{absl::FromCivil(absl::CivilSecond(2026, 6, 15, 10, 0, 0), absl::UTCTimeZone())};
  IndexFeed feed{*store,
                 {*index, organisations, centres, credentials, duplicates, volunteer_book, referral_book,
                  listings, districts},
                 tables,
                 places,
                 clock};
};

}  // namespace brokerage::matching
