// Batches are worked on by several threads, and nothing is lost or hidden.
#include "services/matching/load_threads.h"

#include <atomic>
#include <functional>
#include <gtest/gtest.h>
#include <string>
#include <utility>
#include <vector>

namespace brokerage::matching {
namespace {

RecordBatch BatchOf(int number) {
  RecordBatch batch;
  batch.Add({std::to_string(number), "", 0});
  return batch;
}

// The same on every thread.
std::function<LoadThreads::Work()> EachDoes(LoadThreads::Work work) {
  return [work] { return work; };
}

TEST(RecordBatch, HoldsRecordsAsTheyWere) {
  RecordBatch batch;
  const std::vector<std::pair<std::string, std::string>> records = {
      {"a", "one"}, {"b", ""}, {"c", std::string("\0\xff", 2)}, {"c", "again"}};
  for (const auto& [key, value] : records) batch.Add({key, value, 7});
  std::vector<std::pair<std::string, std::string>> seen;
  const auto see = [&](absl::string_view key, absl::string_view value) {
    seen.emplace_back(key, value);
    return absl::OkStatus();
  };
  EXPECT_TRUE(batch.ForEach(see).ok());
  EXPECT_EQ(seen, records);
  int visited = 0;
  const auto stop = [&](absl::string_view, absl::string_view) {
    return ++visited == 2 ? absl::CancelledError("enough") : absl::OkStatus();
  };
  EXPECT_EQ(batch.ForEach(stop), absl::CancelledError("enough"));
  EXPECT_EQ(visited, 2);
  EXPECT_FALSE(batch.IsFull());
  batch.Add({"long", std::string(1'000'000, 'x'), 0});
  EXPECT_TRUE(batch.IsFull());
}

TEST(LoadThreads, WorkOnEveryBatchOnce) {
  std::atomic<int> sum{0};
  LoadThreads threads(EachDoes([&](const RecordBatch& batch) {
    return batch.ForEach([&](absl::string_view key, absl::string_view) {
      sum += std::stoi(std::string(key));
      return absl::OkStatus();
    });
  }));
  // Far more than wait at once.
  for (int i = 1; i <= 1'000; ++i) ASSERT_TRUE(threads.Push(BatchOf(i)).ok());
  EXPECT_TRUE(threads.Finish().ok());
  EXPECT_EQ(sum, 500'500);
}

TEST(LoadThreads, SayTheFirstErrorAndLetNobodyWait) {
  LoadThreads threads(EachDoes([](const RecordBatch& batch) {
    return batch.ForEach([](absl::string_view key, absl::string_view) {
      return key == "3" ? absl::DataLossError("three") : absl::OkStatus();
    });
  }));
  absl::Status pushed;
  for (int i = 0; i < 1'000'000 && pushed.ok(); ++i) pushed = threads.Push(BatchOf(i));
  EXPECT_EQ(pushed, absl::DataLossError("three"));
  EXPECT_EQ(threads.Finish(), absl::DataLossError("three"));
}

TEST(LoadThreads, MayBeGivenUp) {
  LoadThreads threads(EachDoes([](const RecordBatch&) { return absl::OkStatus(); }));
  EXPECT_TRUE(threads.Push(BatchOf(1)).ok());
}

}  // namespace
}  // namespace brokerage::matching
