// A folder of a test's own, gone when the test is over.
#pragma once

#include <filesystem>
#include <gtest/gtest.h>
#include <string>
#include <unistd.h>

#include "base/files.h"

namespace brokerage::reference {

class TemporaryFolder {
 public:
  TemporaryFolder() {
    static int count = 0;
    path_ = ::testing::TempDir() + "/reference_" + std::to_string(::getpid()) + "_" + std::to_string(++count);
    std::filesystem::create_directories(path_);
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  std::string Path(const std::string& name) const { return path_ + "/" + name; }
  // Writes a file and answers its path.
  std::string Write(const std::string& name, const std::string& content) const {
    std::filesystem::create_directories(std::filesystem::path(Path(name)).parent_path());
    EXPECT_TRUE(base::WriteFileAtomically(Path(name), content).ok());
    return Path(name);
  }

 private:
  std::string path_;
};

}  // namespace brokerage::reference
