// A table of records holds what a map of them would, and old states of it stay as they were.
#include "matcher/sharded_table.h"

#include <gtest/gtest.h>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

namespace brokerage::matcher {
namespace {

struct Record {
  std::string name;
  int value = 0;
};
using Table = ShardedTable<Record>;
using Expected = std::map<std::string, int>;

Expected ContentsOf(const Table& table) {
  Expected contents;
  table.ForEach([&](const Record& record) {
    EXPECT_TRUE(contents.emplace(record.name, record.value).second) << record.name;
  });
  return contents;
}

TEST(ShardedTable, HoldsWhatWasEditedAndLeavesOldStatesAlone) {
  std::mt19937_64 random(7);
  Table table;
  Expected expected;
  std::vector<std::pair<Table, Expected>> states;
  for (int state = 0; state < 40; ++state) {
    states.emplace_back(table, expected);
    Table::Editor editor(table);
    for (int i = 0; i < 500; ++i) {
      const std::string name = absl::StrCat("record ", random() % 9'000);
      if (random() % 3 == 0) {
        editor.Erase(name);
        expected.erase(name);
        EXPECT_EQ(editor.Find(name), nullptr);
      } else {
        editor.Edit(name).value = i;
        expected[name] = i;
        ASSERT_NE(editor.Find(name), nullptr);
        EXPECT_EQ(editor.Find(name)->value, i);
      }
    }
    table = std::move(editor).Finish();
  }
  states.emplace_back(table, expected);
  EXPECT_GT(expected.size(), 4'000u);
  for (const auto& [then, held] : states) {
    EXPECT_EQ(ContentsOf(then), held);
    for (int i = 0; i < 9'000; i += 11) {
      const std::string name = absl::StrCat("record ", i);
      const Record* const found = then.Find(name);
      const auto it = held.find(name);
      ASSERT_EQ(found != nullptr, it != held.end()) << name;
      if (found == nullptr) continue;
      EXPECT_EQ(found->value, it->second) << name;
    }
  }
}

}  // namespace
}  // namespace brokerage::matcher
