// Every state of an index has a number of its own, so that whoever let one go knows another from it.
#include <gtest/gtest.h>
#include <memory>
#include <set>

#include "tests/matcher/index_kinds.h"
#include "tests/matcher/situation.h"

namespace brokerage::matcher {
namespace {

class IndexStates : public testing::TestWithParam<IndexKind> {};

TEST_P(IndexStates, EveryPublicationIsAnotherOfTheSameRevisionToo) {
  const std::unique_ptr<Index> index = GetParam().make(TestWorld());
  std::set<uint64_t> met;
  const auto is_new = [&] { return met.insert(index->Pin()->state()).second; };
  EXPECT_TRUE(is_new());
  EXPECT_FALSE(is_new()) << "pinned again";
  index->Publish({}, {1, 1});
  EXPECT_TRUE(is_new());
  index->Publish({}, {1, 1});
  EXPECT_TRUE(is_new());
  const std::unique_ptr<Load> load = index->StartLoad();
  index->Publish({}, {1, 1});
  EXPECT_TRUE(is_new());
  load->Finish({1, 1});
  EXPECT_TRUE(is_new());
  index->Publish({}, {1, 1});
  EXPECT_TRUE(is_new());
}

INSTANTIATE_TEST_SUITE_P(Kinds, IndexStates, testing::ValuesIn(IndexKinds()),
                         [](const auto& instance) { return instance.param.name; });

}  // namespace
}  // namespace brokerage::matcher
