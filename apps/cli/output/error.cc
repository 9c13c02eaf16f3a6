#include "apps/cli/output/error.h"

#include <utility>

#include "absl/strings/str_cat.h"

#include "apps/cli/output/json.h"
#include "apps/cli/output/text.h"
#include "base/errors.h"

namespace brokerage::cli {
namespace {

namespace reason = base::reason;

constexpr std::pair<absl::string_view, absl::string_view> kHintsByReason[] = {
    {reason::kCredentialMissing, "Give the file that holds your token with --credential-file FILE."},
    {reason::kCredentialInvalid,
     "Give another token with --credential-file FILE, or ask your centre's administrator for a new one."},
    {reason::kPermissionDenied, "Ask your centre's administrator whether your role should allow this."},
    {reason::kScopeMissing, "Ask your centre's administrator for a credential with this scope."},
    {reason::kNotFound, "It does not exist, or it belongs to another centre and is not shared with yours."},
    {reason::kPageTokenInvalid, "Leave --page-token out to start again."},
    {reason::kPageTokenExpired, "Leave --page-token out to start again."},
    {reason::kEpochChanged, "Leave --page-token out to start again."},
    {reason::kEtagMismatch, "Read the record again and decide again."},
    {reason::kRequestIdReused,
     "This line of this file was imported before, and was read differently then: was another version of this "
     "program, "
     "or another organisation of that name, in use?"},
    {reason::kSecretAlreadyShown, "Revoke that credential and make another."},
    {reason::kOrganisationNotActive, "See the organisation's state with: brokerage organisations get NAME"},
    {reason::kRegistryNeverSeen,
     "The matching service has not heard the registry yet. See both with: brokerage status"},
    {reason::kOutcomeUnknown, "Look whether it was done before you try again."},
    {reason::kStoreFull, "The administrator of the machine must make room."},
};

std::string HintByCode(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kUnavailable:
      return "Does the service run? deploy/up starts both; --matching and --registry say where they are.";
    case absl::StatusCode::kDeadlineExceeded:
      return "Try again, or give it longer with --timeout SECONDS.";
    case absl::StatusCode::kUnimplemented:
      return "The service is older than this program.";
    default:
      return "";
  }
}

std::string Sentence(absl::string_view text) { return Printable(text); }

}  // namespace

std::string HintFor(const absl::Status& status) {
  const std::string found = base::ReasonOf(status);
  for (const auto& [reason_name, hint] : kHintsByReason) {
    if (found == reason_name) return std::string(hint);
  }
  return HintByCode(status.code());
}

void PrintError(const Environment& environment, const absl::Status& status, bool json) {
  const std::string code = absl::StatusCodeToString(status.code());
  const std::string found = base::ReasonOf(status);
  const google::rpc::BadRequest bad_request = base::BadRequestOf(status);
  const google::rpc::PreconditionFailure failure = base::PreconditionFailureOf(status);
  const std::string hint = HintFor(status);
  if (json) {
    Json needs = Json::array();
    for (const auto& need : failure.violations()) {
      needs.push_back(
          {{"code", need.type()}, {"subject", need.subject()}, {"description", need.description()}});
    }
    Json fields = Json::array();
    for (const auto& violation : bad_request.field_violations()) {
      fields.push_back({{"field", violation.field()}, {"description", violation.description()}});
    }
    const Json error = {{"code", code},
                        {"reason", found},
                        {"message", std::string(status.message())},
                        {"fields", std::move(fields)},
                        {"needs", std::move(needs)},
                        {"hint", hint}};
    environment.err << Print(Json{{"error", error}});
    return;
  }
  if (bad_request.field_violations_size() > 0) {
    environment.err << "brokerage: the request was refused: "
                    << CountOf(bad_request.field_violations_size(), "fault", "faults") << "\n";
    for (const auto& violation : bad_request.field_violations()) {
      environment.err << "  " << Sentence(violation.field()) << ": " << Sentence(violation.description())
                      << "\n";
    }
  } else {
    environment.err << "brokerage: " << Sentence(status.message()) << "\n";
  }
  for (const auto& need : failure.violations()) {
    environment.err << "  " << Sentence(need.type()) << ": " << Sentence(need.description()) << "\n";
  }
  environment.err << "  (" << code << (found.empty() ? "" : absl::StrCat(", ", found)) << ")\n";
  if (!hint.empty()) environment.err << "  " << hint << "\n";
}

}  // namespace brokerage::cli
