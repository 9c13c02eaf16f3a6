// What group commit is worth: durable commits of 1 KB a second, by the number of writers that share the
// syncs.
//
// Usage: storage_bench [DIRECTORY [SECONDS]]
//   DIRECTORY  a new directory on the disk to be measured, removed afterwards (default: one of the present
//   directory) SECONDS    for each number of writers (default: 3)
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"

#include "storage/rocksdb_store.h"

namespace {

using brokerage::storage::CommitRequest;
using brokerage::storage::Store;
using brokerage::storage::Write;
using Clock = std::chrono::steady_clock;

constexpr int kWriters[] = {1, 8, 32, 128};
constexpr std::size_t kValueBytes = 1'000;

struct Measured {
  double commits_per_second = 0;
  double p50_ms = 0;
  double p99_ms = 0;
};

double Milliseconds(Clock::duration duration) {
  return std::chrono::duration<double, std::milli>(duration).count();
}

Measured Measure(Store& store, int writers, double seconds) {
  const auto end =
      Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
  std::mutex mutex;
  std::vector<double> all;
  std::vector<std::thread> threads;
  for (int writer = 0; writer < writers; ++writer) {
    threads.emplace_back([&, writer] {
      std::vector<double> mine;
      const std::string value(kValueBytes, static_cast<char>('a' + writer % 26));
      for (int i = 0; Clock::now() < end; ++i) {
        CommitRequest request;
        request.writes = {Write::Put(absl::StrCat("key/", writer, "/", i % 1'000), value)};
        const auto begin = Clock::now();
        if (const auto revision = store.Commit(std::move(request)); !revision.ok()) {
          std::fprintf(stderr, "%s\n", revision.status().ToString().c_str());
          std::exit(1);
        }
        mine.push_back(Milliseconds(Clock::now() - begin));
      }
      const std::lock_guard lock(mutex);
      all.insert(all.end(), mine.begin(), mine.end());
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::sort(all.begin(), all.end());
  const auto at = [&](double share) {
    return all[static_cast<std::size_t>(share * static_cast<double>(all.size() - 1))];
  };
  return {static_cast<double>(all.size()) / seconds, at(0.5), at(0.99)};
}

}  // namespace

int main(int argc, char** argv) {
  brokerage::storage::RocksDbOptions options;
  options.path = argc > 1 ? argv[1] : "storage_bench.data";
  options.store.owner = "bench";
  const double seconds = argc > 2 ? std::atof(argv[2]) : 3;
  if (std::filesystem::exists(options.path) || seconds <= 0) {
    std::fprintf(stderr, "usage: storage_bench [NEW-DIRECTORY [SECONDS]]\n");
    return 2;
  }
  {
    const auto store = brokerage::storage::OpenRocksDb(options);
    if (!store.ok()) {
      std::fprintf(stderr, "%s\n", store.status().ToString().c_str());
      return 1;
    }
    std::printf("%8s %12s %10s %10s %8s\n", "writers", "commits/s", "p50 ms", "p99 ms", "ratio");
    double alone = 0;
    for (const int writers : kWriters) {
      const Measured measured = Measure(**store, writers, seconds);
      if (alone == 0) alone = measured.commits_per_second;
      std::printf("%8d %12.0f %10.2f %10.2f %8.1f\n", writers, measured.commits_per_second, measured.p50_ms,
                  measured.p99_ms, measured.commits_per_second / alone);
    }
  }
  std::filesystem::remove_all(options.path);
  return 0;
}
