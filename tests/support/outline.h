// Errors in tests, in a line.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"

#include "base/errors.h"

namespace brokerage::support {

// "OK", or the code and the reason: "ABORTED ETAG_MISMATCH".
inline std::string Outline(const absl::Status& status) {
  if (status.ok()) return "OK";
  return absl::StrCat(absl::StatusCodeToString(status.code()), " ", base::ReasonOf(status));
}
template <typename T>
std::string Outline(const absl::StatusOr<T>& result) {
  return Outline(result.status());
}

// The fields that a refusal names, in its order.
inline std::vector<std::string> FieldsOf(const absl::Status& status) {
  std::vector<std::string> fields;
  const auto bad_request = base::BadRequestOf(status);
  for (const auto& violation : bad_request.field_violations()) fields.push_back(violation.field());
  return fields;
}

inline std::vector<std::string> FieldsOf(const base::Violations& violations) {
  std::vector<std::string> fields;
  for (const auto& [field, description] : violations.fields()) fields.push_back(field);
  return fields;
}

}  // namespace brokerage::support
