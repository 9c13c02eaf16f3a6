// Thirty pairs worked by hand: what was changed in a pair at one door, the working, and the result.
//
// Weights are skills 40, location 25, availability 25, causes 10 unless said. R(a, b) is a/b rounded half up.
#include <gtest/gtest.h>
#include <optional>
#include <string>
#include <vector>

#include "tests/matcher/situation.h"

namespace brokerage::matcher {
namespace {

constexpr std::nullopt_t kAbsent = std::nullopt;

struct Worked {
  std::string pair;
  Adjust adjust;
  std::string working;
  Parts parts;  // skills, location, availability, causes
  std::optional<int64_t> score;
};

// Free on Monday (slots 0 to 47) from 09:00 to 12:00.
void FreeMondayMornings(Situation& s) { s.volunteer.free = SlotRange(18, 23); }

const std::vector<Worked>& Pairs() {
  static const std::vector<Worked> kPairs = {
      {"1. at the door, nothing asked",
       [](Situation&) {},
       "location alone: 10^6",
       {kAbsent, 1'000'000, kAbsent, kAbsent},
       1'000'000},
      {"2. 3,000 m of 8,000",
       [](Situation& s) { s.opportunity.place = North(3'000); },
       "R(5·10^9, 8,000) = 625,000",
       {kAbsent, 625'000, kAbsent, kAbsent},
       625'000},
      {"3. 1,234 m of 7,000",
       [](Situation& s) {
         s.opportunity.place = North(1'234);
         s.volunteer.travel_radius_m = 7'000;
       },
       "5,766 / 7,000 = 0.823714285…",
       {kAbsent, 823'714, kAbsent, kAbsent},
       823'714},
      {"4. at the very edge",
       [](Situation& s) { s.opportunity.place = North(8'000); },
       "a match, with nothing to say for it: 0 / 8,000",
       {kAbsent, 0, kAbsent, kAbsent},
       0},
      {"5. remote, causes shared",
       [](Situation& s) {
         s.opportunity.remote = true;
         s.volunteer.accepts_remote = true;
         s.volunteer.causes = {kMentalHealth};
         s.opportunity.causes = {kHealth};
       },
       "(25 + 10) · 10^6 / 35",
       {kAbsent, 1'000'000, kAbsent, 1'000'000},
       1'000'000},
      {"6. remote, causes not shared",
       [](Situation& s) {
         s.opportunity.remote = true;
         s.volunteer.accepts_remote = true;
         s.volunteer.causes = {kEnvironment};
         s.opportunity.causes = {kHealth};
       },
       "25 · 10^6 / 35 = 714,285.7",
       {kAbsent, 1'000'000, kAbsent, 0},
       714'286},
      {"7. one skill held fully, one not at all",
       [](Situation& s) {
         s.opportunity.skills = {{kBaking, 2, 4}, {kDriving, 1, 3}};
         s.volunteer.skills = {{kBaking, 2}};
       },
       "skills R(10^6 · 4 · 120, 120 · 7) = 571,428.6; (40 · 571,429 + 25 · 10^6) / 65 = 47,857,160 / 65 = "
       "736,264",
       {571'429, 1'000'000, kAbsent, kAbsent},
       736'264},
      {"8. a parent's credit at half its level",
       [](Situation& s) {
         s.opportunity.skills = {{kPastry, 4, 5}};
         s.volunteer.skills = {{kBaking, 2}};
       },
       "credit min(60, 120 div 4) · 1 = 30; 30/120 = 250,000; (10^7 + 25·10^6) / 65 = 538,461.5",
       {250'000, 1'000'000, kAbsent, kAbsent},
       538'462},
      {"9. a grandchild's credit",
       [](Situation& s) {
         s.opportunity.skills = {{kCooking, 5, 5}};
         s.volunteer.skills = {{kPastry, 3}};
       },
       "credit min(60, 180 div 5) · 2 = 72; 72/120 = 600,000; (24·10^6 + 25·10^6) / 65 = 753,846.2",
       {600'000, 1'000'000, kAbsent, kAbsent},
       753'846},
      {"10. levels that do not divide",
       [](Situation& s) {
         s.opportunity.skills = {{kBaking, 4, 1}, {kFirstAid, 3, 2}};
         s.volunteer.skills = {{kBaking, 3}, {kFirstAid, 2}};
       },
       "credits 45·2 = 90 and 40·2 = 80; (90 + 160) / 360 = 694,444.4; (40 · 694,444 + 25·10^6) / 65 = "
       "52,777,760 / 65 = 811,965.5",
       {694'444, 1'000'000, kAbsent, kAbsent},
       811'966},
      {"11. weekly, wholly covered",
       [](Situation& s) {
         FreeMondayMornings(s);
         s.opportunity.schedule = WeeklySchedule{SlotRange(20, 21)};
       },
       "60 of 60 minutes",
       {kAbsent, 1'000'000, 1'000'000, kAbsent},
       1'000'000},
      {"12. weekly, four of six half-hours",
       [](Situation& s) {
         FreeMondayMornings(s);
         s.opportunity.schedule = WeeklySchedule{SlotRange(20, 25)};
       },
       "120 of 180 = 666,667; (25·10^6 + 25 · 666,667) / 50 = 833,333.5, and a half goes up",
       {kAbsent, 1'000'000, 666'667, kAbsent},
       833'334},
      {"13. weekly, three of seven: below the default half",
       [](Situation& s) {
         FreeMondayMornings(s);
         s.opportunity.schedule = WeeklySchedule{SlotRange(21, 27)};
       },
       "90 of 210 = 428,571.4; COVERAGE: 900,000 < 1,050,000",
       {kAbsent, 1'000'000, 428'571, kAbsent},
       kAbsent},
      {"14. the same with a minimum of 4,285",
       [](Situation& s) {
         FreeMondayMornings(s);
         s.opportunity.schedule = WeeklySchedule{SlotRange(21, 27)};
         s.opportunity.minimum_coverage_bp = 4'285;
       },
       "900,000 ≥ 899,850; (25·10^6 + 25 · 428,571) / 50 = 714,285.5, and a half goes up",
       {kAbsent, 1'000'000, 428'571, kAbsent},
       714'286},
      {"15. flexible, in pieces that are long enough",
       [](Situation& s) {
         s.volunteer.free = SlotRange(18, 23) | SlotRange(100, 101) | SlotRange(200, 200);
         s.opportunity.schedule = FlexibleSchedule{300, 60, SlotSet()};
       },
       "180 + 60 + 0 = 240 of 300; (25·10^6 + 25 · 800,000) / 50",
       {kAbsent, 1'000'000, 800'000, kAbsent},
       900'000},
      {"16. flexible, across Sunday's midnight and inside windows",
       [](Situation& s) {
         s.volunteer.free = SlotRange(330, 335) | SlotRange(0, 3);
         s.opportunity.schedule =
             FlexibleSchedule{240, 90, SlotRange(334, 335) | SlotRange(0, 0) | SlotRange(2, 3)};
       },
       "one piece of 90 minutes, one of 60 too short: 90 of 240 = 375,000; COVERAGE: 900,000 < 1,200,000",
       {kAbsent, 1'000'000, 375'000, kAbsent},
       kAbsent},
      {"17. dated, two of three sessions",
       [](Situation& s) {
         FreeMondayMornings(s);
         SetSessions(s, {SummerSession(2026, 6, 15, 10, 0, 60), SummerSession(2026, 6, 16, 10, 0, 60),
                         SummerSession(2026, 6, 22, 10, 0, 60)});
       },
       "120 of 180 = 666,667; as in 12",
       {kAbsent, 1'000'000, 666'667, kAbsent},
       833'334},
      {"18. dated, the part of a session that is free",
       [](Situation& s) {
         FreeMondayMornings(s);
         SetSessions(s, {SummerSession(2026, 6, 22, 10, 0, 210)});
       },
       "Monday 10:00 to 13:30, free until 12:00: 120 of 210 = 571,428.6; (25·10^6 + 25 · 571,429) / 50 = "
       "785,714.5, up",
       {kAbsent, 1'000'000, 571'429, kAbsent},
       785'715},
      {"19. dated, a session that began a minute ago",
       [](Situation& s) {
         FreeMondayMornings(s);
         s.moment.as_of_min += 1;
         SetSessions(s, {SummerSession(2026, 6, 15, 10, 0, 60), SummerSession(2026, 6, 16, 10, 0, 60),
                         SummerSession(2026, 6, 22, 10, 0, 60)});
       },
       "of the two to come one is free: 60 of 120",
       {kAbsent, 1'000'000, 500'000, kAbsent},
       750'000},
      {"20. the two centres differ",
       [](Situation& s) {
         s.volunteer.centre = "centres/dover";
         s.volunteer.sharing = Sharing::kCounty;
         s.opportunity.place = North(1'000);
       },
       "from the centroid, 2,500 m south of the home: 3,500 m of 8,000: 4,500 / 8,000",
       {kAbsent, 562'500, kAbsent, kAbsent},
       562'500},
      {"21. all four parts",
       [](Situation& s) {
         s.opportunity.place = North(3'000);
         s.opportunity.skills = {{kBaking, 2, 4}, {kDriving, 1, 3}};
         s.volunteer.skills = {{kBaking, 2}};
         FreeMondayMornings(s);
         s.opportunity.schedule = WeeklySchedule{SlotRange(20, 25)};
         s.volunteer.causes = {kDementia};
         s.opportunity.causes = {kHealth, kEnvironment};
       },
       "40 · 571,429 + 25 · 625,000 + 25 · 666,667 + 10 · 10^6 = 22,857,160 + 15,625,000 + 16,666,675 + "
       "10,000,000 = 65,148,835; / 100 = 651,488.35",
       {571'429, 625'000, 666'667, 1'000'000},
       651'488},
      {"22. all four parts, with weights 1, 2, 3 and 1",
       [](Situation& s) {
         s.opportunity.place = North(3'000);
         s.opportunity.skills = {{kBaking, 2, 4}, {kDriving, 1, 3}};
         s.volunteer.skills = {{kBaking, 2}};
         FreeMondayMornings(s);
         s.opportunity.schedule = WeeklySchedule{SlotRange(20, 25)};
         s.volunteer.causes = {kDementia};
         s.opportunity.causes = {kMentalHealth};
         s.weights = {1, 2, 3, 1, 0};
       },
       "571,429 + 1,250,000 + 2,000,001 + 0 = 3,821,430; / 7 = 545,918.57",
       {571'429, 625'000, 666'667, 0},
       545'919},
      {"23. all weights 0",
       [](Situation& s) {
         s.weights = {0, 0, 0, 0, 0};
       },
       "0 by rule",
       {kAbsent, 1'000'000, kAbsent, kAbsent},
       0},
      {"24. too far by a metre",
       [](Situation& s) { s.opportunity.place = North(8'001); },
       "TOO_FAR; the part is 0",
       {kAbsent, 0, kAbsent, kAbsent},
       kAbsent},
      {"25. a required skill one level short",
       [](Situation& s) {
         s.opportunity.skills = {{kBaking, 3, 3, true}};
         s.volunteer.skills = {{kBaking, 2}};
       },
       "credit 40 · 2 = 80: REQUIRED_SKILL; 80/120",
       {666'667, 1'000'000, kAbsent, kAbsent},
       kAbsent},
      {"26. a check that ends the day before the last session",
       [](Situation& s) {
         FreeMondayMornings(s);
         SetSessions(s, {SummerSession(2026, 6, 15, 10, 0, 60), SummerSession(2026, 6, 22, 10, 0, 60)});
         s.opportunity.required_check = {CheckLevel::kBasic, 0, 0};
         s.volunteer.checks = {{CheckLevel::kStandard, 0, 0, 0, DayAt(2026, 6, 21)}};
       },
       "CHECK_LEVEL; 120 of 120 minutes",
       {kAbsent, 1'000'000, 1'000'000, kAbsent},
       kAbsent},
      {"27. eighteen on the day of the first session",
       [](Situation& s) {
         FreeMondayMornings(s);
         SetSessions(s, {SummerSession(2026, 6, 22, 10, 0, 60)});
         s.opportunity.minimum_age = 18;
         s.volunteer.birth_date = BirthDate{2008, 6, 22};
       },
       "60 of 60",
       {kAbsent, 1'000'000, 1'000'000, kAbsent},
       1'000'000},
      {"28. nothing is known of the free time, and a minimum of 0",
       [](Situation& s) {
         s.opportunity.schedule = FlexibleSchedule{120, 60, SlotSet()};
         s.opportunity.minimum_coverage_bp = 0;
       },
       "0 of 120; 25·10^6 / 50",
       {kAbsent, 1'000'000, 0, kAbsent},
       500'000},
      {"29. radius 0 at the door of another kind of role: overlapping sessions",
       [](Situation& s) {
         s.volunteer.travel_radius_m = 0;
         FreeMondayMornings(s);
         SetSessions(s, {SummerSession(2026, 6, 22, 11, 0, 90), SummerSession(2026, 6, 22, 11, 30, 60)});
       },
       "11:00 to 12:30, free 60; 11:30 to 12:30, free 30; each counts: 90 of 150 = 600,000; (25 + 15) / 50",
       {kAbsent, 1'000'000, 600'000, kAbsent},
       800'000},
      {"30. a declined pair",
       [](Situation& s) {
         s.declined_until = DayAt(2026, 6, 16);
         s.opportunity.skills = {{kDriving, 5, 1}};
         s.volunteer.skills = {{kDriving, 4}};
       },
       "ALREADY_REFERRED until tomorrow; 48 · 2 / 120",
       {800'000, 1'000'000, kAbsent, kAbsent},
       kAbsent},
  };
  return kPairs;
}

TEST(HandWorked, ThirtyPairs) {
  EXPECT_EQ(Pairs().size(), 30u);
  for (const Worked& worked : Pairs()) {
    Situation situation = MatchingSituation();
    worked.adjust(situation);
    const PairScore score = situation.Explain().pair;
    EXPECT_EQ(score.parts, worked.parts) << worked.pair << ": " << worked.working;
    EXPECT_EQ(score.score_millionths, worked.score) << worked.pair << ": " << worked.working;
  }
}

}  // namespace
}  // namespace brokerage::matcher
