// Worked by hand. In 2026 the clock in London goes forward on Sunday 29 March at 01:00 UTC (01:00 GMT is
// 02:00 BST) and back on Sunday 25 October at 01:00 UTC (02:00 BST is 01:00 GMT).
#include "schedule/sessions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"

#include "tests/schedule/london.h"

namespace brokerage::schedule {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

int32_t DayOf(int year, int month, int day) {
  return static_cast<int32_t>(absl::CivilDay(year, month, day) - absl::CivilDay(1970, 1, 1));
}

// "Sun 00:30 | 2026-03-29 00:30 to 2026-03-29 01:00", the slot's local start and the span in UTC.
std::string Show(const SlotSpan& span) {
  static constexpr const char* kDays[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  const auto utc = [](int64_t minute) {
    return absl::FormatTime("%m-%d %H:%M", absl::UnixEpoch() + absl::Minutes(minute), absl::UTCTimeZone());
  };
  const int in_day = span.slot % 48;
  return absl::StrCat(kDays[span.slot / 48], " ", in_day / 2 < 10 ? "0" : "", in_day / 2, ":",
                      in_day % 2 == 0 ? "00" : "30", " | ", utc(span.start_min), " to ", utc(span.end_min));
}

std::vector<std::string> Spans(const Session& session) {
  std::vector<std::string> lines;
  for (const SlotSpan& span : session.spans) lines.push_back(Show(span));
  return lines;
}

// The minutes of the session that lie in a span, looked at one by one.
int64_t Union(const Session& session) {
  int64_t minutes = 0;
  for (int64_t minute = session.start_min; minute < session.end_min; ++minute) {
    for (const SlotSpan& span : session.spans) {
      if (span.start_min <= minute && minute < span.end_min) {
        ++minutes;
        break;
      }
    }
  }
  return minutes;
}

TEST(Sessions, OnTheGridInWinter) {
  const Session session = ExpandSession(Utc("2026-01-14 10:00"), 90, London());  // a Wednesday
  EXPECT_EQ(session.start_min, Utc("2026-01-14 10:00"));
  EXPECT_EQ(session.end_min, Utc("2026-01-14 11:30"));
  EXPECT_EQ(session.local_date, DayOf(2026, 1, 14));
  EXPECT_THAT(Spans(session),
              ElementsAre("Wed 10:00 | 01-14 10:00 to 01-14 10:30", "Wed 10:30 | 01-14 10:30 to 01-14 11:00",
                          "Wed 11:00 | 01-14 11:00 to 01-14 11:30"));
}

TEST(Sessions, OffTheGridInSummerIsClippedAtBothEnds) {
  const Session session = ExpandSession(Utc("2026-07-15 09:10"), 45, London());  // 10:10 to 10:55 BST
  EXPECT_THAT(Spans(session), ElementsAre("Wed 10:00 | 07-15 09:10 to 07-15 09:30",
                                          "Wed 10:30 | 07-15 09:30 to 07-15 09:55"));
}

TEST(Sessions, OneMinute) {
  EXPECT_THAT(Spans(ExpandSession(Utc("2026-01-14 10:29"), 1, London())),
              ElementsAre("Wed 10:00 | 01-14 10:29 to 01-14 10:30"));
  EXPECT_THAT(Spans(ExpandSession(Utc("2026-01-14 10:30"), 1, London())),
              ElementsAre("Wed 10:30 | 01-14 10:30 to 01-14 10:31"));
}

TEST(Sessions, TheDateIsTheLondonDateOfTheStart) {
  EXPECT_EQ(ExpandSession(Utc("2026-07-15 22:59"), 60, London()).local_date, DayOf(2026, 7, 15));
  EXPECT_EQ(ExpandSession(Utc("2026-07-15 23:00"), 60, London()).local_date, DayOf(2026, 7, 16));
  EXPECT_EQ(ExpandSession(Utc("2026-01-14 23:59"), 60, London()).local_date, DayOf(2026, 1, 14));
  EXPECT_EQ(ExpandSession(Utc("2026-01-15 00:00"), 60, London()).local_date, DayOf(2026, 1, 15));
  EXPECT_EQ(LocalDay(Utc("2026-07-15 23:00"), London()), DayOf(2026, 7, 16));
  EXPECT_EQ(LocalDay(Utc("1969-12-31 22:59"), London()), -1);
}

TEST(Sessions, AcrossMidnightSundayIntoMonday) {
  const Session session = ExpandSession(Utc("2026-01-18 23:30"), 60, London());
  EXPECT_EQ(session.local_date, DayOf(2026, 1, 18));
  EXPECT_THAT(Spans(session), ElementsAre("Sun 23:30 | 01-18 23:30 to 01-19 00:00",
                                          "Mon 00:00 | 01-19 00:00 to 01-19 00:30"));
}

TEST(Sessions, AcrossYearsEnd) {
  const Session session = ExpandSession(Utc("2026-12-31 23:00"), 120, London());  // a Thursday
  EXPECT_EQ(session.local_date, DayOf(2026, 12, 31));
  EXPECT_THAT(
      Spans(session),
      ElementsAre("Thu 23:00 | 12-31 23:00 to 12-31 23:30", "Thu 23:30 | 12-31 23:30 to 01-01 00:00",
                  "Fri 00:00 | 01-01 00:00 to 01-01 00:30", "Fri 00:30 | 01-01 00:30 to 01-01 01:00"));
}

TEST(Sessions, BeforeTheGap) {
  EXPECT_THAT(
      Spans(ExpandSession(Utc("2026-03-29 00:00"), 60, London())),
      ElementsAre("Sun 00:00 | 03-29 00:00 to 03-29 00:30", "Sun 00:30 | 03-29 00:30 to 03-29 01:00"));
}

TEST(Sessions, AcrossTheGapTheLostSlotsAreLeftOut) {
  const Session session = ExpandSession(Utc("2026-03-29 00:30"), 120, London());
  EXPECT_THAT(
      Spans(session),
      ElementsAre("Sun 00:30 | 03-29 00:30 to 03-29 01:00", "Sun 02:00 | 03-29 01:00 to 03-29 01:30",
                  "Sun 02:30 | 03-29 01:30 to 03-29 02:00", "Sun 03:00 | 03-29 02:00 to 03-29 02:30"));
}

TEST(Sessions, AfterTheGap) {
  EXPECT_THAT(Spans(ExpandSession(Utc("2026-03-29 01:00"), 30, London())),
              ElementsAre("Sun 02:00 | 03-29 01:00 to 03-29 01:30"));
}

TEST(Sessions, AcrossTheNightOfTheGap) {
  // From Saturday 23:00 GMT for eight hours: until 08:00 BST.
  const Session session = ExpandSession(Utc("2026-03-28 23:00"), 480, London());
  EXPECT_EQ(session.local_date, DayOf(2026, 3, 28));
  EXPECT_THAT(session.spans, SizeIs(16));  // 18 of local time, less the two that were lost
  EXPECT_EQ(Show(session.spans.front()), "Sat 23:00 | 03-28 23:00 to 03-28 23:30");
  EXPECT_EQ(Show(session.spans.back()), "Sun 07:30 | 03-29 06:30 to 03-29 07:00");
  EXPECT_EQ(Union(session), 480);
}

TEST(Sessions, BeforeTheRepeatedHour) {
  // 00:00 to 00:30 BST: nothing of it happens twice.
  EXPECT_THAT(Spans(ExpandSession(Utc("2026-10-24 23:00"), 30, London())),
              ElementsAre("Sun 00:00 | 10-24 23:00 to 10-24 23:30"));
  // 00:30 to 01:00 BST: 01:00 happens twice, but the session is over before either counts.
  EXPECT_THAT(Spans(ExpandSession(Utc("2026-10-24 23:30"), 30, London())),
              ElementsAre("Sun 00:30 | 10-24 23:30 to 10-25 00:00"));
}

TEST(Sessions, AcrossTheRepeatedHourStartsAreTheFirstAndEndsTheSecond) {
  const Session session = ExpandSession(Utc("2026-10-24 23:30"), 180, London());  // 00:30 BST to 02:30 GMT
  EXPECT_THAT(
      Spans(session),
      ElementsAre("Sun 00:30 | 10-24 23:30 to 10-25 01:00", "Sun 01:00 | 10-25 00:00 to 10-25 01:30",
                  "Sun 01:30 | 10-25 00:30 to 10-25 02:00", "Sun 02:00 | 10-25 02:00 to 10-25 02:30"));
  EXPECT_EQ(Union(session), 180);
}

TEST(Sessions, InsideEachPassOfTheRepeatedHour) {
  // 01:10 to 01:20 BST, the first pass.
  EXPECT_THAT(
      Spans(ExpandSession(Utc("2026-10-25 00:10"), 10, London())),
      ElementsAre("Sun 00:30 | 10-25 00:10 to 10-25 00:20", "Sun 01:00 | 10-25 00:10 to 10-25 00:20"));
  // 01:10 to 01:20 GMT, the second.
  EXPECT_THAT(
      Spans(ExpandSession(Utc("2026-10-25 01:10"), 10, London())),
      ElementsAre("Sun 01:00 | 10-25 01:10 to 10-25 01:20", "Sun 01:30 | 10-25 01:10 to 10-25 01:20"));
}

TEST(Sessions, AfterTheRepeatedHour) {
  EXPECT_THAT(
      Spans(ExpandSession(Utc("2026-10-25 02:00"), 60, London())),
      ElementsAre("Sun 02:00 | 10-25 02:00 to 10-25 02:30", "Sun 02:30 | 10-25 02:30 to 10-25 03:00"));
}

TEST(Sessions, DurationIsElapsedTime) {
  // A whole local day of 23, 24 and 25 hours.
  EXPECT_EQ(Show(ExpandSession(Utc("2026-03-29 00:00"), 23 * 60, London()).spans.back()),
            "Sun 23:30 | 03-29 22:30 to 03-29 23:00");
  EXPECT_EQ(Show(ExpandSession(Utc("2026-03-22 00:00"), 24 * 60, London()).spans.back()),
            "Sun 23:30 | 03-22 23:30 to 03-23 00:00");
  EXPECT_EQ(Show(ExpandSession(Utc("2026-10-24 23:00"), 25 * 60, London()).spans.back()),
            "Sun 23:30 | 10-25 23:30 to 10-26 00:00");
}

TEST(Sessions, LongerThanAWeekComesRoundToTheSameSlots) {
  const Session session = ExpandSession(Utc("2026-01-12 00:00"), 8 * 24 * 60, London());
  EXPECT_THAT(session.spans, SizeIs(8 * 48));
  EXPECT_EQ(session.spans[0].slot, 0);
  EXPECT_EQ(session.spans[335].slot, 335);
  EXPECT_EQ(session.spans[336].slot, 0);
  EXPECT_EQ(session.spans.back().end_min, session.end_min);
}

// Whatever the start and the length, spans are clipped, ordered at both ends, and cover every minute.
TEST(Sessions, SpansCoverTheSessionAroundBothChanges) {
  for (const char* change : {"2026-03-29 01:00", "2026-10-25 01:00"}) {
    for (int64_t offset = -200; offset <= 200; offset += 7) {
      for (const int64_t duration : {1, 29, 30, 61, 187}) {
        const Session session = ExpandSession(Utc(change) + offset, duration, London());
        ASSERT_EQ(Union(session), duration) << change << " " << offset;
        for (std::size_t i = 0; i < session.spans.size(); ++i) {
          ASSERT_LT(session.spans[i].start_min, session.spans[i].end_min);
          ASSERT_GE(session.spans[i].start_min, session.start_min);
          ASSERT_LE(session.spans[i].end_min, session.end_min);
          if (i == 0) continue;
          ASSERT_GE(session.spans[i].start_min, session.spans[i - 1].start_min);
          ASSERT_GE(session.spans[i].end_min, session.spans[i - 1].end_min);
        }
      }
    }
  }
}

}  // namespace
}  // namespace brokerage::schedule
