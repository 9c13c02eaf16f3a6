// Asks a server over the network, so many questions at once.
#pragma once

#include <chrono>
#include <cstdint>
#include <grpcpp/channel.h>
#include <memory>
#include <vector>

#include "absl/status/statusor.h"

#include "bench/endtoend/county.h"

namespace brokerage::bench {

// When a drive is over, whichever comes first.
struct Limits {
  int64_t calls = 20'000;
  std::chrono::milliseconds time{1'000};
};

struct Drive {
  int64_t calls = 0;
  double seconds = 0;
  std::vector<double> microseconds;  // that each call took
  int64_t response_bytes = 0;        // of all calls

  double PerSecond() const { return static_cast<double>(calls) / seconds; }
};

// Keeps `in_flight` calls of MatchVolunteers under way over one connection, from one thread, the questions in
// turn from the `first` on. Errors: the first that a call ends with.
absl::StatusOr<Drive> DriveWith(const std::shared_ptr<grpc::Channel>& channel,
                                const std::vector<Asking>& questions, std::size_t first, int in_flight,
                                const Limits& limits);

}  // namespace brokerage::bench
