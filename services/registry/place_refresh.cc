#include "services/registry/place_refresh.h"

#include <string>

#include "brokerage/storage/v1/record.pb.h"
#include "services/registry/places.h"
#include "services/rpc/moments.h"
#include "storage/keys.h"
#include "storage/typed.h"

namespace brokerage::registry {
namespace {

using storage::v1::OrganisationRecord;

constexpr std::size_t kPage = 256;  // records in a commit
constexpr int kAttempts = 20;       // of a page whose records others keep changing

}  // namespace

absl::StatusOr<int> RefreshPlaces(storage::Store& store, const reference::PlaceIndex& places,
                                  const base::Clock& clock) {
  const storage::Table<OrganisationRecord> table(store, storage::kOrganisations);
  int changed = 0;
  int attempt = 0;
  std::string after;
  while (true) {
    auto page = table.List("", after, kPage);
    if (!page.ok()) return page.status();
    storage::CommitRequest commit;
    for (auto& stored : *page) {
      auto& organisation = *stored.message.mutable_organisation();
      bool better = false;
      for (auto& place : *organisation.mutable_places()) better |= ResolveAgain(place, places);
      if (!better) continue;
      *organisation.mutable_update_time() = rpc::ToTimestamp(clock.Now());
      commit.guards.push_back(storage::Guard::At(table.Key(stored.name), stored.sequence));
      commit.writes.push_back(table.Put(stored.name, stored.message));
    }
    if (!commit.writes.empty()) {
      const auto count = static_cast<int>(commit.writes.size());
      const auto done = store.Commit(std::move(commit));
      if (absl::IsAborted(done.status()) && ++attempt < kAttempts) continue;
      if (!done.ok()) return done.status();
      changed += count;
    }
    if (page->size() < kPage) return changed;
    attempt = 0;
    after = page->back().name;
  }
}

}  // namespace brokerage::registry
