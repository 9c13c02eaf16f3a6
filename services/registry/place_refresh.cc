#include "services/registry/place_refresh.h"

#include "brokerage/storage/v1/record.pb.h"
#include "services/places/resolve.h"
#include "services/rpc/moments.h"
#include "storage/keys.h"
#include "storage/rewrite.h"
#include "storage/typed.h"

namespace brokerage::registry {

using storage::v1::OrganisationRecord;

absl::StatusOr<int> RefreshPlaces(storage::Store& store, const reference::PlaceIndex& places,
                                  const base::Clock& clock) {
  return storage::Rewrite<OrganisationRecord>(
      store, {store, storage::kOrganisations}, [&](OrganisationRecord& record) {
        auto& organisation = *record.mutable_organisation();
        bool changed = false;
        for (auto& place : *organisation.mutable_places()) changed |= places::ResolveAgain(place, places);
        if (changed) *organisation.mutable_update_time() = rpc::ToTimestamp(clock.Now());
        return changed;
      });
}

}  // namespace brokerage::registry
