#include "services/registry/place_refresh.h"

#include <string>
#include <utility>

#include "brokerage/storage/v1/record.pb.h"
#include "services/registry/places.h"
#include "services/rpc/moments.h"
#include "storage/keys.h"
#include "storage/typed.h"

namespace brokerage::registry {
namespace {

using storage::v1::OrganisationRecord;

// In a commit: so many records, and so many bytes of them.
constexpr std::size_t kPage = 256;
constexpr std::size_t kCommitBytes = storage::kMaxCommitBytes / 2;
constexpr int kAttempts = 20;  // of a page whose records others keep changing

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
    std::size_t bytes = 0;
    bool full = false;  // before the page was at its end
    std::string reached = after;
    for (auto& stored : *page) {
      auto& organisation = *stored.message.mutable_organisation();
      bool better = false;
      for (auto& place : *organisation.mutable_places()) better |= ResolveAgain(place, places);
      if (better) {
        *organisation.mutable_update_time() = rpc::ToTimestamp(clock.Now());
        storage::Write write = table.Put(stored.name, stored.message);
        bytes += write.key.size() + write.value->size();
        full = bytes > kCommitBytes && !commit.writes.empty();
        if (full) break;
        commit.guards.push_back(storage::Guard::At(table.Key(stored.name), stored.sequence));
        commit.writes.push_back(std::move(write));
      }
      reached = stored.name;
    }
    if (!commit.writes.empty()) {
      const auto count = static_cast<int>(commit.writes.size());
      const auto done = store.Commit(std::move(commit));
      if (absl::IsAborted(done.status()) && ++attempt < kAttempts) continue;
      if (!done.ok()) return done.status();
      changed += count;
    }
    if (!full && page->size() < kPage) return changed;
    attempt = 0;
    after = std::move(reached);
  }
}

}  // namespace brokerage::registry
