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

constexpr std::size_t kPage = 256;  // records in a commit
constexpr int kAttempts = 20;       // of a page whose records others keep changing

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
    for (auto& stored : *page) {
      auto& resource = ResourceIn(stored.message);
      if (!PlaceAgain(resource, places)) continue;
      *resource.mutable_update_time() = rpc::ToTimestamp(clock.Now());
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
