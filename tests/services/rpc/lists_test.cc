#include "services/rpc/lists.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <random>

#include "absl/strings/match.h"

#include "brokerage/storage/v1/record.pb.h"
#include "storage/forwarding_store.h"
#include "storage/keys.h"
#include "storage/memory_store.h"
#include "tests/services/rpc/test_call.h"
#include "tests/support/outline.h"

namespace brokerage::rpc {
namespace {

using registry::v1::Organisation;
using storage::v1::OrganisationRecord;
using ::testing::ElementsAre;

using Show = std::function<std::optional<Organisation>(const storage::Stored<OrganisationRecord>&)>;

class ListsTest : public ::testing::Test {
 protected:
  // Organisations whose update times are shuffled, and of which some share one.
  void Fill(int count) {
    std::vector<int> moments;
    for (int i = 0; i < count; ++i) moments.push_back(i / 3);
    std::shuffle(moments.begin(), moments.end(), std::mt19937(7));
    storage::CommitRequest commit;
    for (int i = 0; i < count; ++i) {
      OrganisationRecord record;
      Organisation& organisation = *record.mutable_organisation();
      organisation.set_name(absl::StrCat("organisations/", absl::Dec(i, absl::kZeroPad6)));
      organisation.mutable_update_time()->set_seconds(moments[static_cast<std::size_t>(i)]);
      organisation.mutable_update_time()->set_nanos(i % 2 == 0 ? 0 : 999'999'999);
      commit.writes.push_back(table_.Put(organisation.name(), record));
      all_.push_back(organisation);
    }
    ASSERT_TRUE(store_->Commit(std::move(commit)).ok());
  }

  // All pages of a list, joined; checks that each is full but for the last: as many as were asked for, or
  // `fit` (nullopt: however many).
  std::vector<std::string> Names(ListOrder order, int64_t page_size, const Show& show,
                                 const Among& among = {}, std::optional<int64_t> fit = 1'000'000) {
    std::vector<std::string> names;
    ListQuery query{order, page_size, "", among};
    while (true) {
      const auto page = ReadPage<Organisation, OrganisationRecord>(*call_, table_, query, show);
      EXPECT_TRUE(page.ok()) << page.status();
      if (!page.ok()) return names;
      for (const Organisation& item : page->items) names.push_back(item.name());
      if (page->next_cursor.empty()) return names;
      if (fit) {
        EXPECT_EQ(static_cast<int64_t>(page->items.size()), std::min(page_size, *fit));
      }
      query.cursor = page->next_cursor;
    }
  }

  static std::optional<Organisation> Everything(const storage::Stored<OrganisationRecord>& stored) {
    return stored.message.organisation();
  }
  static std::optional<Organisation> EverySeventh(const storage::Stored<OrganisationRecord>& stored) {
    if (std::stoi(stored.name.substr(stored.name.size() - 6)) % 7 != 0) return std::nullopt;
    return stored.message.organisation();
  }

  std::vector<std::string> Sorted(ListOrder order, int every) const {
    std::vector<std::pair<std::string, std::string>> keyed;
    for (std::size_t i = 0; i < all_.size(); i += static_cast<std::size_t>(every)) {
      // Micros, as the order goes.
      const int64_t micros =
          all_[i].update_time().seconds() * 1'000'000 + all_[i].update_time().nanos() / 1'000;
      keyed.emplace_back(absl::StrCat(absl::Dec(order.by_update_time ? micros : 0, absl::kZeroPad20)),
                         all_[i].name());
    }
    std::sort(keyed.begin(), keyed.end());
    if (order.descending) std::reverse(keyed.begin(), keyed.end());
    std::vector<std::string> names;
    for (auto& [key, name] : keyed) names.push_back(std::move(name));
    return names;
  }

  std::unique_ptr<storage::Store> store_ = storage::NewMemoryStore();
  const storage::Table<OrganisationRecord> table_{*store_, storage::kOrganisations};
  const TestCall call_;
  std::vector<Organisation> all_;
};

TEST_F(ListsTest, PagesJoinToTheWholeInEveryOrder) {
  // More than are read from the store at once, and not a multiple of it.
  Fill(static_cast<int>(kListReadAhead) * 2 + 77);
  for (const bool by_update_time : {false, true}) {
    for (const bool descending : {false, true}) {
      const ListOrder order{by_update_time, descending};
      for (const int64_t page_size : {1'000, 271}) {
        EXPECT_EQ(Names(order, page_size, Everything), Sorted(order, 1)) << by_update_time << descending;
        EXPECT_EQ(Names(order, page_size, EverySeventh), Sorted(order, 7)) << by_update_time << descending;
      }
    }
  }
}

TEST_F(ListsTest, AnExactlyFullLastPageHasNoNext) {
  Fill(10);
  for (const bool descending : {false, true}) {
    const ListQuery query{{false, descending}, 10, "", {}};
    const auto page = ReadPage<Organisation, OrganisationRecord>(*call_, table_, query, Everything);
    ASSERT_TRUE(page.ok());
    EXPECT_EQ(page->items.size(), 10u);
    EXPECT_EQ(page->next_cursor, "");
  }
}

TEST_F(ListsTest, APageThatWouldBeTooLargeHoldsLess) {
  Fill(10);
  const auto sized = [](const std::function<std::size_t(int)>& bytes_of) -> Show {
    return [=](const storage::Stored<OrganisationRecord>& stored) {
      Organisation organisation = stored.message.organisation();
      const int number = std::stoi(stored.name.substr(stored.name.size() - 6));
      organisation.set_description(std::string(bytes_of(number), 'x'));
      return organisation;
    };
  };
  const auto quarters = sized([](int) { return kMaxPageBytes / 4; });  // and its other fields
  const auto giants = sized([](int) { return 2 * kMaxPageBytes; });
  // What comes behind a large one and would still fit waits for it.
  const auto mixed = sized([](int number) { return number % 3 == 1 ? kMaxPageBytes - 500 : 100; });
  for (const ListOrder order : {ListOrder{false, false}, ListOrder{false, true}, ListOrder{true, false}}) {
    EXPECT_EQ(Names(order, 5, quarters, {}, 3), Sorted(order, 1));
    EXPECT_EQ(Names(order, 2, quarters, {}, 3), Sorted(order, 1));
    EXPECT_EQ(Names(order, 5, giants, {}, 1), Sorted(order, 1));
    EXPECT_EQ(Names(order, 5, mixed, {}, std::nullopt), Sorted(order, 1));
  }
}

TEST_F(ListsTest, AnEmptyListIsOnePage) { EXPECT_THAT(Names({}, 5, Everything), ElementsAre()); }

TEST_F(ListsTest, APrefixNarrows) {
  Fill(30);
  EXPECT_THAT(Names({}, 2, Everything, {"organisations/00002", {}}),
              ElementsAre("organisations/000020", "organisations/000021", "organisations/000022",
                          "organisations/000023", "organisations/000024", "organisations/000025",
                          "organisations/000026", "organisations/000027", "organisations/000028",
                          "organisations/000029"));
  EXPECT_EQ(Names({true, true}, 3, Everything, {"organisations/00002", {}}).size(), 10u);
  EXPECT_THAT(Names({}, 2, Everything, {"organisations/x", {}}), ElementsAre());
}

TEST_F(ListsTest, NamesNarrow) {
  Fill(static_cast<int>(kListReadAhead) * 2);
  Among among;
  std::vector<std::string> expected;
  among.names.emplace();
  for (int i = 0; i < static_cast<int>(kListReadAhead) * 2 + 10; i += 2) {  // some of which there are none
    among.names->push_back(absl::StrCat("organisations/", absl::Dec(i, absl::kZeroPad6)));
    if (i % 14 == 0 && i < static_cast<int>(all_.size())) expected.push_back(among.names->back());
  }
  for (const int64_t page_size : {1, 7, 1'000}) {
    EXPECT_EQ(Names({}, page_size, EverySeventh, among), expected);
  }
  EXPECT_THAT(Names({true, true}, 10, EverySeventh, among), ::testing::UnorderedElementsAreArray(expected));
  among.name_prefix = "organisations/00002";
  EXPECT_THAT(Names({}, 1, Everything, among),
              ElementsAre("organisations/000020", "organisations/000022", "organisations/000024",
                          "organisations/000026", "organisations/000028"));
  among.names->clear();
  EXPECT_THAT(Names({}, 1, Everything, among), ElementsAre());
}

TEST_F(ListsTest, WhatIsAddedMeanwhileShiftsNoPage) {
  Fill(10);
  ListQuery query{{}, 4, "", {}};
  const auto first = ReadPage<Organisation, OrganisationRecord>(*call_, table_, query, Everything);
  ASSERT_TRUE(first.ok());
  OrganisationRecord early;
  early.mutable_organisation()->set_name("organisations/000000a");
  storage::CommitRequest commit;
  commit.writes = {table_.Put("organisations/000000a", early)};
  ASSERT_TRUE(store_->Commit(std::move(commit)).ok());
  query.cursor = first->next_cursor;
  const auto second = ReadPage<Organisation, OrganisationRecord>(*call_, table_, query, Everything);
  ASSERT_TRUE(second.ok());
  EXPECT_EQ(second->items.front().name(), "organisations/000004");
}

TEST_F(ListsTest, TheStoresErrorsAreTranslated) {
  storage::FaultyStore faulty(*store_, 1);
  storage::Faults faults;
  faults.failed_reads = 10'000;
  faulty.Set(faults);
  const storage::Table<OrganisationRecord> table(faulty, storage::kOrganisations);
  const auto page = ReadPage<Organisation, OrganisationRecord>(*call_, table, {{}, 5, "", {}}, Everything);
  EXPECT_EQ(support::Outline(page), "UNAVAILABLE STORE_UNAVAILABLE");
}

TEST_F(ListsTest, ARecordThatIsNoneIsInternal) {
  storage::CommitRequest commit;
  commit.writes = {storage::Write::Put("org/organisations/x", "\xff\xff\xff")};
  ASSERT_TRUE(store_->Commit(std::move(commit)).ok());
  const auto page = ReadPage<Organisation, OrganisationRecord>(*call_, table_, {{}, 5, "", {}}, Everything);
  EXPECT_EQ(support::Outline(page), "INTERNAL INTERNAL");
}

}  // namespace
}  // namespace brokerage::rpc
