#include "services/matching/place_refresh.h"

#include <string>
#include <utility>

#include "brokerage/storage/v1/record.pb.h"
#include "services/matching/place_resolver.h"
#include "services/rpc/moments.h"
#include "storage/keys.h"
#include "storage/typed.h"

namespace brokerage::matching {
namespace {

// In a commit: so many records, and so many bytes of them.
constexpr std::size_t kPage = 256;
constexpr std::size_t kCommitBytes = storage::kMaxCommitBytes / 2;
constexpr int kAttempts = 20;  // of a page whose records others keep changing

bool PlaceAgain(v1::Volunteer& volunteer, const reference::PlaceIndex& places) {
  return volunteer.has_home() && ResolveAgain(*volunteer.mutable_home(), places);
}
bool PlaceAgain(v1::Opportunity& opportunity, const reference::PlaceIndex& places) {
  return opportunity.has_place() && ResolveAgain(*opportunity.mutable_place(), places);
}

v1::Volunteer& ResourceIn(storage::v1::VolunteerRecord& record) { return *record.mutable_volunteer(); }
v1::Opportunity& ResourceIn(storage::v1::OpportunityRecord& record) { return *record.mutable_opportunity(); }

template <typename Record>
absl::StatusOr<int> RefreshTable(storage::Store& store, absl::string_view prefix,
                                 const reference::PlaceIndex& places, const base::Clock& clock) {
  const storage::Table<Record> table(store, prefix);
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
      auto& resource = ResourceIn(stored.message);
      if (PlaceAgain(resource, places)) {
        *resource.mutable_update_time() = rpc::ToTimestamp(clock.Now());
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

}  // namespace

absl::StatusOr<int> RefreshPlaces(storage::Store& store, const reference::PlaceIndex& places,
                                  const base::Clock& clock) {
  const auto volunteers =
      RefreshTable<storage::v1::VolunteerRecord>(store, storage::kVolunteers, places, clock);
  if (!volunteers.ok()) return volunteers.status();
  const auto opportunities =
      RefreshTable<storage::v1::OpportunityRecord>(store, storage::kOpportunities, places, clock);
  if (!opportunities.ok()) return opportunities.status();
  return *volunteers + *opportunities;
}

}  // namespace brokerage::matching
