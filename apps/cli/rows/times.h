// Lengths of time and times of day as people write them; reasons as in cells.h.
#pragma once

#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace brokerage::cli {

// "3h", "90 min", "1h30", "1:30", "2.5 h", to minutes, at least 1. With `bare` a number alone is minutes.
absl::StatusOr<int32_t> ParseMinutes(absl::string_view text, bool bare);

// "09:00", "9.30", "0930", "9", "9am", "12:30 pm", to minutes after midnight: 0 to 1,439, and with `is_end`
// 24:00 too.
absl::StatusOr<int32_t> ParseClockTime(absl::string_view text, bool is_end);

}  // namespace brokerage::cli
