// What servers do in the same time, as shares of what the last of them does.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

#include "bench/endtoend/drive.h"

namespace brokerage::bench {

// A drive, and what the servers' process used for it.
struct Run {
  Drive drive;
  double cpu_seconds = 0;

  double CpuUsPerCall() const { return cpu_seconds * 1e6 / static_cast<double>(drive.calls); }
};

// One of each server, right after one another.
using Round = std::vector<Run>;

// By how many calls were in flight. None is empty.
using Rounds = std::map<int, std::vector<Round>>;

struct Contest {
  std::string scene;                 // "endtoend.20k"
  std::vector<std::string> servers;  // {"", "echo"}: an empty name is left out of figures' names
  Rounds rounds;
};

// Medians over the rounds: "endtoend.20k.calls_per_s.16", "….p50_us.16", "….p99_us.16", "….cpu_us.16" (of the
// servers' process, for a call), "….share_of_echo.16" (of throughput in the same round), and of a server with
// a name "….echo_calls_per_s.16" and so on.
std::map<std::string, double> FiguresOf(const Contest& contest);

std::string TableOf(const Contest& contest);

}  // namespace brokerage::bench
