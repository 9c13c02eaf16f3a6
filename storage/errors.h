// The statuses of the storage port, each minted here by name. Services translate them for their callers.
//
// Messages are for logs: they name no key and no value, but they carry the engine's own words.
#pragma once

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace brokerage::storage {

// INVALID_ARGUMENT
absl::Status InvalidCommit(absl::string_view what);
absl::Status InvalidLimit();
// ABORTED, with kGuardKeyPayload
absl::Status GuardFailed(absl::string_view key);
// DEADLINE_EXCEEDED
absl::Status CommitExpired();
// RESOURCE_EXHAUSTED
absl::Status NoRoom();
// UNKNOWN
absl::Status OutcomeLost(const absl::Status& why);
// UNAVAILABLE
absl::Status TakesNoCommits(absl::string_view why);
absl::Status EngineUnavailable(absl::string_view what);
// OUT_OF_RANGE
absl::Status ChangesForgotten();
absl::Status OtherEpoch();
absl::Status BeyondTheEnd();
// DATA_LOSS
absl::Status Corrupt(absl::string_view what);
// ALREADY_EXISTS
absl::Status TargetExists(absl::string_view path);
// FAILED_PRECONDITION: the directory cannot be opened as asked
absl::Status WrongDatabase(absl::string_view what);

}  // namespace brokerage::storage
