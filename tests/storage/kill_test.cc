// SIGKILL under 8 writers, cycle after cycle on one database: nothing acknowledged is lost, nothing is half
// applied.
//
// BROKERAGE_KILL_CYCLES sets how many cycles. A new database is begun every kCyclesPerDatabase, so that
// looking at all of it each time does not grow without bound.
#include <algorithm>
#include <array>
#include <fcntl.h>
#include <random>
#include <signal.h>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gtest/gtest.h"

#include "storage/rocksdb_store.h"
#include "tests/storage/oracle.h"
#include "tests/storage/scratch.h"

namespace brokerage::storage::contract {
namespace {

constexpr int kCyclesPerDatabase = 50;

// A writer in a process of its own, with the reading end of its standard output.
struct Writer {
  pid_t pid = -1;
  int output = -1;
};

Writer Start(const std::string& directory, int first_number) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return {};
  const std::string number = std::to_string(first_number);
  const pid_t pid = ::fork();
  if (pid == 0) {
    ::dup2(ends[1], STDOUT_FILENO);
    ::execl(KILL_WRITER, KILL_WRITER, directory.c_str(), number.c_str(), static_cast<char*>(nullptr));
    ::_exit(127);
  }
  ::close(ends[1]);
  return {pid, ends[0]};
}

// Reads what the writer acknowledges; kills it after `lines` lines, and reads what it had said by then.
std::string KillAfter(const Writer& writer, int lines) {
  std::string said;
  std::array<char, 4096> buffer;
  bool killed = false;
  while (true) {
    const ssize_t got = ::read(writer.output, buffer.data(), buffer.size());
    if (got <= 0) break;
    lines -= static_cast<int>(std::count(buffer.begin(), buffer.begin() + got, '\n'));
    said.append(buffer.data(), static_cast<std::size_t>(got));
    if (!killed && lines <= 0) {
      ::kill(writer.pid, SIGKILL);
      killed = true;
    }
  }
  ::close(writer.output);
  int how = 0;
  ::waitpid(writer.pid, &how, 0);
  EXPECT_TRUE(WIFSIGNALED(how) && WTERMSIG(how) == SIGKILL) << "the writer ended by itself: " << how;
  return said;
}

TEST(KillTest, TheDatabaseOfALivingProcessIsRefused) {
  const ScratchDirectory scratch;
  RocksDbOptions options;
  options.path = scratch.path() + "/database";
  options.store.owner = "contract";
  const Writer writer = Start(options.path, 0);
  ASSERT_GT(writer.pid, 0);
  char first = 0;
  ASSERT_EQ(::read(writer.output, &first, 1), 1);  // it is open, and has written
  const absl::Status refused = OpenRocksDb(options).status();
  EXPECT_EQ(refused.code(), absl::StatusCode::kFailedPrecondition) << refused;
  KillAfter(writer, 0);
  EXPECT_TRUE(OpenRocksDb(options).ok());
}

TEST(KillTest, NothingAcknowledgedIsLostAndNothingIsHalfApplied) {
  const ScratchDirectory scratch;
  RocksDbOptions options;
  options.store.owner = "contract";
  std::mt19937_64 random(20'260'101);
  Acknowledged acknowledged;
  uint64_t in_all = 0;
  uint64_t unheard = 0;
  const int cycles = Repeats("BROKERAGE_KILL_CYCLES", 8);
  for (int cycle = 0; cycle < cycles; ++cycle) {
    SCOPED_TRACE(absl::StrCat("cycle ", cycle));
    if (cycle % kCyclesPerDatabase == 0) {
      options.path = absl::StrCat(scratch.path(), "/database", cycle);
      acknowledged.clear();
    }
    const std::size_t before = acknowledged.size();
    const Writer writer = Start(options.path, cycle * 100'000);
    ASSERT_GT(writer.pid, 0);
    const std::string said = KillAfter(writer, static_cast<int>(1 + random() % 400));
    for (const absl::string_view line : absl::StrSplit(said, '\n', absl::SkipEmpty())) {
      const std::vector<std::string> parts = absl::StrSplit(line, ' ');
      uint64_t sequence = 0;
      ASSERT_TRUE(parts.size() == 2 && absl::SimpleAtoi(parts[1], &sequence)) << line;
      acknowledged[parts[0]] = sequence;
    }
    in_all += acknowledged.size() - before;
    const auto store = OpenRocksDb(options);
    ASSERT_TRUE(store.ok()) << store.status();
    const absl::Status verdict = CheckOracle(**store, acknowledged);
    ASSERT_TRUE(verdict.ok()) << verdict;
    unheard = (*store)->GetHealth().revision.sequence - acknowledged.size();
  }
  EXPECT_GE(in_all, static_cast<uint64_t>(cycles));
  // Commits that happened and whose answer died with the process are no fault; they show that it was killed
  // amid work.
  RecordProperty("acknowledged", static_cast<int>(in_all));
  RecordProperty("unheard", static_cast<int>(unheard));
}

}  // namespace
}  // namespace brokerage::storage::contract
