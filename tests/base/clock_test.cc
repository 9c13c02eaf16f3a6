#include "base/clock.h"

#include <gtest/gtest.h>
#include <string>

#include "absl/time/time.h"

namespace brokerage::base {
namespace {

absl::Time Utc(const std::string& text) {
  absl::Time moment;
  std::string error;
  EXPECT_TRUE(absl::ParseTime(absl::RFC3339_full, text, &moment, &error)) << error;
  return moment;
}

TEST(Clock, LondonDateFollowsSummerTime) {
  EXPECT_EQ(LondonDate(Utc("2026-01-15T23:59:59Z")), absl::CivilDay(2026, 1, 15));
  EXPECT_EQ(LondonDate(Utc("2026-07-15T22:59:59Z")), absl::CivilDay(2026, 7, 15));
  EXPECT_EQ(LondonDate(Utc("2026-07-15T23:00:00Z")), absl::CivilDay(2026, 7, 16));
  // The night before the clocks go forward, and the one after they went back.
  EXPECT_EQ(LondonDate(Utc("2026-03-28T23:30:00Z")), absl::CivilDay(2026, 3, 28));
  EXPECT_EQ(LondonDate(Utc("2026-10-25T23:30:00Z")), absl::CivilDay(2026, 10, 25));
}

}  // namespace
}  // namespace brokerage::base
