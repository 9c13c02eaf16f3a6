#include "apps/cli/rows/windows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "apps/cli/output/text.h"

namespace brokerage::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

// "Mon 09:00-12:30, …"
std::string Show(const ParsedWindows& parsed) {
  return absl::StrJoin(parsed.windows, ", ", [](std::string* out, const common::v1::WeeklyWindow& window) {
    absl::StrAppend(out, FormatDay(window.day_of_week()), " ", FormatTimeOfDay(window.start_time()), "-",
                    FormatTimeOfDay(window.end_time()));
  });
}

TEST(Windows, AreReadAsPeopleWriteThem) {
  const std::pair<const char*, const char*> cases[] = {
      {"Mon 09:00-12:30", "Mon 09:00-12:30"},
      {"Mon 09:00-12:30; Wed 18:00-21:00", "Mon 09:00-12:30, Wed 18:00-21:00"},
      {"Mon 09:00-12:30\nWed 6pm-9pm\n", "Mon 09:00-12:30, Wed 18:00-21:00"},
      {"monday 9 to 12", "Mon 09:00-12:00"},
      {"TUES 9.30–12.30", "Tue 09:30-12:30"},
      {"Tuesdays 9am - 12pm", "Tue 09:00-12:00"},
      {"Mon, Wed and Fri 9-10", "Mon 09:00-10:00, Wed 09:00-10:00, Fri 09:00-10:00"},
      {"Sat/Sun 10-11", "Sat 10:00-11:00, Sun 10:00-11:00"},
      {"Mon-Wed 9-10", "Mon 09:00-10:00, Tue 09:00-10:00, Wed 09:00-10:00"},
      {"Sat - Mon 9-10", "Sat 09:00-10:00, Sun 09:00-10:00, Mon 09:00-10:00"},
      {"weekends 10-16", "Sat 10:00-16:00, Sun 10:00-16:00"},
      {"weekdays 9-10",
       "Mon 09:00-10:00, Tue 09:00-10:00, Wed 09:00-10:00, Thu 09:00-10:00, Fri 09:00-10:00"},
      {"Fri all day", "Fri 00:00-24:00"},
      {"Fri 22:00-24:00", "Fri 22:00-24:00"},
      {"Sun 22:00-02:00", "Sun 22:00-02:00"},
      {"Sun 08:00-08:00", "Sun 08:00-08:00"},
      {"Fri 22:00-00:00", "Fri 22:00-24:00"},
      {"", ""},
      {" ; ", ""},
  };
  for (const Rounding rounding : {Rounding::kInward, Rounding::kOutward}) {
    for (const auto& [text, expected] : cases) {
      const ParsedWindows parsed = ParseWindows(text, rounding);
      EXPECT_EQ(Show(parsed), expected) << text;
      EXPECT_THAT(parsed.faults, IsEmpty()) << text;
      EXPECT_THAT(parsed.notes, IsEmpty()) << text;
    }
  }
  EXPECT_THAT(ParseWindows("daily 9-10", Rounding::kInward).windows, SizeIs(7));
}

TEST(Windows, ARoleGrowsToTheHalfHourAndAVolunteerShrinks) {
  struct Case {
    const char* text;
    const char* role;
    const char* volunteer;
  };
  const Case cases[] = {
      {"Mon 09:10-12:20", "Mon 09:00-12:30", "Mon 09:30-12:00"},
      {"Mon 09:01-12:00", "Mon 09:00-12:00", "Mon 09:30-12:00"},
      {"Mon 09:00-12:01", "Mon 09:00-12:30", "Mon 09:00-12:00"},
      {"Mon 09:29-12:29", "Mon 09:00-12:30", "Mon 09:30-12:00"},
      {"Mon 09:10-09:50", "Mon 09:00-10:00", ""},
      {"Mon 09:10-09:25", "Mon 09:00-09:30", ""},
      {"Mon 22:45-23:45", "Mon 22:30-24:00", "Mon 23:00-23:30"},
      {"Mon 23:45-02:10", "Mon 23:30-02:30", "Tue 00:00-02:00"},
      {"Sun 23:50-00:40", "Sun 23:30-01:00", "Mon 00:00-00:30"},
      {"Mon 09:10-09:10", "Mon 09:00-09:00, Tue 09:00-09:30", "Mon 09:30-09:00"},
      {"Mon 09:20-09:15", "Mon 09:00-09:00, Tue 09:00-09:30", "Mon 09:30-09:00"},
  };
  for (const Case& c : cases) {
    const ParsedWindows role = ParseWindows(c.text, Rounding::kOutward);
    const ParsedWindows volunteer = ParseWindows(c.text, Rounding::kInward);
    EXPECT_EQ(Show(role), c.role) << c.text;
    EXPECT_EQ(Show(volunteer), c.volunteer) << c.text;
    EXPECT_THAT(role.notes, SizeIs(1)) << c.text;
    EXPECT_THAT(volunteer.notes, SizeIs(1)) << c.text;
  }
}

TEST(Windows, WhatWasRoundedIsSaid) {
  EXPECT_THAT(ParseWindows("Mon 09:10-12:20", Rounding::kInward).notes,
              ElementsAre("\"Mon 09:10-12:20\" was read as Mon 09:30–12:00"));
  EXPECT_THAT(ParseWindows("Mon 09:10-09:25", Rounding::kInward).notes,
              ElementsAre(HasSubstr("was left out")));
  EXPECT_THAT(ParseWindows("Sat,Sun 09:10-12:00", Rounding::kOutward).notes,
              ElementsAre(HasSubstr("Sat 09:10-12:00"), HasSubstr("Sun 09:10-12:00")));
}

TEST(Windows, EveryEntryThatCannotBeReadIsAFault) {
  for (const char* bad :
       {"Mon", "09:00-12:00", "Mon 9", "Mon 9-", "Mon 25-26", "Noday 9-10", "M 9-10", "Mon-Wed-Fri 9-10",
        "mornings", "Mon 9-10-11", "Mon 24:00-01:00", "Monday-ish 9-10"}) {
    const ParsedWindows parsed = ParseWindows(bad, Rounding::kInward);
    EXPECT_THAT(parsed.faults, SizeIs(1)) << bad;
    EXPECT_THAT(parsed.windows, IsEmpty()) << bad;
  }
  const ParsedWindows mixed = ParseWindows("Mon 9-10; nonsense; Tue 9-10; Wed 99-100", Rounding::kInward);
  EXPECT_EQ(Show(mixed), "Mon 09:00-10:00, Tue 09:00-10:00");
  EXPECT_THAT(mixed.faults, SizeIs(2));
}

}  // namespace
}  // namespace brokerage::cli
