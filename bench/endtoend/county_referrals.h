// Referrals in a county's store, as ReferralService would have left them.
#pragma once

#include <cstdint>

#include "absl/status/statusor.h"

#include "storage/store.h"

namespace brokerage::bench {

// Each tenth volunteer of the store has had three referrals: one is a placement, one is offered, one has
// ended. Answers how many there are. Errors: the store's.
absl::StatusOr<int64_t> PutReferrals(storage::Store& store);

}  // namespace brokerage::bench
