// What referrals mean to the matcher: the one way from what is stored of them to what the index holds, at a
// start and when something changes.
#pragma once

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

#include "brokerage/matching/v1/opportunity.pb.h"
#include "brokerage/storage/v1/referral.pb.h"
#include "matcher/index.h"
#include "matcher/types.h"
#include "storage/store.h"

namespace brokerage::matching {

// The sessions that someone with a place of `opportunity` keeps free: the listed ones and, of a recurrence,
// those that questions around `now` need. A role without dates has none.
std::vector<matcher::Interval> SessionsToKeep(const v1::Opportunity& opportunity, absl::Time now);

// Whether both take the same time of whoever has a place.
bool SameSessions(const matcher::Schedule& a, const matcher::Schedule& b);

// The connections of the role called `name`.
matcher::SetConnections ConnectionsOf(absl::string_view name,
                                      const storage::v1::OpportunityReferrals& stored);

// Histories as they are around one moment. Remembers roles: not for longer than a batch of changes. Not
// thread-safe; the store outlives it.
class PairHistories {
 public:
  PairHistories(const storage::Store& store, absl::Time now) : store_(store), now_(now) {}

  // The history of the volunteer called `name`. Placements are read from their roles as these are stored now.
  // Errors: the store's, DATA_LOSS.
  absl::StatusOr<matcher::SetVolunteerHistory> Of(absl::string_view name,
                                                  const storage::v1::VolunteerReferrals& stored);
  // The same of what is stored under that name; nothing stored: nothing happened.
  absl::StatusOr<matcher::SetVolunteerHistory> Of(absl::string_view name);

  // What histories say of `opportunity` from now on, whatever was or will be stored: what the index holds of
  // it and what placements take must be one.
  void Use(const std::string& opportunity, const matcher::Schedule& schedule);

 private:
  absl::StatusOr<std::vector<matcher::Interval>> SessionsOf(const std::string& opportunity);

  const storage::Store& store_;
  const absl::Time now_;
  absl::flat_hash_map<std::string, std::vector<matcher::Interval>> sessions_;  // by role
};

}  // namespace brokerage::matching
