#include "apps/cli/rows/sessions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"

#include "apps/cli/output/text.h"

namespace brokerage::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

// In UTC, with minutes: "2026-12-05T09:00+180".
std::string Show(const ParsedSessions& parsed) {
  return absl::StrJoin(parsed.sessions, ", ", [](std::string* out, const matching::v1::Session& session) {
    absl::StrAppend(out,
                    absl::FormatTime("%Y-%m-%dT%H:%M", ToTime(session.start_time()), absl::UTCTimeZone()),
                    "+", session.duration().seconds() / 60);
  });
}

TEST(Sessions, AreReadOnTheLondonClock) {
  const std::pair<const char*, const char*> cases[] = {
      {"2026-12-05 09:00 3h", "2026-12-05T09:00+180"},
      {"2026-07-05 09:00 3h", "2026-07-05T08:00+180"},
      {"5/12/2026 9am-12pm", "2026-12-05T09:00+180"},
      {"2026-12-05 09:00-12:30; 2026-12-12 09:00-12:30", "2026-12-05T09:00+210, 2026-12-12T09:00+210"},
      {"2026-12-05 18:00 - 21:00", "2026-12-05T18:00+180"},
      {"2026-12-05 18:00 to 21:00", "2026-12-05T18:00+180"},
      {"2026-12-05 22:00-02:00", "2026-12-05T22:00+240"},
      {"2026-12-05 22:00-24:00", "2026-12-05T22:00+120"},
      {"2026-12-05 09:07 45 min", "2026-12-05T09:07+45"},
      {"2026-12-05   09:00   90m", "2026-12-05T09:00+90"},
      {"", ""},
  };
  for (const auto& [text, expected] : cases) {
    const ParsedSessions parsed = ParseSessions(text);
    EXPECT_EQ(Show(parsed), expected) << text;
    EXPECT_THAT(parsed.faults, IsEmpty()) << text;
    EXPECT_THAT(parsed.notes, IsEmpty()) << text;
  }
}

TEST(Sessions, ADayOnWhichTheClocksChangeHasTheHoursThatItHas) {
  EXPECT_EQ(Show(ParseSessions("2026-03-29 00:00-04:00")), "2026-03-29T00:00+180") << "forward, at 01:00";
  EXPECT_EQ(Show(ParseSessions("2026-10-25 00:00-04:00")), "2026-10-24T23:00+300") << "back, at 02:00";
  EXPECT_EQ(Show(ParseSessions("2026-03-29 00:00 4h")), "2026-03-29T00:00+240")
      << "a length is time that passes";
}

TEST(Sessions, TimesThatDoNotExistOrHappenTwiceAreReadByTheRuleAndReported) {
  const ParsedSessions skipped = ParseSessions("2026-03-29 01:30 2h");
  EXPECT_EQ(Show(skipped), "2026-03-29T01:00+120") << "the moment of the change";
  EXPECT_THAT(skipped.notes, ElementsAre(HasSubstr("does not exist")));

  const ParsedSessions repeated = ParseSessions("2026-10-25 01:30-01:45");
  EXPECT_EQ(Show(repeated), "2026-10-25T00:30+75") << "the first start, the second end";
  EXPECT_THAT(repeated.notes, SizeIs(2));
}

TEST(Sessions, EveryEntryThatCannotBeReadIsAFault) {
  for (const char* bad : {"2026-12-05", "2026-12-05 09:00", "09:00 3h", "2026-02-30 09:00 3h",
                          "2026-12-05 25:00 3h", "2026-12-05 09:00 3", "2026-12-05 09:00 0h",
                          "2026-12-05 09:00-", "Saturdays 9-12", "2026-03-29 01:30-01:45"}) {
    const ParsedSessions parsed = ParseSessions(bad);
    EXPECT_THAT(parsed.faults, SizeIs(1)) << bad;
    EXPECT_THAT(parsed.sessions, IsEmpty()) << bad;
  }
  EXPECT_THAT(ParseSessions("2026-12-05 9 3h; x; 2026-12-06 9 3h; y").faults, SizeIs(2));
}

// "2026-12-01T19:00+120 FREQ=WEEKLY -2026-12-29T19:00", in UTC.
std::string Show(const matching::v1::Recurrence& recurrence) {
  const auto time = [](const google::protobuf::Timestamp& moment) {
    return absl::FormatTime("%Y-%m-%dT%H:%M", ToTime(moment), absl::UTCTimeZone());
  };
  std::string shown = absl::StrCat(time(recurrence.dtstart()), "+", recurrence.duration().seconds() / 60, " ",
                                   recurrence.rrule());
  for (const auto& left_out : recurrence.exdates()) absl::StrAppend(&shown, " -", time(left_out));
  return shown;
}

TEST(Recurrences, AreAFirstSessionAndARule) {
  struct Case {
    const char* text;
    const char* left_out;
    const char* expected;
  };
  for (const Case& test : std::vector<Case>{
           {"2026-12-01 19:00 2h FREQ=WEEKLY;BYDAY=TU", "", "2026-12-01T19:00+120 FREQ=WEEKLY;BYDAY=TU"},
           {"  1/7/2026 7pm-9:30pm  freq=monthly ", "", "2026-07-01T18:00+150 freq=monthly"},
           {"2026-10-20 19:00 1h FREQ=WEEKLY", "20/10/2026; 2026-10-27",
            "2026-10-20T18:00+60 FREQ=WEEKLY -2026-10-20T18:00 -2026-10-27T19:00"},
           {"2026-03-28 01:30 1h FREQ=DAILY", "2026-03-29",
            "2026-03-28T01:30+60 FREQ=DAILY -2026-03-29T01:00"},
           {"2026-10-24 01:30 1h FREQ=DAILY", "2026-10-25",
            "2026-10-24T00:30+60 FREQ=DAILY -2026-10-25T00:30"},
       }) {
    const ParsedRecurrence parsed = ParseRecurrence(test.text, test.left_out);
    EXPECT_EQ(Show(parsed.recurrence), test.expected) << test.text;
    EXPECT_THAT(parsed.faults, IsEmpty()) << test.text;
    EXPECT_THAT(parsed.left_out_faults, IsEmpty()) << test.text;
    EXPECT_THAT(parsed.notes, IsEmpty()) << test.text;
  }
  EXPECT_THAT(ParseRecurrence("2026-03-29 01:30 1h FREQ=DAILY", "").notes,
              ElementsAre(HasSubstr("does not exist")));
}

TEST(Recurrences, WhatCannotBeReadIsAFault) {
  for (const char* bad : {"2026-12-01 19:00 2h", "FREQ=DAILY", "2026-12-01 FREQ=DAILY",
                          "2026-12-01 19:00 FREQ=DAILY", "2026-12-01 19:00 2h every Tuesday", ""}) {
    EXPECT_THAT(ParseRecurrence(bad, "").faults, SizeIs(1)) << bad;
  }
  const ParsedRecurrence parsed =
      ParseRecurrence("2026-12-01 19:00 2h FREQ=DAILY", "soon; 2026-12-05; never");
  EXPECT_THAT(parsed.left_out_faults, SizeIs(2));
  EXPECT_THAT(parsed.faults, IsEmpty());
}

}  // namespace
}  // namespace brokerage::cli
