// Committed and covered minutes of the three kinds of schedule.
#include "matcher/availability.h"

#include <gtest/gtest.h>
#include <random>
#include <string>
#include <vector>

#include "tests/matcher/situation.h"

namespace brokerage::matcher {
namespace {

TEST(Weekly, AllTheseWindowsEveryWeek) {
  const Schedule schedule = WeeklySchedule{SlotRange(10, 19)};
  const Commitment commitment = CommitmentOf(schedule, TestMoment());
  EXPECT_EQ(commitment.minutes, 300);
  EXPECT_EQ(commitment.first_day, TestMoment().today);
  EXPECT_EQ(commitment.last_day, TestMoment().today);
  EXPECT_EQ(CoveredMinutes(schedule, commitment, SlotSet()), 0);
  EXPECT_EQ(CoveredMinutes(schedule, commitment, SlotRange(10, 19)), 300);
  EXPECT_EQ(CoveredMinutes(schedule, commitment, SlotRange(0, 10)), 30);
  EXPECT_EQ(CoveredMinutes(schedule, commitment, SlotSet().set()), 300);
  EXPECT_EQ(CoveredMinutes(schedule, commitment, SlotRange(20, 335) | SlotRange(0, 9)), 0);
}

TEST(Flexible, PiecesOfAtLeastABlock) {
  struct Case {
    std::string what;
    SlotSet open;
    int64_t minimum_block;
    int64_t minutes;
  };
  const std::vector<Case> cases = {
      {"nothing", SlotSet(), 30, 0},
      {"one slot for half an hour", SlotRange(5, 5), 30, 30},
      {"one slot for 31 minutes", SlotRange(5, 5), 31, 0},
      {"two slots for an hour", SlotRange(5, 6), 60, 60},
      {"two slots for 61 minutes", SlotRange(5, 6), 61, 0},
      {"two apart are no hour", SlotRange(5, 5) | SlotRange(7, 7), 60, 0},
      {"two apart, half an hour each", SlotRange(5, 5) | SlotRange(7, 7), 30, 60},
      {"the long piece only", SlotRange(5, 5) | SlotRange(10, 13), 60, 120},
      {"across midnight of Sunday", SlotRange(335, 335) | SlotRange(0, 0), 60, 60},
      {"across it, for 61 minutes", SlotRange(335, 335) | SlotRange(0, 0), 61, 0},
      {"three hours across it, for three", SlotRange(332, 335) | SlotRange(0, 1), 180, 180},
      {"the whole week", SlotSet().set(), 60, 10'080},
      {"the whole week in one piece", SlotSet().set(), 10'080, 10'080},
      {"more than a week", SlotSet().set(), 10'081, 0},
      {"all but the first slot", SlotRange(1, 335), 10'050, 10'050},
      {"all but the first slot, for a minute more", SlotRange(1, 335), 10'051, 0},
      {"all but one in the middle are one piece", SlotRange(0, 99) | SlotRange(101, 335), 10'050, 10'050},
      {"all but the last slot", SlotRange(0, 334), 10'050, 10'050},
  };
  for (const Case& test : cases)
    EXPECT_EQ(MinutesInBlocks(test.open, test.minimum_block), test.minutes) << test.what;
}

// The pieces one by one, from a slot that is not open.
int64_t MinutesPieceByPiece(const SlotSet& open, int64_t minimum_block) {
  if (open.all()) return kMinutesPerWeek >= minimum_block ? kMinutesPerWeek : 0;
  std::size_t first = 0;
  while (open.test(first)) ++first;
  int64_t minutes = 0;
  int64_t piece = 0;
  for (std::size_t i = 1; i <= kSlotsPerWeek; ++i) {
    if (open.test((first + i) % kSlotsPerWeek)) {
      piece += kSlotMinutes;
      continue;
    }
    if (piece >= minimum_block) minutes += piece;
    piece = 0;
  }
  return minutes;
}

TEST(Flexible, AnyPiecesAreThoseOneByOne) {
  std::mt19937_64 random(7);
  for (int round = 0; round < 200; ++round) {
    // From weeks that are almost full, whose pieces are long, to almost empty ones.
    const uint64_t one_in = 2 + random() % 120;
    SlotSet open;
    for (std::size_t slot = 0; slot < kSlotsPerWeek; ++slot) open.set(slot, random() % one_in != 0);
    if (round % 2 == 1) open.flip();
    for (int64_t block = 1; block <= kMinutesPerWeek + kSlotMinutes; block += 29) {
      ASSERT_EQ(MinutesInBlocks(open, block), MinutesPieceByPiece(open, block)) << open << ' ' << block;
    }
  }
}

TEST(Flexible, SomeOfTheseMinutes) {
  const auto covered = [](FlexibleSchedule flexible, const SlotSet& free) {
    const Schedule schedule = flexible;
    return CoveredMinutes(schedule, CommitmentOf(schedule, TestMoment()), free);
  };
  EXPECT_EQ(covered({120, 60, SlotSet()}, SlotRange(0, 9)), 120) << "no windows: any time";
  EXPECT_EQ(covered({301, 60, SlotSet()}, SlotRange(0, 9)), 300);
  EXPECT_EQ(covered({299, 60, SlotSet()}, SlotRange(0, 9)), 299);
  EXPECT_EQ(covered({120, 60, SlotRange(8, 20)}, SlotRange(0, 9)), 60) << "inside the windows";
  EXPECT_EQ(covered({120, 90, SlotRange(8, 20)}, SlotRange(0, 9)), 0) << "a piece is cut by its window";
  EXPECT_EQ(covered({120, 60, SlotRange(20, 30)}, SlotRange(0, 9)), 0);
  const Schedule schedule = FlexibleSchedule{240, 60, SlotSet()};
  EXPECT_EQ(CommitmentOf(schedule, TestMoment()).minutes, 240);
}

TEST(Dated, FreeMinutesSessionBySession) {
  // Monday 15 June, 10:00 to 12:00 London, is slots 20 to 23.
  const Session morning = SummerSession(2026, 6, 15, 10, 0, 120);
  EXPECT_EQ(CoveredInSession(morning, SlotSet()), 0);
  EXPECT_EQ(CoveredInSession(morning, SlotRange(20, 23)), 120);
  EXPECT_EQ(CoveredInSession(morning, SlotRange(21, 21)), 30);
  EXPECT_EQ(CoveredInSession(morning, SlotRange(24, 335)), 0);

  const Schedule schedule = DatedSchedule{{morning, SummerSession(2026, 6, 15, 11, 0, 60)}};
  const Commitment commitment = CommitmentOf(schedule, TestMoment());
  EXPECT_EQ(commitment.minutes, 180) << "overlapping sessions each count";
  EXPECT_EQ(CoveredMinutes(schedule, commitment, SlotRange(22, 23)), 120);
}

// The repeated hour of 25 October 2026: 00:30 BST to 02:30 GMT, as schedule/ hands it over. Sunday 00:30 is
// slot 289.
Session SessionOverTheRepeatedHour() {
  const Minute start = MinuteAt(2026, 10, 24, 23, 30);
  Session session{start, start + 180, DayAt(2026, 10, 25), {}};
  session.spans = {{289, start, start + 90},
                   {290, start + 30, start + 120},
                   {291, start + 60, start + 150},
                   {292, start + 150, start + 180}};
  return session;
}

TEST(Dated, SpansThatOverlapCountOnce) {
  const Session session = SessionOverTheRepeatedHour();
  EXPECT_EQ(CoveredInSession(session, SlotRange(289, 292)), 180);
  EXPECT_EQ(CoveredInSession(session, SlotRange(289, 289)), 90);
  EXPECT_EQ(CoveredInSession(session, SlotRange(290, 290)), 90);
  EXPECT_EQ(CoveredInSession(session, SlotRange(289, 290)), 120);
  EXPECT_EQ(CoveredInSession(session, SlotRange(289, 289) | SlotRange(291, 291)), 150);
  EXPECT_EQ(CoveredInSession(session, SlotRange(289, 289) | SlotRange(292, 292)), 120);
}

TEST(Dated, ExtraTimeAndTimeAway) {
  // Monday 15 June, 10:00 to 12:00 London; exceptions in minutes from its start.
  const Session morning = SummerSession(2026, 6, 15, 10, 0, 120);
  struct Case {
    std::string what;
    SlotSet weekly;
    std::vector<Interval> extra;
    std::vector<Interval> away;
    int64_t covered;
  };
  const SlotSet none;
  const SlotSet first_hour = SlotRange(20, 21);
  const SlotSet second_half_hour = SlotRange(21, 21);
  const SlotSet always = SlotSet().set();
  const std::vector<Case> cases = {
      {"all of it, extra", none, {{0, 120}}, {}, 120},
      {"extra around it", none, {{-1, 121}}, {}, 120},
      {"extra that ends when it begins", none, {{-60, 0}}, {}, 0},
      {"extra that ends a minute later", none, {{-60, 1}}, {}, 1},
      {"extra that begins when it ends", none, {{120, 180}}, {}, 0},
      {"extra that begins a minute before", none, {{119, 180}}, {}, 1},
      {"extra inside it", none, {{7, 11}}, {}, 4},
      {"several", none, {{-9, 3}, {7, 11}, {50, 51}, {118, 400}, {500, 600}}, {}, 10},
      {"beside the week", first_hour, {{60, 90}}, {}, 90},
      {"within the week counts once", first_hour, {{10, 50}}, {}, 60},
      {"over the week's border", first_hour, {{59, 61}}, {}, 61},
      {"before the week and into it", second_half_hour, {{20, 40}}, {}, 40},
      {"around the week", second_half_hour, {{20, 70}}, {}, 50},
      {"on both sides of the week", second_half_hour, {{0, 10}, {100, 110}}, {}, 50},
      {"all of it, away", always, {}, {{0, 120}}, 0},
      {"away that ends when it begins", always, {}, {{-60, 0}}, 120},
      {"away that ends a minute later", always, {}, {{-60, 1}}, 119},
      {"away that begins when it ends", always, {}, {{120, 180}}, 120},
      {"away that begins a minute before", always, {}, {{119, 180}}, 119},
      {"away inside it", always, {}, {{7, 11}}, 116},
      {"away several times", always, {}, {{-9, 3}, {7, 11}, {25, 35}, {118, 400}, {500, 600}}, 101},
      {"away when not free anyway", first_hour, {}, {{60, 120}}, 60},
      {"away over the end of what is free", first_hour, {}, {{50, 70}}, 50},
      {"away wins over extra", none, {{0, 120}}, {{30, 40}}, 110},
      {"away wins over both", first_hour, {{30, 90}}, {{20, 80}}, 30},
      {"away for all", first_hour, {{30, 90}}, {{-5, 500}}, 0},
  };
  const auto from_start = [&](std::vector<Interval> intervals) {
    for (Interval& interval : intervals) {
      interval.start_min += morning.start_min;
      interval.end_min += morning.start_min;
    }
    return intervals;
  };
  for (const Case& test : cases) {
    VolunteerFacts volunteer;
    volunteer.free = test.weekly;
    volunteer.extra = from_start(test.extra);
    volunteer.away = from_start(test.away);
    EXPECT_EQ(CoveredInSession(morning, FreeTime(volunteer)), test.covered) << test.what;
  }
}

TEST(Dated, ExceptionsAreOfTheMomentWhereAnHourHappensTwice) {
  const Session session = SessionOverTheRepeatedHour();
  const Minute start = session.start_min;
  VolunteerFacts volunteer;
  volunteer.free = SlotRange(290, 290);  // 01:00 to 01:30, which reaches over both passes
  volunteer.away = {{start + 90, start + 100}};
  EXPECT_EQ(CoveredInSession(session, FreeTime(volunteer)), 80);
  volunteer.extra = {{start, start + 40}, {start + 95, start + 130}};
  EXPECT_EQ(CoveredInSession(session, FreeTime(volunteer)), 120);
}

TEST(Availability, ExceptionsCountForDatedRolesAlone) {
  Situation s = MatchingSituation();
  s.volunteer.extra = {{0, Minute{1} << 40}};
  s.opportunity.schedule = WeeklySchedule{SlotRange(0, 2)};
  EXPECT_EQ(s.Explain().coverage.covered_minutes, 0);
  s.opportunity.schedule = FlexibleSchedule{120, 60, SlotSet()};
  EXPECT_EQ(s.Explain().coverage.covered_minutes, 0);
  SetSessions(s, {SummerSession(2026, 6, 22, 10, 0, 120)});
  EXPECT_EQ(s.Explain().coverage.covered_minutes, 120);

  s.volunteer.free.set();
  s.volunteer.extra.clear();
  s.volunteer.away = {{0, Minute{1} << 40}};
  EXPECT_EQ(s.Explain().coverage.covered_minutes, 0);
  s.opportunity.schedule = WeeklySchedule{SlotRange(0, 2)};
  EXPECT_EQ(s.Explain().coverage.covered_minutes, 90);
  s.opportunity.schedule = FlexibleSchedule{120, 60, SlotSet()};
  EXPECT_EQ(s.Explain().coverage.covered_minutes, 120);
}

TEST(Availability, SessionsCoveredWhollyAndWhatIsRecorded) {
  Situation s = MatchingSituation();
  const Session first = SummerSession(2026, 6, 22, 10, 0, 120);
  SetSessions(s, {first, SummerSession(2026, 6, 29, 10, 0, 120)});
  EXPECT_TRUE(s.Explain().coverage.nothing_recorded);
  s.volunteer.away = {{first.end_min - 1, first.end_min}};
  EXPECT_TRUE(s.Explain().coverage.nothing_recorded) << "being away says nothing of being free";
  s.volunteer.extra = {{first.start_min, first.end_min}};
  EXPECT_FALSE(s.Explain().coverage.nothing_recorded);
  EXPECT_EQ(s.Explain().coverage.sessions_covered, 0);
  s.volunteer.away.clear();
  EXPECT_EQ(s.Explain().coverage.sessions_covered, 1);
  s.volunteer.extra.clear();
  s.volunteer.free.set();
  EXPECT_FALSE(s.Explain().coverage.nothing_recorded);
  EXPECT_EQ(s.Explain().coverage.sessions_covered, 2);
}

TEST(Dated, TheHorizonBeginsAtTheFirstSessionToCome) {
  const Day first = DayAt(2026, 6, 17);
  const auto session = [&](Day day) {
    const Minute start = Minute{day} * 1440 + 600;
    return Session{start, start + 60, day, {}};
  };
  const Schedule schedule = DatedSchedule{
      {session(first - 7), session(first), session(first + 83), session(first + 84), session(first + 90)}};
  const auto at = [&](Minute as_of) { return CommitmentOf(schedule, {as_of, 0}); };
  const Minute start = session(first).start_min;

  EXPECT_EQ(at(start).sessions.size(), 2u);
  EXPECT_EQ(at(start).minutes, 120);
  EXPECT_EQ(at(start).first_day, first);
  EXPECT_EQ(at(start).last_day, first + 83);
  // A minute later its first session is over, and the next one opens the horizon further.
  EXPECT_EQ(at(start + 1).sessions.size(), 3u);
  EXPECT_EQ(at(start + 1).first_day, first + 83);
  EXPECT_EQ(at(start + 1).last_day, first + 90);
  // The earlier one: F + 84 is first + 77.
  EXPECT_EQ(at(0).sessions.size(), 2u);
  EXPECT_EQ(at(0).last_day, first);
  const Commitment none = CommitmentOf(schedule, {session(first + 91).start_min, 5});
  EXPECT_TRUE(none.NoSessionLeft());
  EXPECT_EQ(none.minutes, 0);
  EXPECT_EQ(none.first_day, 5);
}

TEST(Availability, Part) {
  const auto part = [](const Schedule& schedule, const SlotSet& free) {
    Situation s = MatchingSituation();
    s.opportunity.schedule = schedule;
    s.volunteer.free = free;
    return s.Explain().pair.parts.availability;
  };
  EXPECT_EQ(part(std::monostate(), SlotSet().set()), std::nullopt);
  EXPECT_EQ(part(WeeklySchedule{SlotRange(0, 2)}, SlotRange(0, 0)), 333'333);
  EXPECT_EQ(part(WeeklySchedule{SlotRange(0, 2)}, SlotRange(0, 1)), 666'667);
  EXPECT_EQ(part(WeeklySchedule{SlotRange(0, 2)}, SlotSet()), 0) << "nothing recorded";
  EXPECT_EQ(part(FlexibleSchedule{7, 30, SlotSet()}, SlotRange(0, 0)), 1'000'000);
  EXPECT_EQ(part(DatedSchedule{}, SlotSet().set()), std::nullopt) << "no session left";
}

}  // namespace
}  // namespace brokerage::matcher
