#include "base/errors.h"

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"

namespace brokerage::base {
namespace {

constexpr absl::string_view kTypePrefix = "type.googleapis.com/";
constexpr absl::Duration kDefaultRetry = absl::Milliseconds(500);

template <typename Message>
std::string TypeUrl() {
  return absl::StrCat(kTypePrefix, Message::descriptor()->full_name());
}

template <typename Message>
void Attach(const Message& detail, absl::Status* status) {
  status->SetPayload(TypeUrl<Message>(), absl::Cord(detail.SerializeAsString()));
}

template <typename Message>
Message Detail(const absl::Status& status) {
  Message detail;
  if (const auto payload = status.GetPayload(TypeUrl<Message>()))
    detail.ParseFromString(std::string(*payload));
  return detail;
}

absl::Status WithRetry(absl::Status status, absl::Duration retry_after) {
  google::rpc::RetryInfo info;
  const int64_t millis = absl::ToInt64Milliseconds(retry_after);
  info.mutable_retry_delay()->set_seconds(millis / 1000);
  info.mutable_retry_delay()->set_nanos(static_cast<int32_t>(millis % 1000) * 1'000'000);
  Attach(info, &status);
  return status;
}

// Of tags and lengths.
constexpr std::size_t kViolationOverheadBytes = 6;

std::string AndMore(std::size_t count) { return absl::StrCat("and ", count, " more"); }

// The start of `text`, at most `size` bytes of whole characters.
std::string CutTo(const std::string& text, std::size_t size) {
  if (text.size() <= size) return text;
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
  return absl::StrCat(text.substr(0, size), "…");
}

// "a: is required; b: must be 1 to 5", as far as kMaxFaultMessageBytes go; of the first at least the start.
std::string ListOf(const std::vector<std::pair<std::string, std::string>>& fields) {
  std::string list;
  std::size_t told = 0;
  for (const auto& [field, description] : fields) {
    const std::string fault = absl::StrCat(
        told == 0 ? "" : "; ", CutTo(absl::StrCat(field, ": ", description), kMaxFaultMessageBytes));
    if (told > 0 && list.size() + fault.size() > kMaxFaultMessageBytes) break;
    absl::StrAppend(&list, fault);
    ++told;
  }
  if (told < fields.size()) absl::StrAppend(&list, "; ", AndMore(fields.size() - told));
  return list;
}

}  // namespace

absl::Status MakeError(absl::StatusCode code, absl::string_view reason, absl::string_view message,
                       const std::vector<std::pair<std::string, std::string>>& metadata) {
  absl::Status status(code, message);
  google::rpc::ErrorInfo info;
  info.set_reason(std::string(reason));
  info.set_domain(std::string(kErrorDomain));
  for (const auto& [key, value] : metadata) (*info.mutable_metadata())[key] = value;
  Attach(info, &status);
  return status;
}

void Violations::Add(absl::string_view field, absl::string_view description) {
  fields_.emplace_back(std::string(field), std::string(description));
}

absl::Status Violations::ToStatus() const {
  if (fields_.empty()) return absl::OkStatus();
  absl::Status status =
      MakeError(absl::StatusCode::kInvalidArgument, reason::kInvalidFields, ListOf(fields_));
  google::rpc::BadRequest bad_request;
  std::size_t bytes = 0;
  std::size_t told = 0;
  for (const auto& [field, description] : fields_) {
    bytes += field.size() + description.size() + kViolationOverheadBytes;
    if (bytes > kMaxFaultBytes) break;
    auto* violation = bad_request.add_field_violations();
    violation->set_field(field);
    violation->set_description(description);
    ++told;
  }
  if (told < fields_.size())
    bad_request.add_field_violations()->set_description(AndMore(fields_.size() - told));
  Attach(bad_request, &status);
  return status;
}

absl::Status InvalidField(absl::string_view field, absl::string_view description) {
  Violations violations;
  violations.Add(field, description);
  return violations.ToStatus();
}

absl::Status RequestIdReused() {
  return MakeError(absl::StatusCode::kInvalidArgument, reason::kRequestIdReused,
                   "This request_id was used before with other content.");
}

absl::Status PageTokenInvalid() {
  return MakeError(absl::StatusCode::kInvalidArgument, reason::kPageTokenInvalid,
                   "The page_token does not belong to this request: start again without one.");
}

absl::Status PageTokenExpired() {
  return MakeError(absl::StatusCode::kInvalidArgument, reason::kPageTokenExpired,
                   "The page_token is too old: start again without one.");
}

absl::Status NotFound(absl::string_view name) {
  return MakeError(absl::StatusCode::kNotFound, reason::kNotFound, absl::StrCat("There is no ", name, "."));
}

absl::Status AlreadyExists(absl::string_view name) {
  return MakeError(absl::StatusCode::kAlreadyExists, reason::kAlreadyExists,
                   absl::StrCat(name, " exists already, or did: names are never used again."));
}

absl::Status PermissionDenied(absl::string_view what) {
  return MakeError(absl::StatusCode::kPermissionDenied, reason::kPermissionDenied, what);
}

absl::Status ScopeMissing(absl::string_view scope) {
  return MakeError(absl::StatusCode::kPermissionDenied, reason::kScopeMissing,
                   absl::StrCat("This credential lacks the scope ", scope, "."),
                   {{"scope", std::string(scope)}});
}

absl::Status CredentialMissing() {
  return MakeError(absl::StatusCode::kUnauthenticated, reason::kCredentialMissing,
                   "Send a credential: the header \"authorization: Bearer TOKEN\".");
}

absl::Status CredentialInvalid() {
  return MakeError(absl::StatusCode::kUnauthenticated, reason::kCredentialInvalid,
                   "The credential is not valid: unknown, expired or revoked.");
}

absl::Status EtagMismatch(absl::string_view name) {
  return MakeError(absl::StatusCode::kAborted, reason::kEtagMismatch,
                   absl::StrCat(name, " has changed since you read it: read it again, then decide."));
}

absl::Status ConcurrentChange(absl::string_view name) {
  return MakeError(absl::StatusCode::kAborted, reason::kConcurrentChange,
                   absl::StrCat(name, " was changed by someone else at the same moment: try again."));
}

absl::Status StateNotAllowed(absl::string_view method, absl::string_view state,
                             const std::vector<std::string>& allowed) {
  return MakeError(absl::StatusCode::kFailedPrecondition, reason::kStateNotAllowed,
                   absl::StrCat(method, " is not allowed from the state ", state, "; it is from ",
                                absl::StrJoin(allowed, ", "), "."),
                   {{"state", std::string(state)}, {"allowed", absl::StrJoin(allowed, ",")}});
}

absl::Status RecordIncomplete(absl::string_view method, const Violations& lacks) {
  const std::string fields =
      absl::StrJoin(lacks.fields(), ",", [](std::string* out, const auto& lack) { out->append(lack.first); });
  return MakeError(absl::StatusCode::kFailedPrecondition, reason::kRecordIncomplete,
                   absl::StrCat(method, " is not allowed yet: ", ListOf(lacks.fields()), "."),
                   {{"fields", fields}});
}

absl::Status OrganisationNotActive(absl::string_view name) {
  return MakeError(absl::StatusCode::kFailedPrecondition, reason::kOrganisationNotActive,
                   absl::StrCat(name, " is not an active organisation of the registry."));
}

absl::Status RegistryNeverSeen() {
  return Unavailable(reason::kRegistryNeverSeen,
                     "This service has not heard from the registry yet, so it cannot tell who calls, or "
                     "whether what the request names is there and active: try again.",
                     absl::Seconds(5));
}

absl::Status UndeletePeriodOver(absl::string_view name) {
  return MakeError(absl::StatusCode::kFailedPrecondition, reason::kUndeletePeriodOver,
                   absl::StrCat(name, " was deleted too long ago to be brought back."));
}

absl::Status SecretAlreadyShown(absl::string_view credential) {
  return MakeError(absl::StatusCode::kFailedPrecondition, reason::kSecretAlreadyShown,
                   absl::StrCat("The first answer held the secret of ", credential,
                                ", and nothing else does: revoke that credential and make another."),
                   {{"credential", std::string(credential)}});
}

absl::Status LastLeadAdmin(absl::string_view credential) {
  return FailedPrecondition(
      reason::kLastLeadAdmin,
      absl::StrCat(credential, " is the last valid credential of a lead administrator: make another first."));
}

absl::Status NeedsNotMet(absl::string_view reason, absl::string_view what,
                         const std::vector<UnmetNeed>& needs,
                         const std::vector<std::pair<std::string, std::string>>& metadata) {
  const std::string codes =
      absl::StrJoin(needs, ",", [](std::string* out, const UnmetNeed& need) { out->append(need.code); });
  std::vector<std::pair<std::string, std::string>> all = metadata;
  all.emplace_back("needs", codes);
  absl::Status status =
      MakeError(absl::StatusCode::kFailedPrecondition, reason,
                absl::StrCat(what, ": ", absl::StrReplaceAll(codes, {{",", ", "}}), "."), all);
  google::rpc::PreconditionFailure failure;
  std::size_t bytes = 0;
  for (const UnmetNeed& need : needs) {
    auto* violation = failure.add_violations();
    violation->set_type(need.code);
    violation->set_subject(need.subject);
    bytes += need.code.size() + need.subject.size() + kViolationOverheadBytes;
  }
  // Codes are few and all told; of the words, as many as reach a client.
  for (std::size_t i = 0; i < needs.size(); ++i) {
    bytes += needs[i].description.size();
    if (bytes > kMaxFaultBytes) break;
    failure.mutable_violations(static_cast<int>(i))->set_description(needs[i].description);
  }
  Attach(failure, &status);
  return status;
}

absl::Status StageNotAllowed(absl::string_view method, absl::string_view stage,
                             const std::vector<std::string>& possible) {
  return MakeError(absl::StatusCode::kFailedPrecondition, reason::kStageNotAllowed,
                   absl::StrCat(method, " is not possible at the stage ", stage,
                                "; these are: ", absl::StrJoin(possible, ", "), "."),
                   {{"stage", std::string(stage)}, {"allowed", absl::StrJoin(possible, ",")}});
}

absl::Status FailedPrecondition(absl::string_view reason, absl::string_view message) {
  return MakeError(absl::StatusCode::kFailedPrecondition, reason, message);
}

absl::Status NotYetVisible() {
  return Unavailable(reason::kNotYetVisible, "This replica has not caught up with that write yet: try again.",
                     kDefaultRetry);
}

absl::Status OutcomeUnknown() {
  return Unavailable(reason::kOutcomeUnknown,
                     "Whether the change was stored is not known: try again with the same request_id.",
                     kDefaultRetry);
}

absl::Status StoreUnavailable() {
  return Unavailable(reason::kStoreUnavailable, "The store is not available; nothing was changed.",
                     kDefaultRetry);
}

absl::Status StoreFull() {
  return WithRetry(MakeError(absl::StatusCode::kResourceExhausted, reason::kStoreFull,
                             "The disk is full; nothing was changed. Reading goes on."),
                   absl::Seconds(30));
}

absl::Status ResourceExhausted(absl::string_view reason, absl::string_view message) {
  return WithRetry(MakeError(absl::StatusCode::kResourceExhausted, reason, message), kDefaultRetry);
}

absl::Status Unavailable(absl::string_view reason, absl::string_view message, absl::Duration retry_after) {
  return WithRetry(MakeError(absl::StatusCode::kUnavailable, reason, message), retry_after);
}

absl::Status EpochChanged() {
  return MakeError(absl::StatusCode::kAborted, reason::kEpochChanged,
                   "The store was restored since: start again without the token.");
}

absl::Status TooManyStreams() {
  return ResourceExhausted(reason::kTooManyStreams, "As many streams are open as this service allows.");
}

absl::Status WatcherTooSlow() {
  return MakeError(absl::StatusCode::kAborted, reason::kWatcherTooSlow,
                   "The stream was read too slowly: resume from the last revision that was seen.");
}

absl::Status ServiceStopping() {
  return Unavailable(reason::kServiceStopping, "The service is stopping: resume in a moment.", kDefaultRetry);
}

absl::Status Cancelled() {
  return MakeError(absl::StatusCode::kCancelled, reason::kCancelled, "The caller has gone.");
}

absl::Status Internal() {
  return MakeError(absl::StatusCode::kInternal, reason::kInternal,
                   "Something is wrong on our side; it is logged.");
}

std::string ReasonOf(const absl::Status& status) { return Detail<google::rpc::ErrorInfo>(status).reason(); }

google::rpc::BadRequest BadRequestOf(const absl::Status& status) {
  return Detail<google::rpc::BadRequest>(status);
}

google::rpc::PreconditionFailure PreconditionFailureOf(const absl::Status& status) {
  return Detail<google::rpc::PreconditionFailure>(status);
}

std::string MetadataOf(const absl::Status& status, const std::string& key) {
  const auto info = Detail<google::rpc::ErrorInfo>(status);
  const auto found = info.metadata().find(key);
  return found == info.metadata().end() ? std::string() : found->second;
}

std::vector<std::pair<std::string, std::string>> DetailsOf(const absl::Status& status) {
  std::vector<std::pair<std::string, std::string>> details;
  status.ForEachPayload([&](absl::string_view type_url, const absl::Cord& payload) {
    details.emplace_back(std::string(type_url), std::string(payload));
  });
  return details;
}

}  // namespace brokerage::base
