#include "services/matching/place_refresh.h"

#include "brokerage/storage/v1/record.pb.h"
#include "services/places/resolve.h"
#include "services/rpc/moments.h"
#include "storage/keys.h"
#include "storage/rewrite.h"
#include "storage/typed.h"

namespace brokerage::matching {

using storage::v1::OpportunityRecord;
using storage::v1::VolunteerRecord;

absl::StatusOr<int> RefreshPlaces(storage::Store& store, const reference::PlaceIndex& places,
                                  const base::Clock& clock) {
  const auto volunteers =
      storage::Rewrite<VolunteerRecord>(store, {store, storage::kVolunteers}, [&](VolunteerRecord& record) {
        auto& volunteer = *record.mutable_volunteer();
        if (!volunteer.has_home() || !places::ResolveAgain(*volunteer.mutable_home(), places)) return false;
        *volunteer.mutable_update_time() = rpc::ToTimestamp(clock.Now());
        return true;
      });
  if (!volunteers.ok()) return volunteers.status();
  const auto opportunities = storage::Rewrite<OpportunityRecord>(
      store, {store, storage::kOpportunities}, [&](OpportunityRecord& record) {
        auto& role = *record.mutable_opportunity();
        if (!role.has_place() || !places::ResolveAgain(*role.mutable_place(), places)) return false;
        *role.mutable_update_time() = rpc::ToTimestamp(clock.Now());
        return true;
      });
  if (!opportunities.ok()) return opportunities.status();
  return *volunteers + *opportunities;
}

}  // namespace brokerage::matching
