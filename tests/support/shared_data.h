// Where the real data lies that some tests read, when this machine has it.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

namespace brokerage::testing {

// The path of `file` ("geography/kent_postcodes.csv") under BROKERAGE_SHARED_DATA, or under ../shared/data
// seen from the top of the tree, where tests run. It need not exist.
inline std::string SharedDataPath(const std::string& file) {
  const char* const folder = std::getenv("BROKERAGE_SHARED_DATA");
  return std::string(folder != nullptr ? folder : "../shared/data") + "/" + file;
}

inline bool HasSharedData(const std::string& file) { return std::filesystem::exists(SharedDataPath(file)); }

}  // namespace brokerage::testing

// Leaves the test when `file` of the shared data is not there, saying so.
#define SKIP_WITHOUT_SHARED_DATA(file)                                                               \
  do {                                                                                               \
    if (!::brokerage::testing::HasSharedData(file)) {                                                \
      GTEST_SKIP() << "the shared data is not here: " << ::brokerage::testing::SharedDataPath(file); \
    }                                                                                                \
  } while (false)
