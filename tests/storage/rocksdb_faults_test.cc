// RocksDB where the disk loses, fails and rots. Short versions; docs/storage-format.md says how to run the
// long ones.
#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <sstream>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/storage/check.h"
#include "tests/storage/oracle.h"
#include "tests/storage/rocksdb_subject.h"
#include "tests/storage/store_helpers.h"

namespace brokerage::storage::contract {
namespace {

namespace fs = std::filesystem;

// So small that a short test fills, flushes and merges files.
constexpr std::size_t kSmallBuffer = 64 * 1024;

// Writes on `writers` threads until commits fail or each has done `commits`. Any other answer than the port
// allows is an error.
absl::Status WriteOracle(Store& store, int writers, int commits, Acknowledged& acknowledged) {
  std::mutex mutex;
  return RunTogether(writers, [&](int writer) -> absl::Status {
    for (int number = 0; number < commits; ++number) {
      const CommitRequest request = OracleCommit(writer, number);
      const absl::StatusOr<Revision> revision = store.Commit(request);
      if (!revision.ok()) {
        const bool allowed = absl::IsUnknown(revision.status()) || absl::IsUnavailable(revision.status());
        return allowed ? absl::OkStatus() : revision.status();
      }
      const std::lock_guard lock(mutex);
      acknowledged[request.request_id] = revision->sequence;
    }
    return absl::OkStatus();
  });
}

// Power goes at a moment that the seed chooses, again and again on one database.
TEST(PowerLossTest, NothingAcknowledgedIsLostAndNothingIsHalfDone) {
  const int seeds = Repeats("BROKERAGE_POWER_LOSS_SEEDS", 12);
  std::size_t acknowledged_in_all = 0;
  for (int seed = 1; seed <= seeds; ++seed) {
    RocksDbSubject subject;
    subject.options().write_buffer_bytes = kSmallBuffer;
    ASSERT_TRUE(subject.Reopen().ok());
    Acknowledged acknowledged;
    for (int crash = 0; crash < 3; ++crash) {
      subject.files().FreezeAfter(static_cast<uint64_t>((seed * 7919 + crash * 104'729) % 400));
      Acknowledged now;
      const absl::Status wrote = WriteOracle(subject.store(), 4, 100, now);
      ASSERT_TRUE(wrote.ok()) << "seed " << seed << ": " << wrote;
      // Writers number anew each time; what an earlier life acknowledged is acknowledged again at the same
      // place.
      for (const auto& [id, sequence] : now) {
        const auto [known, is_new] = acknowledged.emplace(id, sequence);
        ASSERT_TRUE(is_new || known->second == sequence) << "seed " << seed << ": " << id;
      }
      const absl::Status opened = subject.CrashAs(static_cast<uint64_t>(seed * 31 + crash));
      ASSERT_TRUE(opened.ok()) << "seed " << seed << ": " << opened;
      const absl::Status verdict = CheckOracle(subject.store(), acknowledged);
      ASSERT_TRUE(verdict.ok()) << "seed " << seed << ": " << verdict;
    }
    acknowledged_in_all += acknowledged.size();
  }
  EXPECT_GT(acknowledged_in_all, static_cast<std::size_t>(seeds))
      << "too little was written to prove anything";
}

// The error at write number `fail`, alone or with all that follow; from opening to closing.
void RunWithError(uint64_t fail, bool for_good) {
  SCOPED_TRACE(absl::StrCat("write ", fail, for_good ? " and all after it" : ""));
  RocksDbSubject subject;
  subject.options().write_buffer_bytes = kSmallBuffer;
  Acknowledged acknowledged;
  subject.files().FailWrite(fail, for_good);
  auto opened = OpenRocksDb(subject.options());
  if (opened.ok()) {
    const absl::Status wrote = WriteOracle(**opened, 2, 60, acknowledged);
    ASSERT_TRUE(wrote.ok()) << wrote;
    const bool healthy = (*opened)->GetHealth().status.ok();
    // Closing waits for whoever is telling of an error.
    opened->reset();
    EXPECT_TRUE(subject.fatal_calls() == 1 || (healthy && subject.fatal_calls() == 0));
    EXPECT_TRUE(subject.fatal_calls() == 1 || acknowledged.size() == 120U);
  } else {
    EXPECT_TRUE(absl::IsUnavailable(opened.status()) || absl::IsDataLoss(opened.status())) << opened.status();
  }
  const absl::Status reopened = subject.Reopen();
  ASSERT_TRUE(reopened.ok()) << reopened;
  const absl::Status verdict = CheckOracle(subject.store(), acknowledged);
  EXPECT_TRUE(verdict.ok()) << verdict;
}

TEST(WriteErrorTest, AtAnyWriteIsSurfacedAndNothingIsHalfDone) {
  uint64_t writes = 0;
  {
    RocksDbSubject subject;
    subject.options().write_buffer_bytes = kSmallBuffer;
    ASSERT_TRUE(subject.Reopen().ok());
    Acknowledged acknowledged;
    ASSERT_TRUE(WriteOracle(subject.store(), 2, 60, acknowledged).ok());
    subject.Close();
    writes = subject.files().writes();
  }
  ASSERT_GT(writes, 100U);
  const auto stride = static_cast<uint64_t>(Repeats("BROKERAGE_FAULT_STRIDE", 7));
  for (uint64_t fail = 0; fail < writes; fail += fail < 40 ? std::min<uint64_t>(stride, 3) : stride) {
    RunWithError(fail, fail % 2 == 0);
    if (testing::Test::HasFatalFailure()) return;
  }
}

using Files = std::map<std::string, std::string>;

Files ReadDirectory(const std::string& directory) {
  Files files;
  for (const auto& entry : fs::directory_iterator(directory)) {
    std::ifstream file(entry.path(), std::ios::binary);
    std::ostringstream content;
    content << file.rdbuf();
    files[entry.path().filename().string()] = content.str();
  }
  return files;
}

void WriteDirectory(const std::string& directory, const Files& files) {
  fs::remove_all(directory);
  fs::create_directory(directory);
  for (const auto& [name, content] : files)
    std::ofstream(directory + "/" + name, std::ios::binary) << content;
}

// A closed database of 40 commits, and what may be done to its files.
class DamageTest : public testing::Test {
 protected:
  static constexpr int kCommits = 40;

  void SetUp() override {
    ASSERT_TRUE(subject_.Reopen().ok());
    for (int i = 0; i < kCommits; ++i) {
      const auto revision = subject_.store().Commit(OracleCommit(0, i));
      ASSERT_TRUE(revision.ok());
      acknowledged_["0/" + std::to_string(i)] = revision->sequence;
    }
    subject_.Close();
  }

  // The name of the largest file that ends so.
  static std::string Largest(const Files& files, const std::string& ending) {
    std::string largest;
    for (const auto& [name, content] : files) {
      if (!absl::EndsWith(name, ending)) continue;
      if (largest.empty() || content.size() > files.at(largest).size()) largest = name;
    }
    return largest;
  }

  // What became of `files`: the number of commits that are there, -1 when opening them is refused.
  int Outcome(const Files& files) {
    WriteDirectory(subject_.options().path, files);
    const absl::Status opened = subject_.Reopen();
    if (!opened.ok()) {
      EXPECT_TRUE(absl::IsDataLoss(opened) || absl::IsFailedPrecondition(opened) ||
                  absl::IsUnavailable(opened));
      return -1;
    }
    const uint64_t last = subject_.store().GetHealth().revision.sequence;
    Acknowledged prefix;
    for (const auto& [id, sequence] : acknowledged_) {
      if (sequence <= last) prefix[id] = sequence;
    }
    const absl::Status verdict = CheckOracle(subject_.store(), prefix);
    EXPECT_TRUE(verdict.ok()) << verdict;
    subject_.Close();
    return static_cast<int>(last);
  }

  RocksDbSubject subject_;
  Acknowledged acknowledged_;
};

TEST_F(DamageTest, ALogThatIsCutLeavesAWholeCommitPrefix) {
  Files files = ReadDirectory(subject_.options().path);
  const std::string log = Largest(files, ".log");
  const std::string whole = files[log];
  ASSERT_GT(whole.size(), 4096U);
  const auto stride = static_cast<std::size_t>(Repeats("BROKERAGE_FAULT_STRIDE", 31));
  int before = kCommits;
  for (std::size_t cut = 0; cut <= 4096; cut += stride) {
    files[log] = whole.substr(0, whole.size() - cut);
    const int commits = Outcome(files);
    // What a crash may leave always opens, and the more is cut the less is there.
    ASSERT_GE(commits, 0) << "cut " << cut;
    ASSERT_LE(commits, before) << "cut " << cut;
    before = commits;
  }
  EXPECT_LT(before, kCommits);
}

TEST_F(DamageTest, ALogWithAWrongByteIsAPrefixOrRefused) {
  Files files = ReadDirectory(subject_.options().path);
  const std::string log = Largest(files, ".log");
  const std::string whole = files[log];
  const auto stride = static_cast<std::size_t>(Repeats("BROKERAGE_FAULT_STRIDE", 31));
  int refused = 0;
  int shortened = 0;
  for (std::size_t back = 1; back <= 4096; back += stride) {
    files[log] = whole;
    files[log][whole.size() - back] ^= 0x10;
    const int commits = Outcome(files);
    if (commits < 0) ++refused;
    // Only what could be the end of a log that was cut may go unnoticed.
    if (commits >= 0 && commits < kCommits) ++shortened;
    ASSERT_FALSE(HasFailure()) << "byte " << back << " from the end";
  }
  EXPECT_GT(refused, shortened);
}

TEST_F(DamageTest, AWrongByteInATableFileIsNeverServed) {
  // Opening moves what the log holds into a table file.
  ASSERT_TRUE(subject_.Reopen().ok());
  subject_.Close();
  Files files = ReadDirectory(subject_.options().path);
  const std::string table = Largest(files, ".sst");
  ASSERT_FALSE(table.empty());
  const std::string whole = files[table];
  const auto stride = static_cast<std::size_t>(Repeats("BROKERAGE_FAULT_STRIDE", 31));
  int found = 0;
  for (std::size_t place = 0; place < whole.size(); place += stride) {
    files[table] = whole;
    files[table][place] ^= 0x04;
    WriteDirectory(subject_.options().path, files);
    if (!subject_.Reopen().ok()) {
      ++found;
      continue;
    }
    bool noticed = false;
    for (const auto& [id, sequence] : acknowledged_) {
      const CommitRequest expected = OracleCommit(0, std::stoi(id.substr(2)));
      for (const Write& write : expected.writes) {
        const auto got = subject_.store().Get(write.key);
        if (!got.ok()) {
          noticed = true;
          continue;
        }
        ASSERT_TRUE(got->has_value()) << "byte " << place << " hides " << write.key;
        ASSERT_EQ((*got)->value, write.value) << "byte " << place;
        ASSERT_EQ((*got)->sequence, sequence) << "byte " << place;
      }
    }
    const auto read = ReadTable(subject_.store());
    ASSERT_TRUE(!read.ok() || read->size() == 2U * kCommits) << "byte " << place;
    if (noticed || !read.ok()) ++found;
    subject_.Close();
  }
  EXPECT_GT(found, 0);
}

}  // namespace
}  // namespace brokerage::storage::contract
