// The four parts and the score, in millionths.
#include <gtest/gtest.h>
#include <optional>
#include <string>
#include <vector>

#include "matcher/pair.h"
#include "matcher/round.h"
#include "matcher/skills.h"
#include "tests/matcher/situation.h"

namespace brokerage::matcher {
namespace {

TEST(Round, HalfUp) {
  EXPECT_EQ(R(0, 1), 0);
  EXPECT_EQ(R(1, 3), 0);
  EXPECT_EQ(R(1, 2), 1);
  EXPECT_EQ(R(3, 2), 2);
  EXPECT_EQ(R(2, 3), 1);
  EXPECT_EQ(R(49, 100), 0);
  EXPECT_EQ(R(50, 100), 1);
  EXPECT_EQ(R(51, 100), 1);
  EXPECT_EQ(R(4'000'000'000'000'000'000, 2), 2'000'000'000'000'000'000);
}

TEST(Skills, Factor) {
  struct Case {
    SkillId held;
    SkillId wanted;
    int factor;
  };
  const std::vector<Case> cases = {
      {kBaking, kBaking, 2},      // itself
      {kPastry, kBaking, 2},      // a child
      {kPastry, kCooking, 2},     // a grandchild
      {kCooking, kBaking, 1},     // the direct parent
      {kCooking, kPastry, 0},     // a grandparent
      {kDriving, kCooking, 0},    // a sibling
      {kPractical, kCooking, 0},  // a group above
      {kCooking, kPractical, 0},  // a group wanted
      {kCare, kCare, 0},          // a group itself
      {99, 99, 0},                // unheard of
      {99, kCooking, 0},
  };
  for (const Case& test : cases) {
    EXPECT_EQ(SkillFactor(test.held, test.wanted, TestTaxonomies().skills), test.factor)
        << test.held << " for " << test.wanted;
  }
}

TEST(Skills, CreditOfEveryPairOfLevels) {
  // min(60, 60 · held div wanted) · 2, by hand; rows are the held level, columns the wanted.
  const int64_t credits[5][5] = {{120, 60, 40, 30, 24},
                                 {120, 120, 80, 60, 48},
                                 {120, 120, 120, 90, 72},
                                 {120, 120, 120, 120, 96},
                                 {120, 120, 120, 120, 120}};
  for (uint8_t held = 1; held <= 5; ++held) {
    for (uint8_t wanted = 1; wanted <= 5; ++wanted) {
      const std::vector<HeldSkill> skill = {{kBaking, held}};
      EXPECT_EQ(CreditFor({kBaking, wanted}, skill, TestTaxonomies().skills).credit,
                credits[held - 1][wanted - 1])
          << int{held} << " for " << int{wanted};
      const std::vector<HeldSkill> parent = {{kCooking, held}};
      EXPECT_EQ(CreditFor({kBaking, wanted}, parent, TestTaxonomies().skills).credit,
                credits[held - 1][wanted - 1] / 2);
    }
  }
}

TEST(Skills, TheBestHeldSkillCounts) {
  const Taxonomy& skills = TestTaxonomies().skills;
  const WantedSkill wanted{kBaking, 4};
  // The parent at 5 gives 60, the skill at 1 gives 30, its child at 3 gives 90.
  const std::vector<HeldSkill> held = {{kCooking, 5}, {kBaking, 1}, {kPastry, 3}, {kDriving, 5}};
  const SkillCredit best = CreditFor(wanted, held, skills);
  EXPECT_EQ(best.credit, 90);
  EXPECT_EQ(best.held->skill, kPastry);
  // Whatever the order; and of equals the nearer one is named.
  const std::vector<HeldSkill> equal = {{kCooking, 5}, {kBaking, 2}};
  EXPECT_EQ(CreditFor(wanted, equal, skills).credit, 60);
  EXPECT_EQ(CreditFor(wanted, equal, skills).held->skill, kBaking);
  const std::vector<HeldSkill> reversed = {{kBaking, 2}, {kCooking, 5}};
  EXPECT_EQ(CreditFor(wanted, reversed, skills).held->skill, kBaking);
}

TEST(Skills, Part) {
  struct Case {
    std::string what;
    std::vector<WantedSkill> wanted;
    std::vector<HeldSkill> held;
    std::optional<int64_t> part;
  };
  const std::vector<Case> cases = {
      {"nothing wanted", {}, {{kBaking, 3}}, std::nullopt},
      {"nothing held", {{kBaking, 1, 3}}, {}, 0},
      {"all held", {{kBaking, 1, 3}, {kDriving, 2, 1}}, {{kBaking, 1}, {kDriving, 2}}, 1'000'000},
      // 10^6 · (1·120 + 2·0) / (120·3) = 333,333.3
      {"a third", {{kBaking, 1, 1}, {kDriving, 1, 2}}, {{kBaking, 1}}, 333'333},
      // 10^6 · (2·120 + 1·0) / 360 = 666,666.7
      {"two thirds", {{kBaking, 1, 2}, {kDriving, 1, 1}}, {{kBaking, 1}}, 666'667},
      // 10^6 · 40 / 120
      {"level 1 of 3", {{kBaking, 3, 5}}, {{kBaking, 1}}, 333'333},
      // 10^6 · (5·60 + 1·120) / (120·6) = 583,333.3
      {"a parent's half", {{kBaking, 1, 5}, {kDriving, 1, 1}}, {{kCooking, 1}, {kDriving, 1}}, 583'333},
      // Unstated levels: held 3, wanted 1, importance 3.
      {"unstated", {{kBaking}}, {{kBaking}}, 1'000'000},
      {"held unstated for level 4", {{kBaking, 4}}, {{kBaking}}, 750'000},
  };
  for (const Case& test : cases) {
    EXPECT_EQ(SkillsPart(test.wanted, test.held, TestTaxonomies().skills), test.part) << test.what;
  }
}

TEST(Causes, Part) {
  struct Case {
    std::string what;
    std::vector<CauseId> volunteer;
    std::vector<CauseId> opportunity;
    std::optional<int64_t> part;
  };
  const std::vector<Case> cases = {
      {"none on one side", {}, {kHealth}, std::nullopt},
      {"none on the other", {kHealth}, {}, std::nullopt},
      {"none at all", {}, {}, std::nullopt},
      {"equal", {kHealth}, {kHealth}, 1'000'000},
      {"above", {kHealth}, {kDepression}, 1'000'000},
      {"below", {kDepression}, {kHealth}, 1'000'000},
      {"siblings", {kMentalHealth}, {kDementia}, 0},
      {"strangers", {kHealth}, {kEnvironment}, 0},
      {"one of several", {kEnvironment, kDementia}, {kDepression, kHealth}, 1'000'000},
      {"the root is not a cause", {kRoot}, {kHealth}, std::nullopt},
      {"the root beside one", {kRoot, kEnvironment}, {kHealth}, 0},
      {"the root on both sides", {kRoot, kEnvironment}, {kRoot, kHealth}, 0},
  };
  for (const Case& test : cases) {
    EXPECT_EQ(CausesPart(test.volunteer, test.opportunity, TestTaxonomies().causes), test.part) << test.what;
  }
}

TEST(Location, Part) {
  const auto part = [](double metres, std::optional<uint32_t> radius) {
    Situation s = MatchingSituation();
    s.opportunity.place = North(metres);
    s.volunteer.travel_radius_m = radius;
    return s.Explain().pair.parts.location;
  };
  EXPECT_EQ(part(0, 8'000), 1'000'000);
  EXPECT_EQ(part(2'000, 8'000), 750'000);
  EXPECT_EQ(part(1, 3), 666'667);
  EXPECT_EQ(part(2, 3), 333'333);
  EXPECT_EQ(part(8'000, 8'000), 0);
  EXPECT_EQ(part(8'001, 8'000), 0);
  EXPECT_EQ(part(0, 0), 1'000'000);
  EXPECT_EQ(part(1, 0), 0);
  EXPECT_EQ(part(0, std::nullopt), 0);

  Situation unknown = MatchingSituation();
  unknown.volunteer.home.reset();
  EXPECT_EQ(unknown.Explain().pair.parts.location, 0);
  Situation remote = MatchingSituation();
  remote.opportunity.remote = true;
  EXPECT_EQ(remote.Explain().pair.parts.location, 1'000'000) << "also when remote is not wanted";
}

TEST(Location, ShownDistance) {
  Situation s = MatchingSituation();
  s.opportunity.place = North(1'234);
  EXPECT_EQ(s.Explain().pair.distance_m, 1'234);
  s.volunteer.travel_radius_m.reset();
  EXPECT_EQ(s.Explain().pair.distance_m, 1'234) << "known though no radius is";

  // From the centroid, 2,500 m south of the home, rounded up to the kilometre; the part is exact.
  s.volunteer.centre = "centres/dover";
  s.volunteer.travel_radius_m = 8'000;
  for (const auto& [metres, shown] : std::vector<std::pair<double, int64_t>>{{-2'500, 0},
                                                                             {-2'499, 1'000},
                                                                             {-1'500, 1'000},
                                                                             {-1'499, 2'000},
                                                                             {499, 3'000},
                                                                             {500, 3'000},
                                                                             {501, 4'000}}) {
    s.opportunity.place = North(metres);
    EXPECT_EQ(s.Explain().pair.distance_m, shown) << metres;
  }
  s.opportunity.place = North(1'500);  // 4,000 m from the centroid
  EXPECT_EQ(s.Explain().pair.parts.location, 500'000);
  s.opportunity.place = North(1'501);
  EXPECT_EQ(s.Explain().pair.parts.location, 499'875);

  s.opportunity.remote = true;
  EXPECT_EQ(s.Explain().pair.distance_m, std::nullopt);
}

TEST(Score, OverThePresentParts) {
  struct Case {
    std::string what;
    Parts parts;
    Weights weights;
    int64_t score;
  };
  const std::vector<Case> cases = {
      {"all present", {1'000'000, 500'000, 250'000, 0}, {}, 587'500},  // (40 + 12.5 + 6.25) / 100
      {"location alone", {std::nullopt, 123'456, std::nullopt, std::nullopt}, {}, 123'456},
      // (40 · 10^6 + 25 · 333,333) / 65 = 743,589.6
      {"two of four", {1'000'000, 333'333, std::nullopt, std::nullopt}, {}, 743'590},
      // (333,333 + 333,334) / 2 = 333,333.5: a half goes up
      {"a half", {333'333, 333'334, std::nullopt, std::nullopt}, {1, 1, 1, 1, 0}, 333'334},
      {"all weights 0", {1'000'000, 1'000'000, 1'000'000, 1'000'000}, {0, 0, 0, 0, 0}, 0},
      {"the weights of the present are 0",
       {std::nullopt, 900'000, std::nullopt, 900'000},
       {5, 0, 5, 0, 0},
       0},
      {"one weight", {100'000, 900'000, 900'000, 900'000}, {7, 0, 0, 0, 0}, 100'000},
      {"the largest weights",
       {1'000'000, 1'000'000, 1'000'000, 1'000'000},
       {1000, 1000, 1000, 1000, 0},
       1'000'000},
  };
  for (const Case& test : cases) EXPECT_EQ(ScoreOf(test.parts, test.weights), test.score) << test.what;
}

TEST(Score, PartsOfAFailingPairAreStillShown) {
  Situation s = MatchingSituation();
  s.volunteer.state = VolunteerState::kOnBreak;
  s.opportunity.skills = {{kBaking, 1, 3}};
  s.volunteer.skills = {{kPastry, 1}};
  s.volunteer.causes = {kHealth};
  s.opportunity.causes = {kHealth};
  s.opportunity.schedule = WeeklySchedule{SlotRange(0, 3)};
  s.volunteer.free = SlotRange(0, 2);
  const PairScore score = s.Explain().pair;
  EXPECT_EQ(score.score_millionths, std::nullopt);
  EXPECT_EQ(score.parts, (Parts{1'000'000, 1'000'000, 750'000, 1'000'000}));
  EXPECT_EQ(score.covered_minutes, 90);
  EXPECT_EQ(score.committed_minutes, 120);
}

std::vector<Note::Kind> NoteKinds(const Situation& s) {
  std::vector<Note::Kind> kinds;
  for (const Note& note : s.Explain().pair.notes) kinds.push_back(note.kind);
  return kinds;
}

TEST(Notes, ExpiriesWithinTheHorizonAndAccessNeeds) {
  const Day today = TestMoment().today;
  Situation s = MatchingSituation();
  s.opportunity.schedule = WeeklySchedule{SlotRange(0, 1)};
  s.volunteer.free = SlotRange(0, 1);
  s.opportunity.required_check = {CheckLevel::kBasic, 0, 0};
  s.opportunity.licences = {4};
  s.volunteer.licences = {{4, std::nullopt}};
  const auto checks = [&](std::vector<HeldCheck> held) {
    s.volunteer.checks = std::move(held);
    return NoteKinds(s);
  };
  using Kinds = std::vector<Note::Kind>;
  EXPECT_EQ(checks({{CheckLevel::kBasic, 0, 0, 0, std::nullopt}}), Kinds());
  EXPECT_EQ(checks({{CheckLevel::kBasic, 0, 0, 0, today + 85}}), Kinds());
  EXPECT_EQ(checks({{CheckLevel::kBasic, 0, 0, 0, today + 84}}), Kinds{Note::Kind::kCheckExpiresSoon});
  EXPECT_EQ(checks({{CheckLevel::kBasic, 0, 0, 0, today}}), Kinds{Note::Kind::kCheckExpiresSoon});
  EXPECT_EQ(checks({{CheckLevel::kBasic, 0, 0, 0, today - 1}}), Kinds()) << "CHECK_LEVEL says it";
  EXPECT_EQ(checks({{CheckLevel::kBasic, 0, 0, 0, today + 1}, {CheckLevel::kBasic, 0, 0, 0, today + 85}}),
            Kinds())
      << "the one that lasts longest counts";

  s.volunteer.licences = {{4, today + 84}};
  s.volunteer.access_needs = {1, 2};
  s.opportunity.access_support = {2, 3};
  const std::vector<Note> expected = {{Note::Kind::kLicenceExpiresSoon, 4, today + 84},
                                      {Note::Kind::kAccessNeedNotOffered, 1, 0}};
  EXPECT_EQ(s.Explain().pair.notes, expected);
  const auto with_needs = s.Explain().pair.score_millionths;
  s.volunteer.access_needs.clear();
  EXPECT_EQ(s.Explain().pair.score_millionths, with_needs) << "access needs move no score";

  // For a dated role the sessions' dates decide.
  SetSessions(s, {SummerSession(2026, 6, 17, 10, 0, 60)});
  EXPECT_EQ(NoteKinds(s), Kinds());
  // A role without a schedule is told so.
  s.opportunity.schedule = std::monostate();
  EXPECT_EQ(NoteKinds(s), (Kinds{Note::Kind::kNoSchedule, Note::Kind::kLicenceExpiresSoon}));
}

}  // namespace
}  // namespace brokerage::matcher
