#include "base/files.h"

#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

namespace brokerage::base {
namespace {

using ::testing::HasSubstr;

class FilesTest : public ::testing::Test {
 protected:
  FilesTest() { std::filesystem::create_directories(folder_); }
  ~FilesTest() override { std::filesystem::remove_all(folder_); }

  int FilesInFolder() const {
    int count = 0;
    for ([[maybe_unused]] const auto& file : std::filesystem::directory_iterator(folder_)) ++count;
    return count;
  }

  const std::string folder_ = ::testing::TempDir() + "/files_test_" + std::to_string(::getpid());
};

TEST_F(FilesTest, WhatIsWrittenIsRead) {
  std::string bytes(700'000, 'x');
  bytes[3] = '\0';
  bytes[699'999] = '\n';
  for (const std::string& content : {std::string(), std::string("short"), bytes}) {
    ASSERT_TRUE(WriteFileAtomically(folder_ + "/a", content).ok());
    const auto read = ReadFile(folder_ + "/a");
    ASSERT_TRUE(read.ok());
    EXPECT_TRUE(*read == content) << "of " << content.size() << " bytes";
    EXPECT_EQ(FilesInFolder(), 1);
  }
}

TEST_F(FilesTest, TheModeIsAsAskedWhateverTheUmask) {
  const mode_t before = ::umask(0077);
  ASSERT_TRUE(WriteFileAtomically(folder_ + "/open", "x", 0644).ok());
  ::umask(0);
  ASSERT_TRUE(WriteFileAtomically(folder_ + "/secret", "x", 0600).ok());
  ::umask(before);
  struct stat info = {};
  ASSERT_EQ(::stat((folder_ + "/open").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777u, 0644u);
  ASSERT_EQ(::stat((folder_ + "/secret").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777u, 0600u);
}

TEST_F(FilesTest, FailuresNameThePathAndLeaveNothing) {
  const auto missing = ReadFile(folder_ + "/missing");
  EXPECT_EQ(missing.status().code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(std::string(missing.status().message()), HasSubstr(folder_ + "/missing"));

  const absl::Status no_folder = WriteFileAtomically(folder_ + "/none/a", "x");
  EXPECT_EQ(no_folder.code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string(no_folder.message()), HasSubstr(folder_ + "/none/a"));

  std::filesystem::create_directories(folder_ + "/taken/by-a-folder");
  const absl::Status taken = WriteFileAtomically(folder_ + "/taken", "x");
  EXPECT_EQ(taken.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(FilesInFolder(), 1);
}

TEST_F(FilesTest, AFolderIsNoFile) {
  EXPECT_EQ(ReadFile(folder_).status().code(), absl::StatusCode::kUnavailable);
}

}  // namespace
}  // namespace brokerage::base
