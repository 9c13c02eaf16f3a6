#include "tests/storage/fixture.h"

#include "absl/strings/str_cat.h"

#include "tests/storage/check.h"
#include "tests/storage/store_helpers.h"

namespace brokerage::storage::contract {
namespace {

std::string AwkwardKey() { return std::string("bytes\0\xff\n", 8); }
std::string AwkwardValue() { return std::string("\0\x80\xff", 3); }

}  // namespace

absl::Status WriteFixture(const RocksDbOptions& options) {
  {
    CHECK_ASSIGN(store, OpenRocksDb(options));
    CommitRequest both;
    both.request_id = "first";
    both.writes = {Write::Put("a", "1"), Write::Put("b", "2")};
    CHECK_OK(store->Commit(both));
    for (int i = 0; i < 20; ++i)
      CHECK_OK(PutAs(*store, absl::StrCat("id", i), absl::StrCat("row/", i), "old"));
    CHECK_OK(Delete(*store, "b"));
    CHECK_OK(store->Compact(11));
  }
  // Opening again moves the log into a table file; what follows stays in the log.
  CHECK_ASSIGN(store, OpenRocksDb(options));
  CHECK_OK(PutAs(*store, "id-late", "row/3", "new"));
  CHECK_OK(Delete(*store, "row/4"));
  CHECK_OK(Put(*store, AwkwardKey(), AwkwardValue()));
  return absl::OkStatus();
}

absl::Status CheckFixture(Store& store) {
  Table expected = {{"a", {1, "1"}}, {AwkwardKey(), {25, AwkwardValue()}}};
  for (int i = 0; i < 20; ++i) expected[absl::StrCat("row/", i)] = {2 + i, "old"};
  expected["row/3"] = {23, "new"};
  expected.erase("row/4");
  CHECK_ASSIGN(table, ReadTable(store));
  CHECK_HOLDS(table == expected);

  const Health health = store.GetHealth();
  CHECK_HOLDS(health.revision.sequence == 25 && health.compacted_to == 10);
  CHECK_ASSIGN(feed, ReadFeed(store, {health.revision.epoch, 10}, 25));
  CHECK_HOLDS(feed.size() == 15 && feed[11].keys == std::vector<std::string>{"b"});
  CHECK_HOLDS(feed[12].keys == std::vector<std::string>{"row/3"} && feed[14].keys[0] == AwkwardKey());

  CHECK_ASSIGN(kept, PutAs(store, "id19", "row/19", "again"));
  CHECK_HOLDS(kept.sequence == 21);
  CHECK_ASSIGN(late, PutAs(store, "id-late", "row/3", "again"));
  CHECK_HOLDS(late.sequence == 23);
  CHECK_ASSIGN(forgotten, PutAs(store, "first", "a", "again"));
  CHECK_HOLDS(forgotten.sequence == 26);
  return absl::OkStatus();
}

}  // namespace brokerage::storage::contract
