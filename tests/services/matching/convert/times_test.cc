// Recurring sessions are made for the questions of three London days, and for these they are all there.
#include "services/matching/convert/times.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "tests/services/matching/convert/recurring.h"

namespace brokerage::matching {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

matcher::Schedule At(const v1::Schedule& schedule, const std::string& now) {
  return ToFacts(schedule, Utc(now));
}

std::vector<matcher::Session> Sessions(const matcher::Schedule& schedule) {
  return std::get<matcher::DatedSchedule>(schedule).sessions;
}

std::vector<std::pair<std::string, int64_t>> StartsAndLengths(const matcher::Schedule& schedule) {
  std::vector<std::pair<std::string, int64_t>> shown;
  for (const matcher::Session& session : Sessions(schedule)) {
    shown.emplace_back(
        absl::FormatTime("%Y-%m-%d %H:%M", absl::UnixEpoch() + absl::Minutes(session.start_min),
                         absl::UTCTimeZone()),
        session.end_min - session.start_min);
  }
  return shown;
}

TEST(Times, ADailyRoleHasAsManySessionsAsAnyCanHave) {
  // In London it is the 15th until 23:00 UTC.
  const v1::Schedule daily = Recurring("2020-01-01 10:00", 60, "FREQ=DAILY");
  for (const char* now : {"2026-06-14 23:00", "2026-06-15 10:00", "2026-06-15 22:59"}) {
    const auto sessions = Sessions(At(daily, now));
    ASSERT_THAT(sessions, SizeIs(kMaxExpandedSessions)) << now;
    EXPECT_EQ(sessions.front().start_min, MinuteOf("2026-06-14 09:00")) << now;
    EXPECT_EQ(sessions.back().start_min, MinuteOf("2026-09-08 09:00")) << now;
  }
  EXPECT_EQ(Sessions(At(daily, "2026-06-14 22:59")).front().start_min, MinuteOf("2026-06-13 09:00"));
  EXPECT_EQ(Sessions(At(daily, "2026-06-15 23:00")).front().start_min, MinuteOf("2026-06-15 09:00"));
}

// What a question sees at any moment of the three days is what it would see of the whole series.
TEST(Times, QuestionsOfTheThreeDaysMissNothing) {
  const std::vector<v1::Schedule> schedules = {
      Recurring("2020-01-01 10:00", 60, "FREQ=DAILY"),
      Recurring("2020-01-01 23:30", 45, "FREQ=DAILY;INTERVAL=3"),
      Recurring("2026-06-16 18:00", 120, "FREQ=WEEKLY;BYDAY=TU,SA"),
      Recurring("2026-06-16 18:00", 120, "FREQ=WEEKLY;BYDAY=TU", {"2026-06-16 18:00", "2026-06-23 18:00"}),
      Recurring("2026-01-31 10:00", 60, "FREQ=MONTHLY"),
      Recurring("2024-02-29 10:00", 60, "FREQ=MONTHLY;INTERVAL=12"),
      Recurring("2026-06-14 08:00", 60, "FREQ=DAILY;COUNT=2"),
      Recurring("2026-06-10 08:00", 60, "FREQ=DAILY;UNTIL=20260616"),
      Recurring("2027-10-01 08:00", 60, "FREQ=DAILY"),
      Recurring("2026-01-01 08:00", 60, "FREQ=DAILY;UNTIL=20260201"),
  };
  for (const v1::Schedule& schedule : schedules) {
    SCOPED_TRACE(schedule.ShortDebugString());
    const matcher::Schedule made = At(schedule, "2026-06-15 10:00");
    EXPECT_LE(Sessions(made).size(), static_cast<std::size_t>(kMaxExpandedSessions));
    for (int64_t as_of = MinuteOf("2026-06-13 23:00"); as_of <= MinuteOf("2026-06-16 23:00"); as_of += 15) {
      const absl::Time time = absl::UnixEpoch() + absl::Minutes(as_of);
      const matcher::Moment moment = MomentAt(time);
      // Made at the moment itself, and so the first of its three days is far behind.
      const matcher::Schedule then = ToFacts(schedule, time);
      const auto wanted = matcher::CommitmentOf(then, moment);
      const auto seen = matcher::CommitmentOf(made, moment);
      ASSERT_EQ(seen.minutes, wanted.minutes) << time;
      ASSERT_EQ(seen.sessions.size(), wanted.sessions.size()) << time;
      ASSERT_EQ(seen.first_day, wanted.first_day) << time;
      ASSERT_EQ(seen.last_day, wanted.last_day) << time;
    }
  }
}

TEST(Times, ASeriesEndsWithItsLastSession) {
  const v1::Schedule series = Recurring("2026-06-14 08:00", 60, "FREQ=DAILY;COUNT=2");
  const matcher::Schedule made = At(series, "2026-06-15 01:00");
  EXPECT_FALSE(matcher::CommitmentOf(made, MomentAt(Utc("2026-06-15 08:00"))).NoSessionLeft());
  EXPECT_TRUE(matcher::CommitmentOf(made, MomentAt(Utc("2026-06-15 08:01"))).NoSessionLeft());
  EXPECT_TRUE(matcher::CommitmentOf(At(series, "2026-06-20 08:00"), MomentAt(Utc("2026-06-20 08:00")))
                  .NoSessionLeft());
  EXPECT_THAT(Sessions(At(series, "2026-06-20 08:00")), IsEmpty());
}

TEST(Times, ListedSessionsStandBesideRecurringOnesOrInTheirPlace) {
  v1::Schedule schedule = Recurring("2026-06-16 18:00", 120, "FREQ=WEEKLY;COUNT=3", {"2026-06-30 18:00"});
  *schedule.mutable_dated()->add_sessions() = ListedSession("2026-06-23 18:00", 30);
  *schedule.mutable_dated()->add_sessions() = ListedSession("2026-06-17 09:00", 10);
  *schedule.mutable_dated()->add_sessions() = ListedSession("2026-06-23 18:00", 40);
  *schedule.mutable_dated()->add_sessions() = ListedSession("2020-01-01 09:00", 50);
  *schedule.mutable_dated()->add_sessions() = ListedSession("2026-06-30 18:00", 60);
  using Shown = std::pair<std::string, int64_t>;
  EXPECT_THAT(StartsAndLengths(At(schedule, "2026-06-15 10:00")),
              ElementsAre(Shown("2020-01-01 09:00", 50), Shown("2026-06-16 18:00", 120),
                          Shown("2026-06-17 09:00", 10), Shown("2026-06-23 18:00", 30),
                          Shown("2026-06-23 18:00", 40), Shown("2026-06-30 18:00", 60)))
      << "what is left out of the rule may be listed all the same";
}

// The horizon is that of all sessions together: a listed one may open it before the rule's first.
TEST(Times, TheHorizonIsOfAllSessions) {
  v1::Schedule schedule = Recurring("2026-09-01 18:00", 60, "FREQ=WEEKLY");
  *schedule.mutable_dated()->add_sessions() = ListedSession("2026-06-16 18:00", 60);
  const matcher::Schedule made = At(schedule, "2026-06-15 10:00");
  const auto before = matcher::CommitmentOf(made, MomentAt(Utc("2026-06-16 18:00")));
  EXPECT_THAT(before.sessions, SizeIs(2));  // 16 June and 1 September, not 8 September
  const auto after = matcher::CommitmentOf(made, MomentAt(Utc("2026-06-16 18:01")));
  EXPECT_THAT(after.sessions, SizeIs(12));
}

TEST(Times, LocalTimesAndDurationsOverTheChangesOfTheClock) {
  using Shown = std::pair<std::string, int64_t>;
  // 01:30 in London, and on 29 March 02:00, for an hour that has passed.
  EXPECT_THAT(
      StartsAndLengths(At(Recurring("2026-03-28 01:30", 60, "FREQ=DAILY;COUNT=3"), "2026-03-28 12:00")),
      ElementsAre(Shown("2026-03-28 01:30", 60), Shown("2026-03-29 01:00", 60),
                  Shown("2026-03-30 00:30", 60)));
  EXPECT_THAT(
      StartsAndLengths(At(Recurring("2026-10-24 00:30", 60, "FREQ=DAILY;COUNT=3"), "2026-10-24 12:00")),
      ElementsAre(Shown("2026-10-24 00:30", 60), Shown("2026-10-25 00:30", 60),
                  Shown("2026-10-26 01:30", 60)));
}

}  // namespace
}  // namespace brokerage::matching
