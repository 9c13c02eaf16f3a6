// The database of the fixtures in tests/storage/testdata: written once by each format version, opened by all
// later ones.
#pragma once

#include <string>

#include "absl/status/status.h"

#include "storage/rocksdb_store.h"

namespace brokerage::storage::contract {

inline constexpr char kFixtureOwner[] = "fixture";

// Fills the new database at `options.path`: rows in a table file and rows in the log only.
absl::Status WriteFixture(const RocksDbOptions& options);

// What is wrong with `store`, opened from a fixture.
absl::Status CheckFixture(Store& store);

}  // namespace brokerage::storage::contract
