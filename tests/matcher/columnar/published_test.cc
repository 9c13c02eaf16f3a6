// What is pinned lives, what is not goes, however pins and replacements meet. Runs under ThreadSanitizer.
#include "matcher/columnar/published.h"

#include <atomic>
#include <gtest/gtest.h>
#include <memory>
#include <thread>
#include <vector>

namespace brokerage::matcher {
namespace {

// Counts those that live; says when it is read after its end.
class Tracked {
 public:
  explicit Tracked(int value) : value_(value) { ++alive; }
  ~Tracked() {
    value_ = -1;
    --alive;
  }
  int value() const { return value_; }

  static inline std::atomic<int> alive = 0;

 private:
  std::atomic<int> value_;
};

constexpr auto kTellNobody = [] {};

TEST(Published, GoesWithTheNextAfterTheLastPin) {
  {
    Published<Tracked> published(std::make_shared<const Tracked>(1));
    auto first = published.Pin();
    auto again = published.Pin();
    published.Set(std::make_shared<const Tracked>(2), kTellNobody);
    EXPECT_EQ(first->value(), 1);
    EXPECT_EQ(published.Pin()->value(), 2);
    EXPECT_EQ(Tracked::alive, 2);
    first.reset();
    published.Set(std::make_shared<const Tracked>(3), kTellNobody);
    EXPECT_EQ(Tracked::alive, 2);
    EXPECT_EQ(again->value(), 1);
    again.reset();
    EXPECT_EQ(Tracked::alive, 2);
    published.Set(std::make_shared<const Tracked>(4), kTellNobody);
    EXPECT_EQ(Tracked::alive, 1);
  }
  EXPECT_EQ(Tracked::alive, 0);
}

TEST(Published, TellsOfTheNextBeforeOldOnesGo) {
  Published<Tracked> published(std::make_shared<const Tracked>(1));
  int told = 0;
  published.Set(std::make_shared<const Tracked>(2), [&] {
    ++told;
    EXPECT_EQ(published.Pin()->value(), 2);
    EXPECT_EQ(Tracked::alive, 2);
  });
  EXPECT_EQ(told, 1);
  EXPECT_EQ(Tracked::alive, 1);
}

TEST(Published, PinsOutliveIt) {
  std::shared_ptr<const Tracked> replaced;
  std::shared_ptr<const Tracked> present;
  {
    Published<Tracked> published(std::make_shared<const Tracked>(1));
    replaced = published.Pin();
    published.Set(std::make_shared<const Tracked>(2), kTellNobody);
    present = published.Pin();
  }
  EXPECT_EQ(replaced->value(), 1);
  EXPECT_EQ(present->value(), 2);
  replaced.reset();
  EXPECT_EQ(Tracked::alive, 1);
  present.reset();
  EXPECT_EQ(Tracked::alive, 0);
}

TEST(Published, CountsMorePinsThanAWordHolds) {
  {
    Published<Tracked> published(std::make_shared<const Tracked>(1));
    std::vector<std::shared_ptr<const Tracked>> pins;
    for (int i = 0; i < 200'000; ++i) pins.push_back(published.Pin());
    published.Set(std::make_shared<const Tracked>(2), kTellNobody);
    pins.resize(1);
    EXPECT_EQ(pins.front()->value(), 1);
    EXPECT_EQ(Tracked::alive, 2);
    pins.clear();
    published.Set(std::make_shared<const Tracked>(3), kTellNobody);
    EXPECT_EQ(Tracked::alive, 1);
  }
  EXPECT_EQ(Tracked::alive, 0);
}

TEST(PublishedConcurrency, ReadersNeverSeeWhatHasGone) {
  constexpr int kStates = 3'000;
  {
    Published<Tracked> published(std::make_shared<const Tracked>(0));
    std::vector<std::thread> readers;
    for (int i = 0; i < 3; ++i) {
      readers.emplace_back([&] {
        int last = 0;
        std::shared_ptr<const Tracked> kept;
        while (last < kStates) {
          auto pinned = published.Pin();
          ASSERT_GE(pinned->value(), last);
          last = pinned->value();
          if (kept != nullptr) {
            ASSERT_GE(kept->value(), 0);
          }
          if (last % 3 == 0) kept = std::move(pinned);
        }
      });
    }
    for (int state = 1; state <= kStates; ++state) {
      published.Set(std::make_shared<const Tracked>(state), kTellNobody);
    }
    for (std::thread& reader : readers) reader.join();
    published.Set(std::make_shared<const Tracked>(kStates), kTellNobody);
    EXPECT_EQ(Tracked::alive, 1);
  }
  EXPECT_EQ(Tracked::alive, 0);
}

}  // namespace
}  // namespace brokerage::matcher
