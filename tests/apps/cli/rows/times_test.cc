#include "apps/cli/rows/times.h"

#include <gtest/gtest.h>
#include <optional>
#include <string>

namespace brokerage::cli {
namespace {

std::optional<int32_t> ValueOf(const absl::StatusOr<int32_t>& read) {
  return read.ok() ? std::optional<int32_t>(*read) : std::nullopt;
}

TEST(Times, LengthsOfTime) {
  const std::pair<const char*, std::optional<int32_t>> cases[] = {
      {"3h", 180},    {"3 hours", 180},  {"1 hour", 60}, {"90 min", 90}, {"90m", 90},    {"1h30m", 90},
      {"1h30", 90},   {"1h 30", 90},     {"1:30", 90},   {"2.5h", 150},  {"0.25 h", 15}, {"1h0", 60},
      {"100h", 6000}, {"1 hr", 60},      {"0h", {}},     {"0 min", {}},  {"h", {}},      {"3", {}},
      {"1h60", {}},   {"2.33h", {}},     {"2.5", {}},    {"1h30x", {}},  {"-1h", {}},    {"", {}},
      {"1.5.5h", {}}, {"99999999h", {}}, {"1h m", {}},
  };
  for (const auto& [text, expected] : cases) EXPECT_EQ(ValueOf(ParseMinutes(text, false)), expected) << text;
}

TEST(Times, ANumberAloneIsMinutesOnlyWhereItMayBe) {
  EXPECT_EQ(ValueOf(ParseMinutes("120", true)), 120);
  EXPECT_EQ(ValueOf(ParseMinutes("3h", true)), 180);
  EXPECT_EQ(ValueOf(ParseMinutes("120", false)), std::nullopt);
}

TEST(Times, TimesOfDay) {
  const std::pair<const char*, std::optional<int32_t>> cases[] = {
      {"09:00", 540}, {"9:00", 540},   {"9.30", 570},   {"0930", 570},     {"9", 540},    {"9am", 540},
      {"9 am", 540},  {"12am", 0},     {"12pm", 720},   {"12:30 pm", 750}, {"6pm", 1080}, {"11:59pm", 1439},
      {"00:00", 0},   {"0", 0},        {"23:59", 1439}, {"24:00", {}},     {"24:01", {}}, {"25:00", {}},
      {"9:60", {}},   {"9:5", {}},     {"13pm", {}},    {"0am", {}},       {"930", {}},   {"", {}},
      {"noon", {}},   {"9:00:00", {}}, {"-9", {}},      {"9h", {}},        {"am", {}},    {"2400", {}},
  };
  for (const auto& [text, expected] : cases)
    EXPECT_EQ(ValueOf(ParseClockTime(text, false)), expected) << text;
}

TEST(Times, MidnightMayEndADayButNotBeginOneAsTwentyFour) {
  EXPECT_EQ(ValueOf(ParseClockTime("24:00", true)), 1440);
  EXPECT_EQ(ValueOf(ParseClockTime("2400", true)), 1440);
  EXPECT_EQ(ValueOf(ParseClockTime("24:30", true)), std::nullopt);
}

}  // namespace
}  // namespace brokerage::cli
