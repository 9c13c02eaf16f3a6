// The demonstration county in a store, as the handlers and the registry would have put it there, and who asks
// what of it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"

#include "brokerage/matching/v1/matching_service.pb.h"
#include "storage/store.h"

namespace brokerage::bench {

// The service whose MatchVolunteers is asked.
inline constexpr char kAskedService[] = "brokerage.matching.v1.MatchingService";

struct Asking {
  std::string authorization;  // the header of a credential of the role's own centre
  matching::v1::MatchVolunteersRequest request;
};

// Writes a county of so many volunteers, as of `now`, with a reader's credential for each centre. Errors: the
// store's.
absl::Status PutCounty(storage::Store& store, int volunteers, absl::Time now);

// One question for each open role of that county, 20 volunteers each.
std::vector<Asking> QuestionsOfCounty(absl::Time now);

}  // namespace brokerage::bench
