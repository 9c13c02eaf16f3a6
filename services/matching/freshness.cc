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
  if (revision->origin == rpc::Origin::kRegistry) return registry_.Await(*revision, deadline);
  return index_.AwaitWrite({revision->epoch, revision->sequence}, deadline);
}

}  // namespace brokerage::matching
