// Batches are worked on by several threads, and nothing is lost or hidden.
#include "services/matching/load_threads.h"

#include <atomic>
#include <gtest/gtest.h>
#include <string>

namespace brokerage::matching {
namespace {

LoadThreads::Batch BatchOf(int number) { return {storage::Entry{std::to_string(number), "", 0}}; }

TEST(LoadThreads, WorkOnEveryBatchOnce) {
  std::atomic<int> sum{0};
  LoadThreads threads([&](const LoadThreads::Batch& batch) {
    for (const storage::Entry& entry : batch) sum += std::stoi(entry.key);
    return absl::OkStatus();
  });
  // Far more than wait at once.
  for (int i = 1; i <= 1'000; ++i) ASSERT_TRUE(threads.Push(BatchOf(i)).ok());
  EXPECT_TRUE(threads.Finish().ok());
  EXPECT_EQ(sum, 500'500);
}

TEST(LoadThreads, SayTheFirstErrorAndLetNobodyWait) {
  LoadThreads threads([](const LoadThreads::Batch& batch) {
    return batch.front().key == "3" ? absl::DataLossError("three") : absl::OkStatus();
  });
  absl::Status pushed;
  for (int i = 0; i < 1'000'000 && pushed.ok(); ++i) pushed = threads.Push(BatchOf(i));
  EXPECT_EQ(pushed, absl::DataLossError("three"));
  EXPECT_EQ(threads.Finish(), absl::DataLossError("three"));
}

TEST(LoadThreads, MayBeGivenUp) {
  LoadThreads threads([](const LoadThreads::Batch&) { return absl::OkStatus(); });
  EXPECT_TRUE(threads.Push(BatchOf(1)).ok());
}

}  // namespace
}  // namespace brokerage::matching
