// Who waits is woken once: by what has come, or by the end.
#include "services/rpc/waiting.h"

#include <atomic>
#include <gtest/gtest.h>
#include <thread>
#include <vector>

namespace brokerage::rpc {
namespace {

// Waits for `revision` to reach a number, and counts how often it was woken.
struct Waiter {
  void AwaitIn(News& news, const std::atomic<int>& revision, int wanted) {
    news.Await(
        this, [&revision, wanted] { return revision >= wanted; }, [this] { ++woken; });
  }
  std::atomic<int> woken{0};
};

TEST(News, WakesThoseForWhomItHasCome) {
  News news;
  std::atomic<int> revision{1};
  Waiter one;
  Waiter two;
  Waiter three;
  one.AwaitIn(news, revision, 1);
  EXPECT_EQ(one.woken, 1) << "it had come";
  two.AwaitIn(news, revision, 2);
  three.AwaitIn(news, revision, 3);
  EXPECT_EQ(news.waiting(), 2u);
  news.Tell();
  EXPECT_EQ(two.woken, 0);
  revision = 2;
  news.Tell();
  EXPECT_EQ(two.woken, 1);
  EXPECT_EQ(three.woken, 0);
  news.Tell();
  EXPECT_EQ(two.woken, 1) << "once only";
  EXPECT_EQ(news.waiting(), 1u);
}

TEST(News, WhoIsForgottenIsNotWoken) {
  News news;
  std::atomic<int> revision{0};
  Waiter waiter;
  waiter.AwaitIn(news, revision, 1);
  news.Forget(&waiter);
  news.Forget(&waiter);
  revision = 1;
  news.Tell();
  news.Stop();
  EXPECT_EQ(waiter.woken, 0);
}

TEST(News, StoppingWakesAllAndLetsNobodyWait) {
  News news;
  std::atomic<int> revision{0};
  Waiter before;
  Waiter after;
  before.AwaitIn(news, revision, 1);
  EXPECT_FALSE(news.stopped());
  news.Stop();
  EXPECT_TRUE(news.stopped());
  EXPECT_EQ(before.woken, 1);
  after.AwaitIn(news, revision, 1);
  EXPECT_EQ(after.woken, 1);
  EXPECT_EQ(news.waiting(), 0u);
}

// However the change and the wish cross, nobody is missed, and nobody is woken twice.
TEST(News, NobodyIsMissed) {
  constexpr int kRevisions = 2'000;
  constexpr int kThreads = 3;
  News news;
  std::atomic<int> revision{0};
  std::vector<std::vector<Waiter>> waiters;
  for (int i = 0; i < kThreads; ++i) waiters.emplace_back(kRevisions);
  std::vector<std::thread> threads;
  for (auto& of_thread : waiters) {
    threads.emplace_back([&news, &revision, &of_thread] {
      for (int i = 0; i < kRevisions; ++i)
        of_thread[static_cast<std::size_t>(i)].AwaitIn(news, revision, i + 1);
    });
  }
  for (int i = 0; i < kRevisions; ++i) {
    ++revision;
    news.Tell();
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(news.waiting(), 0u);
  for (const auto& of_thread : waiters) {
    for (const Waiter& waiter : of_thread) ASSERT_EQ(waiter.woken, 1);
  }
}

}  // namespace
}  // namespace brokerage::rpc
