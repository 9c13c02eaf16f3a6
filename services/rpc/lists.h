// Pages of a list: what may be seen, filtered, in the order asked for.
#pragma once

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

#include "base/errors.h"
#include "base/limits.h"
#include "base/resource_names.h"
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

// Where the records of a list may be at all: what lies elsewhere does not fit its filter, and is not read.
struct Among {
  std::string name_prefix;  // names start so ("centres/ashford/")
  // If set, only these, each once and in order; there may be none of that name any more.
  std::optional<std::vector<std::string>> names;
};

// Where all that match `filter` are, of records whose names begin with a centre's that `centre` filters by.
template <typename Resource>
Among AmongOneCentre(const Filter<Resource>& filter) {
  for (const FilterOp op : {FilterOp::kEqual, FilterOp::kHas}) {
    const auto* centre = filter.Find("centre", op);
    if (centre == nullptr) continue;
    const auto& name = std::get<std::string>(*centre);
    if (!base::CentreName::Parse(name)) return {"", std::vector<std::string>()};
    return {absl::StrCat(name, "/"), std::nullopt};
  }
  return {};
}

struct ListQuery {
  ListOrder order;
  int64_t page_size = 0;
  std::string cursor;  // of the page before
  Among among;
};

// How many records are read from the store at once.
inline constexpr std::size_t kListReadAhead = 512;

// A page holds less than was asked for when it would be larger. One resource is always in it.
inline constexpr std::size_t kMaxPageBytes = base::kMaxResponseBytes / 2;

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

// Reads the records of a list, some at a time, in the order of their names.
template <typename Record>
class ListReader {
 public:
  using Batch = std::vector<storage::Stored<Record>>;

  // Begins after the name `after`; "": at the first. Both outlive it.
  ListReader(const storage::Table<Record>& table, const Among& among, std::string after)
      : table_(table), among_(among), after_(std::move(after)) {
    if (!among_.names) return;
    const auto begin = std::upper_bound(among_.names->begin(), among_.names->end(), after_);
    passed_ = after_.empty() ? 0 : static_cast<std::size_t>(begin - among_.names->begin());
  }

  bool AtEnd() const { return at_end_; }

  // Errors: the store's, DATA_LOSS.
  absl::StatusOr<Batch> Next() {
    if (among_.names) return NextNamed(*among_.names);
    auto records = table_.List(among_.name_prefix, after_, kListReadAhead);
    if (!records.ok()) return records.status();
    at_end_ = records->size() < kListReadAhead;
    if (!at_end_) after_ = records->back().name;
    return records;
  }

 private:
  absl::StatusOr<Batch> NextNamed(const std::vector<std::string>& names) {
    Batch batch;
    for (std::size_t i = 0; i < kListReadAhead && passed_ < names.size(); ++i, ++passed_) {
      if (!absl::StartsWith(names[passed_], among_.name_prefix)) continue;
      auto stored = table_.Get(names[passed_]);
      if (!stored.ok()) return stored.status();
      if (stored->has_value()) batch.push_back(**std::move(stored));
    }
    at_end_ = passed_ == names.size();
    return batch;
  }

  const storage::Table<Record>& table_;
  const Among& among_;
  std::string after_;
  std::size_t passed_ = 0;
  bool at_end_ = false;
};

// A page of the resources that `show` makes of the records of `table`: nullopt leaves a record out (not
// visible, filtered away). In the order of names a page costs what it passes over; in any other order it
// reads all that `query` names, and keeps a page of it. Errors: FromStore's; CANCELLED when the caller has
// gone.
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
  std::vector<Keyed> found;  // the page: a heap, the last in the order on top
  std::size_t bytes = 0;
  std::optional<std::string> rest;  // the key of the first that is left out: what follows on it is, too
  ListReader<Record> reader(table, query.among, by_name ? query.cursor : std::string());
  while (!reader.AtEnd() && !(by_name && rest)) {
    if (call.IsCancelled()) return base::Cancelled();
    auto records = reader.Next();
    if (!records.ok()) return FromStore(records.status());
    for (const auto& stored : *records) {
      auto resource = show(stored);
      if (!resource) continue;
      std::string key = ListKey(*resource, query.order);
      if (!query.cursor.empty() && !precedes(query.cursor, key)) continue;
      if (rest && !precedes(key, *rest)) continue;
      bytes += resource->ByteSizeLong();
      found.emplace_back(std::move(key), *std::move(resource));
      std::push_heap(found.begin(), found.end(), before);
      while (found.size() > wanted || (bytes > kMaxPageBytes && found.size() > 1)) {
        std::pop_heap(found.begin(), found.end(), before);
        bytes -= found.back().second.ByteSizeLong();
        rest = std::move(found.back().first);
        found.pop_back();
      }
    }
  }
  std::sort_heap(found.begin(), found.end(), before);
  ListPage<Resource> page;
  if (rest) page.next_cursor = found.back().first;
  for (auto& [key, resource] : found) page.items.push_back(std::move(resource));
  return page;
}

// The page that `request` asks for, as a list method answers it: its `next_cursor` is the next page_token.
// `order` is ParseOrder's of the request. Errors: ReadPage's, PageTokens::Open's.
template <typename Resource, typename Record, typename Request>
absl::StatusOr<ListPage<Resource>> AnswerPage(
    const Call& call, const PageTokens& tokens, const Request& request, const ListOrder& order,
    const storage::Table<Record>& table, Among among,
    const std::function<std::optional<Resource>(const storage::Stored<Record>&)>& show) {
  auto cursor = tokens.Open(request, call.caller().credential, call.now());
  if (!cursor.ok()) return cursor.status();
  auto page = ReadPage<Resource, Record>(
      call, table, {order, PageSize(request.page_size()), *std::move(cursor), std::move(among)}, show);
  if (page.ok() && !page->next_cursor.empty()) {
    page->next_cursor = tokens.Seal(request, call.caller().credential, page->next_cursor, call.now());
  }
  return page;
}

}  // namespace brokerage::rpc
