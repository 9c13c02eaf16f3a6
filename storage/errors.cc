#include "storage/errors.h"

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"

#include "storage/store.h"

namespace brokerage::storage {

absl::Status InvalidCommit(absl::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat("a commit ", what));
}

absl::Status InvalidLimit() { return absl::InvalidArgumentError("a scan needs a limit of at least 1"); }

absl::Status GuardFailed(absl::string_view key) {
  absl::Status status = absl::AbortedError("a guard does not hold");
  status.SetPayload(kGuardKeyPayload, absl::Cord(key));
  return status;
}

absl::Status CommitExpired() {
  return absl::DeadlineExceededError("the commit's turn did not come before its deadline");
}

absl::Status NoRoom() { return absl::ResourceExhaustedError("no room on the disk beyond the reserve"); }

absl::Status OutcomeLost(const absl::Status& why) {
  return absl::UnknownError(absl::StrCat("the write's outcome is lost: ", why.ToString()));
}

absl::Status TakesNoCommits(absl::string_view why) {
  return absl::UnavailableError(absl::StrCat("the store takes no more commits: ", why));
}

absl::Status EngineUnavailable(absl::string_view what) { return absl::UnavailableError(what); }

absl::Status ChangesForgotten() {
  return absl::OutOfRangeError("changes after this revision are compacted away");
}

absl::Status OtherEpoch() { return absl::OutOfRangeError("the revision is of another epoch"); }

absl::Status BeyondTheEnd() { return absl::OutOfRangeError("the revision lies after the last commit"); }

absl::Status Corrupt(absl::string_view what) { return absl::DataLossError(what); }

absl::Status TargetExists(absl::string_view path) {
  return absl::AlreadyExistsError(absl::StrCat(path, " already exists"));
}

absl::Status WrongDatabase(absl::string_view what) { return absl::FailedPreconditionError(what); }

}  // namespace brokerage::storage
