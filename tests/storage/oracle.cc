#include "tests/storage/oracle.h"

#include <cstdlib>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

#include "tests/storage/check.h"
#include "tests/storage/store_helpers.h"

namespace brokerage::storage::contract {
namespace {

// Long enough that files fill and are merged during a test.
std::string ValueOf(const std::string& id) {
  std::string value = id;
  while (value.size() < 300) absl::StrAppend(&value, ":", id);
  return value;
}

std::string IdOf(int writer, int number) { return absl::StrCat(writer, "/", number); }

}  // namespace

CommitRequest OracleCommit(int writer, int number) {
  CommitRequest request;
  request.request_id = IdOf(writer, number);
  request.writes = {Write::Put("left/" + request.request_id, ValueOf(request.request_id)),
                    Write::Put("right/" + request.request_id, ValueOf(request.request_id))};
  return request;
}

absl::Status CheckOracle(const Store& store, const Acknowledged& acknowledged) {
  CHECK_ASSIGN(left, ReadTable(store, "left/"));
  CHECK_ASSIGN(right, ReadTable(store, "right/"));
  for (const auto& [id, sequence] : acknowledged) {
    const auto found = left.find("left/" + id);
    CHECK_HOLDS(found != left.end(), "acknowledged and lost: ", id, " at ", sequence);
    CHECK_HOLDS(found->second.first == sequence, "moved: ", id);
  }
  const Revision last = store.GetHealth().revision;
  CHECK_HOLDS(left.size() == last.sequence && right.size() == last.sequence, left.size(), " and ",
              right.size(), " of ", last.sequence);
  CHECK_ASSIGN(feed, ReadFeed(store, {last.epoch, 0}, last.sequence));
  for (const Change& change : feed) {
    CHECK_HOLDS(change.keys.size() == 2);
    const std::string id = change.keys[0].substr(5);
    const std::pair<uint64_t, std::string> expected = {change.sequence, ValueOf(id)};
    CHECK_HOLDS(left["left/" + id] == expected && right["right/" + id] == expected,
                "half applied or wrong: ", id);
  }
  return absl::OkStatus();
}

int Repeats(const char* name, int usual) {
  const char* value = std::getenv(name);
  int number = 0;
  return value != nullptr && absl::SimpleAtoi(value, &number) ? number : usual;
}

}  // namespace brokerage::storage::contract
