#include "services/matching/reports/pinned_rows.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

namespace brokerage::matching {
namespace {

using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

std::vector<std::string> RowsOf(const PinnedRows<std::string>::State& state) {
  std::vector<std::string> rows;
  state.ForEach([&](const std::string& row) { rows.push_back(row); });
  return rows;
}

std::vector<std::string> Sorted(std::vector<std::string> rows) {
  std::sort(rows.begin(), rows.end());
  return rows;
}

TEST(PinnedRows, ANameHasOneRow) {
  PinnedRows<std::string> rows;
  rows.Put("a", "first");
  rows.Put("b", "other");
  rows.Put("a", "second");
  EXPECT_THAT(RowsOf(rows.Pin()), UnorderedElementsAre("second", "other"));
  rows.Remove("a");
  rows.Remove("a");
  rows.Remove("never was");
  EXPECT_THAT(RowsOf(rows.Pin()), UnorderedElementsAre("other"));
  rows.Put("c", "in its place");
  EXPECT_THAT(RowsOf(rows.Pin()), UnorderedElementsAre("other", "in its place"));
}

TEST(PinnedRows, AStateStaysAsItWasPinned) {
  PinnedRows<std::string> rows;
  const auto none = rows.Pin();
  rows.Put("a", "1");
  const auto one = rows.Pin();
  const auto same = rows.Pin();
  rows.Put("a", "2");
  rows.Put("b", "3");
  const auto two = rows.Pin();
  rows.Remove("a");
  rows.Put("c", "4");
  EXPECT_THAT(RowsOf(none), IsEmpty());
  EXPECT_THAT(RowsOf(one), UnorderedElementsAre("1"));
  EXPECT_THAT(RowsOf(same), UnorderedElementsAre("1"));
  EXPECT_THAT(RowsOf(two), UnorderedElementsAre("2", "3"));
  EXPECT_THAT(RowsOf(rows.Pin()), UnorderedElementsAre("3", "4"));
}

// More than a block holds, so that changes meet several.
TEST(PinnedRows, ManyRowsAreEachThereOnce) {
  constexpr int kRows = 3'000;
  PinnedRows<std::string> rows;
  for (int i = 0; i < kRows; ++i) rows.Put(absl::StrCat("name ", i), absl::StrCat(i));
  const auto all = rows.Pin();
  for (int i = 0; i < kRows; i += 2) rows.Remove(absl::StrCat("name ", i));
  for (int i = 1; i < kRows; i += 4) rows.Put(absl::StrCat("name ", i), "changed");
  for (int i = 0; i < kRows / 4; ++i) rows.Put(absl::StrCat("new name ", i), "new");

  std::vector<std::string> wanted;
  for (int i = 0; i < kRows; ++i) wanted.push_back(absl::StrCat(i));
  EXPECT_EQ(Sorted(RowsOf(all)), Sorted(wanted));

  wanted.assign(kRows / 4, "changed");
  wanted.insert(wanted.end(), kRows / 4, "new");
  for (int i = 3; i < kRows; i += 4) wanted.push_back(absl::StrCat(i));
  EXPECT_EQ(Sorted(RowsOf(rows.Pin())), Sorted(wanted));
}

}  // namespace
}  // namespace brokerage::matching
