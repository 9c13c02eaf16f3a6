#include "apps/cli/import/import_kind.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

#include "base/errors.h"

namespace brokerage::cli {

RetryPolicy ImportRetryPolicy() {
  RetryPolicy policy;
  policy.attempts = 8;
  return policy;
}

bool IsAboutTheRow(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kNotFound:
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kAborted:
    case absl::StatusCode::kOutOfRange:
      return true;
    default:
      return false;
  }
}

std::vector<Remark> RemarksOf(const absl::Status& status,
                              const std::function<std::string(absl::string_view field)>& column_of) {
  std::vector<Remark> remarks;
  const google::rpc::BadRequest bad_request = base::BadRequestOf(status);
  for (const auto& violation : bad_request.field_violations()) {
    Remark remark{column_of(violation.field()), violation.description()};
    // Which entry of a list, or which field when no column is its own.
    if (remark.column.empty() || absl::StrContains(violation.field(), "[")) {
      absl::StrAppend(&remark.text, " (", violation.field(), ")");
    }
    remarks.push_back(std::move(remark));
  }
  if (remarks.empty()) {
    const std::string reason = base::ReasonOf(status);
    remarks.push_back(
        {"", absl::StrCat(status.message(), reason.empty() ? "" : absl::StrCat(" (", reason, ")"))});
  }
  return remarks;
}

absl::StatusOr<std::vector<Remark>> CheckAnswer(
    const absl::Status& status, const std::function<std::string(absl::string_view field)>& column_of) {
  if (status.ok()) return std::vector<Remark>();
  if (!IsAboutTheRow(status)) return status;
  return RemarksOf(status, column_of);
}

}  // namespace brokerage::cli
