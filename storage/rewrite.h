// Changes many records of a table, while others write.
#pragma once

#include <functional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include "storage/store.h"
#include "storage/typed.h"

namespace brokerage::storage {

// Stores what `edit` makes of each record of `table` that it changes; it says whether it did, and is asked
// again when someone else changed a record meanwhile. In commits of bounded size. Returns how many records
// changed. Errors: the store's; what was stored stays so, and calling again goes on.
template <typename Record>
absl::StatusOr<int> Rewrite(Store& store, const Table<Record>& table,
                            const std::function<bool(Record&)>& edit) {
  // In a commit: so many records, and so many bytes of them.
  constexpr std::size_t kPage = 256;
  constexpr std::size_t kCommitBytes = kMaxCommitBytes / 2;
  constexpr int kAttempts = 20;  // of a page whose records others keep changing
  int changed = 0;
  int attempt = 0;
  std::string after;
  while (true) {
    auto page = table.List("", after, kPage);
    if (!page.ok()) return page.status();
    CommitRequest commit;
    std::size_t bytes = 0;
    bool full = false;  // before the page was at its end
    std::string reached = after;
    for (auto& stored : *page) {
      if (edit(stored.message)) {
        Write write = table.Put(stored.name, stored.message);
        bytes += write.key.size() + write.value->size();
        full = bytes > kCommitBytes && !commit.writes.empty();
        if (full) break;
        commit.guards.push_back(Guard::At(table.Key(stored.name), stored.sequence));
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

}  // namespace brokerage::storage
