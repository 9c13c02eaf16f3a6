// Values as people read them in a terminal.
#pragma once

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "google/protobuf/duration.pb.h"
#include "google/protobuf/timestamp.pb.h"

#include "brokerage/common/v1/date_time.pb.h"

namespace brokerage::cli {

// `text` without what could steer a terminal: line ends and tabs become spaces, other control characters
// U+FFFD.
std::string Printable(absl::string_view text);

// `text` cut to `width` columns, with an ellipsis where something was cut.
std::string Shortened(absl::string_view text, int width);

// On the London clock: "2026-12-05 09:00"; empty for the default value.
std::string FormatTime(const google::protobuf::Timestamp& time);
// "2026-12-05"
std::string FormatDate(const common::v1::Date& date);
// "09:00"
std::string FormatTimeOfDay(const common::v1::TimeOfDay& time);
// Monday is "Mon"; "?" for an unknown value.
std::string FormatDay(common::v1::DayOfWeek day);
// "3 h", "1 h 30 min", "45 min"
std::string FormatMinutes(int64_t minutes);
// The largest two units: "2 d 3 h", "41 s"
std::string FormatAge(absl::Duration age);
// "850 m", "1.3 km", "27 km"
std::string FormatDistance(int64_t metres);
// Of millionths: "87.3 %"
std::string FormatShare(int64_t millionths);
// "1,234,567"
std::string FormatCount(int64_t count);
// "1 row", "2 rows"
std::string CountOf(int64_t count, absl::string_view singular, absl::string_view plural);
// Ten cells, as many full as tenths of `millionths`.
std::string FormatBar(int64_t millionths);

// An absl::Time of a Timestamp.
absl::Time ToTime(const google::protobuf::Timestamp& time);
google::protobuf::Timestamp ToTimestamp(absl::Time time);

}  // namespace brokerage::cli
