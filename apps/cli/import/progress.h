// How far a long command is, on standard error.
#pragma once

#include <cstddef>
#include <mutex>
#include <string>

#include "apps/cli/client/environment.h"

namespace brokerage::cli {

// On a terminal one line that is written over; elsewhere a line for every tenth. Thread-safe.
class Progress {
 public:
  // `doing` begins the line ("Checking"); `unit` follows the numbers ("rows").
  Progress(const Environment& environment, bool quiet, std::string doing, std::size_t total,
           std::string unit);
  // Ends the line.
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // One more is done.
  void Step();

 private:
  void Show();

  const Environment& environment_;
  const bool quiet_;
  const std::string doing_;
  const std::size_t total_;
  const std::string unit_;
  std::mutex mutex_;
  std::size_t done_ = 0;
  std::size_t shown_tenths_ = 0;
  bool line_open_ = false;
};

}  // namespace brokerage::cli
