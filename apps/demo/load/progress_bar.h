// How far loading is, on standard error.
#pragma once

#include <cstddef>
#include <mutex>
#include <string>

#include "apps/cli/client/environment.h"

namespace brokerage::demo {

// On a terminal a bar that grows; elsewhere a line for every quarter. Thread-safe.
class ProgressBar {
 public:
  // `what` follows the numbers: "volunteers".
  ProgressBar(const cli::Environment& environment, std::string what, std::size_t total);
  // Ends the line.
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  // One more is done.
  void Step();

 private:
  void Show();

  const cli::Environment& environment_;
  const std::string what_;
  const std::size_t total_;
  std::mutex mutex_;
  std::size_t done_ = 0;
  std::size_t shown_ = 0;  // columns or quarters
};

}  // namespace brokerage::demo
