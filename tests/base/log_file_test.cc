#include "base/log_file.h"

#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>
#include <string>
#include <thread>
#include <unistd.h>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

#include "base/files.h"
#include "base/log.h"

namespace brokerage::base {
namespace {

using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

// A process has one standard error: each test borrows it and gives it back.
class LogFileTest : public ::testing::Test {
 protected:
  LogFileTest() : saved_(::dup(STDERR_FILENO)) {
    std::string path = ::testing::TempDir() + "log-XXXXXX";
    folder_ = ::mkdtemp(path.data());
  }
  ~LogFileTest() override {
    ::dup2(saved_, STDERR_FILENO);
    ::close(saved_);
    std::filesystem::remove_all(folder_);
  }

  std::string Path() const { return folder_ + "/service.log"; }
  std::vector<std::string> Names() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder_))
      names.push_back(entry.path().filename());
    return names;
  }

  const int saved_;
  std::string folder_;
};

TEST_F(LogFileTest, TakesWhatGoesToStandardErrorAndKeepsWhatWasThere) {
  ASSERT_TRUE(WriteFileAtomically(Path(), "before\n").ok());
  ASSERT_TRUE(LogToFile(Path()).ok());
  const std::string text_of_ours = "of ours";
  Log(Severity::kInfo, "ours",
      {{"number", 7},
       {"text", "a text"},
       {"string", text_of_ours},
       {"made", absl::StrCat("for ", 1, " line")}});
  ASSERT_EQ(::write(STDERR_FILENO, "theirs\n", 7), 7);
  const std::string text = *ReadFile(Path());
  EXPECT_THAT(text, HasSubstr("before\n"));
  EXPECT_THAT(text, HasSubstr("\"event\":\"ours\",\"number\":7,\"text\":\"a text\",\"string\":\"of "
                              "ours\",\"made\":\"for 1 line\"}\n"));
  EXPECT_THAT(text, HasSubstr("theirs\n"));
  EXPECT_THAT(Names(), UnorderedElementsAre("service.log"));
}

TEST_F(LogFileTest, KeepsSoManyOldFilesAndNoMore) {
  ASSERT_TRUE(LogToFile(Path(), {.max_bytes = 1, .old_files = 2}).ok());
  for (int i = 0; i < 5; ++i) Log(Severity::kInfo, "line", {{"number", i}});
  EXPECT_THAT(Names(), UnorderedElementsAre("service.log", "service.log.1", "service.log.2"));
  EXPECT_THAT(*ReadFile(Path() + ".1"), HasSubstr("\"number\":4}"));
  EXPECT_THAT(*ReadFile(Path() + ".2"), HasSubstr("\"number\":3}"));
}

TEST_F(LogFileTest, LosesNoLineOfThreadsThatLogAtOnce) {
  constexpr int kThreads = 4;
  constexpr int kLines = 250;
  // Room for all that is written, in several files.
  ASSERT_TRUE(LogToFile(Path(), {.max_bytes = 8 * 1024, .old_files = 50}).ok());
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([t] {
      for (int i = 0; i < kLines; ++i) Log(Severity::kInfo, "line", {{"number", t * kLines + i}});
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::set<int> seen;
  for (const std::string& name : Names()) {
    const std::string text = *ReadFile(folder_ + "/" + name);
    for (absl::string_view line : absl::StrSplit(text, '\n', absl::SkipEmpty())) {
      int number = -1;
      const absl::string_view digits = line.substr(line.rfind(':') + 1);
      ASSERT_TRUE(absl::SimpleAtoi(digits.substr(0, digits.size() - 1), &number)) << line;
      EXPECT_TRUE(seen.insert(number).second) << line;
    }
  }
  EXPECT_EQ(seen.size(), static_cast<std::size_t>(kThreads * kLines));
  EXPECT_GT(Names().size(), 2u);
}

TEST_F(LogFileTest, SaysWhenItCannot) {
  EXPECT_EQ(LogToFile(folder_ + "/absent/service.log").code(), absl::StatusCode::kUnavailable);
}

}  // namespace
}  // namespace brokerage::base
