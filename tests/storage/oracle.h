// Writers whose every commit can be told whole from half, and what must be true of a database after they were
// broken off.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include "storage/store.h"

namespace brokerage::storage::contract {

// Commit `number` of writer `writer`: two keys of its own with values that follow from them, under a request
// id.
CommitRequest OracleCommit(int writer, int number);

// The commits that were acknowledged: the request id → the sequence.
using Acknowledged = std::map<std::string, uint64_t>;

// What is wrong with `store` after writers of OracleCommit were broken off: every acknowledged commit is
// there as it was told, every other is there whole or not at all, and the feed tells exactly what the table
// holds.
absl::Status CheckOracle(const Store& store, const Acknowledged& acknowledged);

// How often a test repeats: the number in the environment variable `name`, else `usual`.
int Repeats(const char* name, int usual);

}  // namespace brokerage::storage::contract
