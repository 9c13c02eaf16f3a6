// Real roles and generated volunteers, told to an index and to the plain scorer alike.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"

#include "matcher/index.h"
#include "matcher/types.h"
#include "reference/places.h"
#include "tests/support/plain_scorer.h"

namespace brokerage::real_data {

// Monday 8 December 2025, 10:00 in London: some of the real sessions lie before it, most after it.
inline constexpr absl::CivilMinute kMoment{2025, 12, 8, 10, 0};

// The real postcodes of Kent and its neighbours, imported into `places_dir`.
absl::StatusOr<std::shared_ptr<const reference::PlaceIndex>> ImportRealPlaces(const std::string& dir,
                                                                              const std::string& places_dir);

// A world without records, with the skills, causes and waters that are built in.
support::PlainWorld EmptyPlainWorld();

struct RealWorld {
  support::PlainWorld plain;
  std::unique_ptr<matcher::Index> index;
  std::vector<std::string> roles;       // names, in the order of the files
  std::vector<std::string> volunteers;  // names
  matcher::Moment moment;
};

// The real roles of the shared data in `dir`, dressed, and `volunteers` generated volunteers at real
// postcodes, imported into `scratch_dir`. Fails when the data cannot be read.
absl::StatusOr<RealWorld> MakeRealWorld(const std::string& dir, const std::string& scratch_dir,
                                        int volunteers);

}  // namespace brokerage::real_data
