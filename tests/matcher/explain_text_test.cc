// What people read of an explanation.
#include "matcher/explain_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "matcher/words.h"
#include "tests/matcher/situation.h"

namespace brokerage::matcher {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class TestVocabulary final : public Vocabulary {
 public:
  std::string SkillName(SkillId skill) const override {
    static const std::vector<std::string> kNames = {
        "practical", "cooking", "baking", "pastry", "driving", "care", "first aid", "paediatric first aid"};
    return kNames[skill];
  }
  std::string CauseName(CauseId cause) const override {
    static const std::vector<std::string> kNames = {"all",        "health",   "mental health",
                                                    "depression", "dementia", "environment"};
    return kNames[cause];
  }
  std::string LanguageName(LanguageId) const override { return "French"; }
  std::string LicenceName(LicenceKind) const override { return "a car licence"; }
  std::string AccessNeedName(AccessNeed) const override { return "step-free access"; }
};

// A river 3 km north of the test's place, 20 km long, with a crossing 2 km to the east when there is one.
Waters ARiver(bool crossing) {
  const GeoPoint here = North(3'000);
  const auto east = [&](int32_t units) { return GeoPoint{here.latitude_e7, here.longitude_e7 + units}; };
  const GeoPoint ford = east(287'000);
  std::vector<Crossing> crossings;
  if (crossing) crossings.push_back({ford, "the Long Ford"});
  return Waters(std::vector<Barrier>{{east(-1'435'000), ford, east(1'435'000)}}, crossings);
}

struct TextCase {
  std::string what;
  Adjust adjust;
  Condition condition;
  std::string fact;
  std::string fix;
  std::string fact_elsewhere;  // for a reader of another centre; empty: the same
  std::string fix_elsewhere;
};

void CheckTexts(const std::vector<TextCase>& cases) {
  const TestVocabulary vocabulary;
  for (const TextCase& test : cases) {
    Situation situation = MatchingSituation();
    test.adjust(situation);
    const Explanation explanation = situation.Explain();
    const ConditionText own = DescribeCondition(explanation, test.condition, vocabulary, Reader::kOwnCentre);
    EXPECT_EQ(own.fact, test.fact) << test.what;
    EXPECT_EQ(own.fix, test.fix) << test.what;
    EXPECT_TRUE(own.fix.empty() || !explanation.Holds(test.condition)) << test.what;
    const ConditionText other =
        DescribeCondition(explanation, test.condition, vocabulary, Reader::kOtherCentre);
    EXPECT_EQ(other.fact, test.fact_elsewhere.empty() ? test.fact : test.fact_elsewhere) << test.what;
    EXPECT_EQ(other.fix, test.fact_elsewhere.empty() ? test.fix : test.fix_elsewhere) << test.what;
  }
}

TEST(Words, LengthsDaysAndLists) {
  EXPECT_EQ(LengthText(0), "0 m");
  EXPECT_EQ(LengthText(999), "999 m");
  EXPECT_EQ(LengthText(1'000), "1 km");
  EXPECT_EQ(LengthText(8'047), "8 km");
  EXPECT_EQ(LengthText(8'050), "8.1 km");
  EXPECT_EQ(LackText(1), "10 m");
  EXPECT_EQ(LackText(990), "990 m");
  EXPECT_EQ(LackText(991), "1 km");
  EXPECT_EQ(LackText(1'201), "1.3 km");
  EXPECT_EQ(LackText(1'300), "1.3 km");
  EXPECT_EQ(DayText(DayAt(2026, 5, 4)), "4 May 2026");
  EXPECT_EQ(DayText(DayAt(1969, 12, 31)), "31 December 1969");
  EXPECT_EQ(CountText(1, "day"), "1 day");
  EXPECT_EQ(CountText(0, "day"), "0 days");
  EXPECT_EQ(ListText({}), "");
  EXPECT_EQ(ListText({"a"}), "a");
  EXPECT_EQ(ListText({"a", "b", "c"}), "a, b and c");
  EXPECT_EQ(CheckText({CheckLevel::kBasic, 0, 0}), "a basic check");
  EXPECT_EQ(CheckText({CheckLevel::kEnhancedBarred, kChildWorkforce | kAdultWorkforce,
                       kChildrenBarredList | kAdultsBarredList}),
            "an enhanced check with the children's and adults' barred lists (child and adult workforces)");
}

TEST(Texts, WhoAndWhere) {
  using enum Condition;
  CheckTexts({
      {"searching", [](Situation&) {}, kVolunteerNotAvailable, "searching", "", "", ""},
      {"on break",
       [](Situation& s) {
         s.volunteer.state = VolunteerState::kOnBreak;
         s.volunteer.on_break_until = DayAt(2026, 5, 4);
       },
       kVolunteerNotAvailable, "on break until 4 May 2026",
       "on break until 4 May 2026: resume them when they are back", "", ""},
      {"placed",
       [](Situation& s) {
         s.volunteer.state = VolunteerState::kPlaced;
         s.placements.resize(1);
       },
       kVolunteerNotAvailable, "holds 1 of 1 placement", "raise their placement limit", "", ""},
      {"open", [](Situation&) {}, kOpportunityNotOpen, "open, 0 of 1 place filled", "", "", ""},
      {"not confirmed", [](Situation& s) { s.opportunity.expire_min = 0; }, kOpportunityNotOpen,
       "open, not confirmed within its period, 0 of 1 place filled", "ask the organisation to confirm it", "",
       ""},
      {"full and without a session",
       [](Situation& s) {
         s.opportunity.places_filled = 1;
         SetSessions(s, {});
       },
       kOpportunityNotOpen, "open, 1 of 1 place filled, no session is still to come",
       "add a place; add a session", "", ""},
      {"suspended", [](Situation& s) { s.organisation = OrganisationStanding::kSuspended; },
       kOrganisationNotActive, "suspended", "reinstate the organisation", "", ""},
      {"not shared", [](Situation& s) { s.volunteer.centre = "centres/dover"; }, kNotShared,
       "of two centres, and neither is shared with the county", "ask for consent to share", "", ""},
      {"near", [](Situation& s) { s.opportunity.place = North(6'420); }, kTooFar,
       "6.4 km away, within their 8 km", "", "", ""},
      {"too far", [](Situation& s) { s.opportunity.place = North(9'300); }, kTooFar,
       "9.3 km away, their radius is 8 km", "1.3 km beyond their 8 km", "", ""},
      {"home unknown", [](Situation& s) { s.volunteer.home.reset(); }, kTooFar, "their home is not known",
       "add a postcode", "", ""},
      {"another centre's, too far",
       [](Situation& s) {
         s.volunteer.centre = "centres/dover";
         s.volunteer.sharing = Sharing::kCounty;
         s.opportunity.place = North(6'640);  // 9,140 m from the centroid
       },
       kTooFar, "up to 10 km away, their radius is 8 km", "up to 2 km beyond their 8 km", "", ""},
      {"another centre's, near though the rounded distance is not",
       [](Situation& s) {
         s.volunteer.centre = "centres/dover";
         s.volunteer.sharing = Sharing::kCounty;
         s.opportunity.place = North(5'100);  // 7,600 m
         s.volunteer.travel_radius_m = 7'700;
       },
       kTooFar, "up to 8 km away, within their 7.7 km", "", "", ""},
      {"over a crossing",
       [](Situation& s) {
         s.opportunity.place = North(6'000);
         s.waters = ARiver(true);
       },
       kTooFar, "7.2 km away by the Long Ford, within their 8 km", "", "", ""},
      {"too far over a crossing",
       [](Situation& s) {
         s.opportunity.place = North(7'000);
         s.waters = ARiver(true);
       },
       kTooFar, "8.1 km away by the Long Ford, their radius is 8 km", "80 m beyond their 8 km", "", ""},
      {"no crossing",
       [](Situation& s) {
         s.opportunity.place = North(6'000);
         s.waters = ARiver(false);
       },
       kTooFar, "water lies between, and no crossing is known", "no crossing", "", ""},
      {"the water lies elsewhere",
       [](Situation& s) {
         s.opportunity.place = North(2'900);
         s.waters = ARiver(false);
       },
       kTooFar, "2.9 km away, within their 8 km", "", "", ""},
      {"another centre's, over a crossing",
       [](Situation& s) {
         s.volunteer.centre = "centres/dover";
         s.volunteer.sharing = Sharing::kCounty;
         s.opportunity.place = North(4'000);  // 6,500 m from the centroid, 8,089 m by the ford
         s.waters = ARiver(true);
       },
       kTooFar, "up to 9 km away by the Long Ford, their radius is 8 km", "up to 1 km beyond their 8 km", "",
       ""},
      {"remote not wanted", [](Situation& s) { s.opportunity.remote = true; }, kRemoteNotWanted,
       "a remote role, and they want to be on site", "ask whether they would help remotely", "", ""},
  });
}

TEST(Texts, WhatIsAsked) {
  using enum Condition;
  const auto two_sessions = [](Situation& s) {
    SetSessions(s, {SummerSession(2026, 6, 17, 10, 0, 60), SummerSession(2026, 7, 1, 10, 0, 60)});
    s.opportunity.required_check = {CheckLevel::kEnhanced, kChildWorkforce, 0};
  };
  const auto enhanced = [](Day issue, std::optional<Day> expire) {
    return std::vector<HeldCheck>{{CheckLevel::kEnhanced, kChildWorkforce, 0, issue, expire}};
  };
  CheckTexts({
      {"needs a skill",
       [](Situation& s) {
         s.opportunity.skills = {{kDriving, 1, 3, true}, {kBaking, 4, 3, true}, {kFirstAid, 1, 3, false}};
         s.volunteer.skills = {{kBaking, 2}};
       },
       kRequiredSkill, "no driving, only baking at level 2", "needs driving and baking at level 4", "", ""},
      {"has the skills",
       [](Situation& s) {
         s.opportunity.skills = {{kDriving, 1, 3, true}};
         s.volunteer.skills = {{kDriving, 2}};
       },
       kRequiredSkill, "has driving", "", "", ""},
      {"a check that expires",
       [=](Situation& s) {
         two_sessions(s);
         s.volunteer.checks = enhanced(0, DayAt(2026, 6, 28));
       },
       kCheckLevel, "the check expires on 28 June 2026", "expires 3 days before session 2: renew the check",
       "no check they hold is valid throughout",
       "needs an enhanced check (child workforce) that is valid throughout"},
      {"a check that expired",
       [=](Situation& s) {
         s.opportunity.required_check = {CheckLevel::kEnhanced, kChildWorkforce, 0};
         s.volunteer.checks = enhanced(0, DayAt(2026, 6, 14));
       },
       kCheckLevel, "the check expired on 14 June 2026", "expired on 14 June 2026: renew the check",
       "no check they hold is valid throughout",
       "needs an enhanced check (child workforce) that is valid throughout"},
      {"a check issued too late",
       [=](Situation& s) {
         two_sessions(s);
         s.volunteer.checks = enhanced(DayAt(2026, 6, 18), std::nullopt);
       },
       kCheckLevel, "the check is issued after it is first needed",
       "issued after session 1: start with a later session", "no check they hold is valid throughout",
       "needs an enhanced check (child workforce) that is valid throughout"},
      {"no check", two_sessions, kCheckLevel, "holds no check", "needs an enhanced check (child workforce)",
       "", ""},
      {"too young",
       [=](Situation& s) {
         two_sessions(s);
         s.opportunity.minimum_age = 18;
         s.volunteer.birth_date = BirthDate{2010, 1, 1};
       },
       kAge, "16 on the first date, the minimum is 18", "offer it once they are 18",
       "what is asked of age does not hold", "ask the volunteer's centre"},
      {"old enough",
       [=](Situation& s) {
         s.opportunity.minimum_age = 18;
         s.volunteer.birth_date = BirthDate{2000, 1, 1};
       },
       kAge, "26 on the first date", "", "what is asked of age holds", ""},
      {"without a guardian's consent",
       [=](Situation& s) {
         s.opportunity.guardian_consent = true;
         s.volunteer.birth_date = BirthDate{2010, 1, 1};
       },
       kAge, "under 18 without a guardian's consent", "record a guardian's consent",
       "what is asked of age does not hold", "ask the volunteer's centre"},
      {"a licence that expires",
       [=](Situation& s) {
         two_sessions(s);
         s.opportunity.licences = {1};
         s.volunteer.licences = {{1, DayAt(2026, 6, 30)}};
       },
       kLicence, "a car licence expires on 30 June 2026",
       "a car licence expires 1 day before session 2: renew it", "a car licence is not valid throughout",
       "needs a car licence that is valid throughout"},
      {"a language", [](Situation& s) { s.opportunity.languages = {1}; }, kLanguage, "no French",
       "needs French", "", ""},
  });
}

TEST(Texts, TimeAndWhatIsArranged) {
  using enum Condition;
  const auto sessions = [](Situation& s) {
    SetSessions(s, {SummerSession(2026, 6, 16, 10, 0, 60), SummerSession(2026, 6, 23, 10, 0, 60),
                    SummerSession(2026, 6, 24, 10, 0, 60)});
  };
  CheckTexts({
      {"nothing recorded", sessions, kCoverage, "their free time is not recorded", "ask when they are free",
       "", ""},
      {"a few of the sessions",
       [=](Situation& s) {
         sessions(s);
         s.opportunity.minimum_coverage_bp = 10'000;
         s.volunteer.free = SlotRange(kTuesday, kTuesday + 47);
       },
       kCoverage, "free for 120 of 180 minutes, covers 2 of 3 sessions",
       "covers 2 of 3 sessions: 60 more minutes would be enough", "", ""},
      {"weekly",
       [](Situation& s) {
         s.opportunity.schedule = WeeklySchedule{SlotRange(0, 9)};
         s.volunteer.free = SlotRange(0, 0);
       },
       kCoverage, "free for 30 of 300 minutes a week", "120 more minutes a week would be enough", "", ""},
      {"no schedule", [](Situation&) {}, kCoverage, "no schedule is stated", "", "", ""},
      {"double booked",
       [=](Situation& s) {
         sessions(s);
         s.placements = {
             {"centres/dover/opportunities/secret", {{MinuteAt(2026, 6, 23), MinuteAt(2026, 6, 24)}}}};
       },
       kDoubleBooked, "session 2 on 23 June 2026 overlaps a placement they hold",
       "leave out session 2, or end that placement", "", ""},
      {"no placements", [](Situation&) {}, kDoubleBooked, "no placement of theirs is recorded", "", "", ""},
      {"declined", [](Situation& s) { s.declined_until = DayAt(2026, 8, 1); }, kAlreadyReferred,
       "declined within the last 90 days", "ask again from 1 August 2026", "", ""},
      {"no referral", [](Situation&) {}, kAlreadyReferred, "no referral of the two is recorded", "", "", ""},
  });
}

TEST(Texts, PartsAndNotes) {
  const TestVocabulary vocabulary;
  Situation s = MatchingSituation();
  const auto part = [&](Part which) { return DescribePart(s.Explain(), which, vocabulary); };
  EXPECT_EQ(part(Part::kSkills), "absent: no skill is wanted");
  EXPECT_EQ(part(Part::kAvailability), "absent: no schedule is stated");
  EXPECT_EQ(part(Part::kCauses), "absent: not stated by both");
  s.opportunity.skills = {{kBaking, 1, 5}, {kDriving, 1, 2}};
  s.volunteer.skills = {{kCooking, 1}};
  s.opportunity.place = North(2'000);
  s.opportunity.schedule = WeeklySchedule{SlotRange(0, 9)};
  s.volunteer.free = SlotRange(0, 5);
  s.volunteer.causes = {kHealth};
  s.opportunity.causes = {kDementia};
  EXPECT_EQ(part(Part::kSkills), "baking 60/120 × importance 5 (by cooking); driving 0/120 × importance 2");
  EXPECT_EQ(part(Part::kLocation), "2 km of their 8 km");
  EXPECT_EQ(part(Part::kAvailability), "180 of 300 minutes");
  EXPECT_EQ(part(Part::kCauses), "shared: health and dementia");
  s.volunteer.causes = {kEnvironment};
  EXPECT_EQ(part(Part::kCauses), "none is shared");
  s.waters = ARiver(true);
  s.opportunity.place = North(6'000);
  EXPECT_EQ(part(Part::kLocation), "7.2 km by the Long Ford of their 8 km");
  s.waters = ARiver(false);
  EXPECT_EQ(part(Part::kLocation), "too far, or not known");

  const Note expires{Note::Kind::kCheckExpiresSoon, 0, DayAt(2026, 7, 1)};
  EXPECT_EQ(DescribeNote(expires, vocabulary, Reader::kOwnCentre), "their check expires on 1 July 2026");
  EXPECT_EQ(DescribeNote(expires, vocabulary, Reader::kOtherCentre), "their check expires within 84 days");
  EXPECT_EQ(
      DescribeNote({Note::Kind::kLicenceExpiresSoon, 1, DayAt(2026, 7, 1)}, vocabulary, Reader::kOwnCentre),
      "a car licence expires on 1 July 2026");
  EXPECT_EQ(DescribeNote({Note::Kind::kAccessNeedNotOffered, 1, 0}, vocabulary, Reader::kOwnCentre),
            "the role does not offer step-free access");
  EXPECT_EQ(DescribeNote({Note::Kind::kNoSchedule, 0, 0}, vocabulary, Reader::kOwnCentre),
            "no schedule is stated");
}

// What a reader of another centre may not learn, in none of the texts, whatever fails.
TEST(Texts, AnotherCentreIsToldNeitherDatesOfChecksNorAges) {
  const TestVocabulary vocabulary;
  Situation s = MatchingSituation();
  s.volunteer.centre = "centres/dover";
  s.volunteer.sharing = Sharing::kCounty;
  s.volunteer.birth_date = BirthDate{2009, 4, 3};
  s.opportunity.minimum_age = 18;
  s.opportunity.required_check = {CheckLevel::kBasic, 0, 0};
  s.opportunity.licences = {1};
  SetSessions(s, {SummerSession(2026, 6, 17, 10, 0, 60), SummerSession(2026, 7, 1, 10, 0, 60)});
  for (const Day expire : {DayAt(2026, 6, 18), DayAt(2026, 6, 1), DayAt(2027, 9, 8)}) {
    s.volunteer.checks = {{CheckLevel::kBasic, 0, 0, DayAt(2024, 10, 11), expire}};
    s.volunteer.licences = {{1, expire}};
    const Explanation explanation = s.Explain();
    for (const Condition condition : kAllConditions) {
      const ConditionText text = DescribeCondition(explanation, condition, vocabulary, Reader::kOtherCentre);
      for (const std::string& words : {text.fact, text.fix}) {
        EXPECT_THAT(words, Not(HasSubstr("2024"))) << ConditionCode(condition);
        EXPECT_THAT(words, Not(HasSubstr("2027"))) << ConditionCode(condition);
        EXPECT_THAT(words, Not(HasSubstr("June"))) << ConditionCode(condition);
        EXPECT_THAT(words, Not(HasSubstr("days before"))) << ConditionCode(condition);
        EXPECT_THAT(words, Not(HasSubstr("17"))) << ConditionCode(condition);
        EXPECT_THAT(words, Not(HasSubstr("consent was"))) << ConditionCode(condition);
      }
    }
  }
}

}  // namespace
}  // namespace brokerage::matcher
