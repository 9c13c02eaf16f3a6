#include "services/matching/freshness.h"

#include <algorithm>

#include "absl/time/clock.h"

#include "base/limits.h"
#include "services/rpc/tokens.h"

namespace brokerage::matching {

void CheckToken(absl::string_view token, base::Violations& violations) {
  if (token.empty() || rpc::ParseConsistencyToken(token)) return;
  violations.Add("at_least_as_fresh", "is not a consistency token");
}

absl::Status Freshness::Await(const rpc::Call& call, absl::string_view token) const {
  if (token.empty()) return absl::OkStatus();
  base::Violations violations;
  CheckToken(token, violations);
  if (!violations.empty()) return violations.ToStatus();
  const auto revision = rpc::ParseConsistencyToken(token);
  const absl::Time deadline = std::min(call.deadline(), absl::Now() + base::kMaxFreshnessWait);
  rpc::Parking* const parking = call.parking();
  if (parking == nullptr) return WaitHere(call, *revision, deadline);
  const absl::Status now = AwaitUntil(*revision, absl::Now());
  if (!parking->over() && !IsSettled(*revision, now)) {
    const auto has_come = [this, awaited = *revision] {
      return IsSettled(awaited, AwaitUntil(awaited, absl::Now()));
    };
    parking->Park({&news_, has_come, deadline});
  }
  return now;
}

absl::Status Freshness::WaitHere(const rpc::Call& call, const rpc::ConsistencyToken& revision,
                                 absl::Time deadline) const {
  while (true) {
    const absl::Time pause = std::min(deadline, absl::Now() + base::kCancellationPoll);
    const absl::Status now = AwaitUntil(revision, pause);
    if (pause == deadline || IsSettled(revision, now) || call.IsCancelled()) return now;
  }
}

absl::Status Freshness::AwaitUntil(const rpc::ConsistencyToken& revision, absl::Time deadline) const {
  if (revision.origin == rpc::Origin::kRegistry) return registry_.Await(revision, deadline);
  return index_.AwaitWrite({revision.epoch, revision.sequence}, deadline);
}

bool Freshness::IsSettled(const rpc::ConsistencyToken& revision, const absl::Status& now) {
  if (now.ok()) return true;
  // Our own epoch is what it is; what is known of the registry may be about to change.
  return revision.origin == rpc::Origin::kMatching && base::ReasonOf(now) == base::reason::kEpochChanged;
}

}  // namespace brokerage::matching
