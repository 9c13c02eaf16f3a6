// What a role asks of a volunteer, at every border.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "matcher/conditions.h"
#include "tests/matcher/condition_cases.h"
#include "tests/matcher/situation.h"

namespace brokerage::matcher {
namespace {

TEST(Requirements, RequiredSkill) {
  const auto skill = [](std::vector<HeldSkill> held, std::vector<WantedSkill> wanted) {
    return [=](Situation& s) {
      s.volunteer.skills = held;
      s.opportunity.skills = wanted;
    };
  };
  const WantedSkill baking{kBaking, 3, 3, true};
  CheckConditions(
      {{"the level", skill({{kBaking, 3}}, {baking}), {}},
       {"a level below", skill({{kBaking, 2}}, {baking}), {"REQUIRED_SKILL"}},
       {"a level above", skill({{kBaking, 4}}, {baking}), {}},
       {"a child of it", skill({{kPastry, 3}}, {baking}), {}},
       {"a child a level below", skill({{kPastry, 2}}, {baking}), {"REQUIRED_SKILL"}},
       {"its parent, however high", skill({{kCooking, 5}}, {baking}), {"REQUIRED_SKILL"}},
       {"none", skill({}, {baking}), {"REQUIRED_SKILL"}},
       {"another", skill({{kDriving, 5}}, {baking}), {"REQUIRED_SKILL"}},
       {"wanted, not required", skill({}, {{kBaking, 3, 3, false}}), {}},
       {"one of two", skill({{kBaking, 3}}, {baking, {kDriving, 1, 1, true}}), {"REQUIRED_SKILL"}},
       {"both", skill({{kBaking, 3}, {kDriving, 1}}, {baking, {kDriving, 1, 1, true}}), {}}});
}

TEST(Requirements, CheckLevel) {
  const Day today = TestMoment().today;
  const auto check = [](RequiredCheck required, std::vector<HeldCheck> held) {
    return [=](Situation& s) {
      s.opportunity.required_check = required;
      s.volunteer.checks = held;
    };
  };
  using enum CheckLevel;
  const std::vector<std::string> fails = {"CHECK_LEVEL"};
  const RequiredCheck enhanced{kEnhanced, kChildWorkforce, 0};
  const RequiredCheck barred{kEnhancedBarred, kChildWorkforce, kChildrenBarredList};
  const auto held = [&](CheckLevel level, WorkforceSet workforces, BarredListSet lists) {
    return HeldCheck{level, workforces, lists, today - 100, std::nullopt};
  };
  const BarredListSet both_lists = kChildrenBarredList | kAdultsBarredList;
  CheckConditions({
      {"none required", check({}, {}), {}},
      {"basic, none held", check({kBasic, 0, 0}, {}), fails},
      {"basic by a higher one", check({kBasic, 0, 0}, {held(kStandard, 0, 0)}), {}},
      {"the level itself", check(enhanced, {held(kEnhanced, kChildWorkforce, 0)}), {}},
      {"a level below", check(enhanced, {held(kStandard, kChildWorkforce, 0)}), fails},
      {"another workforce", check(enhanced, {held(kEnhanced, kAdultWorkforce, 0)}), fails},
      {"more workforces", check(enhanced, {held(kEnhanced, kChildWorkforce | kAdultWorkforce, 0)}), {}},
      {"half of the workforces",
       check({kEnhanced, kChildWorkforce | kAdultWorkforce, 0}, {held(kEnhanced, kChildWorkforce, 0)}),
       fails},
      {"two halves are not a whole",
       check({kEnhanced, kChildWorkforce | kAdultWorkforce, 0},
             {held(kEnhanced, kChildWorkforce, 0), held(kEnhanced, kAdultWorkforce, 0)}),
       fails},
      {"the list", check(barred, {held(kEnhancedBarred, kChildWorkforce, kChildrenBarredList)}), {}},
      {"both lists", check(barred, {held(kEnhancedBarred, kChildWorkforce, both_lists)}), {}},
      {"the other list", check(barred, {held(kEnhancedBarred, kChildWorkforce, kAdultsBarredList)}), fails},
      {"enhanced without lists", check(barred, {held(kEnhanced, kChildWorkforce, 0)}), fails},
      {"expires today", check(enhanced, {{kEnhanced, kChildWorkforce, 0, today - 1, today}}), {}},
      {"expired yesterday", check(enhanced, {{kEnhanced, kChildWorkforce, 0, today - 9, today - 1}}), fails},
      {"issued today", check(enhanced, {{kEnhanced, kChildWorkforce, 0, today, std::nullopt}}), {}},
      {"issued tomorrow", check(enhanced, {{kEnhanced, kChildWorkforce, 0, today + 1, std::nullopt}}), fails},
  });
}

// Two sessions, on Wednesday 17 June and Wednesday 1 July.
void SetTwoSessions(Situation& s) {
  SetSessions(s, {SummerSession(2026, 6, 17, 10, 0, 60), SummerSession(2026, 7, 1, 10, 0, 60)});
  s.opportunity.minimum_coverage_bp = 0;
}

TEST(Requirements, PapersOnEverySessionsDate) {
  const Day first = DayAt(2026, 6, 17);
  const Day last = DayAt(2026, 7, 1);
  const auto check = [](Day issue, std::optional<Day> expire) {
    return [=](Situation& s) {
      SetTwoSessions(s);
      s.opportunity.required_check = {CheckLevel::kBasic, 0, 0};
      s.volunteer.checks = {{CheckLevel::kBasic, 0, 0, issue, expire}};
    };
  };
  const auto licence = [](std::optional<Day> expire) {
    return [=](Situation& s) {
      SetTwoSessions(s);
      s.opportunity.licences = {3};
      s.volunteer.licences = {{3, expire}};
    };
  };
  CheckConditions({{"expires on the last date", check(first - 9, last), {}},
                   {"expires the day before", check(first - 9, last - 1), {"CHECK_LEVEL"}},
                   {"issued on the first date", check(first, std::nullopt), {}},
                   {"issued the day after", check(first + 1, std::nullopt), {"CHECK_LEVEL"}},
                   {"one after the other is not one throughout",
                    [=](Situation& s) {
                      check(first, first)(s);
                      s.volunteer.checks.push_back({CheckLevel::kBasic, 0, 0, first + 1, last});
                    },
                    {"CHECK_LEVEL"}},
                   {"a licence to the last date", licence(last), {}},
                   {"a licence to the day before", licence(last - 1), {"LICENCE"}},
                   {"a licence without expiry", licence(std::nullopt), {}}});
}

TEST(Requirements, SessionsBeyondTheHorizonDoNotJudge) {
  const Day first = DayAt(2026, 6, 17);
  const auto with_last_on = [=](Day last) {
    return [=](Situation& s) {
      Session later = SummerSession(2026, 6, 17, 10, 0, 60);
      const Minute shift = Minute{last - first} * 1440;
      later.local_date = last;
      later.start_min += shift;
      later.end_min += shift;
      for (SlotSpan& span : later.spans) span = {span.slot, span.start_min + shift, span.end_min + shift};
      SetSessions(s, {SummerSession(2026, 6, 17, 10, 0, 60), later});
      s.opportunity.minimum_coverage_bp = 0;
      s.opportunity.licences = {3};
      s.volunteer.licences = {{3, first + 50}};
    };
  };
  CheckConditions({{"the last day inside, F + 83", with_last_on(first + 83), {"LICENCE"}},
                   {"the first outside, F + 84", with_last_on(first + 84), {}},
                   {"one further", with_last_on(first + 85), {}}});
}

TEST(Requirements, Age) {
  const auto age = [](BirthDate birth, std::optional<uint32_t> minimum, std::optional<uint32_t> maximum) {
    return [=](Situation& s) {
      SetTwoSessions(s);  // 17 June and 1 July 2026
      s.volunteer.birth_date = birth;
      s.opportunity.minimum_age = minimum;
      s.opportunity.maximum_age = maximum;
    };
  };
  const std::optional<uint32_t> any;
  const auto guardian = [](std::optional<BirthDate> birth, bool consent) {
    return [=](Situation& s) {
      SetTwoSessions(s);
      s.volunteer.birth_date = birth;
      s.opportunity.guardian_consent = true;
      s.volunteer.guardian_consent = consent;
    };
  };
  const auto unknown = [](std::optional<uint32_t> minimum, std::optional<uint32_t> maximum) {
    return [=](Situation& s) {
      s.opportunity.minimum_age = minimum;
      s.opportunity.maximum_age = maximum;
    };
  };
  CheckConditions({{"18 on the first date", age({2008, 6, 17}, 18, any), {}},
                   {"18 the day after it", age({2008, 6, 18}, 18, any), {"AGE"}},
                   {"18 the day before it", age({2008, 6, 16}, 18, any), {}},
                   {"a maximum of 25, 26 the day after the last date", age({2000, 7, 2}, any, 25), {}},
                   {"a maximum of 25, 26 on the last date", age({2000, 7, 1}, any, 25), {"AGE"}},
                   {"a maximum of 25, 26 between the dates", age({2000, 6, 20}, any, 25), {"AGE"}},
                   {"both limits", age({2004, 1, 1}, 18, 25), {}},
                   {"a minimum of 0 asks for a birth date", unknown(0, any), {"AGE"}},
                   {"unknown with a maximum", unknown(any, 90), {"AGE"}},
                   {"unknown, no age asked", unknown(any, any), {}},
                   {"under 18 without consent", guardian(BirthDate{2008, 6, 18}, false), {"AGE"}},
                   {"under 18 with consent", guardian(BirthDate{2008, 6, 18}, true), {}},
                   {"18 on the first date without consent", guardian(BirthDate{2008, 6, 17}, false), {}},
                   {"unknown birth date, consent asked", guardian(std::nullopt, false), {}},
                   {"under 18, consent not asked", age({2010, 1, 1}, any, any), {}}});
}

TEST(Requirements, LicenceAndLanguage) {
  const Day today = TestMoment().today;
  const auto licence = [](std::vector<LicenceKind> required, std::vector<HeldLicence> held) {
    return [=](Situation& s) {
      s.opportunity.licences = required;
      s.volunteer.licences = held;
    };
  };
  const auto language = [](std::vector<LanguageId> required, std::vector<LanguageId> held) {
    return [=](Situation& s) {
      s.opportunity.languages = required;
      s.volunteer.languages = held;
    };
  };
  CheckConditions({{"a licence held", licence({1}, {{1, std::nullopt}}), {}},
                   {"not held", licence({1}, {}), {"LICENCE"}},
                   {"another held", licence({1}, {{2, std::nullopt}}), {"LICENCE"}},
                   {"one of two", licence({1, 2}, {{2, std::nullopt}}), {"LICENCE"}},
                   {"expires today", licence({1}, {{1, today}}), {}},
                   {"expired yesterday", licence({1}, {{1, today - 1}}), {"LICENCE"}},
                   {"of two the longer counts", licence({1}, {{1, today - 1}, {1, today + 1}}), {}},
                   {"a language held", language({7}, {5, 7}), {}},
                   {"not held", language({7}, {5}), {"LANGUAGE"}},
                   {"one of two", language({7, 8}, {7}), {"LANGUAGE"}}});
}

}  // namespace
}  // namespace brokerage::matcher
