// London and UTC for tests that write moments as texts.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "absl/time/time.h"

namespace brokerage::schedule {

inline const absl::TimeZone& London() {
  static const absl::TimeZone kLondon = [] {
    absl::TimeZone zone;
    if (!absl::LoadTimeZone("Europe/London", &zone)) std::abort();
    return zone;
  }();
  return kLondon;
}

// "2026-03-29 00:30" in UTC.
inline int64_t Utc(const std::string& text) {
  absl::Time time;
  std::string error;
  EXPECT_TRUE(absl::ParseTime("%Y-%m-%d %H:%M", text, &time, &error)) << text << ": " << error;
  return absl::ToUnixSeconds(time) / 60;
}

inline std::vector<std::string> ShowUtc(const std::vector<int64_t>& minutes) {
  std::vector<std::string> shown;
  for (const int64_t minute : minutes) {
    shown.push_back(
        absl::FormatTime("%Y-%m-%d %H:%M", absl::UnixEpoch() + absl::Minutes(minute), absl::UTCTimeZone()));
  }
  return shown;
}

}  // namespace brokerage::schedule
