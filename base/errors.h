// Every error the services answer is minted here by name, so that a code or a reason never drifts.
//
// Each carries google.rpc.ErrorInfo {reason, domain "brokerage"} as a payload; validation carries BadRequest
// with every bad field; what may be retried carries RetryInfo. Messages are for people and hold no personal
// data.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "google/rpc/error_details.pb.h"

namespace brokerage::base {

inline constexpr absl::string_view kErrorDomain = "brokerage";

// Reasons that are stable parts of the API.
namespace reason {
inline constexpr absl::string_view kInvalidFields = "INVALID_FIELDS";
inline constexpr absl::string_view kRequestIdReused = "REQUEST_ID_REUSED";
inline constexpr absl::string_view kSecretAlreadyShown = "SECRET_ALREADY_SHOWN";
inline constexpr absl::string_view kPageTokenInvalid = "PAGE_TOKEN_INVALID";
inline constexpr absl::string_view kPageTokenExpired = "PAGE_TOKEN_EXPIRED";
inline constexpr absl::string_view kEpochChanged = "EPOCH_CHANGED";
inline constexpr absl::string_view kNotFound = "NOT_FOUND";
inline constexpr absl::string_view kAlreadyExists = "ALREADY_EXISTS";
inline constexpr absl::string_view kPermissionDenied = "PERMISSION_DENIED";
inline constexpr absl::string_view kScopeMissing = "SCOPE_MISSING";
inline constexpr absl::string_view kCredentialMissing = "CREDENTIAL_MISSING";
inline constexpr absl::string_view kCredentialInvalid = "CREDENTIAL_INVALID";
inline constexpr absl::string_view kEtagMismatch = "ETAG_MISMATCH";
inline constexpr absl::string_view kConcurrentChange = "CONCURRENT_CHANGE";
inline constexpr absl::string_view kStateNotAllowed = "STATE_NOT_ALLOWED";
inline constexpr absl::string_view kOrganisationNotActive = "ORGANISATION_NOT_ACTIVE";
inline constexpr absl::string_view kRegistryNeverSeen = "REGISTRY_NEVER_SEEN";
inline constexpr absl::string_view kRecordIncomplete = "RECORD_INCOMPLETE";
inline constexpr absl::string_view kUndeletePeriodOver = "UNDELETE_PERIOD_OVER";
inline constexpr absl::string_view kNotYetVisible = "NOT_YET_VISIBLE";
inline constexpr absl::string_view kOutcomeUnknown = "OUTCOME_UNKNOWN";
inline constexpr absl::string_view kStoreUnavailable = "STORE_UNAVAILABLE";
inline constexpr absl::string_view kStoreFull = "STORE_FULL";
inline constexpr absl::string_view kLastLeadAdmin = "LAST_LEAD_ADMIN";
inline constexpr absl::string_view kServiceStopping = "SERVICE_STOPPING";
inline constexpr absl::string_view kTooManyStreams = "TOO_MANY_STREAMS";
inline constexpr absl::string_view kWatcherTooSlow = "WATCHER_TOO_SLOW";
inline constexpr absl::string_view kDeadlineExceeded = "DEADLINE_EXCEEDED";
inline constexpr absl::string_view kCancelled = "CANCELLED";
inline constexpr absl::string_view kNoBackupDirectory = "NO_BACKUP_DIRECTORY";
inline constexpr absl::string_view kNotAMatch = "NOT_A_MATCH";
inline constexpr absl::string_view kStageNotAllowed = "STAGE_NOT_ALLOWED";
inline constexpr absl::string_view kOutreachBudgetSpent = "OUTREACH_BUDGET_SPENT";
inline constexpr absl::string_view kOpportunityNotOpen = "OPPORTUNITY_NOT_OPEN";
inline constexpr absl::string_view kVolunteerNotAvailable = "VOLUNTEER_NOT_AVAILABLE";
inline constexpr absl::string_view kNoFreePlace = "NO_FREE_PLACE";
inline constexpr absl::string_view kPlacementLimitReached = "PLACEMENT_LIMIT_REACHED";
inline constexpr absl::string_view kDoubleBooked = "DOUBLE_BOOKED";
inline constexpr absl::string_view kTooManyReferrals = "TOO_MANY_REFERRALS";
inline constexpr absl::string_view kHistoryFull = "HISTORY_FULL";
inline constexpr absl::string_view kInternal = "INTERNAL";
}  // namespace reason

// A status with ErrorInfo. The named functions below are what callers use; this is for those of other rooms.
absl::Status MakeError(absl::StatusCode code, absl::string_view reason, absl::string_view message,
                       const std::vector<std::pair<std::string, std::string>>& metadata = {});

// Faults travel in trailing metadata, of which a client accepts 8 KiB by default, in base64 and beside the
// message: more than these many bytes of faults, or of message, would reach nobody.
inline constexpr std::size_t kMaxFaultBytes = 4'500;
inline constexpr std::size_t kMaxFaultMessageBytes = 400;

// Collects what is wrong with a request, all of it, before anything is answered.
class Violations {
 public:
  // `field` is the path as a client writes it: "volunteer.skills[2].level".
  void Add(absl::string_view field, absl::string_view description);
  bool empty() const { return fields_.empty(); }
  std::size_t size() const { return fields_.size(); }
  const std::vector<std::pair<std::string, std::string>>& fields() const { return fields_; }
  // OK when empty, else INVALID_ARGUMENT INVALID_FIELDS with BadRequest, naming every field in the message
  // too.
  absl::Status ToStatus() const;

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
};

// INVALID_ARGUMENT for a single field.
absl::Status InvalidField(absl::string_view field, absl::string_view description);
absl::Status RequestIdReused();
absl::Status PageTokenInvalid();
absl::Status PageTokenExpired();
// Also for what the caller may not know exists. `name` is the name that the caller itself sent.
absl::Status NotFound(absl::string_view name);
absl::Status AlreadyExists(absl::string_view name);
absl::Status PermissionDenied(absl::string_view what);
absl::Status ScopeMissing(absl::string_view scope);
absl::Status CredentialMissing();
// Unknown, revoked and expired are one answer: a prober learns nothing.
absl::Status CredentialInvalid();
absl::Status EtagMismatch(absl::string_view name);
absl::Status ConcurrentChange(absl::string_view name);
// FAILED_PRECONDITION: `method` is not allowed in `state`; `allowed` names the states in which it is.
absl::Status StateNotAllowed(absl::string_view method, absl::string_view state,
                             const std::vector<std::string>& allowed);
// FAILED_PRECONDITION RECORD_INCOMPLETE: `method` needs what the stored record lacks. `lacks` is not empty;
// its fields are the record's, also in the metadata.
absl::Status RecordIncomplete(absl::string_view method, const Violations& lacks);
// FAILED_PRECONDITION ORGANISATION_NOT_ACTIVE. `name` is the record's own, so the caller knows it.
absl::Status OrganisationNotActive(absl::string_view name);
// UNAVAILABLE REGISTRY_NEVER_SEEN: whose the credential is, or whether what the request names is there and
// active, cannot be said yet.
absl::Status RegistryNeverSeen();
// FAILED_PRECONDITION UNDELETE_PERIOD_OVER.
absl::Status UndeletePeriodOver(absl::string_view name);
// FAILED_PRECONDITION SECRET_ALREADY_SHOWN: the secret of `credential` was in the first answer and is nowhere
// else. The metadata names the credential.
absl::Status SecretAlreadyShown(absl::string_view credential);
// FAILED_PRECONDITION LAST_LEAD_ADMIN: without this credential nobody could administer the system.
absl::Status LastLeadAdmin(absl::string_view credential);
// What a step needs and does not find. `code` is UPPER_SNAKE and stable, `subject` the record that it is
// about, `description` what would mend it.
struct UnmetNeed {
  std::string code;
  std::string subject;
  std::string description;
};
// FAILED_PRECONDITION with all that `method` lacks (at least one), as a google.rpc.PreconditionFailure.
// `what` says in a few words that it is not possible.
absl::Status NeedsNotMet(absl::string_view reason, absl::string_view what,
                         const std::vector<UnmetNeed>& needs,
                         const std::vector<std::pair<std::string, std::string>>& metadata = {});
// FAILED_PRECONDITION STAGE_NOT_ALLOWED: `possible` names the methods that are allowed at `stage`.
absl::Status StageNotAllowed(absl::string_view method, absl::string_view stage,
                             const std::vector<std::string>& possible);
absl::Status FailedPrecondition(absl::string_view reason, absl::string_view message);
absl::Status NotYetVisible();
absl::Status OutcomeUnknown();
absl::Status StoreUnavailable();
absl::Status StoreFull();
absl::Status ResourceExhausted(absl::string_view reason, absl::string_view message);
absl::Status Unavailable(absl::string_view reason, absl::string_view message, absl::Duration retry_after);
absl::Status EpochChanged();
// RESOURCE_EXHAUSTED: as many streams are open as may be.
absl::Status TooManyStreams();
// ABORTED: the stream's reader fell too far behind; it resumes from the last revision that it saw.
absl::Status WatcherTooSlow();
// UNAVAILABLE: the service ends its streams because it stops.
absl::Status ServiceStopping();
// CANCELLED: the caller has gone.
absl::Status Cancelled();
// For what should never happen: the details are logged by the caller and never sent.
absl::Status Internal();

// The ErrorInfo reason of `status`, or empty.
std::string ReasonOf(const absl::Status& status);
// The BadRequest of `status`, or an empty one.
google::rpc::BadRequest BadRequestOf(const absl::Status& status);
// The PreconditionFailure of `status`, or an empty one.
google::rpc::PreconditionFailure PreconditionFailureOf(const absl::Status& status);
// The ErrorInfo metadata of `status` under `key`, or empty.
std::string MetadataOf(const absl::Status& status, const std::string& key);

// All details of `status`, as google.protobuf.Any messages inside a google.rpc.Status-like list of (type URL,
// bytes).
std::vector<std::pair<std::string, std::string>> DetailsOf(const absl::Status& status);

}  // namespace brokerage::base
