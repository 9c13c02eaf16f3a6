// Pages of a list: what may be seen, filtered, in the order asked for.
#pragma once

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"

#include "base/errors.h"
#include "services/rpc/filter.h"
#include "services/rpc/mutations.h"
#include "services/rpc/run.h"
#include "services/rpc/tokens.h"
#include "storage/typed.h"

namespace brokerage::rpc {

template <typename Resource>
struct ListPage {
  std::vector<Resource> items;
  std::string next_cursor;  // empty at the end
};

struct ListQuery {
  ListOrder order;
  int64_t page_size = 0;
  std::string cursor;       // of the page before
  std::string name_prefix;  // only records whose names start so ("centres/ashford/")
};

// How many records are read from the store at once.
inline constexpr std::size_t kListReadAhead = 512;

// A cursor is a place in the total order: the sort key, then the name. Update times are padded so that they
// order as text.
template <typename Resource>
std::string ListKey(const Resource& resource, const ListOrder& order) {
  // A resource without an update time is listed by name only.
  if constexpr (requires { resource.update_time(); }) {
    if (order.by_update_time) {
      const int64_t micros =
          resource.update_time().seconds() * 1'000'000 + resource.update_time().nanos() / 1'000;
      return absl::StrCat(absl::Dec(micros, absl::kZeroPad20), "|", resource.name());
    }
  }
  return resource.name();
}

// A page of the resources that `show` makes of the records of `table`: nullopt leaves a record out (not
// visible, filtered away). In the order of names a page costs what it passes over; in any other order it
// reads the whole table, and keeps a page of it. Errors: FromStore's; CANCELLED when the caller has gone.
template <typename Resource, typename Record>
absl::StatusOr<ListPage<Resource>> ReadPage(
    const Call& call, const storage::Table<Record>& table, const ListQuery& query,
    const std::function<std::optional<Resource>(const storage::Stored<Record>&)>& show) {
  using Keyed = std::pair<std::string, Resource>;
  const bool by_name = !query.order.by_update_time && !query.order.descending;
  const auto wanted = static_cast<std::size_t>(query.page_size);
  const auto precedes = [&](const std::string& a, const std::string& b) {
    return query.order.descending ? b < a : a < b;
  };
  const auto before = [&](const Keyed& a, const Keyed& b) { return precedes(a.first, b.first); };
  std::vector<Keyed>
      found;  // a heap, the last in the order on top: the page, and one to know that more follow
  std::string after = by_name ? query.cursor : std::string();
  while (true) {
    if (call.IsCancelled()) return base::Cancelled();
    auto records = table.List(query.name_prefix, after, kListReadAhead);
    if (!records.ok()) return FromStore(records.status());
    for (const auto& stored : *records) {
      auto resource = show(stored);
      if (!resource) continue;
      std::string key = ListKey(*resource, query.order);
      if (!query.cursor.empty() && !precedes(query.cursor, key)) continue;
      found.emplace_back(std::move(key), *std::move(resource));
      std::push_heap(found.begin(), found.end(), before);
      if (found.size() <= wanted + 1) continue;
      std::pop_heap(found.begin(), found.end(), before);
      found.pop_back();
    }
    if (records->size() < kListReadAhead || (by_name && found.size() > wanted)) break;
    after = records->back().name;
  }
  std::sort_heap(found.begin(), found.end(), before);
  ListPage<Resource> page;
  for (auto& [key, resource] : found) {
    if (page.items.size() == wanted) {
      page.next_cursor = ListKey(page.items.back(), query.order);
      break;
    }
    page.items.push_back(std::move(resource));
  }
  return page;
}

// The page that `request` asks for, as a list method answers it: its `next_cursor` is the next page_token.
// `order` is ParseOrder's of the request. Errors: ReadPage's, PageTokens::Open's.
template <typename Resource, typename Record, typename Request>
absl::StatusOr<ListPage<Resource>> AnswerPage(
    const Call& call, const PageTokens& tokens, const Request& request, const ListOrder& order,
    const storage::Table<Record>& table,
    const std::function<std::optional<Resource>(const storage::Stored<Record>&)>& show) {
  auto cursor = tokens.Open(request, call.caller().credential, call.now());
  if (!cursor.ok()) return cursor.status();
  auto page = ReadPage<Resource, Record>(
      call, table, {order, PageSize(request.page_size()), *std::move(cursor), /*name_prefix=*/{}}, show);
  if (page.ok() && !page->next_cursor.empty()) {
    page->next_cursor = tokens.Seal(request, call.caller().credential, page->next_cursor, call.now());
  }
  return page;
}

}  // namespace brokerage::rpc
