// Groups of records that are read when they are asked about.
#include "services/matching/lazy_tables.h"

#include <array>
#include <functional>
#include <gtest/gtest.h>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

#include "storage/forwarding_store.h"
#include "storage/keys.h"
#include "storage/memory_store.h"

namespace brokerage::matching {
namespace {

// The values of records, by name; a group is what stands before the first "/".
struct Values {
  using Entry = std::string;
  static constexpr std::array kPrefixes = {storage::kVolunteers};
  static std::optional<std::string> GroupOf(absl::string_view name) {
    const auto end = name.find('/');
    return end == absl::string_view::npos ? std::nullopt : std::optional(std::string(name.substr(0, end)));
  }

  void Put(const std::string& name, std::string value) {
    values.erase(name);
    if (!value.empty()) values.emplace(name, std::move(value));
  }

  std::map<std::string, std::string> values;
};

absl::StatusOr<std::string> Read(absl::string_view /*name*/, absl::string_view bytes) {
  if (bytes == "unreadable") return absl::DataLossError("it cannot be read");
  return std::string(bytes);
}

class LazyTablesTest : public ::testing::Test {
 protected:
  // Writes it, and tells the tables; nullopt: it goes.
  void Put(const std::string& name, std::optional<std::string> value) {
    Write(name, value);
    const auto told = value ? std::optional<absl::string_view>(*value) : std::nullopt;
    ASSERT_TRUE(tables_.Put(name, told, Read).ok());
  }
  void Write(const std::string& name, const std::optional<std::string>& value) {
    const std::string key = absl::StrCat(storage::kVolunteers, name);
    storage::CommitRequest commit;
    commit.writes.push_back(value ? storage::Write::Put(key, *value) : storage::Write::Delete(key));
    ASSERT_TRUE(store_.Commit(std::move(commit)).ok());
  }

  // "a/1=one a/2=two", or the error.
  std::string Ask(absl::string_view group) {
    std::string told;
    const auto asked = tables_.Ask(group, Read, [&](const Values& table) {
      for (const auto& [name, value] : table.values)
        absl::StrAppend(&told, told.empty() ? "" : " ", name, "=", value);
    });
    return asked.ok() ? told : std::string(absl::StatusCodeToString(asked.code()));
  }

  const std::unique_ptr<storage::Store> memory_ = storage::NewMemoryStore();
  storage::FaultyStore store_{*memory_, 1};
  LazyTables<Values> tables_{store_};
};

TEST_F(LazyTablesTest, AGroupIsReadOnceAndFollowed) {
  Put("a/1", "one");
  Put("b/1", "other");
  EXPECT_EQ(Ask("a"), "a/1=one");
  Write("a/2", "not told");
  EXPECT_EQ(Ask("a"), "a/1=one");
  Put("a/3", "three");
  Put("a/1", std::nullopt);
  EXPECT_EQ(Ask("a"), "a/3=three");
  tables_.Forget();
  EXPECT_EQ(Ask("a"), "a/2=not told a/3=three");
}

TEST_F(LazyTablesTest, NothingIsKeptOfGroupsWithoutRecords) {
  Put("a/1", "one");
  EXPECT_EQ(Ask("a"), "a/1=one");
  for (int i = 0; i < 100; ++i) EXPECT_EQ(Ask(absl::StrCat("nobody", i)), "");
  EXPECT_EQ(tables_.size(), 1u);
  // One that is there later is read then.
  Put("nobody1/1", "somebody");
  EXPECT_EQ(Ask("nobody1"), "nobody1/1=somebody");
  EXPECT_EQ(tables_.size(), 2u);
}

TEST_F(LazyTablesTest, WhatCannotBeReadIsSaidAndReadAgain) {
  Put("a/1", "one");
  Write("a/2", "unreadable");
  EXPECT_EQ(Ask("a"), "DATA_LOSS");
  EXPECT_EQ(tables_.size(), 0u);
  Write("a/2", "two");
  storage::Faults faults;
  faults.failed_reads = 10'000;
  store_.Set(faults);
  EXPECT_EQ(Ask("a"), "UNAVAILABLE");
  store_.Set({});
  EXPECT_EQ(Ask("a"), "a/1=one a/2=two");
}

// A store where something is told while it is read.
class ToldWhileRead final : public storage::ForwardingStore {
 public:
  ToldWhileRead(Store& inner, std::function<void()> tell) : ForwardingStore(inner), tell_(std::move(tell)) {}

  absl::StatusOr<storage::Revision> SnapshotOf(const std::vector<absl::string_view>& prefixes,
                                               const SnapshotSink& sink) const override {
    auto revision = ForwardingStore::SnapshotOf(prefixes, sink);
    tell_();
    return revision;
  }

 private:
  const std::function<void()> tell_;
};

TEST_F(LazyTablesTest, WhatIsToldWhileItIsReadIsNotLost) {
  Write("a/1", "one");
  LazyTables<Values>* told = nullptr;
  const ToldWhileRead store(store_, [&] {
    EXPECT_TRUE(told->Put("a/1", "newer", Read).ok());
    EXPECT_TRUE(told->Put("b/1", "the first there", Read).ok());
  });
  LazyTables<Values> tables(store);
  told = &tables;
  const auto ask = [&](absl::string_view group) {
    std::string value;
    EXPECT_TRUE(tables
                    .Ask(group, Read,
                         [&](const Values& table) {
                           if (!table.values.empty()) value = table.values.begin()->second;
                         })
                    .ok());
    return value;
  };
  EXPECT_EQ(ask("a"), "newer");
  EXPECT_EQ(ask("b"), "the first there");
  EXPECT_EQ(tables.size(), 2u);
}

}  // namespace
}  // namespace brokerage::matching
