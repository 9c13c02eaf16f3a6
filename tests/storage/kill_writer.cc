// A process to be killed: opens the database of its first argument, and writes on 8 threads until it dies.
// Each acknowledged commit is a line on standard output: "request-id sequence".
//
// Usage: storage_kill_writer DIRECTORY FIRST-NUMBER
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <thread>
#include <unistd.h>
#include <vector>

#include "absl/strings/str_cat.h"

#include "storage/rocksdb_store.h"
#include "tests/storage/oracle.h"

namespace {

constexpr int kWriters = 8;
// Ends by itself should nobody kill it.
constexpr int kCommitsPerWriter = 100'000;

}  // namespace

int main(int argc, char** argv) {
  using namespace brokerage::storage;  // NOLINT: a main of a test
  if (argc != 3) return 2;
  RocksDbOptions options;
  options.path = argv[1];
  options.store.owner = "contract";
  options.store.reserve.bytes = 0;
  options.write_buffer_bytes = 128 * 1024;
  auto store = OpenRocksDb(options);
  if (!store.ok()) {
    std::fprintf(stderr, "%s\n", store.status().ToString().c_str());
    return 1;
  }
  const int first = std::atoi(argv[2]);
  std::vector<std::thread> threads;
  for (int writer = 0; writer < kWriters; ++writer) {
    threads.emplace_back([&, writer] {
      for (int number = first; number < first + kCommitsPerWriter; ++number) {
        const CommitRequest request = contract::OracleCommit(writer, number);
        const auto revision = (*store)->Commit(request);
        if (!revision.ok()) std::abort();
        // One write, shorter than a pipe's buffer: never torn.
        const std::string line = absl::StrCat(request.request_id, " ", revision->sequence, "\n");
        if (::write(STDOUT_FILENO, line.data(), line.size()) != static_cast<ssize_t>(line.size()))
          std::abort();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  return 0;
}
