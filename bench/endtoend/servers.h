// The servers that are measured.
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "bench/endtoend/process.h"

namespace brokerage::bench {

struct CountyServed {
  std::string folder;  // for the database
  int volunteers = 0;
  bool remember = false;  // lists are worked out once (remembering_index.h)
};

// The matching service over a county, and beside it an echo: a server of the same make whose MatchVolunteers
// answers at once, with as many bytes in one field as the service's answers have on average. The service's
// address is the first. Errors: the store's, the servers' and the first of an answer.
absl::StatusOr<std::unique_ptr<Serving>> ServeCounty(const CountyServed& county, absl::Time now);

// Echoes of so many bytes on each kind of front that gRPC has: one thread a call, callbacks, and a completion
// queue with two threads. Before it answers, each uses a thread for `work`. In the order of kFronts.
inline constexpr const char* kFronts[] = {"threads", "callbacks", "queue"};
absl::StatusOr<std::unique_ptr<Serving>> ServeFronts(std::size_t bytes, absl::Duration work);

}  // namespace brokerage::bench
