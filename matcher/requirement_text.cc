#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "matcher/condition_text.h"
#include "matcher/skills.h"
#include "matcher/words.h"

namespace brokerage::matcher {
namespace {

std::string LevelText(absl::string_view skill, int level) {
  return level > 1 ? absl::StrCat(skill, " at level ", level) : std::string(skill);
}

// What a paper's expiry means: "expires 3 days before session 4".
std::string ExpiryText(const PaperWorking& paper) {
  if (!paper.session.has_value()) return absl::StrCat("expired on ", DayText(paper.expire_day));
  return absl::StrCat("expires ", CountText(paper.session->day - paper.expire_day, "day"), " before session ",
                      paper.session->number);
}

ConditionText ExpiredCheckText(const PaperWorking& paper, const std::string& needed, Reader reader) {
  if (reader == Reader::kOtherCentre) {
    return {"no check they hold is valid throughout",
            absl::StrCat("needs ", needed, " that is valid throughout")};
  }
  if (paper.validity == Validity::kIssuedLater) {
    return {"the check is issued after it is first needed",
            paper.session.has_value() ? "issued after session 1: start with a later session"
                                      : "wait until it is issued"};
  }
  const std::string verb = paper.session.has_value() ? "expires on " : "expired on ";
  return {absl::StrCat("the check ", verb, DayText(paper.expire_day)),
          absl::StrCat(ExpiryText(paper), ": renew the check")};
}

}  // namespace

ConditionText RequiredSkillText(const std::vector<SkillWorking>& skills, const Vocabulary& vocabulary) {
  std::vector<std::string> held;
  std::vector<std::string> lacking;
  std::vector<std::string> needed;
  for (const SkillWorking& skill : skills) {
    if (!skill.wanted.required) continue;
    const std::string name = vocabulary.SkillName(skill.wanted.skill);
    if (skill.credit == kFullCredit) {
      held.push_back(name);
      continue;
    }
    needed.push_back(LevelText(name, skill.wanted.level));
    if (!skill.held.has_value()) {
      lacking.push_back(absl::StrCat("no ", name));
    } else {
      lacking.push_back(
          absl::StrCat("only ", LevelText(vocabulary.SkillName(skill.held->skill), skill.held->level)));
    }
  }
  if (!lacking.empty()) return {absl::StrJoin(lacking, ", "), absl::StrCat("needs ", ListText(needed))};
  if (held.empty()) return {"no skill is required", ""};
  return {absl::StrCat("has ", ListText(held)), ""};
}

ConditionText CheckTextOf(const CheckWorking& check, Reader reader) {
  const std::string needed = CheckText(check.required);
  switch (check.paper.validity) {
    case Validity::kNotRequired:
      return {"no check is required", ""};
    case Validity::kValid:
      return {absl::StrCat("holds ", needed, " or more, valid throughout"), ""};
    case Validity::kMissing:
      return {"holds no check", absl::StrCat("needs ", needed)};
    case Validity::kTooLow:
      return {"the checks they hold are of a lower level", absl::StrCat("needs ", needed)};
    case Validity::kOtherScope:
      return {"no check they hold covers the workforces and barred lists", absl::StrCat("needs ", needed)};
    case Validity::kExpires:
    case Validity::kIssuedLater:
      return ExpiredCheckText(check.paper, needed, reader);
  }
  return {};
}

ConditionText AgeText(const AgeWorking& age, bool holds, Reader reader) {
  using Outcome = AgeWorking::Outcome;
  if (age.outcome == Outcome::kNotAsked) return {"no age is asked for", ""};
  if (reader == Reader::kOtherCentre) {
    if (holds) return {"what is asked of age holds", ""};
    return {"what is asked of age does not hold", "ask the volunteer's centre"};
  }
  switch (age.outcome) {
    case Outcome::kNotAsked:
    case Outcome::kHolds:
      if (!age.first_age.has_value()) return {"their date of birth is not known", ""};
      return {absl::StrCat(*age.first_age, " on the first date"), ""};
    case Outcome::kUnknown:
      return {"their date of birth is not known", "add their date of birth"};
    case Outcome::kTooYoung:
      return {absl::StrCat(*age.first_age, " on the first date, the minimum is ", *age.minimum),
              absl::StrCat("offer it once they are ", *age.minimum)};
    case Outcome::kTooOld:
      return {absl::StrCat(*age.last_age, " on the last date, the maximum is ", *age.maximum),
              "ask the organisation about its maximum"};
    case Outcome::kGuardianConsentMissing:
      return {"under 18 without a guardian's consent", "record a guardian's consent"};
  }
  return {};
}

ConditionText LicenceText(const std::vector<LicenceWorking>& licences, const Vocabulary& vocabulary,
                          Reader reader) {
  if (licences.empty()) return {"no licence is required", ""};
  std::vector<std::string> held;
  std::vector<std::string> facts;
  std::vector<std::string> fixes;
  for (const LicenceWorking& licence : licences) {
    const std::string name = vocabulary.LicenceName(licence.kind);
    if (licence.paper.validity == Validity::kValid) {
      held.push_back(name);
    } else if (licence.paper.validity == Validity::kMissing) {
      facts.push_back(absl::StrCat("no ", name));
      fixes.push_back(absl::StrCat("needs ", name));
    } else if (reader == Reader::kOtherCentre) {
      facts.push_back(absl::StrCat(name, " is not valid throughout"));
      fixes.push_back(absl::StrCat("needs ", name, " that is valid throughout"));
    } else {
      facts.push_back(absl::StrCat(name, licence.paper.session.has_value() ? " expires on " : " expired on ",
                                   DayText(licence.paper.expire_day)));
      fixes.push_back(absl::StrCat(name, " ", ExpiryText(licence.paper), ": renew it"));
    }
  }
  if (facts.empty()) return {absl::StrCat("holds ", ListText(held), ", valid throughout"), ""};
  return {absl::StrJoin(facts, ", "), absl::StrJoin(fixes, "; ")};
}

ConditionText LanguageText(const std::vector<LanguageWorking>& languages, const Vocabulary& vocabulary) {
  if (languages.empty()) return {"no language is required", ""};
  std::vector<std::string> held;
  std::vector<std::string> lacking;
  for (const LanguageWorking& language : languages) {
    (language.held ? held : lacking).push_back(vocabulary.LanguageName(language.language));
  }
  if (lacking.empty()) return {absl::StrCat("speaks ", ListText(held)), ""};
  return {absl::StrCat("no ", absl::StrJoin(lacking, ", no ")), absl::StrCat("needs ", ListText(lacking))};
}

}  // namespace brokerage::matcher
