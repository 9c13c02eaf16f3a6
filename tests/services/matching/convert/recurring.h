// Recurring schedules for tests, with moments written as texts.
#pragma once

#include <cstdint>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "absl/time/time.h"

#include "brokerage/matching/v1/opportunity.pb.h"

namespace brokerage::matching {

// "2026-06-16 18:00" in UTC.
inline absl::Time Utc(const std::string& text) {
  absl::Time time;
  std::string error;
  EXPECT_TRUE(absl::ParseTime("%Y-%m-%d %H:%M", text, &time, &error)) << text << ": " << error;
  return time;
}
inline int64_t MinuteOf(const std::string& text) { return absl::ToUnixSeconds(Utc(text)) / 60; }

inline v1::Session ListedSession(const std::string& start, int minutes) {
  v1::Session session;
  session.mutable_start_time()->set_seconds(absl::ToUnixSeconds(Utc(start)));
  session.mutable_duration()->set_seconds(minutes * 60);
  return session;
}

inline v1::Schedule Recurring(const std::string& first, int minutes, const std::string& rule,
                              const std::vector<std::string>& left_out = {}) {
  v1::Schedule schedule;
  v1::Recurrence& recurrence = *schedule.mutable_dated()->mutable_recurrence();
  recurrence.mutable_dtstart()->set_seconds(absl::ToUnixSeconds(Utc(first)));
  recurrence.mutable_duration()->set_seconds(minutes * 60);
  recurrence.set_rrule(rule);
  for (const std::string& start : left_out)
    recurrence.add_exdates()->set_seconds(absl::ToUnixSeconds(Utc(start)));
  return schedule;
}

}  // namespace brokerage::matching
