#include "services/rpc/working_set.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "brokerage/storage/v1/record.pb.h"
#include "storage/memory_store.h"

namespace brokerage::rpc {
namespace {

using storage::v1::CentreView;

class WorkingSetTest : public ::testing::Test {
 protected:
  uint64_t Put(const std::string& key, const std::string& value) {
    storage::CommitRequest commit;
    commit.writes.push_back(storage::Write::Put(key, value));
    return store_->Commit(std::move(commit))->sequence;
  }
  static std::string Bytes(const std::string& name) {
    CentreView view;
    view.set_name(name);
    return view.SerializeAsString();
  }

  std::unique_ptr<storage::Store> store_ = storage::NewMemoryStore();
};

TEST_F(WorkingSetTest, GuardsWhatWasReadAndWritesWhatWasChanged) {
  const uint64_t a = Put("x/a", Bytes("a"));
  const uint64_t b = Put("x/b", Bytes("b"));
  WorkingSet records(*store_);
  EXPECT_EQ((*records.Find<CentreView>("x/", "a"))->name(), "a");
  EXPECT_EQ(*records.Find<CentreView>("x/", "none"), nullptr);
  (*records.Edit<CentreView>("x/", "b"))->set_name("B");
  (*records.Edit<CentreView>("x/", "new"))->set_name("n");
  EXPECT_EQ((*records.Find<CentreView>("x/", "b"))->name(), "B");
  EXPECT_EQ((*records.Find<CentreView>("x/", "new"))->name(), "n");
  EXPECT_EQ(records.SequenceOf("x/", "a"), a);
  EXPECT_EQ(records.SequenceOf("x/", "new"), 0U);
  EXPECT_EQ(records.newest(), b);

  const Draft draft = records.ToDraft("the resource");
  EXPECT_EQ(draft.resource, "the resource");
  ASSERT_EQ(draft.guards.size(), 4U);
  EXPECT_EQ(draft.guards[0].key + "|" + draft.guards[1].key, "x/a|x/b");
  EXPECT_EQ(draft.guards[0].sequence, a);
  EXPECT_EQ(draft.guards[1].sequence, b);
  EXPECT_EQ(draft.guards[2].sequence, std::nullopt);
  EXPECT_EQ(draft.guards[3].sequence, std::nullopt);
  ASSERT_EQ(draft.writes.size(), 2U);
  EXPECT_EQ(draft.writes[0].key, "x/b");
  EXPECT_EQ(draft.writes[0].value, Bytes("B"));
  EXPECT_EQ(draft.writes[1].key, "x/new");
}

TEST_F(WorkingSetTest, ChangesALentRecordWhereItLiesAndLeavesItToItsOwner) {
  Put("x/a", Bytes("a"));
  WorkingSet records(*store_);
  CentreView mine;
  mine.set_name("mine");
  records.Lend("x/", "a", mine);
  EXPECT_EQ((*records.Find<CentreView>("x/", "a"))->name(), "mine");
  (*records.Edit<CentreView>("x/", "a"))->set_name("changed");
  EXPECT_EQ(mine.name(), "changed");
  const Beside beside = records.ToBeside();
  EXPECT_TRUE(beside.guards.empty());
  EXPECT_TRUE(beside.writes.empty());
}

TEST_F(WorkingSetTest, WhatCannotBeReadIsOurFault) {
  Put("x/a", "\xff");
  WorkingSet records(*store_);
  EXPECT_EQ(records.Find<CentreView>("x/", "a").status().code(), absl::StatusCode::kInternal);
}

}  // namespace
}  // namespace brokerage::rpc
