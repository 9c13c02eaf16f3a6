// Several calls in flight, never more than asked for.
#pragma once

#include <cstddef>
#include <functional>

#include "absl/status/status.h"

namespace brokerage::cli {

// Calls work(i) for every i below `count`, begun in order, at most `in_flight` (at least 1) at once, on
// threads of its own. After an error no more are begun; those under way are finished. Returns the error of
// the lowest i that had one.
absl::Status ForEachInFlight(std::size_t count, int in_flight,
                             const std::function<absl::Status(std::size_t)>& work);

}  // namespace brokerage::cli
