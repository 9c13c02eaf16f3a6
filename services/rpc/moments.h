// Moments and dates between messages and absl.
#pragma once

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "google/protobuf/timestamp.pb.h"

#include "brokerage/common/v1/date_time.pb.h"

namespace brokerage::rpc {

inline absl::Time ToTime(const google::protobuf::Timestamp& moment) {
  return absl::FromUnixSeconds(moment.seconds()) + absl::Nanoseconds(moment.nanos());
}

// To the microsecond, rounded down: what lists order by.
inline google::protobuf::Timestamp ToTimestamp(absl::Time moment) {
  const absl::Time cut = absl::FromUnixMicros(absl::ToUnixMicros(moment));
  google::protobuf::Timestamp timestamp;
  timestamp.set_seconds(absl::ToUnixSeconds(cut));
  timestamp.set_nanos(
      static_cast<int32_t>(absl::ToInt64Nanoseconds(cut - absl::FromUnixSeconds(timestamp.seconds()))));
  return timestamp;
}

// A date that does not exist becomes one that does (31 April: 1 May).
inline absl::CivilDay ToDay(const common::v1::Date& date) {
  return absl::CivilDay(date.year(), date.month(), date.day());
}

inline bool DateExists(const common::v1::Date& date) {
  const absl::CivilDay day = ToDay(date);
  return date.year() >= 1 && date.year() <= 9999 && day.year() == date.year() &&
         day.month() == date.month() && day.day() == date.day();
}

}  // namespace brokerage::rpc
