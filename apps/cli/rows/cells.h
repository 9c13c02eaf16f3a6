// Single values as people write them in a spreadsheet. Each answers INVALID_ARGUMENT with a reason for
// people, who see it behind the name of the column.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"

#include "brokerage/common/v1/date_time.pb.h"

namespace brokerage::cli {

// INVALID_ARGUMENT: `"typed" problem`, with what was typed cut short when it is long.
absl::Status CellFault(absl::string_view typed, absl::string_view problem);

// yes, y, true, 1; no, n, false, 0.
absl::StatusOr<bool> ParseYesNo(absl::string_view text);

// A whole number ≥ 0; commas between thousands are allowed.
absl::StatusOr<int32_t> ParseWhole(absl::string_view text);

// Whole pounds: "£12,345", "12345.00"; pence are refused.
absl::StatusOr<int64_t> ParsePounds(absl::string_view text);

// "2025-03-01" or, as in Britain, "1/3/2025". Years of four digits.
absl::StatusOr<common::v1::Date> ParseDate(absl::string_view text);

// "50%", "50", "33.3 %", 0 to 100, to basis points.
absl::StatusOr<int32_t> ParsePercent(absl::string_view text);

// "8", "8.5 km", "5 miles", to metres, rounded half up. A number alone is kilometres.
absl::StatusOr<int32_t> ParseTravelDistance(absl::string_view text);

// "51.1465": a finite number.
absl::StatusOr<double> ParseDegrees(absl::string_view text);

// The word of an enum's value as files write it: "centre-admin" for ROLE_CENTRE_ADMIN.
std::string EnumWord(const google::protobuf::EnumDescriptor& type, int value);

// The value that `text` names, in any case, with spaces, underscores or hyphens. The unspecified value has no
// name.
absl::StatusOr<int> ParseEnumWord(const google::protobuf::EnumDescriptor& type, absl::string_view text);

template <typename Enum>
absl::StatusOr<Enum> ParseEnum(absl::string_view text) {
  const absl::StatusOr<int> value = ParseEnumWord(*google::protobuf::GetEnumDescriptor<Enum>(), text);
  if (!value.ok()) return value.status();
  return static_cast<Enum>(*value);
}

}  // namespace brokerage::cli
