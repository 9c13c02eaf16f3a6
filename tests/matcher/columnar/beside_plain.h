// A columnar index beside a plain one: both are told the same, and have to answer the same.
#pragma once

#include <cstdint>
#include <gtest/gtest.h>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "matcher/columnar/columnar_index.h"
#include "matcher/plain_index.h"
#include "tests/matcher/random_world.h"
#include "tests/matcher/situation.h"

namespace brokerage::matcher {

class BesidePlain : public testing::TestWithParam<uint64_t> {
 protected:
  explicit BesidePlain(const RandomWorld& world) : world_(world) {
    const auto shared = TestWorld(world_.waters());
    columnar_ = MakeColumnarIndex(shared);
    plain_ = MakePlainIndex(shared);
  }

  void Publish(const std::vector<Change>& changes) {
    ++sequence_;
    columnar_->Publish(changes, {1, sequence_});
    plain_->Publish(changes, {1, sequence_});
  }

  // Changes of all kinds.
  void Disturb(int times) {
    std::vector<Change> changes;
    for (int i = 0; i < times; ++i) {
      for (Change& change : world_.Disturb()) changes.push_back(std::move(change));
    }
    Publish(changes);
    EXPECT_EQ(columnar_->Pin()->size().volunteers, plain_->Pin()->size().volunteers);
    EXPECT_EQ(columnar_->Pin()->size().opportunities, plain_->Pin()->size().opportunities);
  }

  static void ExpectSame(const MatchList& expected, const MatchList& list) {
    ASSERT_EQ(list.matches.size(), expected.matches.size());
    EXPECT_EQ(list.more, expected.more);
    EXPECT_EQ(list.counts, expected.counts);
    EXPECT_EQ(list.length, expected.length);
    for (std::size_t i = 0; i < list.matches.size(); ++i) {
      ASSERT_EQ(list.matches[i].key, expected.matches[i].key) << i;
      ASSERT_EQ(list.matches[i].pair, expected.matches[i].pair) << i;
      ASSERT_EQ(list.matches[i].label, expected.matches[i].label) << i;
    }
  }

  // Some of the list, and what follows some place of it.
  template <typename Query>
  void CheckQuery(const View& view, const View& plain, const Query& query) {
    const Moment moment = world_.AMoment();
    const Weights weights = world_.SomeWeights();
    const std::size_t k = world_.Chance(80) ? 20 : world_.Below(4'000);
    const MatchList expected = plain.TopK(query, moment, weights, k, std::nullopt);
    ExpectSame(expected, view.TopK(query, moment, weights, k, std::nullopt));
    if (expected.matches.empty() || HasFatalFailure()) return;
    matches_ += expected.matches.size();
    const RankKey after = expected.matches[world_.Below(expected.matches.size())].key;
    ExpectSame(plain.TopK(query, moment, weights, 20, after), view.TopK(query, moment, weights, 20, after));
  }

  RandomWorld world_;
  std::unique_ptr<Index> columnar_;
  std::unique_ptr<Index> plain_;
  uint64_t sequence_ = 0;
  std::size_t matches_ = 0;
};

}  // namespace brokerage::matcher
